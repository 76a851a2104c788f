"""What is measured beside the iterations of solvers and trainings: data sets, programs, the daemon.

Each chore is a function of a `Bench` that gives figures by name, with their units, and what they should be.
"""
import csv
import json
import os
import shutil
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


RESTORING = {"noise of 0.1": "denoise-0.1", "inpainting": "inpaint-19"}


def restoring(rounds, peer):
    """Seconds that an unfolded network takes for two faces, and how many times as long MAP takes with one flow."""
    jobs = ROOT / "etc/jobs/faces-by-unfolding"
    for name, job in RESTORING.items():
        with tempfile.TemporaryDirectory() as folder:
            place = Path(shutil.copytree(jobs, Path(folder) / "jobs"))
            ours = place / f"{job}.yaml"
            text = ours.read_text()
            solver = text[text.index("solver:"):].splitlines()[0]
            theirs = place / "map.yaml"
            theirs.write_text(text.replace(solver, "prior: faces64\nsolver: map"))
            seconds = {ours: [], theirs: []}
            for index in range(rounds):
                for file in list(seconds)[:: 1 if index % 2 == 0 else -1]:
                    run = answer([RELEASE / "sluice", "run", file, "--output", Path(folder) / "result", "--models",
                                  ROOT / "Models", "--threads", 1, "--json"])
                    shutil.rmtree(Path(folder) / "result")
                    seconds[file].append(run["timings"]["solve"])
        count = len(run["images"])
        yield f"unfolded, {name}, s a picture, one thread", statistics.median(seconds[ours]) / count, None
        ratio = statistics.median(other / one for one, other in zip(seconds[ours], seconds[theirs]))
        yield f"unfolded, {name}, times as fast as MAP", ratio, ">= 50"


FACES = 4
QUALITY = """version: 1
images: {{idx: faces-hq-test.idx.gz, sample: {count}, seed: 0}}
given: truth
noise: {{sine: {{amplitude: 0.3}}}}
prior: faces64
solver: {{map: {settings}}}
output: {{images: none, report: false}}
"""


def descent(folder, settings):
    """Seconds and mean PSNR of every line of the trace of one job."""
    job = folder / "job.yaml"
    job.write_text(QUALITY.format(count=FACES, settings=settings))
    output = folder / "result"
    subprocess.run(
        [str(word) for word in [RELEASE / "sluice", "run", job, "--output", output, "--models", ROOT / "Models"]],
        cwd=ROOT, check=True, capture_output=True)
    with open(output / "trace.csv") as file:
        lines = list(csv.DictReader(file))
    shutil.rmtree(output)
    steps = {}
    for line in lines:
        # Between some iterations nobody looks at the picture.
        if line["psnr"]:
            steps.setdefault(int(line["iteration"]), []).append((float(line["seconds"]), float(line["psnr"])))
    return [(statistics.mean(one for one, _ in found), statistics.mean(one for _, one in found))
            for _, found in sorted(steps.items())]


def reached(trace, psnr):
    """The seconds until the mean PSNR stays above this one."""
    below = [index for index, (_, found) in enumerate(trace) if found < psnr]
    return trace[below[-1] + 1 if below else 0][0]


def quality(rounds, peer):
    """How long the default takes to what plain Adam reaches on the same objective, and to its own end."""
    if not (ROOT / "Data/faces-hq-test.idx.gz").exists():
        print("bench: no quality for time: Data/faces-hq-test.idx.gz is missing; run Scripts/experiment-data", file=sys.stderr)
        return
    ends, goods = [], []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(min(rounds, 3)):
            ours = descent(Path(folder), "{steps: 160}")
            plain = descent(Path(folder), "{steps: 160, optimizer: adam, learning_rate: 0.02, init: zero, space: image}")
            last = [trace[-1][1] for trace in (ours, plain)]
            ends.append(reached(ours, last[0] - 0.1) / reached(plain, last[1] - 0.1))
            goods.append(reached(ours, min(last) - 0.1) / reached(plain, min(last) - 0.1))
    yield "seconds to within 0.1 dB of its own end ÷ plain Adam's to its own", statistics.median(ends), "<= 0.33"
    yield "seconds to what both reach ÷ plain Adam's", statistics.median(goods), "<= 0.33"


def limits(rounds, peer):
    """What an iteration costs beside its passes, and how near memory's speed a dense matrix is read."""
    for model in ("faces64", "mnist"):
        found = answer([RELEASE / "sluice-bench", "passes", "--model", model, "--threads", 1, "--rounds", rounds, "--json"])
        yield f"MAP iteration ÷ its passes, {model}", found["ratio"], "<= 1.15"
    found = answer([RELEASE / "sluice-bench", "operators", "--batch", 1, "--threads", 1, "--json"])
    speed = found["matrix_gigabytes_per_second"]
    yield "dense matrix of 5000 rows, GB/s", speed, None
    yield "the same ÷ adding up the numbers of the same memory", speed / found["reading_gigabytes_per_second"], None


CHORES = {"quality": quality, "limits": limits, "unfolded": unfolding, "restoring": restoring, "data set": prepare, "open": opening, "daemon": daemon, "small jobs": small_jobs}


def table(figures):
    lines = ["| what | figure | target |", "|---|---:|---:|"]
    return "\n".join(lines + [
        f"| {one['name']} | {one['figure']:.3g} | {one['target'] or '–'} |" for one in figures])
