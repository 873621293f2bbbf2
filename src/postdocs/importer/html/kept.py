"""HTML that stays HTML, cleaned of parts that only serve a page."""

from __future__ import annotations

from bs4.element import Tag

from postdocs.core.html import BLOCKS, HIDDEN, PREFORMATTED
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html.clutter import is_clutter
from postdocs.importer.html.dom import field_text, is_hidden, is_undrawn, words_in
from postdocs.importer.html.math.formula import of as formula_of
from postdocs.importer.html.sanitise import TAGS, sanitise

# What may hold a block, as a formula on a line of its own is one.
_FLOW = frozenset(
    {"aside", "blockquote", "center", "dd", "details", "div", "figure", "li", "section", "td", "th"}
)


def clean(tag: Tag, base: str | None, notes: list[Note]) -> str:
    """Return an element as clean HTML, without what the page hides.

    base: the address that relative ones are relative to. notes: where what is taken away is told.
    """
    for inner in tag.find_all(True):
        if (
            inner.name not in HIDDEN
            and is_undrawn(inner)
            and (undrawn := words_in(inner))
            and inner.find_parent(is_undrawn) is None
        ):
            notes.append(Note(NoteKind.LOST, f"text in `{inner.name}` of a drawing", undrawn))
        formula = formula_of(inner)
        if formula and formula.display and inner.parent is not None and inner.parent.name in _FLOW:
            inner.name = "div"
        if is_hidden(inner) or is_clutter(inner):
            inner.extract()
        elif value := field_text(inner):
            inner.replace_with(value)
        elif inner.name in HIDDEN - TAGS:
            inner.extract()  # where it ends is read in another way when it is parsed again
        elif inner.name in BLOCKS - TAGS and not is_undrawn(inner):
            inner.name = "pre" if inner.name in PREFORMATTED else "div"
    return sanitise(str(tag), base, notes)
