"""What the scripts that measure are told, and what they need."""
import argparse
import os
import sys
from pathlib import Path

from iterations import PROGRAM
from peer_python import peer_python
from recording import ROOT


def parser(description):
    """The arguments that all of them have."""
    made = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--rounds", type=int, default=5)
    made.add_argument("--full", action="store_true", help="also the Glow of the literature")
    made.add_argument("--only", default="", help="only cases whose name has this regular expression")
    made.add_argument("--output", type=Path, default=ROOT / "Benchmarks" / "results.json")
    return made


def parsed(made):
    """What was said, where it can be done."""
    options = made.parse_args()
    if options.rounds < 1:
        made.error("--rounds is 1 or more")
    if not PROGRAM.exists():
        sys.exit("bench: .build/release/sluice-bench is missing; run make bench")
    # On a shared machine, threads that wait by spinning take the cores from those they wait for.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    return options


def peer(is_unwanted=False):
    """How to start a Python with PyTorch, and its environment; None when there is none."""
    return None if is_unwanted else peer_python()
