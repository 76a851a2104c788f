"""Things in the Inbox that nobody should put there."""

import contextlib
import json
import os
import shutil
import socket
import time

from harness import Skip, check
from ledger import Ledger, job, mark, tree
from roots import Root
from twins import expect_failure

SECRET = b"root:x:0:0: nobody may read this"


def write(path, content=b""):
    with open(path, "wb") as file:
        file.write(content)


def links(inbox, secret):
    """Symbolic links where a job file, a picture, a folder and a folder above should be."""
    os.symlink(secret, f"{inbox}/link.yaml")
    os.symlink(secret, f"{inbox}/peek.png")
    write(f"{inbox}/peek.yaml", job(["peek.png"]))
    os.symlink(os.path.dirname(secret), f"{inbox}/folder-link")
    os.symlink(os.path.dirname(secret), f"{inbox}/up")
    write(f"{inbox}/through.yaml", job(["up/secret.png"]))
    write(f"{inbox}/escape.yaml", job(["../secret/secret.png"]))
    os.mkdir(f"{inbox}/holder")
    os.symlink(secret, f"{inbox}/holder/p.png")
    write(f"{inbox}/holder/job.yaml", job(["p.png"]))
    return ["peek", "through", "escape", "holder"], ["link.yaml", "folder-link", "up", "peek.png"]


def specials(inbox):
    """A pipe, a socket and a device, as job files and as pictures."""
    kept = []
    for end in ["yaml", "png"]:
        os.mkfifo(f"{inbox}/pipe.{end}")
        with contextlib.closing(socket.socket(socket.AF_UNIX)) as unix, working_in(inbox):
            unix.bind(f"socket.{end}")
        kept += [f"pipe.{end}", f"socket.{end}"]
        with contextlib.suppress(PermissionError):
            os.mknod(f"{inbox}/device.{end}", 0o600 | 0o020000, os.makedev(1, 5))
            kept.append(f"device.{end}")
    write(f"{inbox}/special.yaml", job(["pipe.png", "socket.png"]))
    os.mkdir(f"{inbox}/folder.yaml")
    return ["special"], [*kept, "folder.yaml"]


def names(inbox):
    """Names that tools choke on, and a job file of a gigabyte."""
    inbox = os.fsencode(inbox)
    for name in [b"-rf\n.yaml", b"\xff\xfe\x80.yaml", b"n" * 250 + b".yaml", b"$(reboot);`x`.yaml"]:
        write(os.path.join(inbox, name), b"nonsense: 1\n")
    with open(os.path.join(inbox, b"giant.yaml"), "wb") as giant:
        giant.truncate(1 << 30)
    return 5


def foreign_folder(inbox):
    """A healthy job in a folder whose name is not UTF-8."""
    folder = os.path.join(os.fsencode(inbox), b"caf\xe9")
    os.mkdir(folder)
    write(os.path.join(folder, b"p.png"), b"picture")
    write(os.path.join(folder, b"job.yaml"), job())


@contextlib.contextmanager
def working_in(folder):
    """Names of sockets must be short."""
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def endure(environment=None):
    """The daemon with all of that in its Inbox, and two healthy jobs."""
    with Root({"input_timeout": "1 s"}, environment=environment) as root:
        (root.path / "secret").mkdir()
        secret = root.path / "secret/secret.png"
        secret.write_bytes(SECRET)
        linked, kept = links(root.inbox, str(secret))
        failing, more = specials(root.inbox)
        kept += more
        count = len(linked) + len(failing) + names(root.inbox)
        ledger = Ledger(root)
        ledger.folder("good")
        foreign_folder(root.inbox)
        root.start()
        root.wait(lambda: len(root.results()) > count + 1, what=f"{count} refusals")
        time.sleep(0.3)
        assert root.kill(15) == 0, "the daemon did not end well"
        healthy = [name for name in root.results() if not name.endswith(b".failed")]
        assert {name.split(b"--")[0] for name in healthy} == {b"good", b"caf_"}, f"{healthy}"
        assert len(root.results()) == count + 2, f"results: {root.results()}"
        for place in [root.outbox, root.path / ".work"]:
            assert SECRET not in tree(place).values(), "a link was followed"
        left = set(os.listdir(root.inbox)) - {"up"}
        assert left == set(kept) - {"up"}, f"in the Inbox: {left ^ set(kept)}"
        assert secret.read_bytes() == SECRET
    return count + len(kept), "two healthy jobs are done beside them"


@check("links, pipes, sockets, devices, strange names and a giant in the Inbox do no harm")
def strange_files(scope):
    return endure()


