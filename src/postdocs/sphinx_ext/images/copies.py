"""Smaller copies of large images, as WebP."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path

import PIL
from PIL import Image, ImageCms, features

from postdocs.sphinx_ext.images.files import COPIED, orientation

WIDTHS = (480, 800, 1200, 1600)  # pixels: a column of text, on phones and screens of one and two dots a pixel
_LARGEST = 16_383  # pixels to a side (RFC 9649 §2.7.1.2)
_SMALL = 20_000  # bytes; what has fewer is not worth a copy
_GAIN = 0.9  # a copy has at most this part of the bytes of the next larger one
_PHOTO, _DRAWN = 80, 90  # quality, of 100
_EXACT = 1  # bytes for each dot that a drawing may take, to stay exact; photos take more
_EFFORT = 75  # of 100, for exact copies: 90 takes a third more time for a hundredth less bytes

# Changes when the copies do.
CACHE_KEY = [
    2,
    *WIDTHS,
    _SMALL,
    _GAIN,
    _PHOTO,
    _DRAWN,
    _EXACT,
    _EFFORT,
    PIL.__version__,
    features.version("webp"),
]


def copies(path: Path, width: int, *, is_photo: bool, widths: Sequence[int] = WIDTHS) -> dict[int, bytes]:
    """Return by width, in pixels, what a copy so wide holds; nothing for the file itself, where that serves.

    Each has clearly fewer bytes than the next wider one; none is wider than the file. They show it upright
    and in its colours, and hold nothing else of what the camera wrote into it. Of a drawing, a copy is exact
    if that takes few bytes. width: of the file, upright. is_photo: whether it is a JPEG. widths: those of the
    copies, the smallest first.

    Raises
    ------
    Exception
        The file is broken; decoders say so in their own ways.

    """
    least = path.stat().st_size
    if least <= _SMALL:
        return {}
    copies_by_width: dict[int, bytes] = {}
    with Image.open(path, formats=COPIED) as file:
        file.draft(None, (widths[-1], widths[-1]))  # a JPEG is read at a half or less, where that is enough
        image, profile = _in_rgb(_upright(file))
    looks_like_photo = False
    for target in sorted({min(each, width) for each in widths}, reverse=True):
        size = (target, max(1, round(image.height * target / image.width)))
        if max(size) > _LARGEST:
            copies_by_width = {width: b""}
            continue
        scaled = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)  # itself, if it is so large
        encode = partial(_encoded, scaled, profile)
        exact = b"" if is_photo or looks_like_photo else encode(_EFFORT, exact=True)
        looks_like_photo |= len(exact) > size[0] * size[1] * _EXACT  # so do all that are narrower
        ways: list[Callable[[], bytes]] = [partial(bytes, exact)] if exact and not looks_like_photo else []
        if is_photo or looks_like_photo or target < width:  # then no dot is as it was anyway
            ways.append(partial(encode, _PHOTO if is_photo else _DRAWN))
        data = next((data for way in ways if len(data := way()) <= least * _GAIN), b"")
        if data:
            copies_by_width[target] = data
            least = len(data)
        elif not copies_by_width:
            copies_by_width[width] = b""
    return copies_by_width if any(copies_by_width.values()) else {}


def _upright(image: Image.Image) -> Image.Image:
    turn = _TURNS.get(orientation(image))
    image.load()
    return image.transpose(turn) if turn is not None else image


def _in_rgb(image: Image.Image) -> tuple[Image.Image, bytes]:
    """Return a picture in red, green and blue, and the profile that says which; nothing for sRGB."""
    profile: bytes = image.info.get("icc_profile") or b""
    if image.mode.startswith("I"):  # of 16 bits, of which a screen shows eight
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    mode = "RGBA" if image.has_transparency_data else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile)) if profile else None
        space = source.profile.xcolor_space.strip() if source else "RGB"
        if source and space == _SPACES.get(image.mode):
            rgb = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            return rgb or image.convert(mode), b""
        if source and ImageCms.getProfileDescription(source).startswith("sRGB"):
            space = ""
    except (ImageCms.PyCMSError, OSError):  # it is no profile
        space = ""
    return image.convert(mode), profile if space == "RGB" else b""


def _encoded(image: Image.Image, profile: bytes, quality: int, *, exact: bool = False) -> bytes:
    """Return WebP without metadata. quality: of an exact one, the effort to make it small."""
    buffer = BytesIO()
    image.save(buffer, "WEBP", lossless=exact, quality=quality, icc_profile=profile, exif=b"", xmp=b"")
    return buffer.getvalue()


# Exif 3.0 §4.6.5.1.6.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SPACES = {"CMYK": "CMYK", "L": "GRAY"}  # by mode, the profiles that red, green and blue can't have
