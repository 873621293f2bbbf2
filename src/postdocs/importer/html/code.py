"""Blocks of code: the exact text from the output of any highlighter."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from bs4.element import PageElement, Tag

from postdocs.core.html import BLOCKS, HIDDEN
from postdocs.importer.ast.nodes import CodeBlock
from postdocs.importer.entry import Note
from postdocs.importer.html import code_language
from postdocs.importer.html.clutter import is_clutter
from postdocs.importer.html.dom import (
    attribute,
    classes,
    field_text,
    is_hidden,
    is_undrawn,
    of_table,
    text_of,
    words_in,
)

_CODE_TABLES = frozenset({
    "lntable", "highlighttable", "codehilitetable", "rouge-table", "CodeRay", "hljs-ln", "crayon-table",
})  # fmt: skip


def is_lines(tag: Tag) -> bool:
    """Tell whether an element holds code without being `pre`: the lines of SyntaxHighlighter and Crayon."""
    names = set(classes(tag))
    return tag.name == "div" and (
        "crayon-pre" in names
        or ("container" in names and isinstance(tag.parent, Tag) and "code" in classes(tag.parent))
    )


def is_layout(tag: Tag) -> bool:
    """Tell whether a table only sets line numbers beside code."""
    return tag.name == "table" and (
        bool(_CODE_TABLES.intersection(classes(tag))) or any(map(is_clutter, islice(of_table(tag, "td"), 2)))
    )


def read(tag: Tag, notes: list[Note]) -> CodeBlock | None:
    """Read a block of code; None where it holds none. notes: where a language that is not known is told."""
    text = "".join(_characters(tag)).replace("\r\n", "\n").replace("\r", "\n")
    text = text.removesuffix("\n")
    return CodeBlock(text, code_language.read(tag, notes)) if text.strip() else None


def _characters(tag: Tag) -> Iterator[str]:
    """Return the characters of a block; elements that begin a line in a browser begin one here."""
    stack: list[tuple[Iterator[PageElement], bool]] = [(iter(tag.contents), False)]
    at_start = True  # of a line
    begun = False
    while stack:
        node = next(stack[-1][0], None)
        if node is None:
            _, is_line = stack.pop()
            if is_line and stack and not at_start:
                at_start = True
                yield "\n"
        elif is_undrawn(node) or (isinstance(node, Tag) and (is_clutter(node) or is_hidden(node))):
            continue
        elif isinstance(node, Tag):
            if node.name == "br":
                at_start = True
                yield "\n"
            elif value := field_text(node):
                at_start, begun = False, True
                yield value
            elif node.name not in HIDDEN:
                is_line = node.name in BLOCKS
                if is_line and begun and not at_start:
                    at_start = True
                    yield "\n"
                stack.append((iter(node.contents), is_line))
        elif (text := text_of(node)) and not _is_between_rows(node):
            at_start = text.endswith("\n")
            begun = True
            yield text
        # comments say nothing


def _is_between_rows(node: PageElement) -> bool:
    return node.parent is not None and node.parent.name in {"table", "tbody", "thead", "tr"}


# What highlighters don't write; `a` is what some of them do.
_MEANT = frozenset({
    "b", "strong", "i", "em", "u", "mark", "sup", "sub", "del", "ins", "s", "strike", "small", "big", "var",
    "q", "cite", "a",
})  # fmt: skip
_ALWAYS_MEANT = frozenset({"sup", "sub", "del", "ins", "s", "strike"})  # in code as well


def says_more(tag: Tag) -> bool:
    """Tell whether an author marked up preformatted text, so that the characters alone don't say all.

    Elements with a class, and those with colours around or in them, are a highlighter's.
    """
    is_highlighted = any(
        words_in(span)
        for span in tag.find_all(["span", "font"])
        if span.get("class") or span.get("style") or span.name == "font"
    )
    for inner in tag.find_all(list(_MEANT)):
        if (
            not words_in(inner)
            or inner.get("class")
            or any(is_clutter(one) for one in (inner, *inner.parents))
        ):
            continue
        if inner.name == "a" and (not inner.has_attr("href") or words_in(inner) == attribute(inner, "href")):
            continue
        if inner.name in _ALWAYS_MEANT or not is_highlighted:
            return True
    return False
