"""A Python with PyTorch, which is what the peers need."""
import os
import shutil
import subprocess
import sys

from recording import ROOT, say

INSTALLED = ROOT / ".build" / "peers"
TORCH = ["torch==2.13.0+cpu", "numpy", "pillow"]


def peer_python():
    """How to start a Python with PyTorch, and its environment; None when there is none."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    if "SLUICE_PEER_PYTHON" in os.environ:
        candidates = [(os.environ["SLUICE_PEER_PYTHON"], environment)]
    else:
        installed = {**environment, "PYTHONPATH": str(INSTALLED)}
        candidates = [(sys.executable, environment), (sys.executable, installed)]
    for python, environment in candidates:
        if has_torch(python, environment):
            return python, environment
    if "SLUICE_PEER_PYTHON" not in os.environ and install_torch():
        python, environment = candidates[-1]
        if has_torch(python, environment):
            return python, environment
    say(f"bench: no peers, because there is no PyTorch; install it with\n"
        f"bench:   python3 -m venv {INSTALLED}-venv\n"
        f"bench:   {INSTALLED}-venv/bin/pip install {' '.join(TORCH)}\n"
        f"bench: and set SLUICE_PEER_PYTHON={INSTALLED}-venv/bin/python")
    return None


def has_torch(python, environment):
    try:
        return subprocess.run(
            [python, "-c", "import torch"], env=environment, capture_output=True).returncode == 0
    except OSError as error:
        say(f"bench: {python}: {error.strerror}")
        return False


def install_torch():
    """Downloads PyTorch; what is there is there whole."""
    say(f"bench: downloading PyTorch and Pillow (about 200 MB) into .build/peers for the peers")
    fresh = INSTALLED.with_suffix(".new")
    shutil.rmtree(fresh, ignore_errors=True)
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(fresh), *TORCH]
    if subprocess.run(install).returncode != 0:
        return False
    shutil.rmtree(INSTALLED, ignore_errors=True)
    fresh.rename(INSTALLED)
    return True
