#!/usr/bin/env python3
"""The peer of `sluice dataset prepare`: JPEG files to 64×64 with Pillow, in two processes.

    prepare_pillow.py --folder FOLDER [--size 64] [--processes 2]

Written the way public scripts do it: open, crop to the centre, resize, stack, save.
"""
import argparse
import gzip
import json
import multiprocessing
import pathlib
import tempfile
import time

import numpy as np
import PIL
from PIL import Image


def prepared(work):
    path, size = work
    with Image.open(path) as image:
        image = image.convert("RGB")
        side = min(image.size)
        left, top = (image.width - side) // 2, (image.height - side) // 2
        image = image.crop((left, top, left + side, top + side))
        return np.asarray(image.resize((size, size), Image.Resampling.BICUBIC))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=pathlib.Path, required=True)
    parser.add_argument("--size", type=int, default=64)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    began = time.perf_counter()
    work = [(path, options.size) for path in sorted(options.folder.glob("*.jpg"))]
    with multiprocessing.Pool(options.processes) as pool:
        pictures = np.stack(pool.map(prepared, work, chunksize=64))
    with tempfile.TemporaryDirectory() as folder:
        with gzip.open(f"{folder}/set.npy.gz", "wb", compresslevel=6) as file:
            np.save(file, pictures)
    seconds = time.perf_counter() - began
    print(json.dumps({
        "software": f"Pillow {PIL.__version__}", "pictures": len(work), "seconds": seconds,
        "pictures_per_second": len(work) / seconds}))
