"""The words of a post's tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from postdocs.importer.ast.nodes import (
    Citation,
    Code,
    CodeBlock,
    Definition,
    Document,
    FootnoteRef,
    Image,
    LineBreak,
    Link,
    ListTable,
    Math,
    MathBlock,
    RawBlock,
    RawInline,
    Span,
    Table,
    Text,
)
from postdocs.importer.html.rendered import drawings
from postdocs.importer.html.visible import words


def words_of(document: Document) -> list[str]:
    """Return the words of a document, as `visible.words` returns those of HTML; footnotes come last."""
    return "".join(_pieces(document)).split()


def _pieces(node: object) -> Iterator[str]:  # noqa: PLR0912 - one case a kind
    if isinstance(node, tuple):
        for child in node:
            yield from _pieces(child)
    elif isinstance(node, Text | Code):
        yield node.text
    elif isinstance(node, Citation):
        yield node.plain or node.targets
    elif isinstance(node, Math):
        yield node.tex
    elif isinstance(node, RawInline):
        yield " ".join(words(node.html))
    elif isinstance(node, Image):
        yield drawings.words_of(node.src)
    elif isinstance(node, LineBreak):
        yield " "
    elif isinstance(node, Span | Link):
        yield from _pieces(node.children)
    elif isinstance(node, CodeBlock):
        yield from (" ", *_pieces(node.caption), f" {node.text} ")
    elif isinstance(node, MathBlock):
        yield f" {node.tex} "
    elif isinstance(node, RawBlock):
        yield f" {' '.join(words(node.html))} "
    elif isinstance(node, Table):
        yield from (" ", *_pieces(node.caption), " ")
        for cell in (*node.header, *(cell for row in node.rows for cell in row)):
            yield from (" ", *_pieces(cell), " ")
    elif isinstance(node, ListTable):
        yield from (" ", *_pieces(node.caption), " ", *_pieces(node.rows))
    elif isinstance(node, Definition):
        for term in node.terms:
            yield from (" ", *_pieces(term), " ")
        yield from _pieces(node.descriptions)
    elif is_dataclass(node) and not isinstance(node, FootnoteRef):
        yield " "
        for field in fields(node):
            if field.name not in {
                "id",
                "link",
                "label",
                "start",
                "tight",
                "checked",
                "level",
            }:
                yield from _pieces(getattr(node, field.name))
        yield " "
