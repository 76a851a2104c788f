"""Every way in which people and programs put files into a folder."""

import os
import signal
import subprocess
import sys
import time

from harness import check, tool
from ledger import Ledger, job, mark
from roots import Root
from twins import expect_failure

# Longer than the picture, so that a part of it is not the whole.
PICTURE = b"".join(b"row %d of the picture\n" % row for row in range(4000))
SLOW = """
import sys, time
source, target, pause = sys.argv[1:]
with open(source, "rb") as old, open(target, "wb", buffering=0) as new:
    while piece := old.read(20000):
        new.write(piece)
        time.sleep(float(pause))
"""


class Source:
    """A job outside the Inbox, and ways to bring it in."""

    def __init__(self, root, name):
        self.root, self.name = root, name
        self.ledger = Ledger(root)
        self.files = {f"{name}.yaml": job([f"{name}.png"]), f"{name}.png": PICTURE}
        self.ledger.jobs[name] = (
            self.files[f"{name}.yaml"], {f"{name}.png": PICTURE}, True)
        for file, content in self.files.items():
            (root.path / "stage" / file).write_bytes(content)
        self.yaml, self.picture = [root.path / "stage" / file for file in self.files]

    def slowly(self, path, pause=0.06):
        """A process that writes the file in pieces."""
        return subprocess.Popen(
            [sys.executable, "-c", SLOW, path, self.root.inbox / path.name, str(pause)])


def run(*words):
    subprocess.run([str(word) for word in words], check=True, stdout=subprocess.DEVNULL)


def copied(source):
    run("cp", source.yaml, source.picture, source.root.inbox)


def moved(source):
    run("mv", source.picture, source.yaml, source.root.inbox)


def linked(source):
    run("ln", source.yaml, source.picture, source.root.inbox)


def synchronised(*options):
    def write(source):
        run("rsync", *options, source.yaml, source.picture, f"{source.root.inbox}/")

    return write


def slow_picture(source):
    """The job first, then its picture in pieces."""
    run("cp", source.yaml, source.root.inbox)
    source.slowly(source.picture).wait()


def slow_job(source):
    """The picture first, then its job in pieces."""
    run("cp", source.picture, source.root.inbox)
    source.slowly(source.yaml).wait()


def killed_writer(source):
    """A writer that dies half-way, and another that does all of it."""
    run("cp", source.yaml, source.root.inbox)
    writer = source.slowly(source.picture)
    time.sleep(0.12)
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    source.slowly(source.picture).wait()


def late_picture(source):
    """The job long before its picture."""
    run("cp", source.yaml, source.root.inbox)
    time.sleep(0.5)
    run("cp", source.picture, source.root.inbox)


def early_picture(source):
    """The picture long before its job."""
    run("cp", source.picture, source.root.inbox)
    time.sleep(0.5)
    run("cp", source.yaml, source.root.inbox)


def replaced(source):
    """Another picture first, which is replaced while it settles."""
    (source.root.inbox / source.picture.name).write_bytes(b"not this one")
    run("cp", source.yaml, source.root.inbox)
    time.sleep(0.03)
    run("mv", source.picture, source.root.inbox)


def folder(source):
    """A folder moved in as a whole, which reports nothing of its content."""
    whole = source.root.path / "stage" / source.name
    whole.mkdir()
    os.rename(source.picture, whole / source.picture.name)
    os.rename(source.yaml, whole / "job.yaml")
    run("mv", whole, source.root.inbox)


def filled_folder(source):
    """A folder that is filled where it is."""
    (source.root.inbox / source.name).mkdir()
    run("cp", source.yaml, source.root.inbox / source.name / "job.yaml")
    time.sleep(0.3)
    run("cp", source.picture, source.root.inbox / source.name)


WRITERS = [
    copied, moved, linked, synchronised("-a"), synchronised("--inplace"), slow_picture, slow_job,
    late_picture, early_picture, replaced, folder, filled_folder]


def write_all(configuration, writers=WRITERS):
    """Jobs brought in every way, all at the same time; each is read when it is whole."""
    with Root(configuration) as root:
        root.start()
        root.wait(root.is_up, what="the daemon")
        ledger = Ledger(root)
        for number, write in enumerate(writers):
            source = Source(root, f"job{number}")
            write(source)
            ledger.jobs.update(source.ledger.jobs)
        root.wait(lambda: len(root.results()) >= len(writers), 30, f"{len(writers)} results")
        time.sleep(0.5)
        assert root.kill(15) == 0
        ledger.check_end()
    return len(writers), "each read when it was whole"


@check("jobs that are copied, moved, linked, synchronised and written slowly are read when whole")
def writers(scope):
    tool("rsync")
    return write_all({"settle": "250 ms"})


@check("slow writers are noticed to be read too early by a daemon that does not wait")
def hasty(scope):
    return expect_failure(
        "no wait", lambda _: write_all({"settle": "0 s"}, [slow_picture] * 3))


@check("a picture whose writer was killed is read when another has written it")
def half_a_picture(scope):
    return write_all({"settle": "300 ms"}, [killed_writer])


@check("half a picture is noticed to be read by a daemon that does not wait", True)
def half_a_picture_at_once(scope):
    return expect_failure(
        "no wait", lambda _: write_all({"settle": "0 s"}, [killed_writer] * 3))


