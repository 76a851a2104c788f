"""Kills the daemon before each of its system calls in turn, and makes each of them fail."""

import collections
import concurrent.futures
import os
import re

from harness import check, tool
from ledger import Ledger
from roots import Root
from twins import expect_failure

# What changes something on the disk; openat2 is how the spool opens and creates.
CHANGING = ["renameat2", "fsync", "mkdirat", "unlinkat", "write"]
ERRORS = [
    ("fsync", "EIO"), ("write", "ENOSPC"), ("renameat2", "EXDEV"), ("renameat2", "EIO"),
    ("mkdirat", "ENOSPC"), ("unlinkat", "EIO")]
READING = [("openat2", "EMFILE"), ("openat2", "ENOSPC"), ("read", "EIO"), ("getdents64", "EIO")]
VARIABLE = re.compile(
    r"\d{8}-\d{6}-[0-9a-f]{6}|^\d+ |\(\d+<|\b\d+<")


class Matrix:
    """All injections of one kind: a system call, and what happens to it."""

    def __init__(self, call, effect, step=1, first=1, also=(), environment=None):
        self.call, self.effect, self.step, self.first = call, effect, step, first
        self.also, self.environment = list(also), environment
        self.places = collections.Counter()

    def run(self):
        """Injects at the first call, the second, … that an undisturbed run makes.

        strace counts the calls of each thread. A run whose calls were made by several threads may
        have no N-th one, and is not counted.
        """
        calls = self.inject(0)
        assert calls, f"an undisturbed run makes no {self.call}"
        numbers = range(self.first, calls + 1, self.step)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            places = list(pool.map(self.inject, numbers))
        struck = [place for place in places if place]
        self.places.update(struck)
        assert 5 * len(struck) >= len(numbers), f"{len(struck)} of {len(numbers)} faults struck"
        return len(struck)

    def inject(self, number):
        """One run with one fault; the call it struck, or None when there are not so many.

        Number 0 injects nothing; the result is then the number of calls.
        """
        with Root(environment=self.environment) as root:
            ledger = prepare(root)
            code = root.once(self.tracer(root, number))
            place = None
            try:
                assert code is not None, "the daemon hangs"
                ledger.check_now()
                lines = (root.path / "trace").read_text(errors="replace").splitlines()
                place = struck(lines, self.call, root.path)
                if place is None:
                    assert code == 0, f"an undisturbed daemon ends with {code}"
                else:
                    root.finish()
                ledger.check_end()
            except AssertionError as error:
                raise AssertionError(
                    f"{self.call}:{self.effect} number {number} at {place}: {error}; "
                    f"log: {root.log_end()}")
            return place if number else sum(f"{self.call}(" in line for line in lines)

    def tracer(self, root, number):
        """strace on one processor, where calls hardly ever move to another thread."""
        fault = f"inject={self.call}:{self.effect}:when={number}"
        return [
            "taskset", "-c", str(number % (os.cpu_count() or 1)), "strace", "-f", "-y", "-b",
            "execve", "-o", str(root.path / "trace"), "-e", f"trace={self.call}", *self.also,
            *(["-e", fault] if number else [])]


def prepare(root):
    """A job of every kind, and something that is none."""
    ledger = Ledger(root)
    ledger.folder("folder")
    ledger.flat("flat")
    ledger.common("shared")
    ledger.flat("bad", text=b"version: 1\nnonsense: true\nimages: bad.png\n", succeeds=False)
    ledger.bystander("bystander.txt")
    return ledger


def struck(lines, call, root):
    """The call that the fault struck, without what differs between runs."""
    hit = [line for line in lines if "(INJECTED)" in line]
    if not hit and any("killed by SIGKILL" in line for line in lines):
        hit = [line for line in lines if f"{call}(" in line][-1:]
    if not hit:
        return None
    return VARIABLE.sub("", hit[-1]).replace(str(root), "").split(" = ")[0]


def several(matrices):
    """Runs matrices one after the other; the number of faults, and a line about places."""
    tool("strace")
    tool("taskset")
    faults, places = 0, 0
    for matrix in matrices:
        faults += matrix.run()
        places += len(matrix.places)
    return faults, f"at {places} different places"


@check("a daemon killed before any of its changing system calls loses, doubles and tears nothing")
def kills(scope):
    step = 1 if scope.full else 3
    return several([Matrix(call, "signal=KILL", step=step) for call in CHANGING])


@check("a daemon killed before it opens any file or folder loses, doubles and tears nothing")
def kills_at_opening(scope):
    return several([Matrix("openat2", "signal=KILL", step=1 if scope.full else 40)])


@check("a failure of any of its changing system calls loses, doubles and tears nothing")
def errors(scope):
    step = 1 if scope.full else 6
    return several([Matrix(call, f"error={code}", step=step) for call, code in ERRORS])


@check("a failure to open or read anything loses, doubles and tears nothing")
def errors_of_reading(scope):
    step = 4 if scope.full else 40
    return several([Matrix(call, f"error={code}", step=step) for call, code in READING])


@check("kills do no more harm where there is no openat2")
def kills_on_old_kernels(scope):
    without = ["-e", "trace=openat,openat2", "-e", "inject=openat2:error=ENOSYS"]
    first = 95  # The first ones are those of the loader.
    step = 16 if scope.full else 200
    return several([Matrix("openat", "signal=KILL", step=step, first=first, also=without)])


@check("kills before system calls are noticed to harm a daemon that publishes file by file")
def kills_without_atomic_publishing(scope):
    return expect_failure(
        "publish-in-steps",
        lambda twin: several([Matrix("renameat2", "signal=KILL", environment=twin)]))


@check("kills before system calls are noticed to harm a daemon that does not record that a job is sealed")
def kills_without_records(scope):
    return expect_failure(
        "unsealed-record",
        lambda twin: several([Matrix("fsync", "signal=KILL", environment=twin)]))
