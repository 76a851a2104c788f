"""What is measured beside the iterations of solvers and trainings: data sets, programs, the daemon.

Each chore is a function of a `Bench` that gives figures by name, with their units, and what they should be.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RELEASE = ROOT / ".build" / "release"
# Width, height and number of the JPEG files that become 64 × 64: photographs, and faces as CelebA has them.
PICTURES = {"512 × 512": (512, 512, 1500), "178 × 218": (178, 218, 10_000)}


def answer(command, environment=None):
    """The JSON that a program prints."""
    run = subprocess.run([str(word) for word in command], cwd=ROOT, env=environment, capture_output=True, text=True)
    if run.returncode != 0:
        raise RuntimeError(f"{command[0]} failed\n{run.stderr.strip()}")
    return json.loads(run.stdout)


def pillow(peer):
    """How to start a Python with Pillow: that of the other peers, or another."""
    others = [(os.environ.get("SLUICE_PEER_PYTHON", sys.executable), None)]
    return next((one for one in [*([peer] if peer else []), *others] if has_pillow(*one)), None)


def has_pillow(python, environment):
    return subprocess.run([python, "-c", "import PIL, numpy"], env=environment, capture_output=True).returncode == 0


def prepare(rounds, peer):
    """Pictures a second, and what they are in units of two processes with Pillow."""
    peer = pillow(peer)
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None) as folder:
        for name, (width, height, count) in PICTURES.items():
            place = Path(folder) / f"{width}x{height}"
            ours = [RELEASE / "sluice-bench", "prepare", "--folder", place, "--width", width,
                    "--height", height, "--pictures", count]
            subprocess.run([str(word) for word in [*ours, "--make-only"]], check=True)
            commands = {"ours": [[*ours, "--json"], None]}
            if peer:
                python, environment = peer
                script = ROOT / "Benchmarks/peers/prepare_pillow.py"
                commands["peer"] = [[python, script, "--folder", place], environment]
            rates = {side: [] for side in commands}
            for index in range(rounds):
                for side in list(commands)[:: 1 if index % 2 == 0 else -1]:
                    rates[side].append(answer(*commands[side])["pictures_per_second"])
            yield f"dataset prepare, {name} JPEG, pictures/s", statistics.median(rates["ours"]), None
            if "peer" in rates:
                ratio = statistics.median(one / other for one, other in zip(rates["ours"], rates["peer"]))
                yield f"dataset prepare, {name} JPEG ÷ Pillow, 2 processes", ratio, ">= 2"


def opening(rounds, peer):
    """One picture of 60,000, uncompressed."""
    found = answer([RELEASE / "sluice-bench", "open", "--json"])
    yield "open 60,000 digits and read one, ms", 1000 * found["seconds"], "< 5"
    yield "open 60,000 digits and read one, MB beside", found["memory_bytes"] / 1e6, "< 5"


TARGETS = {"pick-up, 50": "< 30", "pick-up, 99": "< 100", "idle, %": "< 0.1", "idle, MB": "< 30",
           "pick-up beside": "< 1000", "waiting jobs, MB": "< 150", "sluice --help": "< 50", "sluiced is up": "< 100",
           "a worker is ready": "< 500"}


def daemon(rounds, peer):
    """How soon jobs are seen, and what waiting costs."""
    found = answer([ROOT / "Tests/Faults/figures", "--waiting", 100_000, "--json"])
    for name, figure in found.items():
        yield name, figure, next((target for part, target in TARGETS.items() if part in name), None)


def small_jobs(rounds, peer):
    """A digit and ten iterations, 1,000 times."""
    rates = list(answer([ROOT / "Tests/Faults/throughput", "--steps", 10, "--json"]).values())
    yield "small jobs together, jobs/s", rates[2], None
    yield "small jobs together ÷ one process per job", rates[2] / rates[0], ">= 10"
    yield "small jobs one by one in a warm worker ÷ one process per job", rates[1] / rates[0], None


def unfolding(rounds, peer):
    """Memory of a training step of an unfolded network of faces64, and what more folds add to it.

    Weights and their gradients, which grow with the folds whatever is done, are not counted; nor is what the heap
    keeps in pieces between those that stay.
    """
    environment = {**os.environ, "MALLOC_MMAP_THRESHOLD_": "131072"}

    def beyond(folds, *more):
        run = answer([RELEASE / "sluice-bench", "unfold", "--model", "faces64", "--folds", folds, "--batch", 64,
                      "--iterations", 1, *more, "--json"], environment)
        return run, run["memory_bytes"] - run["weight_bytes"]
    kept, most = beyond(5, "--keep")
    again, few = beyond(5)
    fewer = beyond(2)[1]
    yield "unfolded, 5 folds, activations kept, MB", kept["memory_bytes"] / 1e6, None
    yield "unfolded, 5 folds, computed again, MB", again["memory_bytes"] / 1e6, None
    yield "unfolded, 5 folds, computed again ÷ kept, memory", again["memory_bytes"] / kept["memory_bytes"], "<= 0.25"
    yield "the same beyond weights and gradients", few / most, None
    yield "unfolded, 5 folds ÷ 2, computed again, beyond weights and gradients", few / fewer, "<= 1.05"
    yield "unfolded, 5 folds, computed again ÷ kept, time", again["seconds_per_step"] / kept["seconds_per_step"], None
    yield "unfolded, drift of the inverses", again["drift"], "<= 0.01"


CHORES = {"unfolded": unfolding, "data set": prepare, "open": opening, "daemon": daemon, "small jobs": small_jobs}


def table(figures):
    lines = ["| what | figure | target |", "|---|---:|---:|"]
    return "\n".join(lines + [
        f"| {name} | {figure:.3g} | {target or '–'} |" for name, figure, target in figures])
