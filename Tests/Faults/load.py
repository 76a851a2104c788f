"""Ten thousand jobs within a second."""

import os
import time

from harness import check
from ledger import Ledger, job, mark
from roots import Root
from twins import expect_failure

WORKERS = {"executor": "{local: {workers: 2}}"}
LARGEST = 150 << 20


def stage(root, ledger, count, form):
    """Prepares jobs, so that a rename each is all that is left."""
    for index in range(count):
        getattr(ledger, form)(f"job{index}")


class Stage(Root):
    """A root whose Inbox is filled elsewhere first and dropped afterwards."""

    @property
    def inbox(self):
        return self.path / ("Inbox" if self.is_dropped else "waiting")

    is_dropped = False

    def prepare(self):
        self.inbox.mkdir()

    def drop(self):
        """Moves everything into the Inbox, pictures first; the seconds it takes."""
        names = sorted(os.listdir(self.inbox), key=lambda name: name.endswith(".yaml"))
        begun = time.monotonic()
        source, self.is_dropped = os.open(self.inbox, os.O_RDONLY), True
        target = os.open(self.inbox, os.O_RDONLY)
        for name in names:
            os.rename(name, name, src_dir_fd=source, dst_dir_fd=target)
        return time.monotonic() - begun


def peak_memory(process):
    """VmHWM in bytes."""
    with open(f"/proc/{process.pid}/status") as status:
        return next(int(line.split()[1]) << 10 for line in status if line.startswith("VmHWM"))


def drop(count, form, seconds, environment=None):
    """Drops so many jobs at once; what the daemon made of them, in words."""
    with Stage(WORKERS, environment=environment) as root:
        root.prepare()
        ledger = Ledger(root)
        stage(root, ledger, count, form)
        process = root.start()
        root.wait(root.is_up, what="the daemon")
        dropped = root.drop()
        begun = time.monotonic()
        jobs = root.path / ".work/jobs"
        root.wait(
            lambda: time.sleep(0.5) or len(root.results()) >= count and not os.listdir(jobs),
            seconds, f"{count} results")
        taken = time.monotonic() - begun
        memory = peak_memory(process)
        assert root.kill(15) == 0, "the daemon did not end well"
        ledger.check_end()
        assert memory <= LARGEST, f"the daemon took {memory >> 20} MB"
    return count, (
        f"dropped in {dropped:.2f} s, done in {taken:.0f} s, at most {memory >> 20} MB of memory")


def slow(form):
    """Expects three hundred jobs to be done in their part of the time of ten thousand, and not to be
    where every look at a file takes 10 ms."""
    drop(300, form, 27)
    return expect_failure("slow-look", lambda twin: drop(300, form, 27, twin))


@check("thousands of job files dropped at once are all done, none twice, in little memory")
def files(scope):
    return drop(10_000 if scope.full else 200, "flat", 900)


@check("hundreds of job files are noticed to take too long where every look at a file does", True)
def slow_files(scope):
    return slow("flat")


@check("thousands of folders dropped at once are all done, none twice, in little memory")
def folders(scope):
    return drop(10_000 if scope.full else 200, "folder", 900)


@check("hundreds of folders are noticed to take too long where every look at a file does", True)
def slow_folders(scope):
    return slow("folder")


@check("a picture that many jobs name stays until the last of them has it")
def shared(scope):
    count = 2000 if scope.full else 100
    with Root(WORKERS) as root:
        ledger = Ledger(root)
        picture = b"the picture of all"
        (root.inbox / "shared.png").write_bytes(picture)
        root.start()
        for number in range(count):
            text = job(["shared.png"], f"sleep {number % 3}")
            ledger.jobs[f"job{number}"] = (text, {"shared.png": picture}, True)
            staged = root.path / "stage/job.yaml"
            staged.write_bytes(text)
            mark(staged)
            os.rename(staged, root.inbox / f"job{number}.yaml")
        root.wait(lambda: len(root.results()) == count, 300, f"{count} results")
        root.wait(lambda: not os.listdir(root.path / ".work/jobs"), what="the end")
        time.sleep(0.3)
        assert root.kill(15) == 0
        ledger.check_end()
    return count, "each has it, and it has left the Inbox"
