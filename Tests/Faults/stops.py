"""Processes that are stopped and go on, and events that are lost meanwhile."""

import os
import signal
import time

from harness import check
from ledger import Ledger
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


@check("a worker that is stopped runs out of time and its job is tried again")
def stopped_worker(scope):
    return stop_worker({"time_limit": "1500 ms"})


@check("a stopped worker is noticed to hold up a daemon without a time limit", True)
def stopped_worker_without_limit(scope):
    return expect_failure("no time limit", lambda _: stop_worker({}))
