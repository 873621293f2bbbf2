"""Lists: bullets, numbers, tasks, and definitions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bs4.element import PageElement, Tag

from postdocs.importer.ast.nodes import Block, BlockQuote, Definition, DefinitionList, Item, List, Paragraph
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html.dom import attribute, classes, text_of, words_in
from postdocs.importer.html.flow import Place
from postdocs.importer.html.reading import Reader

_LONGEST_NUMBER = 999_999_999  # CommonMark 0.31 §5.2


def read(reader: Reader, tag: Tag, place: Place) -> list[Block]:
    """Read a list of items."""
    items: list[Item] = []
    is_simple = "simple" in classes(tag)  # docutils: its items are paragraphs, and it is tight
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
            loose = loose or (not is_simple and _holds_paragraph(group))
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


def _holds_paragraph(item: Tag) -> bool:
    paragraphs = item.find_all("p", recursive=False)
    return any(words_in(paragraph) or paragraph.find("img") is not None for paragraph in paragraphs)


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


def read_definitions(reader: Reader, tag: Tag, place: Place) -> list[Block] | None:
    """Read a list of terms; None where it begins with something else."""
    items: list[Definition] = []
    for group in _groups(tag, {"dt", "dd"}):
        if isinstance(group, Tag) and id(group) in reader.footnotes.skipped:
            continue
        if isinstance(group, Tag) and group.name == "dt":
            term = reader.inline([group], place)
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
