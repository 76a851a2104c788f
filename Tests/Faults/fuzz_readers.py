"""Arbitrary bytes for the readers in Swift, guided by what of them they reach."""

import concurrent.futures
import os
import re
import shutil
import subprocess
import tarfile

from fuzz_build import reader_fuzzer
from harness import check
from roots import REPOSITORY, temporary_folder

TESTS = REPOSITORY / "Tests"
CORPUS = TESTS / "Faults/corpus"
# What each begins with, beside what the corpus holds.
SEEDS = {
    "idx": [],
    "tar": ["Tests/Goldens/tar/*.tar"],
    "npy": ["Tests/Goldens/npy/*.npy"],
    "npz": ["Tests/Goldens/npy/*.npz"],
    "safetensors": ["Tests/Goldens/s[ah]*/**/*.safetensors"],
    "index": ["Tests/Goldens/sharded/*.json"],
    "checkpoint": ["Tests/Goldens/checkpoints/**/*.pt"],
    "json": ["Tests/Goldens/sharded/*.json", "etc/schema/config*.json"],
    "yaml": ["Tests/Fixtures/Jobs/**/*.yaml", "etc/**/*.yaml"],
    "job": ["Tests/Fixtures/Jobs/**/*.yaml", "etc/jobs/**/*.yaml"],
    "configuration": ["etc/sluice.yaml"],
    "recipe": ["etc/recipes/*.yaml"],
}
LARGEST = 16384
# What is no leak although it looks like one.
SUPPRESSIONS = TESTS / "Faults/leaks.txt"
FOUND = REPOSITORY / ".build/fuzzers/found"


def seeds(reader, folder):
    """Fills `folder` with what to begin with."""
    folder.mkdir()
    for pattern in [f"Tests/Faults/corpus/{reader}/*", *SEEDS[reader]]:
        for path in sorted(REPOSITORY.glob(pattern)):
            if path.is_file() and path.stat().st_size <= LARGEST:
                shutil.copy(path, folder / f"{path.parent.name}-{path.name}")
    kept = CORPUS / f"{reader}.tar.xz"
    if kept.exists():
        with tarfile.open(kept) as archive:
            for entry in archive:
                content = archive.extractfile(entry).read()
                (folder / f"kept-{os.path.basename(entry.name)}").write_bytes(content)
    return folder


def fuzz(reader, seconds, seed, changes=(), planted="", is_fast=True):
    """Inputs for one reader; how many there were."""
    program = reader_fuzzer(changes, is_fast)
    folder = temporary_folder()
    try:
        (folder / "new").mkdir()
        words = CORPUS / f"{reader}.dict"
        outcome = subprocess.run(
            [program, f"-max_total_time={seconds}", f"-seed={seed}", f"-max_len={LARGEST}",
             "-rss_limit_mb=1024", "-malloc_limit_mb=512", "-timeout=20",
             "-print_final_stats=1", *([f"-dict={words}"] if words.exists() else []),
             folder / "new", seeds(reader, folder / "seeds")],
            cwd=folder, capture_output=True, text=True, errors="replace", timeout=seconds + 300,
            env={**os.environ, "SLUICE_FUZZED_READER": reader,
                 "SLUICE_PLANTED": planted, "SWIFT_BACKTRACE": "enable=no",
                 "ASAN_OPTIONS": "quarantine_size_mb=16",
                 "LSAN_OPTIONS": f"suppressions={SUPPRESSIONS}:print_suppressions=0"})
        assert outcome.returncode == 0, f"{reader}: {finding(outcome.stderr, folder)}"
        return int(re.search(r"number_of_executed_units: (\d+)", outcome.stderr)[1])
    finally:
        shutil.rmtree(folder)


def finding(output, folder):
    """What was found, and where the input that shows it is kept."""
    found = re.search(r"Fatal error: .*|ERROR: .*", output)
    FOUND.mkdir(parents=True, exist_ok=True)
    inputs = [shutil.copy(path, FOUND) for path in folder.glob("*-*")]
    return f"{found[0] if found else output[-2000:]}; {', '.join(map(str, inputs))}"


def spread(seconds, scope):
    """All readers, two at a time."""
    reader_fuzzer(is_fast=scope.full)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        found = pool.map(lambda reader: fuzz(reader, seconds, scope.seed, is_fast=scope.full), SEEDS)
        counts = dict(zip(SEEDS, found))
    words = ", ".join(f"{reader} {count:,}" for reader, count in counts.items())
    return sum(counts.values()), f"inputs, {seconds} s a reader, seed {scope.seed}: {words}"


@check("arbitrary bytes do no harm to the readers in Swift, of arrays, data sets and jobs")
def readers(scope):
    return spread(1800 if scope.full else 1, scope)
