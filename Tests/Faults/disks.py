"""Disks that are full, and disks whose power fails."""

import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import time

from harness import Skip, check, tool
from ledger import Ledger, job
from roots import Root, temporary_folder
from twins import expect_failure


class Mount:
    """A file system of its own, as long as the block runs."""

    def __init__(self, *options):
        self.options = options

    def __enter__(self):
        if os.geteuid() != 0:
            raise Skip("only root may mount")
        self.path = temporary_folder()
        outcome = subprocess.run(
            ["mount", *map(str, self.options), self.path], capture_output=True, text=True)
        if outcome.returncode != 0:
            self.path.rmdir()
            raise Skip(f"no mounts here: {outcome.stderr.strip()}")
        return self.path

    def __exit__(self, *_):
        subprocess.run(["umount", "-l", self.path], check=True)
        self.path.rmdir()


def megabyte():
    return Mount("-t", "tmpfs", "-o", "size=1m", "none")


def fill(path, left):
    """Fills the disk but for so many bytes."""
    free = shutil.disk_usage(path).free
    (path / "filler").write_bytes(bytes(max(0, free - left)))


def fill_up(step, environment=None):
    """Disks with ever more room, in such steps, and then with enough."""
    rooms = range(0, 160_000, step)
    waited = 0
    for room in rooms:
        with megabyte() as disk, Root({"reserve": "1 kB"}, disk, environment) as root:
            root.log = pathlib.Path(f"{disk}.log")
            ledger = Ledger(root)
            ledger.folder("folder")
            ledger.flat("flat")
            ledger.bystander("bystander.txt")
            fill(disk, room)
            code = root.once()
            assert code in (0, 71, 74, 75), f"with {room} bytes left it ends with {code}"
            waited += code != 0
            ledger.check_now()
            (disk / "filler").unlink()
            root.finish()
            ledger.check_end()
            root.log.unlink()
    return len(rooms), f"{waited} times jobs had to wait"


@check("jobs on a full disk wait, and are done when there is room again")
def full(scope):
    return fill_up(4096 if scope.full else 16384)


@check("full disks are noticed where what does not fit is dropped without a word", True)
def full_and_lossy(scope):
    return expect_failure("lossy-writes", lambda twin: fill_up(4096, twin))


def keep_reserve(environment=None):
    """A disk with less room than the reserve, and then with more."""
    configuration = {"reserve": "300 kB", "poll": "1 s"}
    with megabyte() as disk, Root(configuration, disk, environment) as root:
        root.log = pathlib.Path(f"{disk}.log")
        ledger = Ledger(root)
        fill(disk, 200_000)
        root.start()
        root.wait(root.is_up, what="the daemon")
        ledger.folder("folder")
        time.sleep(1.5)
        assert (root.inbox / "folder").exists(), "it was accepted below the reserve"
        assert "paused" in (root.outbox / "status.json").read_text(), "the status does not tell"
        (disk / "filler").unlink()
        root.wait(root.results, 20, "the job after there is room")
        assert root.kill(15) == 0
        ledger.check_end()
        root.log.unlink()
    return 1, "told in the status"


@check("nothing is accepted below the reserve, and the daemon resumes by itself")
def reserve(scope):
    return keep_reserve()


@check("the reserve is noticed to be used up by a daemon to which every disk is large", True)
def reserve_without_look(scope):
    return expect_failure("no-reserve", keep_reserve)


def too_large(environment=None):
    """A disk on which a job would not leave the reserve, and another that would."""
    configuration = {"reserve": "200 kB", "poll": "500 ms"}
    with megabyte() as disk, Root(configuration, disk, environment) as root:
        root.log = pathlib.Path(f"{disk}.log")
        ledger = Ledger(root)
        root.start()
        root.wait(root.is_up, what="the daemon")
        (root.inbox / "large.png").write_bytes(os.urandom(500_000))
        (root.inbox / "large.yaml").write_bytes(job(["large.png"]))
        told = "room on the disk: copies"
        root.wait(lambda: not (root.inbox / "large.yaml").exists()
                  or told in (root.outbox / "status.json").read_text(), 10, "the status")
        assert (root.inbox / "large.yaml").exists(), "it was taken"
        ledger.flat("small")
        root.wait(root.results, 20, "the small job")
        time.sleep(0.5)
        free = shutil.disk_usage(disk).free
        assert free > 200_000, f"only {free} bytes are left"
        for name in ["large.yaml", "large.png"]:
            (root.inbox / name).unlink()
        assert root.kill(15) == 0
        ledger.check_end()
        root.log.unlink()
    return 1, "told in the status"


