"""Folders that are moved, removed or put elsewhere under the daemon."""

import os
import shutil
import subprocess
import tempfile
import time

from harness import Skip, check
from ledger import Ledger
from roots import Root
from twins import expect_failure


def namespace():
    """The words that give a program mounts of its own."""
    words = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-Urm"]
    if shutil.which("unshare") is None or subprocess.run([*words, "true"]).returncode != 0:
        raise Skip("mounts of one's own are not allowed here")
    return words


def replace_inbox(environment=None):
    """Takes the Inbox away in two ways, and gives the daemon a new one."""
    with Root(environment=environment) as root:
        ledger = Ledger(root)
        root.start()
        root.wait(root.is_up, what="the daemon")
        for number, remove in enumerate([
                lambda: os.rename(root.inbox, root.path / "elsewhere"),
                lambda: shutil.rmtree(root.inbox)]):
            remove()
            time.sleep(0.5)
            assert root.process.poll() is None, "the daemon died without an Inbox"
            root.inbox.mkdir()
            ledger.folder(f"job{number}")
            root.wait(lambda: len(root.results()) > number, 20, "the job in the new Inbox")
            # A result is visible before the job is closed, which is put off when there is no Inbox.
            root.wait(lambda: not os.listdir(root.path / ".work/jobs"), what="the end of the job")
        assert root.kill(15) == 0
        ledger.check_end()
    return 2, "jobs in the new one are done"


@check("an Inbox that is renamed away or removed is watched again when it is back")
def inbox_replaced(scope):
    return replace_inbox()


@check("a new Inbox is noticed to be overlooked where nothing is reported", True)
def inbox_replaced_without_reports(scope):
    return expect_failure("no-inotify", replace_inbox)


def remove_while_taken(moments, environment=None):
    """Renames folders of jobs, and the whole Inbox, at the moment in which jobs are taken."""
    for configuration in [{"inputs": "keep"}, {}]:
        # Not in memory: where a sync takes its time, the moment is longer.
        with Root(configuration, tempfile.gettempdir(), environment) as root:
            ledger = Ledger(root)
            root.start()
            root.wait(root.is_up, what="the daemon")
            for number in range(moments):
                name = f"job{number}"
                ledger.folder(name)
                job_file = root.inbox / name / "job.yaml"
                end = time.monotonic() + 10
                while job_file.exists() and time.monotonic() < end:
                    pass
                if configuration:
                    os.rename(root.inbox / name, root.path / f"elsewhere{number}")
                else:
                    os.rename(root.inbox, root.path / f"elsewhere{number}")
                    root.inbox.mkdir()
                time.sleep(0.02)
                assert root.process.poll() is None, \
                    f"the daemon ended with {root.process.poll()}: {root.log_end()}"
            root.wait(lambda: len(root.results()) == moments, what="the end of all jobs")
            assert root.kill(15) == 0
    return 2 * moments, "the daemon goes on, and every job that was taken has its result"


@check("folders and an Inbox that are renamed while jobs are taken do not bring the daemon down")
def renamed_while_taken(scope):
    return remove_while_taken(40 if scope.full else 10)


def unmount(environment=None):
    """Takes the root's file system away from a daemon."""
    words = namespace()
    with Root(environment=environment) as root:
        mount = (
            f"cp -r {root.path} {root.path}.copy && mount -t tmpfs none {root.path} &&"
            f" cp -r {root.path}.copy/. {root.path} && exec \"$@\"")
        with open(f"{root.path}.log", "wb") as log:
            root.process = subprocess.Popen(
                [*words, "sh", "-c", mount, "sh", *root.command()], stderr=log,
                env=root.environment)
        try:
            time.sleep(1)
            enter = ["nsenter", "-t", str(root.process.pid), "-m"]
            subprocess.run([*enter, "umount", "-l", str(root.path)], check=True)
            time.sleep(1)
            assert root.process.poll() is None, "the daemon died with its mount"
            assert root.kill(15) == 0, "the daemon did not end well"
        finally:
            shutil.rmtree(f"{root.path}.copy")
            os.remove(f"{root.path}.log")
    return 1, "it ends when it is asked to"


@check("a root that is unmounted under the daemon does not bring it down")
def unmounted(scope):
    return unmount()


@check("an unmounted root is noticed where the daemon does not hear that it is to end", True)
def unmounted_and_deaf(scope):
    return expect_failure("no-end", unmount)


def start_apart(environment=None):
    """Daemons one of whose folders is on another file system."""
    words = namespace()
    for name in ["Inbox", "Outbox", ".work"]:
        with Root(environment=environment) as root:
            (root.path / name).mkdir(exist_ok=True)
            code = root.once(
                [*words, "sh", "-c", f"mount -t tmpfs none {root.path / name} && exec \"$@\"",
                 "sh"])
            assert code == 78, f"with {name} elsewhere the daemon ends with {code}"
            assert "one file system" in root.log_end(), root.log_end()
    return 3, "the daemon ends with 78"


@check("folders on different file systems are refused at the start")
def different_file_systems(scope):
    return start_apart()


@check("folders on different file systems are noticed where files are copied between them", True)
def different_file_systems_with_copies(scope):
    return expect_failure("copies", start_apart)


def start_with_outbox_inside(environment=None):
    """A root whose Outbox is a link into its Inbox."""
    with Root(environment=environment) as root:
        root.outbox.rmdir()
        (root.inbox / "Outbox").mkdir()
        os.symlink("Inbox/Outbox", root.outbox)
        ledger = Ledger(root)
        ledger.folder("job")
        code = root.once()
        assert code not in (0, None), "the daemon works with it"
        assert sorted(os.listdir(root.inbox)) == ["Outbox", "job"], os.listdir(root.inbox)
    return 1, f"the daemon ends with {code}, and takes nothing"


@check("an Outbox inside the Inbox is refused at the start")
def outbox_in_inbox(scope):
    return start_with_outbox_inside()


@check("an Outbox inside the Inbox is noticed where links are followed", True)
def outbox_in_inbox_behind_a_link(scope):
    return expect_failure("followed-links", start_with_outbox_inside)


def two_daemons(environment=None):
    """A second daemon on one root; it must end at once, and the first go on."""
    with Root(environment=environment) as root:
        ledger = Ledger(root)
        root.start()
        root.wait(root.is_up, what="the daemon")
        code = root.once(limit=10)
        assert code == 75, f"the second daemon ends with {code}"
        ledger.folder("job")
        root.wait(lambda: root.results(), what="the job")
        assert root.kill(15) == 0
        ledger.check_end()
    return 1, "the second ends with 75"


@check("a second daemon on one root is refused")
def second_daemon(scope):
    return two_daemons()


@check("a second daemon is noticed where there is no lock")
def second_daemon_without_lock(scope):
    return expect_failure("no-lock", two_daemons)
