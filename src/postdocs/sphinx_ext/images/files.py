"""The facts of an image file: its size on a page, and its defects."""

from __future__ import annotations

import math
import re
import warnings
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from lxml import etree
from PIL import ExifTags, Image
from sphinx.util.images import get_image_size

# By suffix, what browsers show, as Pillow calls it; of other files nothing is said.
_FORMATS = {
    ".avif": "AVIF",
    ".bmp": "BMP",
    ".gif": "GIF",
    **dict.fromkeys((".jpg", ".jpeg"), "JPEG"),
    ".png": "PNG",
    ".webp": "WEBP",
}
_DRAWING = ".svg"
_PNG = b"\x89PNG\r\n\x1a\n"
# What browsers turn as its Exif says; those that do it with WebP are few.
_TURNED = {"AVIF", "JPEG", "PNG"}
_ON_ITS_SIDE = {5, 6, 7, 8}  # Exif 3.0 §4.6.5.1.6, the orientations that swap width and height
COPIED = ("JPEG", "PNG", "WEBP")  # what copies are made of
_LENGTH = re.compile(r"\s*\+?(\d*\.?\d+(?:e[+-]?\d+)?)\s*(px|pt|pc|mm|cm|in|q|em|rem)?\s*", re.IGNORECASE)
# CSS Values 4 §6.2, in CSS pixels; a font is 16 of them where nothing says otherwise.
_UNITS = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4, "q": 96 / 101.6}
_FONT = 16
_WIDE = 1000  # pixels, of a drawing that has proportions only
_DEFAULT = (300, 150)  # CSS 2.2 §10.3.2: of a drawing that says nothing


@dataclass(frozen=True)
class ImageInfo:
    """How a page shows a picture.

    width, height: in CSS pixels, upright; 0 where that is not known. fills: whether it has proportions only,
    and is as wide as there is room. is_photo: whether what it holds is no longer exact. can_be_smaller:
    whether copies of it can be made. problem: what is wrong with it and what to do, or "".
    """

    width: int = 0
    height: int = 0
    fills: bool = False
    is_photo: bool = False
    can_be_smaller: bool = False
    problem: str = ""


def suffixes() -> set[str]:
    """Return the suffixes of files that `info` knows, in small letters."""
    return {*_FORMATS, _DRAWING}


def image_info(path: Path) -> ImageInfo:
    """Read the size of a picture, and no more of it than that takes. Nothing is raised for a broken one."""
    if not path.stat().st_size:
        return ImageInfo(problem="is empty; put it there again")
    if path.suffix.lower() == _DRAWING:
        return _drawing(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=sorted({*_FORMATS.values()})) as image:
                return _raster(image, _FORMATS[path.suffix.lower()])
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        size = get_image_size(path) or (0, 0)
        return ImageInfo(*size, problem=f"has more than {Image.MAX_IMAGE_PIXELS:,} pixels; make it smaller")
    except Exception:  # noqa: BLE001 - what broken files make of decoders is nowhere listed
        if shown := _shown_size(path.read_bytes()):
            return ImageInfo(*shown)
        return ImageInfo(problem="can't be read; save it anew as PNG, JPEG, WebP, AVIF, GIF or SVG")


def _raster(image: Image.Image, expected: str) -> ImageInfo:
    # Several pictures in a JPEG are one and its preview, or the two eyes of a camera.
    kind = "JPEG" if image.format == "MPO" else image.format or ""
    width, height = image.size
    if orientation(image) in _ON_ITS_SIDE:
        width, height = height, width
    is_animated = kind != "JPEG" and getattr(image, "is_animated", False)
    return ImageInfo(
        width,
        height,
        is_photo=kind == "JPEG",
        can_be_smaller=kind in COPIED and not is_animated,
        problem="" if kind == expected else f"holds {kind}, not {expected}; give it the suffix of that",
    )


def _shown_size(data: bytes) -> tuple[int, int] | None:
    """Return the size of a PNG that browsers show, though Pillow refuses it; None for any other file.

    Only what is said beside the picture is damaged, such as the drawing that draw.io keeps in its exports: a
    decoder can do without that (PNG, third edition, §13.1).
    """
    if not data.startswith(_PNG):
        return None
    size, has_data = None, False
    place = len(_PNG)
    while head := data[place : place + 8]:
        length = int.from_bytes(head[:4])
        kind, end = head[4:], place + 12 + length
        content, check = data[place + 4 : end - 4], data[end - 4 : end]
        is_critical = kind[:1].isupper()
        if is_critical and check != crc32(content).to_bytes(4):
            return None
        if kind == b"IHDR":
            size = int.from_bytes(content[4:8]), int.from_bytes(content[8:12])
        has_data |= kind == b"IDAT"
        place = end
    return size if has_data else None


def orientation(image: Image.Image) -> int:
    """Return which way up a browser shows a picture, in the numbers of Exif; 1 is as it is."""
    if image.format not in {*_TURNED, "MPO"} or not image.info.get("exif"):
        return 1
    return int(image.getexif().get(ExifTags.Base.Orientation, 1))


def _drawing(path: Path) -> ImageInfo:
    """Read the size of a drawing from its first element (SVG 2 §8.11)."""
    try:
        with path.open("rb") as file:
            for _, root in etree.iterparse(file, events=("start",), resolve_entities=False, no_network=True):
                return _of_root(root)
    except (etree.XMLSyntaxError, OSError):
        pass
    return ImageInfo(problem="can't be read; save it anew as SVG")


def _of_root(root: etree._Element) -> ImageInfo:
    if etree.QName(root).localname != "svg":
        return ImageInfo(problem="holds no drawing; save it anew as SVG")
    width, height = _pixels(root.get("width")), _pixels(root.get("height"))
    if width and height:
        return ImageInfo(round(width) or 1, round(height) or 1)
    box = [_number(part) for part in re.split(r"[\s,]+", root.get("viewBox", "").strip())]
    if len(box) != len(("x", "y", "width", "height")) or min(box[2:]) <= 0:
        return ImageInfo(round(width) or _DEFAULT[0], round(height) or _DEFAULT[1])
    ratio = box[2] / box[3]
    if width or height:
        return ImageInfo(round(width or height * ratio) or 1, round(height or width / ratio) or 1)
    return ImageInfo(_WIDE, round(_WIDE / ratio) or 1, fills=True)


def _pixels(length: str | None) -> float:
    """Return a length in pixels; 0 where it is none, or depends on the page."""
    match = _LENGTH.fullmatch(length or "")
    if not match:
        return 0
    unit = (match[2] or "").lower()
    return float(match[1]) * _UNITS.get(unit, _FONT)


def _number(text: str) -> float:
    """Return a number; 0 where it is none that one can draw with."""
    try:
        value = float(text)
    except ValueError:
        return 0
    return value if math.isfinite(value) else 0
