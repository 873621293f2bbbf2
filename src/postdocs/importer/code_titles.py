"""Titles of code that a page shows as text above it, and the author's text has as a caption."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from postdocs.importer.ast import nodes
from postdocs.importer.ast.visit import walk


def joined(document: nodes.Document, own: nodes.Document) -> nodes.Document:
    """Return a document in which such a title is the caption of its code. own: what the author's text says.

    Each theme has its own element for it; that the words and the code are the author's tells it apart.
    """
    captions = {
        (_words(code.caption), code.text): code.caption
        for code in walk(own)
        if isinstance(code, nodes.CodeBlock) and code.caption
    }
    return replace(document, blocks=(*_joined(document.blocks, captions),)) if captions else document


def _joined(
    blocks: tuple[nodes.Block, ...], captions: dict[tuple[str, str], tuple[nodes.Inline, ...]]
) -> Iterator[nodes.Block]:
    at = 0
    while at < len(blocks):
        match blocks[at : at + 2]:
            case (nodes.Paragraph() as title, nodes.CodeBlock(caption=()) as code):
                caption = None if _leads_on(title) else captions.get((_words(title), code.text))
            case _:
                caption = None
        yield replace(code, caption=caption) if caption else blocks[at]
        at += 2 if caption else 1


def _leads_on(title: nodes.Paragraph) -> bool:
    return any(isinstance(node, nodes.Link | nodes.Image) for node in walk(title))


def _words(node: object) -> str:
    texts = (inner.text for inner in walk(node) if isinstance(inner, nodes.Text | nodes.Code))
    return " ".join("".join(texts).split())
