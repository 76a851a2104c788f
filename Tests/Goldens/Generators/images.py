"""Reference pictures for ImagesTests, made by other programs.

    pip install numpy pillow pypng scikit-image safetensors
    python3 Tests/Goldens/Generators/images.py

PNG files are decoded by pypng (pure Python, knows 16 bits), JPEG files and resizing by Pillow,
PSNR and SSIM by scikit-image. Inputs are kept: small JPEG and PNG fixtures are written only
where they are missing, and `resize` and `metrics` take their inputs from the golden itself.
"""

import io
import pathlib
import struct
import tarfile

import numpy as np
import png
from PIL import Image, ImageOps
from safetensors.numpy import load_file, save_file
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

TESTS = pathlib.Path(__file__).resolve().parents[2]
FIXTURES = TESTS / "Fixtures" / "Images"
GOLDENS = TESTS / "Goldens" / "images"
FILTERS = {name: getattr(Image.Resampling, name.upper())
           for name in ("box", "bilinear", "bicubic", "lanczos")}


def decode_png(data):
    """[height, width, 1 or 3] in the file's depth, laid over white, rounded to nearest."""
    reader = png.Reader(bytes=data)
    reader.preamble()
    # Otherwise pypng drops the bits that sBIT calls insignificant.
    reader.sbit = None
    width, height, rows, info = reader.asDirect()
    pixels = np.array([list(row) for row in rows], dtype=np.int64)
    pixels = pixels.reshape(height, width, info["planes"])
    depth = info["bitdepth"]
    top = 2 ** depth - 1
    if depth < 8:
        pixels, top = pixels * (255 // top), 255
    if info["alpha"]:
        alpha = pixels[..., -1:]
        pixels = (2 * (pixels[..., :-1] * alpha + top * (top - alpha)) + top) // (2 * top)
    return pixels.astype(np.uint16 if depth == 16 else np.uint8)


def png_goldens():
    result = {}
    with tarfile.open(FIXTURES / "pngsuite.tar") as archive:
        for member in archive:
            # The large one shows all the others; a sixth of the goldens' size for no new feature.
            if member.name.startswith("x") or member.name == "PngSuite.png":
                continue
            result[member.name] = decode_png(archive.extractfile(member).read())
    with Image.open(FIXTURES / "turned.png") as image:
        result["turned.png"] = np.asarray(ImageOps.exif_transpose(image))
    return result


def synthetic(height, width):
    """Smooth colours, edges and a little noise."""
    y, x = np.mgrid[0:height, 0:width]
    planes = [127 + 120 * np.sin(x / 3 + y / 7), 255 * x / width, 255 * ((x // 5 + y // 4) % 2)]
    noise = np.random.RandomState(0).randn(height, width, 3)
    return np.clip(np.stack(planes, -1) + 4 * noise, 0, 255).astype(np.uint8)


def exif(orientation):
    """An Exif block with one entry; odd values little-endian, even ones big-endian."""
    mark, order = (b"II*\0", "<") if orientation % 2 else (b"MM\0*", ">")
    entry = struct.pack(order + "HHIHH", 0x0112, 3, 1, orientation, 0)
    return b"Exif\0\0" + mark + struct.pack(order + "IH", 8, 1) + entry + bytes(4)


def without_segment(data, marker):
    start = data.index(bytes([0xFF, marker]))
    length = struct.unpack(">H", data[start + 2:start + 4])[0]
    return data[:start] + data[start + 2 + length:]


def fixtures():
    picture = Image.fromarray(synthetic(19, 29))

    def jpeg(image, **options):
        target = io.BytesIO()
        image.save(target, "JPEG", quality=85, **options)
        return target.getvalue()

    cmyk = jpeg(picture.convert("CMYK"))
    adobe = cmyk.index(b"Adobe")
    files = {
        "gray.jpg": jpeg(picture.convert("L")),
        "full-chroma.jpg": jpeg(picture, subsampling=0),
        "half-chroma.jpg": jpeg(picture, subsampling=2),
        "progressive.jpg": jpeg(picture, progressive=True),
        "restarts.jpg": jpeg(picture, restart_marker_rows=1),
        "cmyk-adobe.jpg": cmyk,
        # The last byte of Adobe's segment says which transform the inks went through.
        "ycck-adobe.jpg": cmyk[:adobe + 11] + b"\2" + cmyk[adobe + 12:],
        "cmyk-plain.jpg": without_segment(cmyk, 0xEE),
    }
    for orientation in range(1, 9):
        files[f"orientation-{orientation}.jpg"] = jpeg(picture, exif=exif(orientation))
    turned = io.BytesIO()
    picture.save(turned, "PNG", exif=exif(6))
    files["turned.png"] = turned.getvalue()
    for name, data in files.items():
        if not (FIXTURES / name).exists():
            (FIXTURES / name).write_bytes(data)


def decode_jpeg(path):
    with Image.open(path) as image:
        if image.mode == "CMYK" and "adobe" not in image.info:
            # Pillow always takes CMYK for inverted; without Adobe's marker it is not.
            image = Image.fromarray(255 - np.asarray(image), "CMYK")
        image = ImageOps.exif_transpose(image)
        pixels = np.asarray(image if image.mode == "L" else image.convert("RGB"))
    return pixels.reshape(*pixels.shape[:2], -1)


def jpeg_goldens():
    paths = sorted(FIXTURES.glob("*.jpg"))
    return {path.name: decode_jpeg(path) for path in paths if path.name != "monkey12.jpg"}


def reduced_goldens():
    """The same decoded at a half, a quarter and an eighth of their sides."""
    result = {}
    for name in ("testorig.jpg", "gray.jpg", "full-chroma.jpg", "half-chroma.jpg", "progressive.jpg"):
        for reduction in (2, 4, 8):
            with Image.open(FIXTURES / name) as image:
                image.draft(None, (image.width // reduction, image.height // reduction))
                pixels = np.asarray(image)
            result[f"{name}/{reduction}"] = pixels.reshape(*pixels.shape[:2], -1)
    return result


def resize_goldens():
    old = load_file(GOLDENS / "resize.safetensors")
    photo, digit = old["photo"], old["digit"]
    result = {"photo": photo, "digit": digit}
    result["photo-gray"] = np.asarray(Image.fromarray(photo).convert("L"))[..., None]
    result["photo-5-bits"] = (np.floor(photo.astype(np.float64) / 8) / 32).astype(np.float32)
    for name, filter in FILTERS.items():
        for width, height in ((64, 64), (179, 116), (20, 109)):
            resized = Image.fromarray(photo).resize((width, height), filter)
            result[f"photo-{name}-{width}x{height}"] = np.asarray(resized)
        for side in (13, 64):
            resized = Image.fromarray(digit[..., 0]).resize((side, side), filter)
            result[f"digit-{name}-{side}x{side}"] = np.asarray(resized)[..., None]
    return result


def metric_goldens():
    result = load_file(GOLDENS / "metrics.safetensors")
    for name in [name for name in result if name.endswith("-truth")]:
        pair = name.removesuffix("-truth")
        truth, restored = result[name], result[pair + "-restored"]
        with np.errstate(divide="ignore"):
            psnr = peak_signal_noise_ratio(truth, restored, data_range=1)
        result[pair + "-psnr"] = np.array(psnr)
        if min(truth.shape[1:]) >= 11:
            ssim = structural_similarity(
                truth, restored, data_range=1, channel_axis=0, gaussian_weights=True, sigma=1.5,
                use_sample_covariance=False)
            result[pair + "-ssim"] = np.array(ssim)
    return result


def save(name, tensors):
    tensors = {key: np.ascontiguousarray(value) for key, value in tensors.items()}
    save_file(tensors, GOLDENS / f"{name}.safetensors")


if __name__ == "__main__":
    fixtures()
    save("png", png_goldens())
    save("jpeg", jpeg_goldens())
    save("jpeg-reduced", reduced_goldens())
    save("resize", resize_goldens())
    save("metrics", metric_goldens())
