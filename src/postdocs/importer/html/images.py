"""Pictures: where the real one is, how large it is, and which are none."""

from __future__ import annotations

import re

from bs4.element import Tag

from postdocs.core.html import srcset
from postdocs.importer.ast.nodes import Image
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html.dom import attribute, style
from postdocs.importer.html.repair import resolve, split_attributes

_LAZY = (
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-orig-file",
    "data-lazy",
    "data-url",
    "data-hi-res-src",
)
_PLACEHOLDER = re.compile(
    r"data:image/(?:gif|svg\+xml|png)\b.*|.*/(?:blank|spacer|transparent|placeholder|lazy|grey|1x1|loading)"
    r"[\w.\-]*\.(?:gif|png|svg)(?:\?.*)?",
    re.IGNORECASE | re.DOTALL,
)
_TRACKER = re.compile(
    r"(?:https?:)?//(?:feeds\.feedburner\.com/~r/|feeds\.wordpress\.com/1\.0/|stats\.wordpress\.com/b\.gif"
    r"|pixel\.wp\.com/|[\w.]*doubleclick\.net/|www\.google-analytics\.com/|blogger\.googleusercontent\.com/tracker/"
    r"|medium\.com/_/stat|pixel\.quantserve\.com/|[\w.]*scorecardresearch\.com/|sb\.scorecardresearch)",
    re.IGNORECASE,
)
_DESCRIPTOR = re.compile(r"(?<!\S)(\d+(?:\.\d+)?)[wx]$")  # the last of a candidate
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(px|%)?")


def source(tag: Tag) -> str:
    """Return the address of the real picture as the source has it, past those that only hold its place."""
    src = attribute(tag, "src").strip()
    lazy = next(filter(None, (attribute(tag, name) for name in _LAZY)), "")
    if lazy and (not src or _PLACEHOLDER.fullmatch(src)):
        return lazy
    if src:
        return src
    sets = [attribute(tag, "srcset") or attribute(tag, "data-srcset")]
    if tag.parent is not None and tag.parent.name == "picture":
        sets += [attribute(other, "srcset") for other in tag.parent.find_all("source")]
    return next((_largest(candidates) for candidates in sets if candidates.strip()), "")


def _largest(value: str) -> str:
    """Choose from the candidates of a `srcset`."""
    return max(srcset(value), key=lambda candidate: _size_of(candidate[1]), default=("", ""))[0]


def _size_of(descriptors: str) -> float:
    match = _DESCRIPTOR.search(descriptors)
    return float(match[1]) if match else 1


def is_tracker(tag: Tag) -> bool:
    """Tell whether a picture only counts readers."""
    sizes = [_size(tag, name) for name in ("width", "height")]
    return (
        all(size in {"0", "1"} for size in sizes) or _TRACKER.match(attribute(tag, "src").strip()) is not None
    )


def _size(tag: Tag, name: str) -> str:
    return _normal_size(style(tag, name)) or _normal_size(attribute(tag, name))


def _normal_size(value: str) -> str:
    match = _SIZE.fullmatch(value.strip())
    return f"{match[1]}{'%' if match[2] == '%' else ''}" if match else ""


def read(tag: Tag, base: str | None, notes: list[Note]) -> Image | None:
    """Read an `img`; None where it counts readers or shows nothing."""
    if is_tracker(tag):
        notes.append(Note(NoteKind.REMOVED, "tracking picture", attribute(tag, "src")))
        return None
    src = resolve(source(tag), base, notes, picture=True)
    if src is None:
        notes.append(Note(NoteKind.REMOVED, "picture without an address", " ".join(str(tag).split())[:200]))
        return None
    lost: dict[str, str] = {}
    texts: dict[str, str] = {}
    for name in ("title", "alt"):
        before = attribute(tag, name)
        texts[name], attributes = split_attributes(before)
        if attributes:
            lost |= attributes
            notes.append(Note(NoteKind.REPAIRED, f"{name} of a picture", before, texts[name]))
    width, height = (_size(tag, name) or _normal_size(lost.get(name, "")) for name in ("width", "height"))
    return Image(src, texts["alt"] or lost.get("alt", ""), texts["title"], width, height)
