"""Writes tar archives in every format that Python and GNU tar know, with awkward names.

    python3 Tests/Goldens/Generators/tar.py
"""
import io, json, os, pathlib, subprocess, tarfile, tempfile

folder = pathlib.Path(__file__).resolve().parents[1] / "tar"
LONG = "/".join(["a-rather-long-folder-name"] * 8) + "/picture.png"
NAMES = ["plain.png", "sub/inside.jpg", "../../outside.png", "/absolute.png",
         "größe-中.png", "empty.png", "x" * 140 + ".png"]


def content(name):
    return b"" if name == "empty.png" else (name.encode() * 40)[:700 + len(name)]


def add_others(archive):
    for name, kind, target in [("folder", tarfile.DIRTYPE, ""), ("link.png", tarfile.SYMTYPE, "/etc/passwd"),
                               ("hard.png", tarfile.LNKTYPE, "plain.png"), ("pipe.png", tarfile.FIFOTYPE, "")]:
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, target
        archive.addfile(info)


def write(path, form, mode="w"):
    with tarfile.open(path, mode, format=form, pax_headers={"comment": "global"} if form == tarfile.PAX_FORMAT else None) as archive:
        add_others(archive)
        for name in names(form):
            info = tarfile.TarInfo(name)
            info.size = len(content(name))
            archive.addfile(info, io.BytesIO(content(name)))


def names(form):
    # ustar splits long names at a slash, so it can hold LONG but not a single long component.
    return [n for n in NAMES if len(n) <= 100] + [LONG] if form == tarfile.USTAR_FORMAT else NAMES + [LONG * 3]


expected = {}
for label, form in [("ustar", tarfile.USTAR_FORMAT), ("gnu", tarfile.GNU_FORMAT), ("pax", tarfile.PAX_FORMAT)]:
    write(f"{folder}/{label}.tar", form)
    expected[f"{label}.tar"] = [{"name": n, "size": len(content(n))} for n in names(form)]

with tempfile.TemporaryDirectory() as scratch:
    os.makedirs(f"{scratch}/sub")
    kept = ["plain.png", "sub/inside.jpg"]
    for name in kept:
        with open(f"{scratch}/{name}", "wb") as file:
            file.write(content(name))
    with open(f"{scratch}/sparse.png", "wb") as file:
        file.truncate(1 << 20)
    for label in ["v7", "oldgnu", "posix"]:
        options = ["--sparse"] if label != "v7" else []
        members = kept + (["sparse.png"] if options else [])
        subprocess.run(["tar", "--create", "--file", f"{os.path.abspath(folder)}/system-{label}.tar", f"--format={label}",
                        "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner", "--blocking-factor=1", *options, *members], cwd=scratch, check=True)
        expected[f"system-{label}.tar"] = [{"name": n, "size": len(content(n))} for n in kept]

with open(f"{folder}/expected.json", "w") as file:
    json.dump(expected, file, indent=1, ensure_ascii=False)
