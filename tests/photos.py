"""Pictures as cameras and programs make them, small and always the same."""

from __future__ import annotations

import random

from PIL import Image, ImageChops, ImageDraw

SIZE = (1000, 500)


def photo(size: tuple[int, int] = SIZE) -> Image.Image:
    """Return soft shapes with some noise in them."""
    return Image.merge("RGB", [_channel(size, seed) for seed in range(3)])


def _channel(size: tuple[int, int], seed: int) -> Image.Image:
    chance = random.Random(seed)  # noqa: S311 - a game of dice
    shapes = Image.frombytes("L", (8, 8), chance.randbytes(64)).resize(size, Image.Resampling.BICUBIC)
    noise = Image.frombytes("L", size, chance.randbytes(size[0] * size[1])).point(lambda dot: dot // 16)
    return ImageChops.add(shapes, noise)


def plot(size: tuple[int, int] = SIZE) -> Image.Image:
    """Return lines, as a program draws them."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for at in range(0, size[0], 7):
        draw.line([(at, 0), (size[0] - at, size[1])], fill=(at % 256, at % 100, 99))
    return image


def camera(orientation: int = 1) -> Image.Exif:
    """Return what a camera writes: which way it was held, whose it is, and where it was."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Camera of Ann"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (50.0, 1.0, 2.0)
    return exif
