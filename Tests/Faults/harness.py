"""The checks, what they need, and how their outcome is told: as `swift test` tells it."""

import dataclasses
import shutil
import subprocess
import time
import traceback

CHECKS = []


class Skip(Exception):
    """Why a check cannot be made here."""


class Missing(Skip):
    """A tool that could be installed is not there."""


@dataclasses.dataclass
class Scope:
    """How much to do."""

    full: bool
    seed: int


def check(name, only_full=False):
    """Adds a function to the checks; it returns the number of faults and a remark."""

    def add(function):
        CHECKS.append((name, function, only_full))
        return function

    return add


def tool(name):
    if shutil.which(name) is None:
        raise Missing(f"there is no {name}; install it with Scripts/install-packages")
    # Containers may forbid what strace needs.
    probe = ["strace", "-e", "inject=getppid:retval=1", "true"]
    if name == "strace" and subprocess.run(probe, capture_output=True).returncode != 0:
        raise Skip("strace may not inject anything here")


def run(checks, scope, needs_all):
    """Makes the checks; false when one failed, or lacked a tool although all are needed."""
    print("◇ Test run started.", flush=True)
    begun, failures = time.monotonic(), 0
    for name, function in checks:
        start = time.monotonic()
        try:
            faults, remark = function(scope)
            seconds = time.monotonic() - start
            print(f'↳ {faults} faults; {remark}')
            print(f'✔ Test "{name}" passed after {seconds:.3f} seconds.', flush=True)
        except Skip as reason:
            print(f'➜ Test "{name}" skipped: "{reason}"', flush=True)
            failures += needs_all and isinstance(reason, Missing)
        except Exception as error:
            failures += 1
            if not isinstance(error, AssertionError):
                traceback.print_exc()
            seconds = time.monotonic() - start
            print(f'✘ Test "{name}" recorded an issue: {error}')
            print(f'✘ Test "{name}" failed after {seconds:.3f} seconds.', flush=True)
    seconds = time.monotonic() - begun
    outcome = "failed" if failures else "passed"
    print(f"{'✘' if failures else '✔'} Test run with {len(checks)} tests in fault injection"
          f" {outcome} after {seconds:.3f} seconds.", flush=True)
    return failures == 0
