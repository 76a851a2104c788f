"""Uploads that stall half-way for far longer than `settle`, with the file open, and go on."""

import json
import os
import time

from harness import Skip, check
from ledger import Ledger, job
from roots import PROGRAMS, REPOSITORY, RealRoot, Root
from twins import expect_failure

SETTLE = 0.3
# A stall is that long at least.
STALL = 3 * SETTLE
# One of each kind that ends early in its own way; the result of each is restored/a.png.
PICTURES = {
    "a.png": REPOSITORY / "etc/jobs/faces-by-bm3d/drawn-0.png",
    "a.jpg": REPOSITORY / "Tests/Fixtures/Images/full-chroma.jpg",
    "a.jpeg": REPOSITORY / "Tests/Fixtures/Images/progressive.jpg",
}
JOB = """version: 1
images: [{}]
noise: {{gaussian: {{std: 0.1}}}}
solver: bm3d
output: {{report: false}}
"""


class Uploads:
    """Files that are written side by side, and stall together after each part."""

    def __init__(self, root, contents, parts):
        self.root, self.contents, self.parts = root, contents, parts
        self.files = {name: open(root.inbox / name, "wb", buffering=0) for name in contents}

    def run(self, wait):
        """Writes all parts; each stall is over when `wait`, which is told its number, is."""
        for number in range(self.parts):
            for name, content in self.contents.items():
                start, end = (len(content) * n // self.parts for n in [number, number + 1])
                self.files[name].write(content[start:end])
            if number < self.parts - 1:
                time.sleep(STALL)
                wait(number)
        for file in self.files.values():
            file.close()


def waiting(root):
    """What jobs wait for, as the status tells it."""
    try:
        status = json.loads((root.outbox / "status.json").read_text())
    except OSError:
        return ""
    return json.dumps(status["waiting"])


def stall_pictures(patience):
    """Pictures of which three stalls show a part; each job waits, and gets the whole one."""
    if not (PROGRAMS / "sluice-worker").exists():
        raise Skip("there is no sluice-worker, which reads pictures")
    contents = {name: path.read_bytes() for name, path in PICTURES.items()}
    settings = {"settle": f"{SETTLE * 1000:.0f} ms", "input_timeout": patience}
    with RealRoot(settings) as root:
        ledger = Ledger(root)
        root.start()
        root.wait(root.is_up, what="the daemon")
        uploads = Uploads(root, contents, 4)
        for name, content in contents.items():
            text = JOB.format(name).encode()
            ledger.jobs[f"job-{name}"] = (text, {name: content}, True)
            (root.inbox / f"job-{name}.yaml").write_bytes(text)

        def wait(_):
            def is_told():
                # Each has been read as it is, and was found to end too early.
                return root.results() or waiting(root).count("more of it may come") == len(contents)

            root.wait(is_told, 60, "three pictures that end too early")
            assert not root.results(), f"{root.results()} while the pictures grow"

        uploads.run(wait)
        root.wait(lambda: len(root.results()) == len(contents), 120, "the results")
        time.sleep(0.5)
        assert root.kill(15) == 0
        ledger.check_end()
    return 3 * len(contents), "each stall is told in the status; read when whole"


@check("pictures whose upload stalls three times for longer than settle are read when whole")
def stalled_pictures(scope):
    return stall_pictures("2 min")


@check("pictures whose upload stalls are noticed to fail in a daemon that does not wait for them", True)
def impatient(scope):
    return expect_failure("less patience than a stall", lambda _: stall_pictures("300 ms"))


def stall_jobs(environment=None):
    """Job files that stall after a part that is no job, and after one that is a job already."""
    texts = {name: job([f"{name}.png"]) for name in ["half", "more"]}
    # The first of three parts is all of the job then.
    texts["more"] += b"#" * (2 * len(texts["more"]) - 1) + b"\n"
    firsts = {name: text[:len(text) // 3] for name, text in texts.items()}
    with Root({"settle": f"{SETTLE * 1000:.0f} ms"}, environment=environment) as root:
        root.start()
        root.wait(root.is_up, what="the daemon")
        for name in texts:
            (root.inbox / f"{name}.png").write_bytes(f"picture of {name}".encode())
        uploads = Uploads(root, {f"{name}.yaml": text for name, text in texts.items()}, 3)
        uploads.run(lambda _: root.wait(
            lambda: len(root.results()) == len(texts), what="what comes of the parts"))
        assert root.kill(15) == 0
        # The working files stay for a minute, which is over for the next daemon.
        for state in (root.path / ".work/done").glob("*/state.json"):
            os.utime(state, (time.time() - 3600,) * 2)
        root.finish()
        found = sorted(
            (os.fsdecode(name).split("--")[0], name.endswith(b".failed"),
             (root.outbox / os.fsdecode(name) / "job.yaml").read_bytes())
            for name in root.results())
        expected = sorted(
            [("half", True, firsts["half"]), ("half", False, texts["half"]),
             ("more", False, firsts["more"]), ("more", False, texts["more"])])
        assert found == expected, f"results: {found}"
        assert not os.listdir(root.inbox), os.listdir(root.inbox)
    return 4, "what was there has run or failed; all of it runs when it is there"


@check("job files whose upload stalls for longer than settle run when all of them is there")
def stalled_jobs(scope):
    return stall_jobs()


@check("job files whose upload stalls are noticed to be lost by a daemon that copies them", True)
def stalled_jobs_copied(scope):
    return expect_failure("copied-jobs", stall_jobs)
