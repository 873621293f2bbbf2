"""Images: their addresses and sizes, and tracking pixels to leave out."""

from __future__ import annotations

import re

from bs4.element import Tag

from postdocs.importer.ast.nodes import Image
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html.dom import attribute, style
from postdocs.importer.html.repair import resolve, split_attributes

_TRACKER = re.compile(
    r"(?:https?:)?//(?:feeds\.feedburner\.com/~r/|feeds\.wordpress\.com/1\.0/|stats\.wordpress\.com/b\.gif"
    r"|pixel\.wp\.com/|[\w.]*doubleclick\.net/|www\.google-analytics\.com/|blogger\.googleusercontent\.com/tracker/"
    r"|medium\.com/_/stat|pixel\.quantserve\.com/|[\w.]*scorecardresearch\.com/|sb\.scorecardresearch)",
    re.IGNORECASE,
)
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(px|%)?")


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
    src = resolve(attribute(tag, "src"), base, notes, picture=True)
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
