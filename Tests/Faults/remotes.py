"""Files that come over a network, and an Inbox that lies on one."""

import contextlib
import getpass
import json
import os
import shutil
import socket
import subprocess
import time

from harness import Skip, check, tool
from ledger import Ledger, job
from places import namespace
from roots import Root, temporary_folder
from twins import expect_failure
from writers import PICTURE, write_all


@contextlib.contextmanager
def secure_shell():
    """A server for the user's own account, on the loopback; the options of its clients.

    What is to be in /run lies there only for the server.
    """
    tool("ssh-keygen")
    server = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if server is None:
        raise Skip("there is no sshd; on Debian: openssh-server")
    folder = temporary_folder()
    for name in ["host", "user"]:
        subprocess.run(["ssh-keygen", "-qN", "", "-t", "ed25519", "-f", folder / name], check=True)
    shutil.copy(folder / "user.pub", folder / "authorized")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = [
        f"ListenAddress=127.0.0.1:{port}", f"HostKey={folder}/host", "StrictModes=no",
        f"AuthorizedKeysFile={folder}/authorized", f"PidFile={folder}/pid", "UsePAM=no",
        "PermitRootLogin=yes", "Subsystem=sftp internal-sftp"]
    process = subprocess.Popen(
        [*namespace(), "sh", "-c", "mount -t tmpfs none /run && mkdir /run/sshd && exec \"$@\"",
         "sh", server, "-D", "-e", "-f", "/dev/null", *(f"-o{word}" for word in settings)],
        stdin=subprocess.DEVNULL, stderr=open(folder / "log", "wb"))
    try:
        yield [f"-P{port}", f"-i{folder}/user", "-oStrictHostKeyChecking=no", "-oBatchMode=yes",
               f"-oUserKnownHostsFile={folder}/known", "-oConnectionAttempts=10"]
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder)


def secure_copies(options, *more):
    """A writer: scp with these options, slowed down so that the picture grows for a while."""

    def write(source):
        target = f"{getpass.getuser()}@127.0.0.1:{source.root.inbox}/"
        outcome = subprocess.run(
            ["scp", "-q", *more, *options, source.yaml, source.picture, target],
            stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if outcome.returncode != 0:
            raise RuntimeError(f"scp: {outcome.stderr}")

    return write


def copy_securely(configuration):
    tool("scp")
    with secure_shell() as options:
        # 1 Mbit/s: the picture takes more than half a second. -O is the old protocol.
        slow = ["-l", "1000"]
        return write_all(configuration, [
            secure_copies(options), secure_copies(options, *slow),
            secure_copies(options, "-O"), secure_copies(options, "-O", *slow)])


@check("jobs that scp brings are read when whole")
def secure(scope):
    return copy_securely({"settle": "500 ms"})


@check("scp is noticed to be read too early by a daemon that does not wait", only_full=True)
def secure_and_hasty(scope):
    return expect_failure("no wait", lambda _: copy_securely({"settle": "0 s"}))


@contextlib.contextmanager
def mirrored(root):
    """The root through FUSE; what lies beneath is changed behind the back of the kernel."""
    tool("bindfs")
    beneath = temporary_folder()
    for entry in list(root.path.iterdir()):
        shutil.move(entry, beneath / entry.name)
    outcome = subprocess.run(["bindfs", beneath, root.path], capture_output=True, text=True)
    if outcome.returncode != 0:
        shutil.rmtree(beneath)
        raise Skip(f"nothing is mounted with FUSE here: {outcome.stderr.strip()}")
    try:
        yield beneath
    finally:
        root.kill()
        subprocess.run(["umount", "-l", root.path], check=True)
        time.sleep(0.1)
        shutil.rmtree(beneath)


def use_network(environment=None):
    """A root on FUSE, into whose Inbox others put jobs that the kernel reports nothing of."""
    with Root({"poll": "500 ms"}, environment=environment) as root, mirrored(root) as beneath:
        root.log = beneath / "daemon.log"
        ledger = Ledger(root)
        root.start()
        root.wait(root.is_up, what="the daemon")
        watching = json.loads((root.outbox / "status.json").read_text())
        ledger.folder("here")
        staged = beneath / "stage/there"
        staged.mkdir()
        (staged / "job.yaml").write_bytes(job(["p.png"]))
        (staged / "p.png").write_bytes(PICTURE)
        ledger.jobs["there"] = (job(["p.png"]), {"p.png": PICTURE}, True)
        os.rename(staged, beneath / "Inbox/there")
        root.wait(lambda: len(root.results()) == 2, 20, "both results")
        time.sleep(0.5)
        assert root.kill(15) == 0
        assert "network" in json.dumps(watching), f"the status does not tell: {watching}"
        ledger.check_end()
    return 2, "jobs are found by polling, which the status tells"


@check("jobs on a file system that reports nothing are found by polling, and the status says so")
def network(scope):
    return use_network()


@check("jobs on a network are noticed to be overlooked by a daemon that waits for reports", True)
def network_unnoticed(scope):
    return expect_failure("local-disk", use_network)
