"""Builds the fuzzer of the readers in Swift, without SwiftPM, which knows no program without a main."""

import concurrent.futures
import hashlib
import os
import pathlib
import shutil
import subprocess

from harness import Skip
from roots import REPOSITORY

HARNESS = pathlib.Path(__file__).with_name("Readers")
# Each may import those of the stages before.
STAGES = [["Arrays", "YAML"], ["Images", "Jobs"], ["Datasets"], ["Fuzzer"]]
MODULES = [name for names in STAGES[:-1] for name in names]
SANITIZERS = "fuzzer,address"
# Of a program with bugs.
PLANTED = b"""internal import Glibc

private let planted = getenv("SLUICE_PLANTED").map { String(cString: $0) }

func isPlanted(_ name: String) -> Bool { planted == name }
"""
# A folder with the sources of libyaml 0.2.5, where there is one.
YAML = os.environ.get("SLUICE_LIBYAML_SOURCE")


def reader_fuzzer(changes=(), is_fast=True):
    """The program, from .build when the same sources were built before.

    `changes` are texts of the sources and what stands there instead: (path, old, new). It takes
    minutes to optimise a program, which is worth it when it runs for long.
    """
    sources = {path: path.read_bytes() for path in files()}
    for path, old, new in changes:
        path = REPOSITORY / path
        assert sources[path].count(old.encode()) == 1, f"{path} has not once: {old}"
        sources[path] = sources[path].replace(old.encode(), new.encode())
    if changes:
        for name in MODULES:
            sources[REPOSITORY / "Sources" / name / "Planted.swift"] = PLANTED
    digest = hashlib.sha256(f"{is_fast} {YAML}".encode())
    for path, content in sorted(sources.items()):
        digest.update(str(path).encode() + b"\0" + content)
    folder = REPOSITORY / ".build/fuzzers" / digest.hexdigest()[:16]
    program = folder / "fuzzer"
    if not program.exists():
        prune(folder.parent)
        shutil.rmtree(folder, ignore_errors=True)
        build(folder, sources, is_fast)
    return program


def prune(programs):
    """Leaves the three youngest programs, and what was found."""
    old = [path for path in programs.glob("*") if path.name != "found"]
    for path in sorted(old, key=lambda path: path.stat().st_mtime)[:-3]:
        shutil.rmtree(path, ignore_errors=True)


def files():
    """The sources of all modules, of the C code and of the harness."""
    swift = [path for name in MODULES for path in (REPOSITORY / "Sources" / name).rglob("*.swift")]
    return [*swift, *(REPOSITORY / "Sources/CCodecs").rglob("*.[ch]"), *HARNESS.glob("*.swift"),
            pathlib.Path(__file__)]


def build(folder, sources, is_fast):
    for path, content in sources.items():
        copy = folder / path.relative_to(REPOSITORY)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(content)
    objects = [codecs(folder), *libyaml(folder)]
    with concurrent.futures.ThreadPoolExecutor() as pool:
        for names in STAGES:
            objects += pool.map(lambda name: module(folder, name, is_fast), names)
    run(["swiftc", f"-sanitize={SANITIZERS}", *objects, "-lpng", "-ljpeg", "-lz",
         "-o", folder / "fuzzer.part"])
    os.rename(folder / "fuzzer.part", folder / "fuzzer")


def codecs(folder):
    """The object; and what SwiftPM writes for itself, so that the code can be imported."""
    headers = folder / "Sources/CCodecs/include"
    (headers / "module.modulemap").write_text(
        'module CCodecs {\n    umbrella "."\n    export *\n}\n')
    sources = (folder / "Sources/CCodecs").glob("*.c")
    return c_code(folder / "CCodecs.o", [f"-I{headers}", *sources])


def libyaml(folder):
    """The system's library, or its sources, in which the sanitizer sees more."""
    if YAML is None:
        return ["-lyaml"]
    version = ["MAJOR=0", "MINOR=2", "PATCH=5", 'STRING="0.2.5"']
    words = [f"-DYAML_VERSION_{part}" for part in version]
    sources = pathlib.Path(YAML, "src").glob("*.c")
    return [c_code(folder / "libyaml.o", [*words, f"-I{YAML}/include", *sources])]


def c_code(target, words):
    run(["clang", "-g", "-O1", "-fsanitize=fuzzer-no-link,address", "-r", "-nostdlib", *words,
         "-o", target])
    return target


def module(folder, name, is_optimised):
    """One object with all of a module; the module itself lies beside it."""
    target = folder / f"{name}.o"
    place = HARNESS.relative_to(REPOSITORY) if name == "Fuzzer" else f"Sources/{name}"
    features = ["ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility"]
    run(["swiftc", "-O" if is_optimised else "-Onone", "-gline-tables-only", "-wmo",
         "-parse-as-library", "-swift-version", "6", "-package-name", "sluice",
         *(word for feature in features for word in ["-enable-upcoming-feature", feature]),
         f"-sanitize={SANITIZERS}", "-module-name", name, "-I", folder,
         "-I", folder / "Sources/CCodecs/include", "-I", REPOSITORY / "Sources/CYAML",
         "-emit-module", "-emit-module-path", folder / f"{name}.swiftmodule", "-c",
         *sorted((folder / place).rglob("*.swift")), "-o", target])
    return target


def run(words):
    if shutil.which(words[0]) is None:
        raise Skip(f"there is no {words[0]}")
    outcome = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    if outcome.returncode != 0:
        lines = [line for line in outcome.stderr.splitlines() if "error" in line]
        raise Skip(f"the fuzzer cannot be built: {(lines or ['?'])[0]}")
