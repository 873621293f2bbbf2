"""The ids of headings and of other places, and the links to them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from html import unescape
from itertools import count, takewhile, zip_longest
from typing import Any
from urllib.parse import unquote

from docutils.nodes import make_id
from myst_parser.slugs import github_slugify

from postdocs.importer.ast import nodes
from postdocs.importer.ast.visit import transform, walk

_DEPTH = 4  # of headings that have an id of their own: myst_heading_anchors
_PLACE = re.compile(r'<span id="([^"]*)"></span>')  # as `parse.Reader` keeps one
_PLACES = re.compile(r'(?:<span id="[^"]*"></span>)+')
# What has the id of a target before it in the HTML that Sphinx writes.
_MARKABLE = (
    nodes.Paragraph
    | nodes.List
    | nodes.BlockQuote
    | nodes.CodeBlock
    | nodes.Table
    | nodes.ListTable
    | nodes.Admonition
)
_SITEWIDE = frozenset({"genindex", "modindex", "py-modindex", "search"})  # targets that Sphinx has itself


def plain_text(value: object) -> str:
    """Gather the characters of text and code."""
    return "".join(node.text for node in walk(value) if isinstance(node, nodes.Text | nodes.Code))


def _headings(value: object) -> Iterator[nodes.Heading]:
    """Return the headings of a tree that can be written as Markdown: those of a division can't."""
    stack = [value]
    while stack:
        node: Any = stack.pop()
        if isinstance(node, nodes.Heading):
            yield node
        elif isinstance(node, tuple):
            stack.extend(reversed(node))
        elif isinstance(node, nodes.Division):
            stack.extend(child for child in reversed(node.children) if not isinstance(child, nodes.Heading))
        elif hasattr(node, "__dataclass_fields__"):
            stack.extend(reversed([*vars(node).values()]))


def _anchored(document: nodes.Document) -> Iterator[tuple[nodes.Heading, str]]:
    """Return each heading that has an id by itself, with that: MyST numbers those that are like another."""
    taken: set[str] = set()
    for block in _headings(document):
        if block.level <= _DEPTH:
            slug = unique = github_slugify(plain_text(block.children))
            number = 0
            while unique in taken:
                number += 1
                unique = f"{slug}-{number}"
            if slug:
                taken.add(unique)
                yield block, unique


def own_anchors(document: nodes.Document) -> frozenset[str]:
    """Find the ids that links within a document can lead to in MyST."""
    places = {node.id for node in walk(document) if isinstance(node, nodes.Anchor | nodes.Target)}
    headings = (node for node in walk(document) if isinstance(node, nodes.Heading))
    chosen = {name for heading in headings for name in (*heading.ids, heading.given)} - {""}
    return frozenset(slug for _, slug in _anchored(document)) | places | chosen


def anchors_of(document: nodes.Document) -> dict[str, str]:
    """Return the ids that headings and other places are going to have, by those that they had."""
    given = _given(document)
    return _settled(document, given, _labels_of_deep(document, given))[1]


def with_own_anchors(document: nodes.Document) -> nodes.Document:
    """Let links lead to the ids that headings have by themselves, and make places of MyST of other ids.

    Headings keep the ids that their authors chose. Those too deep to have one by themselves, and with a link
    of the document that leads to them, get one.
    """
    given = _given(document)
    labels = _labels_of_deep(document, given)
    settled, anchors = _settled(document, given, labels)

    def link(node: nodes.Link) -> nodes.Link:
        name = unquote(node.url[1:])
        if node.url[:1] != "#" or name not in anchors:
            return node
        return replace(node, url=f"#{anchors[name]}")

    linked = _linked(document)

    def heading(node: nodes.Heading) -> nodes.Heading:
        chosen = node.given if node.given in given else ""
        label = next((labels[name] for name in node.ids if name in labels), "")
        exact = chosen if chosen and make_id(chosen) == chosen else label  # docutils would change others
        ids = (
            name
            for name in node.ids
            if name == chosen or (unquote(name) in linked and unquote(name) not in anchors)
        )
        return replace(node, ids=tuple(name for name in ids if name != exact), given=exact)

    return transform(settled, {nodes.Link: link, nodes.Heading: heading})


def _settled(
    document: nodes.Document, chosen: Set[str], labels: Mapping[str, str]
) -> tuple[nodes.Document, dict[str, str]]:
    """Make places of MyST of ids in HTML; return all ids that links can lead to, by those that they had.

    chosen: those that authors gave to headings. labels: those of deep headings, by one that they had.
    """
    anchors: dict[str, str] = {}
    decoded: dict[str, str] = {}  # links have them without the percent signs that some ids have
    by_text: dict[str, str] = {}  # as GitHub, kramdown, and Goldmark name a heading whose source has no id
    given = {name for name in chosen if make_id(name) == name}
    for heading, slug in _anchored(document):
        kept = heading.given if heading.given in given else slug
        if not heading.ids:
            by_text[slug] = slug
            by_text.setdefault(_with_signs(heading, slug), slug)
        for name in heading.ids:
            anchors.setdefault(name, kept)
            decoded.setdefault(unquote(name), kept)
    for name, label in labels.items():
        anchors[name] = decoded[unquote(name)] = label
    anchors |= {name: name for name in given}
    places = _Places(_ids_of_places(document))

    def raw(node: nodes.RawInline) -> nodes.Inline:
        return next(iter(places.anchors(node)), node)

    def inside(node: Any) -> Any:
        return replace(node, children=places.blocks(node.children, nested=True))

    changes = dict.fromkeys((nodes.BlockQuote, nodes.Item, nodes.Admonition, nodes.Division), inside)
    settled = transform(document, {nodes.RawInline: raw, **changes})
    settled = replace(settled, blocks=places.blocks(settled.blocks, nested=False))
    return settled, by_text | decoded | places.settled | anchors