@check("a job whose files would use up the reserve is not taken, and others go on")
def larger_than_the_disk(scope):
    return too_large()


@check("a job that is too large is noticed to be taken where every disk is large", True)
def larger_without_look(scope):
    return expect_failure("no-reserve", too_large)


@check("a job that the disk does not give keeps no other, and is done when it can be read")
def unread_job(scope):
    tool("strace")
    with Root() as root:
        ledger = Ledger(root)
        for name in ["first", "second"]:
            ledger.folder(name, fake="sleep 3000")
        jobs = root.path / ".work/jobs"
        root.start()
        root.wait(lambda: len(list(jobs.glob("*/state.json"))) == 2, what="two jobs")
        time.sleep(0.3)
        root.kill()
        bad = min(jobs.iterdir()) / "state.json"
        ledger.folder("third")
        code = root.once(
            ["strace", "-f", "-o", "/dev/null", "-P", str(bad), "-e", "trace=read,pread64",
             "-e", "inject=read,pread64:error=EIO"])
        assert code == 75, f"it ends with {code}: {root.log_end()}"
        assert len(root.results()) == 2, root.results()
        assert bad.exists(), "the job is gone"
        assert "is left as it is" in root.log_end(), root.log_end()
        ledger.check_now()
        root.finish()
        ledger.check_end()
    return 1, "told in the log and the status"


def image(folder):
    """An ext4 file system in a file, which writes only what it is told to."""
    tool("mkfs.ext4")
    path = folder / "disk.img"
    with open(path, "wb") as file:
        file.truncate(32 << 20)
    subprocess.run(["mkfs.ext4", "-q", "-F", path], check=True)
    return path


def cut_power(seed, after_result, environment=None):
    """One cut at a random moment: what was told to be done must be there afterwards.

    After a first result, or soon after the start.
    """
    chance = random.Random(seed)
    folder = temporary_folder()
    try:
        path = image(folder)
        with Mount("-o", "loop,commit=300", path) as disk:
            root = Root(where=disk, environment=environment)
            root.log = folder / "daemon.log"
            ledger = Ledger(root)
            # So many unnamed files are synced in one step.
            ledger.folder("crowd", "sleep 20", others=400)
            for number in range(6):
                getattr(ledger, "flat" if number % 2 else "folder")(f"job{number}", "sleep 20")
            os.sync()
            root.start()
            if after_result:
                root.wait(lambda: published(root.log.read_text()), what="a first result")
            time.sleep(chance.uniform(0, 0.3))
            hold_still(root.process)
            told = published(root.log.read_text())
            shutil.copy(path, folder / "copy.img")
            root.kill()
        with Mount("-o", "loop", folder / "copy.img") as disk:
            root.path = disk / root.path.name
            for name in told:
                assert name in root.results(), f"{name!r} was told to be done and is lost"
            ledger.check_now()
            root.finish()
            ledger.check_end()
        return len(told)
    finally:
        shutil.rmtree(folder)


def hold_still(process):
    """Stops the daemon between two system calls; a copy made while it writes is of no moment."""
    process.send_signal(signal.SIGSTOP)
    tasks = pathlib.Path(f"/proc/{process.pid}/task")
    while any((task / "stat").read_text().rpartition(")")[2].split()[0] != "T"
              for task in tasks.iterdir()):
        time.sleep(0.001)


def published(log):
    """The results that the daemon called done."""
    facts = re.findall(r"job done id=(\S+) job=(\S+)", log)
    return [f"{job}--{number}".encode() for number, job in facts]


def cuts(count, seed, environment=None):
    # Every second one has something to ask of what was told, however slow the machine is.
    told = sum(
        cut_power(seed * 1000 + number, number % 2 == 1, environment) for number in range(count))
    return count, f"{told} results told before the cuts were all there, seed {seed}"


@check("a power cut takes nothing away that was told to be done, and nothing submitted")
def power(scope):
    return cuts(100 if scope.full else 8, scope.seed)


@check("power cuts are noticed to harm a daemon that does not sync")
def power_without_sync(scope):
    return expect_failure("no-sync", lambda twin: cuts(20, scope.seed, twin))
