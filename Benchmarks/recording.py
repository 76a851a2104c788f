"""What a measurement was made on, and the file that keeps its figures."""
import json
import os
import platform
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def say(text):
    print(text, file=sys.stderr, flush=True)


def machine():
    """What the figures were measured on, and when."""
    names = [line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo")
             if line.startswith("model name")]
    return {
        "date": time.strftime("%Y-%m-%d"),
        "processor": names[0] if names else platform.machine(),
        "cores": len(os.sched_getaffinity(0)), "load_at_start": round(os.getloadavg()[0], 2)}


def record(path, kind, entries):
    """Puts figures in the place of those of the same names, or behind all."""
    result = json.loads(path.read_text()) if path.exists() else {}
    names = [entry["name"] for entry in result.setdefault(kind, [])]
    for entry in entries:
        if entry["name"] in names:
            result[kind][names.index(entry["name"])] = entry
        else:
            result[kind].append(entry)
    fresh = path.with_suffix(".tmp")
    fresh.write_text(json.dumps(result, indent=2) + "\n")
    fresh.rename(path)
