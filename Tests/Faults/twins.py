"""Daemons of which one mechanism is switched off: every check must fail with one of them."""

import functools
import os
import pathlib
import shutil
import subprocess
import tempfile

from harness import Skip

SOURCE = pathlib.Path(__file__).with_name("twin.c")


@functools.cache
def library():
    """The compiled twin.c."""
    compiler = shutil.which("clang") or shutil.which("cc")
    if compiler is None:
        raise Skip("there is no C compiler to switch a mechanism off with")
    folder = tempfile.mkdtemp(prefix="sluice-twin-")
    os.chmod(folder, 0o755)  # Daemons of other users load it.
    path = f"{folder}/twin.so"
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", path, str(SOURCE)],
        check=True)
    return path


def without(mechanism):
    """The environment of a daemon without this mechanism."""
    return {"LD_PRELOAD": library(), "TWIN": mechanism}


def expect_failure(mechanism, run):
    """Fails when `run`, which gets an environment, notices nothing without the mechanism."""
    try:
        run(without(mechanism))
    except AssertionError as failure:
        return 1, f"noticed: {str(failure).splitlines()[0][:100]}"
    raise AssertionError(f"nobody notices a daemon with {mechanism}")
