"""The blocks that hold others: headings, lists, quotes, tables, figures, code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from bs4.element import PageElement, Tag

from postdocs.core.html import PREFORMATTED
from postdocs.importer.ast.nodes import (
    Block,
    BlockQuote,
    Definition,
    DefinitionList,
    Figure,
    Heading,
    Inline,
    Item,
    List,
    Paragraph,
    RawBlock,
    ThematicBreak,
)
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html import code, headings, math, tables
from postdocs.importer.html import images as pictures
from postdocs.importer.html.clutter import is_clutter
from postdocs.importer.html.dom import attribute, classes, is_heading, text_of
from postdocs.importer.html.flow import Place
from postdocs.importer.html.footnotes import Footnotes

_CAPTIONS = ["figcaption", "dd"]
_CAPTION_CLASSES = frozenset({"wp-caption-text", "tr-caption", "image-caption", "caption-text"})
_FIGURE_CLASSES = frozenset({"wp-caption", "tr-caption-container", "captioned-image-container"})
_LONGEST_NUMBER = 999_999_999  # CommonMark 0.31 §5.2


class Reader(Protocol):
    """What reads the content of these blocks: `parse.Reader`.

    base: the address that relative ones are relative to.
    """

    base: str | None
    notes: list[Note]
    footnotes: Footnotes

    def inline(self, nodes: Iterable[PageElement], place: Place) -> tuple[Inline, ...]:
        """Read nodes where only inline content may be."""

    def blocks(self, nodes: Iterable[PageElement], place: Place) -> list[Block]:
        """Read nodes where blocks may be."""

    def raw(self, tag: Tag) -> str:
        """Return an element as clean HTML."""

    def address(self, link: Tag) -> str | None:
        """Return the address that a link leads to."""


# Reads an element; None where it turns out to be none of its kind, and is gone into like any other.
_Reading = Callable[[Reader, Tag, Place], list[Block] | None]


def reading(tag: Tag) -> _Reading | None:
    """Return how an element is read as a block, if it is more than what is in it."""
    if is_heading(tag):
        return _heading
    if tag.name in PREFORMATTED or code.is_lines(tag):
        return _code
    if tag.name == "figure" or _FIGURE_CLASSES.intersection(classes(tag)):
        return _figure
    return _READINGS.get(tag.name)


def _heading(reader: Reader, tag: Tag, place: Place) -> list[Block]:
    children = reader.inline(tag.contents, place)
    ids = dict.fromkeys(name for _, name in headings.names(tag))
    return [Heading(int(tag.name[1]), children, tuple(ids))] if children else []


def _code(reader: Reader, tag: Tag, place: Place) -> list[Block] | None:
    links = [
        attribute(link, "href")
        for link in tag.find_all("a", href=True)
        if not any(is_clutter(parent) for parent in link.parents)
    ]
    block = code.read(tag)
    is_text = (
        tag.name == "pre" and tag.find("code") is None and not classes(tag) and not (block and block.language)
    )
    if is_text and (links or tag.find("img") is not None):
        return _raw(reader, tag, place)
    if links:
        reader.notes.append(Note(NoteKind.NOTICED, "links in a block of code, now plain", " ".join(links)))
    return [block] if block else []


def _raw(reader: Reader, tag: Tag, place: Place) -> list[Block]:
    html = reader.raw(tag)
    reader.notes.append(Note(NoteKind.KEPT_AS_HTML, f"`{tag.name}`", html))
    return [RawBlock(html)] if html else []


def _rule(reader: Reader, tag: Tag, place: Place) -> list[Block]:
    return [ThematicBreak()]


def _quote(reader: Reader, tag: Tag, place: Place) -> list[Block]:
    children = reader.blocks(tag.contents, place)
    return [BlockQuote(tuple(children))] if children else []


def _list(reader: Reader, tag: Tag, place: Place) -> list[Block]:
    items: list[Item] = []
    loose = False
    first: Tag | None = None
    for group in _groups(tag, {"li"}):
        if not isinstance(group, Tag):  # what stands between items belongs to the one before
            stray = reader.blocks(group, place)
            if stray and items:
                items[-1] = replace(items[-1], children=(*items[-1].children, *stray))
            elif stray:
                items.append(Item(tuple(stray)))
        elif id(group) not in reader.footnotes.skipped:
            first = first or group
            children = reader.blocks([group], place)
            loose = loose or group.find("p", recursive=False) is not None
            items.append(Item(tuple(children), _checked(group)))
    if not any(item.children for item in items):
        return []
    loose = (
        loose
        or any(  # only a blank line parts these in Markdown (CommonMark 0.31 §5.3)
            isinstance(one, Paragraph | List | BlockQuote) and isinstance(other, Paragraph)
            for item in items
            for one, other in zip(item.children, item.children[1:], strict=False)
        )
    )
    return [List(tuple(items), _start(reader, tag, first), tight=not loose)]


def _groups(tag: Tag, names: set[str]) -> Iterator[Tag | list[PageElement]]:
    """Return the elements of these names in a list, and what stands between them; wrappers are opened."""
    between: list[PageElement] = []
    stack = [iter(tag.contents)]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
        elif isinstance(node, Tag) and node.name in names:
            if between:
                yield between
            between = []
            yield node
        elif (
            isinstance(node, Tag)
            and node.name in {"div", "font", "span"}
            and node.find(list(names)) is not None
        ):
            stack.append(iter(node.contents))
        else:
            between.append(node)
    if between:
        yield between


def _checked(item: Tag) -> bool | None:
    """Return the state of a task: GitHub, markdown-it, kramdown and MyST all begin it with a checkbox."""
    for node in item.descendants:
        if isinstance(node, Tag):
            if node.name == "input" and attribute(node, "type").lower() == "checkbox":
                return node.has_attr("checked")
            if node.name in {"ul", "ol", "li"}:
                return None
        elif (text_of(node) or "").strip():
            return None
    return None


def _start(reader: Reader, tag: Tag, first: Tag | None) -> int | None:
    if tag.name != "ol":
        return None
    for name in ("reversed", "type"):
        if tag.has_attr(name) and attribute(tag, name) != "1":
            reader.notes.append(Note(NoteKind.NOTICED, f"`{name}` of an ordered list", attribute(tag, name)))
    given = attribute(tag, "start") or (attribute(first, "value") if first else "")
    if re.fullmatch(r"\s*\+?\d{1,9}\s*", given, re.ASCII):
        return min(int(given), _LONGEST_NUMBER)
    if given:
        reader.notes.append(Note(NoteKind.NOTICED, "first number of an ordered list", given, "1"))
    return 1


def _definitions(reader: Reader, tag: Tag, place: Place) -> list[Block] | None:
    items: list[Definition] = []
    for group in _groups(tag, {"dt", "dd"}):
        if isinstance(group, Tag) and id(group) in reader.footnotes.skipped:
            continue
        if isinstance(group, Tag) and group.name == "dt":
            term = reader.inline(group.contents, place)
            if not term:
                continue
            if items and not items[-1].descriptions:
                items[-1] = replace(items[-1], terms=(*items[-1].terms, term))
            else:
                items.append(Definition((term,), ()))
            continue
        blocks = reader.blocks([group] if isinstance(group, Tag) else group, place)
        if blocks and not items:
            return None  # Markdown has no description without a term
        if blocks:
            items[-1] = replace(items[-1], descriptions=(*items[-1].descriptions, tuple(blocks)))
    return [DefinitionList(tuple(items))] if items else []


def _table(reader: Reader, tag: Tag, place: Place) -> list[Block] | None:
    if code.is_layout(tag) or tables.is_layout(tag):
        return None
    if any(id(row) in reader.footnotes.skipped for row in [tag, *tag.find_all("tr")]):
        return None
    table = tables.read(tag, lambda cell: reader.inline(cell.contents, place))
    return [table] if table else _raw(reader, tag, place)


def _figure(reader: Reader, tag: Tag, place: Place) -> list[Block] | None:
    """Read a picture with a caption; whatever else is in a figure makes it an ordinary element."""
    images = [img for img in tag.find_all("img") if img.find_parent("noscript") is None]
    captions = [
        inner
        for inner in tag.find_all(True)
        if inner.name == "figcaption" or _CAPTION_CLASSES.intersection(classes(inner))
    ]
    if len(images) != 1 or len(captions) != 1 or place.marks or math.of(images[0]):
        return None
    around = [
        text
        for node in tag.descendants
        if (text := (text_of(node) or "").strip()) and not any(parent in captions for parent in node.parents)
    ]
    if (
        around
        or tag.find(["iframe", "video", "audio", "pre", "object", "noscript"])
        or captions[0].find("img")
    ):
        return None
    image = pictures.read(images[0], reader.base, reader.notes)
    caption = reader.inline(captions[0].contents, place)
    if image is None or not caption:
        return None
    anchor = images[0].find_parent("a")
    link = reader.address(anchor) if isinstance(anchor, Tag) and tag in anchor.parents else None
    return [Figure(image, caption, link or "")]


_READINGS: dict[str, _Reading] = {
    "hr": _rule,
    "blockquote": _quote,
    "ul": _list,
    "ol": _list,
    "menu": _list,
    "dir": _list,
    "dl": _definitions,
    "table": _table,
    "details": _raw,
    "video": _raw,
    "audio": _raw,
}
