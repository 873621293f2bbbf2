"""Preformatted text: code, markup by the author, and verse."""

from __future__ import annotations

import re

from bs4.element import NavigableString, Tag

from postdocs.importer.ast.nodes import Block
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html import code
from postdocs.importer.html.clutter import is_clutter
from postdocs.importer.html.dom import attribute, classes, text_of
from postdocs.importer.html.flow import Place
from postdocs.importer.html.reading import Reader, keep

_VERSE = frozenset({"wp-block-verse", "verse", "poem", "poetry"})


def read(reader: Reader, tag: Tag, place: Place) -> list[Block] | None:
    """Read preformatted text: a block of code, but HTML where markup in it means something."""
    if _VERSE.intersection(classes(tag)):
        _set_lines(tag)
        return reader.blocks(tag.contents, place)
    if tag.name == "pre" and (code.says_more(tag) or tag.find("img") is not None):
        return keep(reader, tag, place)
    links = [
        attribute(link, "href")
        for link in tag.find_all("a", href=True)
        if link.get_text(strip=True) and not any(is_clutter(one) for one in (link, *link.parents))
    ]
    if links:
        reader.notes.append(Note(NoteKind.NOTICED, "links in a block of code, now plain", " ".join(links)))
    block = code.read(tag, reader.notes)
    return [block] if block else []


def _set_lines(tag: Tag) -> None:
    """Make the lines of verse lines of a paragraph, indented as they are."""
    at_start = True
    for node in list(tag.find_all(string=True)):
        text = text_of(node)
        if text is None:
            continue
        pieces: list[NavigableString | Tag] = []
        for place, line in enumerate(
            text.strip("\n").split("\n") if _is_whole(node, tag) else text.split("\n")
        ):
            if place:
                pieces.append(Tag(name="br", can_be_empty_element=True))
            if place or at_start:
                line = re.sub(r"^[ \t]+", lambda match: "\xa0" * len(match[0].expandtabs(8)), line)  # noqa: PLW2901 - the same line, indented
            pieces.append(NavigableString(line))
        at_start = text.endswith("\n")
        node.replace_with(*pieces)


def _is_whole(node: NavigableString, tag: Tag) -> bool:
    return node.parent is tag and len(tag.contents) == 1
