"""Lists: bullets, numbers, tasks, and definitions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from bs4.element import PageElement, Tag

from postdocs.importer.ast.nodes import Block, BlockQuote, Definition, DefinitionList, Item, List, Paragraph
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html.dom import attribute, classes, text_of, words_in
from postdocs.importer.html.flow import Place
from postdocs.importer.html.reading import Reader


def read(reader: Reader, tag: Tag, place: Place) -> list[Block]:
    """Read a list of items; one whose numbers jump is several, since Markdown counts on from the first."""
    items: list[Item] = []
    elements: list[Tag] = []
    starts: dict[int, int] = {}  # the number of an item, where it isn't the next
    for group in _groups(tag, {"li"}):
        if not isinstance(group, Tag):  # what stands between items belongs to the one before
            stray = reader.blocks(group, place)
            if stray and items:
                items[-1] = replace(items[-1], children=(*items[-1].children, *stray))
            elif stray:
                items.append(Item(tuple(stray)))
        elif id(group) not in reader.footnotes.skipped:
            if elements and (number := _number(attribute(group, "value"))) is not None:
                starts[len(items)] = number
            elements.append(group)
            items.append(Item(tuple(reader.blocks([group], place)), _checked(group)))
    if not any(item.children for item in items):
        return []
    tight = not (_is_loose(tag, elements) or any(map(_needs_blank_line, items)))
    first = _start(reader, tag, elements[0] if elements else None)
    return [List(part, start, tight=tight) for part, start in _counted(tuple(items), first, starts)]


def _is_loose(tag: Tag, elements: list[Tag]) -> bool:
    """Tell whether a list is loose: some item is a paragraph.

    Docutils makes paragraphs of all items, and marks a tight list by a class, which those in it do without.
    """
    lists = (one for one in (tag, *tag.parents) if one.name in {"ol", "ul"})
    return not any("simple" in classes(one) for one in lists) and any(map(_holds_paragraph, elements))


def _needs_blank_line(item: Item) -> bool:
    """Tell whether only a blank line parts two blocks of an item in Markdown (CommonMark 0.31 §5.3)."""
    return any(
        isinstance(one, Paragraph | List | BlockQuote) and isinstance(other, Paragraph)
        for one, other in pairwise(item.children)
    )


def _counted(
    items: tuple[Item, ...], first: int | None, starts: Mapping[int, int]
) -> Iterator[tuple[tuple[Item, ...], int | None]]:
    """Part the items of a numbered list where its numbers jump; each part has its first number."""
    if first is None:
        yield items, None
        return
    begin = 0
    for at, number in starts.items():
        if number != first + at - begin:
            yield items[begin:at], first
            begin, first = at, number
    yield items[begin:], first


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
    given = (attribute(first, "value") if first else "") or attribute(tag, "start")
    number = _number(given)
    if given and number is None:
        reader.notes.append(Note(NoteKind.NOTICED, "first number of an ordered list", given, "1"))
    return 1 if number is None else number


def _number(text: str) -> int | None:
    """Read the number of an item; None where Markdown has no such number."""
    match = re.fullmatch(r"\s*\+?(\d{1,9})\s*", text, re.ASCII)
    return int(match[1]) if match else None


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
