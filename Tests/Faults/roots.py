"""A root for sluiced on a temporary file system, and the programs that work on it."""

import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
PROGRAMS = pathlib.Path(
    os.environ.get("SLUICE_PROGRAMS", REPOSITORY / ".build" / "release"))
CONFIGURATION = {"settle": "100 ms", "reserve": "100 kB", "keep_work": "0 s"}


def temporary_folder(where=None):
    """A new folder, in memory where there is such a file system: fsync costs nothing there."""
    shm = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    return pathlib.Path(tempfile.mkdtemp(prefix="sluice-faults-", dir=where or shm))


class Root:
    """Inbox, Outbox and .work of one daemon, with all that is needed to start it."""

    worker = "fake-worker"

    def __init__(self, configuration=None, where=None, environment=None):
        self.path = temporary_folder(where)
        self.log = self.path / "daemon.log"
        self.environment = {**os.environ, **(environment or {})}
        self.process = None
        self.worker = PROGRAMS / type(self).worker
        for name in ["Inbox", "Outbox", "etc", "stage"]:
            (self.path / name).mkdir(exist_ok=True)
        self.configure(configuration or {})

    def configure(self, configuration):
        lines = [f"{key}: {value}\n" for key, value in {**CONFIGURATION, **configuration}.items()]
        (self.path / "etc/sluice.yaml").write_text("".join(lines))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()
        shutil.rmtree(self.path, ignore_errors=True)

    def is_up(self):
        """Whether a daemon has begun to work."""
        return (self.outbox / "status.json").exists()

    @property
    def inbox(self):
        return self.path / "Inbox"

    @property
    def outbox(self):
        return self.path / "Outbox"

    def command(self, *arguments):
        return [
            str(PROGRAMS / "sluiced"), "--root", str(self.path), "--worker", str(self.worker),
            *arguments]

    def once(self, prefix=(), limit=30):
        """Runs the daemon until nothing is left that it can do now; its exit code, or None."""
        with open(self.log, "ab") as log:
            try:
                return subprocess.run(
                    [*prefix, *self.command("--once")], stdin=subprocess.DEVNULL, stdout=log,
                    stderr=log, timeout=limit, env=self.environment).returncode
            except subprocess.TimeoutExpired:
                return None

    def finish(self, times=6):
        """Runs undisturbed daemons until one says that nothing is left."""
        for _ in range(times):
            code = self.once()
            if code == 0:
                return
        raise AssertionError(f"the undisturbed daemon ends with {code}: {self.log_end()}")

    def start(self):
        """Starts the daemon and leaves it running."""
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env=self.environment)
        return self.process

    def kill(self, number=signal.SIGKILL):
        """Ends the running daemon; its exit code, negative for a signal, None when it goes on."""
        if self.process is None:
            return None
        self.process.send_signal(signal.SIGCONT)
        self.process.send_signal(number)
        process, self.process = self.process, None
        try:
            return process.wait(45)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return None

    def wait(self, condition, seconds=30, what="something"):
        """Looks until `condition` holds."""
        end = time.monotonic() + seconds
        while not condition():
            if self.process and self.process.poll() is not None:
                raise AssertionError(f"the daemon has died: {self.log_end()}")
            if time.monotonic() > end:
                raise AssertionError(f"waited in vain for {what}: {self.log_end()}")
            time.sleep(0.01)

    def results(self):
        """The names in the Outbox that readers look at."""
        return sorted(
            name for name in os.listdir(os.fsencode(self.outbox))
            if not name.startswith(b".") and name != b"status.json")

    def discard(self, result):
        """What a reader does with a result: takes it out of the Outbox."""
        shutil.rmtree(os.path.join(os.fsencode(self.outbox), result))

    def log_end(self):
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-8:])

    def workers(self):
        """The processes that the running daemon has started."""
        path = pathlib.Path(f"/proc/{self.process.pid}/task")
        found = []
        for thread in path.iterdir():
            try:
                found += map(int, (thread / "children").read_text().split())
            except OSError:
                continue
        return found


class RealRoot(Root):
    """A root whose worker reads and restores pictures, which the fake one does not."""

    worker = "sluice-worker"
