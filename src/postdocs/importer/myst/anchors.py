"""The automatic ids of headings, and the links to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from myst_parser.slugs import github_slugify

from postdocs.importer.ast import nodes
from postdocs.importer.ast.visit import transform, walk

_DEPTH = 4  # of headings that have an id of their own: myst_heading_anchors


def plain_text(value: object) -> str:
    """Gather the characters of text and code."""
    return "".join(node.text for node in walk(value) if isinstance(node, nodes.Text | nodes.Code))


def _anchored(document: nodes.Document) -> Iterator[tuple[nodes.Heading, str]]:
    """Return each heading that has an id by itself, with that: MyST numbers those that are like another."""
    taken: set[str] = set()
    for block in document.blocks:
        if isinstance(block, nodes.Heading) and block.level <= _DEPTH:
            slug = unique = github_slugify(plain_text(block.children))
            number = 0
            while unique in taken:
                number += 1
                unique = f"{slug}-{number}"
            if slug:
                taken.add(unique)
                yield block, unique


def own_anchors(document: nodes.Document) -> frozenset[str]:
    """Find the ids that headings have by themselves."""
    return frozenset(slug for _, slug in _anchored(document))


def anchors_of(document: nodes.Document) -> dict[str, str]:
    """Return the ids that headings are going to have, by those that they had."""
    anchors: dict[str, str] = {}
    for heading, slug in _anchored(document):
        for name in heading.ids:
            anchors.setdefault(name, slug)
    return anchors


def with_own_anchors(document: nodes.Document) -> nodes.Document:
    """Let links lead to the ids that headings have by themselves.

    Other headings keep those of their old ids that a link of the document leads to.
    """
    anchors = anchors_of(document)

    def link(node: nodes.Link) -> nodes.Link:
        name = unquote(node.url[1:])
        if node.url[:1] != "#" or name not in anchors:
            return node
        return replace(node, url=f"#{anchors[name]}")

    linked = {node.url[1:] for node in walk(document) if isinstance(node, nodes.Link) and node.url[:1] == "#"}

    def heading(node: nodes.Heading) -> nodes.Heading:
        return replace(node, ids=tuple(name for name in node.ids if name in linked and name not in anchors))

    return transform(document, {nodes.Link: link, nodes.Heading: heading})