@check("a job that is edited after it was accepted runs as it was and then as it is")
def edited(scope):
    with Root() as root:
        ledger = Ledger(root)
        ledger.flat("job", fake="sleep 300")
        root.start()
        held = open(root.inbox / "job.yaml", "ab")
        root.wait(lambda: not (root.inbox / "job.yaml").exists(), what="the acceptance")
        time.sleep(0.1)
        held.write(b"# and more\n")
        held.close()
        root.wait(lambda: root.results(), what="the first result")
        (root.inbox / "job.png").write_bytes(b"picture of job")
        root.wait(lambda: len(root.results()) > 1, what="the second result")
        time.sleep(0.5)
        assert root.kill(15) == 0
        texts = [(root.outbox / os.fsdecode(name) / "job.yaml").read_bytes()
                 for name in root.results()]
        text = ledger.jobs["job"][0]
        assert sorted(texts) == [text, text + b"# and more\n"], texts
    return 1, "two results, one of each"


@check("a job file that is written to after its job has ended is run as it is then")
def late(scope):
    with Root() as root:
        ledger = Ledger(root)
        ledger.flat("job", fake="sleep 300")
        done = root.path / ".work/done"
        root.start()
        held = open(root.inbox / "job.yaml", "ab")
        root.wait(lambda: done.is_dir() and os.listdir(done), what="the end of the job")
        held.write(b"# and more\n")
        held.close()
        time.sleep(0.2)
        assert root.kill(15) == 0
        # The working files stay for a minute, which is over for the next daemon.
        for state in done.glob("*/state.json"):
            os.utime(state, (time.time() - 3600,) * 2)
        root.finish()
        texts = [(root.outbox / os.fsdecode(name) / "job.yaml").read_bytes()
                 for name in root.results()]
        text = ledger.jobs["job"][0]
        assert sorted(texts) == [text, text + b"# and more\n"], texts
        assert not os.listdir(root.inbox), os.listdir(root.inbox)
    return 1, "two results, one of each"


@check("a job file that comes empty or in part fails alone, and runs when all of it is there")
def early(scope):
    with Root() as root:
        text = job(["job.png"])
        root.start()
        root.wait(root.is_up, what="the daemon")
        parts = [b"", text[:20]]
        held = []
        for number, part in enumerate(parts):
            held.append(open(root.inbox / f"job{number}.yaml", "wb", buffering=0))
            held[-1].write(part)
        root.wait(lambda: len(root.results()) == len(parts), what="the failures")
        assert root.kill(15) == 0
        failed = {name: (root.outbox / os.fsdecode(name) / "job.yaml").read_bytes()
                  for name in root.results()}
        for part, file in zip(parts, held):
            file.write(text[len(part):])
            file.close()
        for state in (root.path / ".work/done").glob("*/state.json"):
            os.utime(state, (time.time() - 3600,) * 2)
        (root.inbox / "job.png").write_bytes(b"picture of job")
        root.finish()
        for name, part in failed.items():
            now = (root.outbox / os.fsdecode(name) / "job.yaml").read_bytes()
            assert now == part, f"{name!r} has changed after it was published"
        texts = [(root.outbox / os.fsdecode(name) / "job.yaml").read_bytes()
                 for name in root.results() if name not in failed]
        assert texts == [text, text], texts
    return len(parts), "each a failure and a result"


@check("a job file that comes while an earlier job with its picture is closed gets the picture")
def just_in_time(scope):
    rounds, tried = 40 if scope.full else 12, 0
    with Root() as root:
        root.start()
        root.wait(root.is_up, what="the daemon")
        stage = root.path / "stage"
        for number in range(rounds):
            picture = root.inbox / f"p{number}.png"
            texts = {
                f"first{number}.yaml": job([picture.name], "sleep 100"),
                f"second{number}.yaml": job([picture.name]) + b"# another\n"}
            for file, content in {picture.name: b"picture %d" % number, **texts}.items():
                (stage / file).write_bytes(content)
                mark(stage / file)
            first, second = texts
            for file in [picture.name, first]:
                os.rename(stage / file, root.inbox / file)
            end = time.monotonic() + 20
            while not root.results() and time.monotonic() < end:
                time.sleep(0.0002)
            os.rename(stage / second, root.inbox / second)
            if picture.exists():
                tried += 1
                root.wait(lambda: len(root.results()) == 2, 20, f"the second, {number}")
            else:
                (root.inbox / second).unlink(missing_ok=True)
            root.wait(lambda: not os.listdir(root.path / ".work/jobs"), what="the end")
            for name in root.results():
                assert not name.endswith(b".failed"), name
                root.discard(name)
        assert root.kill(15) == 0
    assert tried > 0, "the picture had left each time"
    return tried, "each has it"


@check("pictures of a folder that are written to after they were copied are published as they were solved")
def linked_folder(scope):
    with Root() as root:
        ledger = Ledger(root)
        ledger.folder("job", fake="sleep 500", drop=False)
        staged = root.path / "stage/job"
        link = root.path / "stage/link.png"
        os.link(staged / "in/p.png", link)
        os.rename(staged, root.inbox / "job")
        root.start()
        root.wait(lambda: list((root.path / ".work/jobs").glob("*/run.1")), what="the attempt")
        link.write_bytes(b"another picture")
        root.wait(root.results, what="the result")
        time.sleep(0.3)
        link.write_bytes(b"yet another one")
        assert root.kill(15) == 0
        ledger.check_end()
        for state in (root.path / ".work/done").glob("*/state.json"):
            os.utime(state, (time.time() - 3600,) * 2)
        root.finish()
        names = os.listdir(root.inbox)
        assert len(names) == 1 and names[0].endswith("--in-p.png"), names
        assert (root.inbox / names[0]).read_bytes() == b"yet another one"
    return 1, "what was written is back in the Inbox"
