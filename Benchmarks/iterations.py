"""Time and memory of iterations and training steps, ours and the peer's right after each other."""
import json
import statistics
import subprocess
import sys

from recording import ROOT, machine, record, say

PROGRAM = ROOT / ".build" / "release" / "sluice-bench"
PEERS = ROOT / "Benchmarks" / "peers"
TIME_LIMIT = 600


def shipped(name, work, batch, iterations):
    """A case on a model in Models/, whose peer gets the same sizes."""
    description = json.loads((ROOT / "Models" / name / "model.json").read_text())
    (family, sizes), = description["architecture"].items()
    channels, size, _ = description["image_shape"]
    peer = {"channels": channels, "size": size}
    if family == "glow":
        peer |= {key: sizes[key] for key in ("levels", "steps", "last_steps", "hidden")}
        peer["prior"] = sizes["split_prior"]
        peer["scale_floor"] = 0.05 if sizes["scale"] == "bounded" else 0.0
    else:
        peer |= sizes
    script = {"glow": "map_glow_torch.py", "real_nvp": "map_realnvp_torch.py"}[family]
    return case(name, work, batch, iterations, {"model": name}, script, peer)


def random_glow(steps, hidden, batch, iterations):
    """A Glow with random weights: of 18 steps of 512 channels in the literature, of 6 of 96 for CPUs."""
    sizes = {"levels": 4, "steps": steps, "last_steps": 1, "hidden": hidden, "size": 64}
    ours = {"architecture": "glow", **sizes}
    name = f"Glow {steps} x {hidden}"
    return case(name, "map", batch, iterations, ours, "map_glow_torch.py", sizes)


def case(model, work, batch, iterations, ours, script, peer):
    common = {"batch": batch, "iterations": iterations}
    return {
        "name": f"{'MAP' if work == 'map' else 'training'}, {model}, batch {batch}",
        "ours": [str(PROGRAM), work, *flags(ours | common), "--json"],
        "peer": [str(PEERS / script), "--work", work, *flags(peer | common)]}


def flags(options):
    return [word for key, value in options.items()
            for word in ("--" + key.replace("_", "-"), str(value))]


def cases(is_full):
    found = [
        shipped("faces64", "map", 1, 20), shipped("faces64", "map", 8, 8),
        shipped("mnist", "map", 1, 20), shipped("mnist", "map", 8, 12),
        random_glow(6, 96, 1, 12), random_glow(6, 96, 8, 6),
        shipped("faces64", "train-step", 16, 4), shipped("mnist", "train-step", 16, 6)]
    return found + ([random_glow(18, 512, 1, 6), random_glow(18, 512, 8, 3)] if is_full else [])


def measured(command, environment=None):
    """The JSON that a program prints."""
    try:
        run = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=TIME_LIMIT)
    except subprocess.TimeoutExpired:
        sys.exit(f"bench: no answer within {TIME_LIMIT} s from {' '.join(command)}")
    if run.returncode != 0:
        sys.exit(f"bench: {' '.join(command)} failed\n{run.stderr.strip()}")
    return json.loads(run.stdout)


def rounds_of(one, peer, count):
    """The results of `count` rounds; who begins alternates."""
    commands = {"ours": (one["ours"], None)}
    if peer:
        python, environment = peer
        commands["peer"] = ([python, *one["peer"]], environment)
    results = {side: [] for side in commands}
    for index in range(count):
        for side in list(commands)[:: 1 if index % 2 == 0 else -1]:
            results[side].append(measured(*commands[side]))
    return results


def summary(one, results):
    """One entry of the table."""
    entry = {"name": one["name"]} | {side: medians(runs) for side, runs in results.items()}
    if "peer" in results:
        ours, peer = results["ours"], results["peer"]
        if ours[0]["parameters"] != peer[0]["parameters"]:
            sys.exit(
                f"bench: {one['name']}: {ours[0]['parameters']} parameters, but the peer has "
                f"{peer[0]['parameters']}; bring {one['peer'][0]} up to date")
        entry["time_ratios"] = [
            a["seconds_per_iteration"] / b["seconds_per_iteration"] for a, b in zip(ours, peer)]
        entry["time_ratio"] = statistics.median(entry["time_ratios"])
        entry["memory_ratio"] = (
            entry["ours"]["peak_memory_bytes"] / entry["peer"]["peak_memory_bytes"])
    return entry


def medians(runs):
    return {key: statistics.median(run[key] for run in runs) if isinstance(value, (int, float))
            else value for key, value in runs[0].items()}


def measure(chosen, peer, rounds, output):
    """Measures every case, and prints them as a table."""
    found, today = [], machine()
    for number, one in enumerate(chosen, 1):
        say(f"bench: {number} of {len(chosen)}: {one['name']}")
        figures = summary(one, rounds_of(one, peer, rounds))
        found.append({**figures, "rounds": rounds, "measured": today})
        # What was measured is kept when the rest is interrupted.
        record(output, "cases", found[-1:])
    if chosen:
        print(table(found))


COLUMNS = ("ours, s", "peer, s", "ours ÷ peer", "of sgemm", "peak, MB", "peer's, MB")


def table(entries):
    lines = ["| what | " + " | ".join(COLUMNS) + " |", "|---" + "|---:" * len(COLUMNS) + "|"]
    return "\n".join(lines + [row(entry) for entry in entries])


def row(entry):
    ours, peer = entry["ours"], entry.get("peer")
    cells = [
        entry["name"], f"{ours['seconds_per_iteration']:.4f}",
        f"{peer['seconds_per_iteration']:.4f}" if peer else "–",
        f"{entry['time_ratio']:.2f}" if peer else "–",
        f"{100 * ours['gflops'] / ours['sgemm_gflops']:.0f} %",
        f"{ours['peak_memory_bytes'] / 1e6:.0f}",
        f"{peer['peak_memory_bytes'] / 1e6:.0f}" if peer else "–"]
    return "| " + " | ".join(cells) + " |"
