"""The words that a reader of an entry sees, counted apart from the importer's own reading."""

from __future__ import annotations

from collections.abc import Iterator

from bs4.element import PageElement, Tag

from postdocs.core.html import BLOCKS, HIDDEN
from postdocs.importer.html import footnotes
from postdocs.importer.html.clutter import is_clutter
from postdocs.importer.html.dom import (
    attribute,
    field_text,
    is_hidden,
    is_undrawn,
    text_of,
)
from postdocs.importer.html.footnotes import Footnotes
from postdocs.importer.html.math.formula import of as formula_of
from postdocs.importer.html.rendered import drawings, page


def words(html: str, base: str | None = None) -> list[str]:
    """Return every visible word of HTML, as `words_of_body` does."""
    return words_of_body(page.read(html, base, []), base)


def words_of_body(body: Tag, base: str | None = None) -> list[str]:
    """Return every visible word of an entry, in order. body: as `rendered.page` shows it.

    Words are what white space parts, a block or `br` included. Not visible are scripts, styles, what the page
    hides, line numbers, marks beside headings, and the numbers and back links of footnotes. The text of a
    footnote comes after all else, in the order of references. A formula counts as its TeX, without
    delimiters; an embed as the link or notice that stands for it.
    """
    notes = footnotes.find(body, base)
    order: list[int] = []
    pieces = list(_pieces(body, notes, order))
    for note in order:  # grows while footnotes refer to others
        pieces += [" ", *_pieces(notes.notes[note], notes, order)]
    return "".join(pieces).split()


def _pieces(top: Tag, notes: Footnotes, order: list[int]) -> Iterator[str]:
    stack: list[tuple[Iterator[PageElement], str]] = [(iter(top.contents), "")]
    while stack:
        node = next(stack[-1][0], None)
        if node is None:
            yield stack.pop()[1]
        elif is_undrawn(node):
            continue
        elif not isinstance(node, Tag):
            yield text_of(node) or ""
        elif id(node) in notes.references:
            if notes.references[id(node)] not in order:
                order.append(notes.references[id(node)])
        elif id(node) in notes.skipped or is_hidden(node):
            continue
        elif formula := formula_of(node):
            yield f" {formula.tex} " if formula.display else formula.tex
        elif node.name == "img":
            yield drawings.words_of(attribute(node, "src"))
        elif value := field_text(node):
            yield value
        elif node.name not in HIDDEN and not is_clutter(node):
            edge = " " if node.name in BLOCKS or node.name == "br" else ""
            yield edge
            stack.append((iter(node.contents), edge))