@check("hostile files are noticed to harm a daemon that follows links")
def strange_files_with_links(scope):
    return expect_failure("followed-links", endure)


@check("files that claim to be larger than any disk do no harm")
def sparse_files(scope):
    with Root({"input_timeout": "1 s"}) as root:
        sizes = {"a.png": 7 << 60, "b.png": 7 << 60, "c.png": (1 << 63) - 1}
        for name, size in sizes.items():
            try:
                with open(root.inbox / name, "wb") as file:
                    file.truncate(size)
            except OSError as error:
                raise Skip("this file system has no such files") from error
        write(root.inbox / "two.yaml", job(["a.png", "b.png"]))
        write(root.inbox / "one.yaml", job(["c.png"]))
        write(root.inbox / "none.yaml", job(["c.png", "none.png"]))
        ledger = Ledger(root)
        ledger.folder("good")
        root.start()
        root.wait(lambda: len(root.results()) == 4, what="four results")
        assert root.kill(15) == 0, "the daemon did not end well"
        good = [name for name in root.results() if not name.endswith(b".failed")]
        assert len(good) == 1 and good[0].startswith(b"good--"), f"{root.results()}"
        for name in set(root.results()) - set(good):
            folder = root.outbox / os.fsdecode(name)
            code = json.loads((folder / "error.json").read_text())["code"]
            expected = "input.timeout" if name.startswith(b"none--") else "input.large"
            assert code == expected, f"{name}: {code}"
            assert not (folder / "inputs").exists(), "a picture was copied"
        for name, size in sizes.items():
            assert (root.inbox / name).stat().st_size == size, f"{name} is not as it was"
    return len(sizes), "their jobs fail, nothing is copied, and a healthy job is done beside them"


def meet_closed_files(environment=None):
    """A job file, and a folder, that the daemon may not look into."""
    if os.geteuid() != 0 or shutil.which("setpriv") is None:
        raise Skip("only root can run the daemon as somebody who may not read everything")
    with Root(environment=environment) as root:
        ledger = Ledger(root)
        ledger.folder("good")
        write(root.inbox / "closed.yaml", job(["closed.png"]))
        write(root.inbox / "closed.png", b"picture")
        os.mkdir(root.inbox / "shut")
        write(root.inbox / "shut/job.yaml", job())
        os.chmod(root.path, 0o755)
        for folder, _, files in os.walk(root.path):
            for path in [folder, *(os.path.join(folder, file) for file in files)]:
                os.chown(path, 65534, 65534)
        for path in ["closed.yaml", "shut"]:
            os.chown(root.inbox / path, 0, 0)
            os.chmod(root.inbox / path, 0o700)
        root.once([shutil.which("setpriv"), "--reuid=65534", "--regid=65534", "--clear-groups"])
        ledger.bystanders = {"closed.yaml": job(["closed.png"]), "closed.png": b"picture"}
        results = root.results()
        assert [name.split(b"--")[0] for name in results] == [b"good"], f"{results}"
        ledger.check_now()
        status = json.loads((root.outbox / "status.json").read_text())
        waiting = {entry["name"] for entry in status["waiting"]}
        assert waiting == {"closed.yaml", "shut"}, f"the status names {waiting}"
    return 2, "the status names both"


@check("a file that the daemon may not read keeps its own job waiting and no other")
def unreadable(scope):
    return meet_closed_files()


@check("closed files are noticed where the daemon takes them for missing", True)
def unreadable_as_missing(scope):
    return expect_failure("denied-is-gone", meet_closed_files)


def pass_crowd(count, environment=None):
    """A job among so many files that are none."""
    with Root(environment=environment) as root:
        folder = os.open(root.inbox, os.O_RDONLY)
        for number in range(count):
            os.close(os.open(f"{number:06}.dat", os.O_CREAT | os.O_WRONLY, dir_fd=folder))
        ledger = Ledger(root)
        root.start()
        root.wait(root.is_up, what="the daemon")
        begun = time.monotonic()
        ledger.folder("good")
        root.wait(lambda: root.results(), 30, "the job among the crowd")
        taken = time.monotonic() - begun
        assert root.kill(15) == 0
        assert len(os.listdir(root.inbox)) == count, "files of the crowd are gone"
        ledger.check_now()
    return count, f"a job is done in {taken:.2f} s beside them"


@check("many files that are no jobs hold up nothing")
def crowd(scope):
    return pass_crowd(100_000 if scope.full else 5_000)


@check("a crowd is noticed to hold up a daemon that takes long to look at each file", True)
def crowd_slowly(scope):
    return expect_failure("slow-look", lambda twin: pass_crowd(5_000, twin))
