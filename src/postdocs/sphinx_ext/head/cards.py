"""Cards: images with the title of a post, for services that show an image of a shared address."""

from __future__ import annotations

import io
import itertools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import PIL
from PIL import Image, ImageDraw, ImageFont

from postdocs.sphinx_ext.output.state import fingerprint
from postdocs.sphinx_ext.theme.colours import rgb

WIDTH, HEIGHT = 1200, 630  # pixels, as https://ogp.me/ users show them

_DESIGN = 1  # another number makes other names for cards that are drawn otherwise
_FONT = Path(__file__).parent / "fonts" / "DejaVuSans-Bold.ttf"
_GROUND, _INK = (20, 24, 30), (255, 255, 255)
_LEVELS = 15  # shades from ground to ink; with the accent a picture of 4 bits a pixel
_MUTED = 190  # of 255
_LEFT, _TOP, _RIGHT = 96, 88, 1120  # where the text is
_BAR = 28  # width of the stripe at the left
_TITLES = ((76, 3), (60, 4))  # size in pixels and most lines; the last is cut where it does not suffice
_SMALL, _LOWEST = 34, 540  # of the two lines at the end: size, and place of the last
_RUNS = 3  # zlib's Z_RLE: of large areas of one colour it makes less than other ways, and does so faster
_LONGEST = 400  # characters that are looked at
# What means nothing where it cannot be shown, such as emoji and what joins them.
_DISPENSABLE = {"Cc", "Cf", "Cn", "Co", "Cs", "Sk", "So"}
_SELECTORS = {"\ufe0e", "\ufe0f"}
_RIGHT_TO_LEFT = {"AL", "AN", "R"}


@dataclass(frozen=True)
class Card:
    """What is on a card: a title, a line of who and when, and a line of where. All are renderable_text.

    accent: the colour of the stripe at the left, in hexadecimal digits.
    """

    title: str
    about: str = ""
    site: str = ""
    accent: str = field(kw_only=True)

    @property
    def name(self) -> str:
        """The name of its file, which changes with all that it is drawn from."""
        return f"{fingerprint(_DESIGN, PIL.__version__, self.title, self.about, self.site, self.accent)}.png"


@cache
def renderable_text(text: str) -> str:
    """Return text as a card can show it; "" where letters would be missing or in the wrong order.

    The font has Latin, Greek, Cyrillic, Armenian and Georgian letters and signs of mathematics. Scripts that
    are written from right to left, or with marks that change places, need more than a font.
    """
    text = " ".join(unicodedata.normalize("NFC", text[:_LONGEST]).split())
    visible = "".join(char for char in text if not _is_dispensable(char))
    return " ".join(visible.split()) if all(map(_is_drawn, visible)) else ""


@cache
def _is_dispensable(char: str) -> bool:
    return char in _SELECTORS or (unicodedata.category(char) in _DISPENSABLE and not _is_drawn(char))


@cache
def _is_drawn(char: str) -> bool:
    if char == " ":
        return True
    if unicodedata.category(char)[0] in "MCZ" or unicodedata.bidirectional(char) in _RIGHT_TO_LEFT:
        return False
    font = _font(_SMALL)
    return bytes(font.getmask(char)) != bytes(font.getmask("\U0010ffff"))  # which no font has


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    # What else lays text out is on some machines only.
    return ImageFont.truetype(_FONT, size, layout_engine=ImageFont.Layout.BASIC)


def draw(card: Card) -> bytes:
    """Return a card as PNG; the same bytes for the same card and version of Pillow."""
    image = Image.new("L", (WIDTH, HEIGHT))
    pen = ImageDraw.Draw(image)
    size, lines = _fitted(card.title)
    pen.multiline_text((_LEFT, _TOP), "\n".join(lines), font=_font(size), fill=255, spacing=size // 4)
    for place, (text, fill) in enumerate([(card.about, _MUTED), (card.site, 255)]):
        line = _cut([*_lines(text, _SMALL)], 1, _SMALL)
        pen.text((_LEFT, _LOWEST - 56 * (1 - place)), "".join(line), font=_font(_SMALL), fill=fill)
    picture = image.point([level * _LEVELS // 256 for level in range(256)])
    ImageDraw.Draw(picture).rectangle((0, 0, _BAR, HEIGHT), fill=_LEVELS)
    picture.putpalette([*itertools.chain.from_iterable(map(_shade, range(_LEVELS))), *rgb(card.accent)])
    stream = io.BytesIO()
    picture.save(stream, "PNG", bits=4, compress_type=_RUNS)
    return stream.getvalue()


def _shade(level: int) -> tuple[int, ...]:
    return tuple(
        ground + (ink - ground) * level // (_LEVELS - 1) for ground, ink in zip(_GROUND, _INK, strict=True)
    )


def _fitted(title: str) -> tuple[int, list[str]]:
    """Return the size of a title and its lines, as large as fits."""
    for size, most in _TITLES:
        lines = [*_lines(title, size)]
        if len(lines) <= most:
            return size, lines
    return size, _cut(lines, most, size)


def _lines(text: str, size: int) -> Iterator[str]:
    """Yield text in lines that are not too wide; a word that is wider than a line is parted."""
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if _fits(longer, size):
            line = longer
            continue
        if line:
            yield line
        line = word
        while not _fits(line, size):
            length = next(end for end in range(len(line), 0, -1) if end == 1 or _fits(line[:end], size))
            yield line[:length]
            line = line[length:]
    if line:
        yield line


def _cut(lines: list[str], most: int, size: int) -> list[str]:
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while not _fits(f"{last}…", size):
        last = last[:-1]
    return [*lines[: most - 1], f"{last.rstrip()}…"]


def _fits(text: str, size: int) -> bool:
    return _font(size).getlength(text) <= _RIGHT - _LEFT
