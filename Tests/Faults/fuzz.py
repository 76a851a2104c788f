"""Arbitrary bytes for the C code that reads files, with the address sanitizer watching."""

import gzip
import os
import pathlib
import re
import shutil
import subprocess
import tarfile
import zlib

from harness import Skip, check
from roots import REPOSITORY, temporary_folder
from twins import expect_failure

SOURCES = REPOSITORY / "Sources/CCodecs"
TESTS = REPOSITORY / "Tests"
FIXTURES = TESTS / "Fixtures/Images"
HARNESS = pathlib.Path(__file__).with_name("fuzz_codecs.c")


def build(folder, *options):
    """The fuzzer, or a reason why there is none."""
    compiler = shutil.which("clang")
    if compiler is None:
        raise Skip("there is no clang")
    program = folder / "fuzzer"
    outcome = subprocess.run(
        [compiler, "-g", "-O1", "-fsanitize=fuzzer,address,undefined", *options,
         f"-I{SOURCES}/include", HARNESS, *sorted(SOURCES.glob("*.c")), "-lpng", "-ljpeg", "-lz",
         "-o", program], capture_output=True, text=True)
    if outcome.returncode != 0:
        raise Skip(f"clang has no fuzzer here: {outcome.stderr.splitlines()[0]}")
    return program


def corpus(folder):
    """Whole pictures of every kind, to begin with."""
    seeds = folder / "corpus"
    seeds.mkdir()
    for path in FIXTURES.glob("*.[jp][pn]g"):
        shutil.copy(path, seeds)
    with tarfile.open(FIXTURES / "pngsuite.tar") as suite:
        for member in suite.getmembers():
            if member.isfile():
                name = os.path.basename(member.name)
                (seeds / name).write_bytes(suite.extractfile(member).read())
    for path in (TESTS / "Goldens/npy").glob("*.npz"):
        (seeds / path.name).write_bytes(deflated(path.read_bytes()))
        (seeds / f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))
    return seeds


def deflated(content):
    coder = zlib.compressobj(wbits=-15)
    return coder.compress(content) + coder.flush()


def fuzz(seconds, seed, *options, only=None):
    folder = temporary_folder()
    try:
        program, seeds = build(folder, *options), corpus(folder)
        outcome = subprocess.run(
            [program, f"-max_total_time={seconds}", f"-seed={seed}", "-max_len=65536",
             "-rss_limit_mb=1024", "-timeout=10", "-print_final_stats=1", seeds],
            cwd=folder, capture_output=True, text=True, errors="replace",
            env={**os.environ, **({"SLUICE_FUZZED_READER": only} if only else {})})
        tail = "\n".join(outcome.stderr.splitlines()[-20:])
        found = re.search(r"ERROR: (.*)|runtime error: (.*)", outcome.stderr)
        assert outcome.returncode == 0, f"{found[0] if found else ''} {tail}"
        runs = re.search(r"number_of_executed_units: (\d+)", outcome.stderr)
        return int(runs[1]), f"inputs in {seconds} s without a finding, seed {seed}"
    finally:
        shutil.rmtree(folder)


@check("arbitrary bytes do no harm to the readers of PNG, JPEG and deflated data")
def codecs(scope):
    if not scope.full:
        return fuzz(20, scope.seed)
    counts = {kind: fuzz(1800, scope.seed, only=kind)[0] for kind in ["png", "jpeg", "deflate"]}
    words = ", ".join(f"{kind} {count:,}" for kind, count in counts.items())
    return sum(counts.values()), f"inputs, half an hour each, seed {scope.seed}: {words}"


@check("the fuzzer notices a picture that is one byte larger than its memory")
def codecs_with_too_little_memory(scope):
    return expect_failure("too little memory", lambda _: fuzz(20, scope.seed, "-DTOO_SMALL=1"))
