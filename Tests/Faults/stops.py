"""Processes that are stopped and go on, and events that are lost meanwhile."""

import os
import signal
import sys
import time

from harness import check
from ledger import Ledger, job
from roots import Root
from twins import expect_failure

EVENTS = 20_000


def overflow(environment=None):
    """More events than the kernel keeps, while the daemon is stopped."""
    with Root(environment=environment) as root:
        with open("/proc/sys/fs/inotify/max_queued_events") as file:
            assert EVENTS > int(file.read()), "the kernel keeps all of them"
        ledger = Ledger(root)
        root.start()
        root.wait(root.is_up, what="the daemon")
        time.sleep(0.3)
        root.process.send_signal(signal.SIGSTOP)
        for number in range(EVENTS // 2):
            path = root.inbox / f"event{number}.tmp"
            path.touch()
            path.unlink()
        for number in range(20):
            ledger.folder(f"job{number}")
        root.process.send_signal(signal.SIGCONT)
        begun = time.monotonic()
        root.wait(lambda: len(root.results()) >= 20, 15, "20 jobs before the rescan")
        taken = time.monotonic() - begun
        time.sleep(0.3)
        assert root.kill(15) == 0
        ledger.check_end()
    return EVENTS, f"20 jobs are done after {taken:.2f} s"


@check("jobs dropped while events overflow run before the rescan")
def stopped_daemon(scope):
    return overflow()


@check("lost events are noticed to hold jobs up where nothing is reported at all", True)
def stopped_daemon_without_reports(scope):
    return expect_failure("no-inotify", overflow)


def stop_worker(configuration):
    """A worker that stands still is ended, and its job is tried again."""
    with Root(configuration) as root:
        ledger = Ledger(root)
        ledger.folder("stopped", "sleep 600")
        ledger.folder("other")
        root.start()
        root.wait(
            lambda: any((root.path / ".work/jobs").glob("*-*/run.1")), what="the attempt")
        time.sleep(0.2)
        for worker in root.workers():
            os.kill(worker, signal.SIGSTOP)
        root.wait(lambda: len(root.results()) == 2, 20, "both results")
        time.sleep(0.3)
        assert root.kill(15) == 0
        ledger.check_end()
    return 1, "its job is done in the second attempt"


# Dies like one that takes more memory than is left, as soon as it is to decode this picture.
KILLED = """#!{python}
import os, subprocess, sys
worker = subprocess.Popen([{worker!r}, *sys.argv[1:]], stdin=subprocess.PIPE)
for line in sys.stdin.buffer:
    if b"killer.png" in line and b"directory" in line:
        os.kill(os.getpid(), 9)
    worker.stdin.write(line)
    worker.stdin.flush()
worker.stdin.close()
worker.wait()
"""


@check("pictures over which the worker is killed hold up no other job")
def killed_over_pictures(scope):
    with Root() as root:
        text = KILLED.format(python=sys.executable, worker=str(root.worker))
        root.worker = root.path / "worker"
        root.worker.write_text(text)
        root.worker.chmod(0o755)
        ledger = Ledger(root)
        root.start()
        root.wait(root.is_up, what="the daemon")
        ledger.flat("a", text=job(["killer.png"]))
        (root.inbox / "killer.png").write_bytes(b"large")
        # Those that come later have names that come later, too.
        time.sleep(0.5)
        for number in range(5):
            ledger.flat(f"job{number}")
        root.wait(lambda: len(root.results()) == 5, 20, "all other jobs")
        assert (root.inbox / "a.yaml").exists()
        assert root.kill(15) == 0
    return 1, "all others are done, while it is tried again with pauses"


@check("a worker that is stopped runs out of time and its job is tried again")
def stopped_worker(scope):
    return stop_worker({"time_limit": "1500 ms"})


@check("a stopped worker is noticed to hold up a daemon without a time limit", True)
def stopped_worker_without_limit(scope):
    return expect_failure("no time limit", lambda _: stop_worker({}))