def _linked(document: nodes.Document) -> set[str]:
    """Return the ids that links of a document lead to, without percent signs."""
    links = (node for node in walk(document) if isinstance(node, nodes.Link) and node.url[:1] == "#")
    return {unquote(link.url[1:]) for link in links}


def _labels_of_deep(document: nodes.Document, given: Set[str]) -> dict[str, str]:
    """Return ids for linked headings that have none by themselves, by one that they had."""
    linked = _linked(document)
    headings = [*_headings(document)]
    names = [(*heading.ids, make_id(plain_text(heading.children))) for heading in headings]
    uses = Counter(name for own in names for name in {*own})
    taken = {*_SITEWIDE, *(slug for _, slug in _anchored(document))}
    taken |= {node.id for node in walk(document) if isinstance(node, nodes.Anchor | nodes.Target)}
    others = (f"section-{number}" for number in count(1))
    labels: dict[str, str] = {}
    for heading, own in zip(headings, names, strict=True):
        name = next((name for name in heading.ids if unquote(name) in linked), "")
        is_exact = heading.given in given and make_id(heading.given) == heading.given
        if heading.level > _DEPTH and name and name not in labels and not is_exact:
            label = make_id(name) if name.isascii() else ""
            if not label or label in taken or uses[label] > (label in own):
                label = next(other for other in others if other not in taken and not uses[other])
            labels[name] = label
            taken.add(label)
    return labels


def _with_signs(heading: nodes.Heading, slug: str) -> str:
    """Return the id that markdown-it-anchor makes of a heading, decoded: it keeps all but white space.

    slug: that of GitHub, with the number that tells like headings apart.
    """
    text = plain_text(heading.children)
    number = slug.removeprefix(github_slugify(text))
    return f"{'-'.join(text.lower().split())}{number}"


def _given(document: nodes.Document) -> set[str]:
    """Return the ids that authors chose for headings, but those that are also of something else."""
    headings = [node for node in walk(document) if isinstance(node, nodes.Heading)]
    uses = Counter(heading.given for heading in headings)
    texts = [plain_text(heading.children) for heading in headings]
    taken = {*map(make_id, texts), *(slug for _, slug in _anchored(document)), *_SITEWIDE, ""}
    return {name for name, number in uses.items() if number == 1 and name not in taken}


def _ids_of_places(document: nodes.Document) -> dict[str, str]:
    """Return the ids of places in the form that docutils gives them, by what they are in HTML.

    Left out is one that is also that of something else, and one that docutils would have to transliterate.
    """
    inner = [*walk(document)]
    headings = [node for node in inner if isinstance(node, nodes.Heading)]
    taken = {make_id(plain_text(heading.children)) for heading in headings}
    taken |= _SITEWIDE | own_anchors(document)
    ids: dict[str, str] = {}
    for name in (name for node in inner for name in _names(node)):
        if name.isascii() and (new := make_id(name)) and new not in taken:
            ids[name] = new
            taken.add(new)
    return ids


def _names(node: object) -> tuple[str, ...]:
    """Return the ids that some HTML consists of; none where it is something else."""
    if not isinstance(node, nodes.RawInline | nodes.RawBlock) or not _PLACES.fullmatch(node.html):
        return ()
    return tuple(map(unescape, _PLACE.findall(node.html)))


class _Places:
    """Makes places of MyST of those in HTML. settled: the ids of those, by what they were."""

    def __init__(self, ids: Mapping[str, str]) -> None:
        self._ids = ids
        self.settled: dict[str, str] = {}

    def anchors(self, node: object) -> tuple[nodes.Anchor, ...]:
        """Return the places in text for some HTML; none where it is something else."""
        names = _names(node)
        if not all(name in self._ids for name in names):
            return ()
        self.settled |= {name: self._ids[name] for name in names}
        return tuple(nodes.Anchor(self._ids[name]) for name in names)

    def blocks(self, blocks: tuple[nodes.Block, ...], *, nested: bool) -> tuple[nodes.Block, ...]:
        """Put places before blocks, into the paragraph that follows, or to the end of the one before.

        Sphinx makes a label of the whole site of a target before a heading or a caption, so that no two posts
        could have the same, and loses one before HTML.
        """
        result: list[nodes.Block] = []
        waiting: tuple[nodes.Anchor, ...] = ()
        for block, following in zip_longest(blocks, blocks[1:]):
            before = result[-1] if result else None
            can_stand = isinstance(following, _MARKABLE) and not getattr(following, "caption", ())
            if isinstance(block, nodes.Paragraph):
                block = replace(block, children=(*waiting, *block.children))  # noqa: PLW2901 - with its place
                waiting = ()
                result += [block] if nested else _parted(block)
            elif not (can_stand or isinstance(before, nodes.Paragraph)) or not (
                anchors := self.anchors(block)
            ):
                result.append(block)
            elif isinstance(following, nodes.Paragraph):
                waiting = anchors
            elif can_stand:
                result += [nodes.Target(anchor.id) for anchor in anchors]
            elif isinstance(before, nodes.Paragraph):
                result[-1] = replace(before, children=(*before.children, *anchors))
        return tuple(result)


def _parted(block: nodes.Paragraph) -> list[nodes.Block]:
    """Return a paragraph with the places that it begins with before it."""
    places = [*takewhile(lambda node: isinstance(node, nodes.Anchor), block.children)]
    if len(places) == len(block.children):
        return [block]
    targets = [nodes.Target(node.id) for node in places if isinstance(node, nodes.Anchor)]
    return [*targets, replace(block, children=block.children[len(places) :])]
