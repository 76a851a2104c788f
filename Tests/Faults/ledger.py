"""What was submitted to a root, and whether the daemon kept its promises about it."""

import collections
import hashlib
import json
import os
import re

RESULT = re.compile(rb"(?s)(.+)--\d{8}-\d{6}-[0-9a-f]{6}(\.failed)?")
MARK = "user.sluice.complete"


def job(pictures=("p.png",), fake=""):
    """The text of a job for the fake worker."""
    lines = ["version: 1", f"images: [{', '.join(pictures)}]", "prior: mnist", f"# fake: {fake}"]
    return ("\n".join(lines) + "\n").encode()


def mark(path):
    """Says, as `sluice submit` does, that a file is complete."""
    info = os.stat(path)
    value = f"{info.st_ino}:{info.st_size}:{info.st_mtime_ns}".encode()
    try:
        os.setxattr(path, MARK, value)
    except OSError:
        pass  # It is picked up a little later then.


def read(path):
    with open(path, "rb") as file:
        return file.read()


def tree(folder):
    """Every regular file beneath `folder`: its content by its relative path, in bytes."""
    found = {}
    folder = os.fsencode(folder)
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            if os.path.isfile(path) and not os.path.islink(path):
                try:
                    found[os.path.relpath(path, folder)] = read(path)
                except FileNotFoundError:
                    continue  # A daemon that is running has moved it.
    return found



def document(content, what):
    """The JSON in `content`; what was torn is no JSON."""
    try:
        return json.loads(content)
    except ValueError as error:
        raise AssertionError(f"{what} is partial: {error}") from None


class Ledger:
    """The jobs of one root: G1, G2, G3 and G4 are about these."""

    def __init__(self, root):
        self.root = root
        self.jobs = {}
        self.bystanders = {}
        # Folders of several jobs, which stay when they are empty.
        self.folders = set()

    def flat(self, name, fake="", text=None, succeeds=True, marked=True):
        """Submits a job file with its picture beside it."""
        pictures = {f"{name}.png": f"picture of {name}".encode()}
        text = job(tuple(pictures), fake) if text is None else text
        self.jobs[name] = (text, pictures, succeeds)
        for file, content in {**pictures, f"{name}.yaml": text}.items():
            staged = self.root.path / "stage" / file
            staged.write_bytes(content)
            if marked:
                mark(staged)
            os.rename(staged, self.root.inbox / file)

    def common(self, name):
        """Submits a job file whose defaults, in a folder, name its picture."""
        folder = f"{name}-common"
        others = {
            f"{folder}/defaults.yaml": f"images: [{name}.png]\nprior: mnist\n".encode(),
            f"{name}.png": f"picture of {name}".encode()}
        text = f"version: 1\ndefaults: {folder}/defaults.yaml\n".encode()
        self.jobs[name] = (text, others, True)
        # Only files leave the Inbox with their job.
        self.folders.add(folder)
        (self.root.inbox / folder).mkdir()
        for file, content in {**others, f"{name}.yaml": text}.items():
            staged = self.root.path / "stage" / os.path.basename(file)
            staged.write_bytes(content)
            mark(staged)
            os.rename(staged, self.root.inbox / file)

    def folder(self, name, fake="", succeeds=True, drop=True, others=0):
        """Submits a folder with job.yaml, a picture in a folder of its own and files unnamed."""
        pictures = {"in/p.png": f"picture of {name}".encode()}
        text = job(tuple(pictures), fake)
        pictures |= {f"others/{n}": f"{n} beside {name}".encode() for n in range(others)}
        self.jobs[name] = (text, pictures, succeeds)
        staged = self.root.path / "stage" / name
        (staged / "in").mkdir(parents=True)
        if others:
            (staged / "others").mkdir()
        for file, content in {**pictures, "job.yaml": text}.items():
            (staged / file).write_bytes(content)
            mark(staged / file)
        if drop:
            os.rename(staged, self.root.inbox / name)

    def bystander(self, name):
        """Puts something into the Inbox that no job names."""
        self.bystanders[name] = f"nothing to do with {name}".encode()
        (self.root.inbox / name).write_bytes(self.bystanders[name])

    def check_now(self):
        """What must hold at every moment, also while the daemon lies dead: G2 and G4."""
        for name in self.root.results():
            self.check_whole(name)
        contents = collections.Counter(tree(self.root.path).values())
        for name, (text, pictures, _) in self.jobs.items():
            for content in [text, *pictures.values()]:
                assert contents[content] > 0, f"what was submitted for {name} is nowhere"
        self.check_bystanders()

    def check_bystanders(self):
        for name, content in self.bystanders.items():
            path = self.root.inbox / name
            assert path.exists(), f"{name} was taken away"
            assert read(path) == content, f"{name} was touched"

    def check_end(self):
        """What must hold when the daemon says that nothing is left: G1 and G3 as well."""
        found = collections.Counter()
        for name in self.root.results():
            parts = RESULT.fullmatch(name)
            assert parts, f"{name!r} in the Outbox is no result"
            found[os.fsdecode(parts[1])] += 1
            self.check_whole(name)
            self.check_content(os.fsdecode(parts[1]), name, failed=bool(parts[2]))
        assert found == dict.fromkeys(self.jobs, 1), f"results: {found}, jobs: {set(self.jobs)}"
        self.check_bystanders()
        left = set(os.listdir(self.root.inbox)) - set(self.bystanders) - self.folders
        for folder in self.folders:
            left |= {f"{folder}/{name}" for name in os.listdir(self.root.inbox / folder)}
        assert not left, f"left in the Inbox: {left}"
        left = os.listdir(self.root.path / ".work/jobs")
        assert not left, f"left of jobs: {left}"

    def check_content(self, job_name, result, failed):
        """The result holds what was submitted, and is of the kind that was expected."""
        text, pictures, succeeds = self.jobs[job_name]
        assert failed != succeeds, f"{result!r} is of the wrong kind"
        files = tree(self.root.outbox / os.fsdecode(result))
        assert files[b"job.yaml"] == text, f"the job file of {result!r} was changed"
        for path, content in pictures.items():
            assert files[b"inputs/" + path.encode()] == content, f"{path} of {result!r} changed"

    def check_whole(self, result):
        """Nothing of a visible result is missing, damaged or superfluous."""
        files = tree(self.root.outbox / os.fsdecode(result))
        if result.endswith(b".failed"):
            assert {b"error.json", b"log.txt"} <= set(files), f"{result!r} is partial"
            document(files[b"error.json"], f"the error of {result!r}")
            return
        assert b"manifest.json" in files, f"{result!r} has no manifest"
        listed = {
            entry["path"].encode(): (entry["sha256"], entry["bytes"])
            for entry in document(files.pop(b"manifest.json"), f"the manifest of {result!r}")["files"]}
        held = {
            path: (hashlib.sha256(content).hexdigest(), len(content))
            for path, content in files.items()}
        assert held == listed, f"{result!r} is not what its manifest says"
        assert b"result.json" in held and b"restored/a.png" in held, f"{result!r} is partial"
