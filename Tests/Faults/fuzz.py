"""Arbitrary bytes for the C code that reads files, with the address sanitizer watching."""

import os
import pathlib
import re
import shutil
import subprocess
import tarfile

from harness import Skip, check
from roots import REPOSITORY, temporary_folder
from twins import expect_failure

SOURCES = REPOSITORY / "Sources/CCodecs"
FIXTURES = REPOSITORY / "Tests/Fixtures/Images"
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
    return seeds


def fuzz(seconds, seed, *options):
    folder = temporary_folder()
    try:
        program, seeds = build(folder, *options), corpus(folder)
        outcome = subprocess.run(
            [program, f"-max_total_time={seconds}", f"-seed={seed}", "-max_len=65536",
             "-rss_limit_mb=1024", "-timeout=10", "-print_final_stats=1", seeds],
            cwd=folder, capture_output=True, text=True)
        tail = "\n".join(outcome.stderr.splitlines()[-20:])
        found = re.search(r"ERROR: (.*)|runtime error: (.*)", outcome.stderr)
        assert outcome.returncode == 0, f"{found[0] if found else ''} {tail}"
        runs = re.search(r"number_of_executed_units: (\d+)", outcome.stderr)
        return int(runs[1]), f"inputs in {seconds} s without a finding, seed {seed}"
    finally:
        shutil.rmtree(folder)


@check("arbitrary bytes do no harm to the readers of PNG, JPEG and deflated data")
def codecs(scope):
    return fuzz(1800 if scope.full else 30, scope.seed)


@check("the fuzzer notices a picture that is one byte larger than its memory")
def codecs_with_too_little_memory(scope):
    return expect_failure("too little memory", lambda _: fuzz(20, scope.seed, "-DTOO_SMALL=1"))
