"""The element `img`: its size, its copies, and when a browser should fetch it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from postdocs.core.html import RAW_TEXT
from postdocs.sphinx_ext.images.files import ImageInfo

_COLUMN = 830  # CSS pixels: how wide the theme's column of text is where there is room
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
_NAME = re.compile(r"<[^\s/>]+")
_INSIDE = r"""(?:[^>"']++|"[^"]*+"|'[^']*+')*+"""  # of a tag, after its name
TAG = re.compile(rf"<img(?=[\s/>]){_INSIDE}>", re.IGNORECASE)
_STYLES = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([^;]+?)\s*(?=;|$)", re.IGNORECASE)
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)(px)?")
_SHARE = re.compile(r"(\d+(?:\.\d+)?)%")
_EVEN = 0.02  # how far two proportions may be apart and be the same


_UNKNOWN = ImageInfo()


def finder(names: Iterable[str], texts: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds the tags of some elements in HTML as `tag`, and what is none as well.

    What isn't closed goes on to the end, as in browsers, so that nothing is searched twice. names: of these
    elements, which the pattern calls `name`. texts: those of elements that hold text, whatever that
    looks like.
    """
    name, text = "|".join(sorted(names)), "|".join(sorted(texts))
    return re.compile(
        rf"<!--.*?(?:-->|\Z)|<(?P<text>{text})(?=[\s/>]).*?(?:</(?P=text)(?=[\s/>])|\Z)"
        rf"|(?P<tag><(?P<name>{name})(?=[\s/>]){_INSIDE}>)|<(?:{name})(?=[\s/>]).*",
        re.IGNORECASE | re.DOTALL,
    )


_IMAGES = finder({"img"}, RAW_TEXT | {"template"})


class LoadPriority(Enum):
    """Where a picture is on its page: in sight at once, the first one, or after that."""

    URGENT = auto()
    FIRST = auto()
    LATER = auto()


@dataclass(frozen=True)
class ImageOnPage:
    """What is known of a picture on a page.

    src: its address as seen from the page, or "" to leave what there is. candidates: widths in pixels and
    addresses of its copies. where: on the page.
    """

    info: ImageInfo = _UNKNOWN
    src: str = ""
    candidates: Sequence[tuple[int, str]] = ()
    where: LoadPriority = LoadPriority.LATER


def add_img_attributes(tag: str, image: ImageOnPage) -> str:
    """Return the tag of an `img` with all that a browser can know before it has the picture.

    What the author wrote of it stays: sizes, and a `srcset` or `loading` of its own.
    """
    attributes = attributes_of(tag)
    if image.src:
        attributes["src"] = image.src
    width = _set_size(attributes, image.info)
    if image.candidates and not {"srcset", "sizes"} & attributes.keys():
        attributes["srcset"] = ", ".join(f"{address} {wide}w" for wide, address in image.candidates)
        attributes["sizes"] = _sizes(width, image.info.width)
    if image.where is LoadPriority.URGENT and attributes.get("loading") != "lazy":
        attributes.setdefault("fetchpriority", "high")
    elif image.where is LoadPriority.LATER:
        attributes.setdefault("loading", "lazy")
        attributes.setdefault("decoding", "async")
    written = (f' {name}="{html.escape(value)}"' for name, value in attributes.items())
    return f"<img{''.join(written)}>"


def attributes_of(tag: str) -> dict[str, str]:
    """Return the attributes of a tag; of two that are called the same, browsers take the first."""
    attributes: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(_NAME.sub("", tag, count=1)[:-1]):
        attributes.setdefault(name.lower(), html.unescape("".join(values)))
    return attributes


def _set_size(attributes: dict[str, str], info: ImageInfo) -> str:
    """Complete the size, in the picture's proportions; return the width that is wanted, as CSS, or ""."""
    styles = {name.lower(): value for name, value in _STYLES.findall(attributes.get("style", ""))}
    for name in ("width", "height"):  # HTML knows numbers here only
        given = attributes.pop(name, "")
        if number := _NUMBER.fullmatch(given):
            attributes[name] = f"{float(number[1]):.0f}"
        elif name == "width" not in styles and _SHARE.fullmatch(given):
            styles[name] = given
            _add_style(attributes, f"width: {given}")
    if info.width and info.height:
        _complete(attributes, styles, info)
    return styles.get("width", "") if styles else attributes.get("width", "")


def _complete(attributes: dict[str, str], styles: dict[str, str], info: ImageInfo) -> None:
    width, height = (int(attributes.get(name) or 0) for name in ("width", "height"))
    ratio = info.width / info.height
    if styles.keys() == {"height"}:
        _add_style(attributes, "width: auto")  # the attribute says proportions only
    elif styles.keys() == {"width"}:
        _add_style(attributes, "height: auto")
    elif info.fills and not styles and not width and not height:
        _add_style(attributes, "width: 100%; height: auto")
    if styles or not (width or height):
        width, height = info.width, info.height
    elif width and height:
        if abs(width / height / ratio - 1) > _EVEN:
            _add_style(attributes, f"aspect-ratio: {width} / {height}")
    else:
        width, height = width or round(height * ratio) or 1, height or round(width / ratio) or 1
    attributes |= {"width": str(width), "height": str(height)}


def _add_style(attributes: dict[str, str], declaration: str) -> None:
    before = attributes.get("style", "").strip().rstrip(";")
    attributes["style"] = f"{before}; {declaration}" if before else declaration


def _sizes(asked_width: str, natural: int) -> str:
    """Say how wide a picture is shown (HTML Living Standard §4.8.4.2.2).

    wanted: its width as the author has it. natural: its width in CSS pixels.
    """
    if share := _SHARE.fullmatch(asked_width):
        part = float(share[1])
        return f"(max-width: {_COLUMN}px) {part:g}vw, {_COLUMN * part / 100:.0f}px"
    number = _NUMBER.fullmatch(asked_width)
    width = min(float(number[1]) if number else natural, _COLUMN)
    return f"(max-width: {width:.0f}px) 100vw, {width:.0f}px"


def replace_images(markup: str, new: Callable[[str, str], str]) -> str:
    """Return HTML with the tags in the place of each `img` that a function makes of it, and of its `src`.

    Those in comments, scripts and what else is no markup stay.
    """

    def replace(match: re.Match[str]) -> str:
        tag = match["tag"]
        return new(tag, attributes_of(tag).get("src", "")) if tag else match[0]

    return _IMAGES.sub(replace, markup)
