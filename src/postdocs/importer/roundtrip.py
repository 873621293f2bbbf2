"""The proof: what was written is read back as MyST reads it, and compared with the tree it came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from postdocs.core.urls import request
from postdocs.importer.ast import nodes as tree
from postdocs.importer.ast.visit import change, walk
from postdocs.importer.ast.words import words_of
from postdocs.importer.entry import Kind, Note
from postdocs.importer.myst import markup
from postdocs.importer.myst.lowering import prepare, written
from postdocs.importer.myst.write import join, parts

_MOST_CAREFUL = 2
_EXCERPT = 200
_Read = Callable[[str], tuple[tree.Document, list[str]]]


@dataclass(frozen=True)
class Counts:
    """How much a post holds, as MyST gives it back; HTML that is passed through counts by its tags."""

    words: int
    links: int
    images: int
    footnotes: int
    code_blocks: int
    tables: int
    headings: int
    formulas: int


@dataclass(frozen=True)
class Proof:
    """A post in MyST, what is in it, and what did not come along or only as HTML."""

    text: str
    counts: Counts
    notes: tuple[Note, ...]


def convert(document: tree.Document, read: _Read) -> Proof:
    """Write a document as MyST that reads back as the same document.

    It is written readably first; a block that does not come back the same, or that causes a warning, is
    written more
    carefully, and at last as HTML. Whatever differs then is a note of kind LOST.
    """
    document, notes = prepare(document)
    size = len(document.blocks) + len(document.footnotes)
    caution: dict[int, int] = {}
    while True:
        texts = parts(document, caution)
        text = join(texts)
        expected = _comparable(written(document, caution))
        found, warnings = read(text)
        wrong = _wrong(expected, _comparable(found)) | _warned(warnings, texts)
        more = {at for at in wrong if caution.get(at, 0) < _MOST_CAREFUL}
        if wrong and not more:
            # what is to blame is as careful as can be: perhaps a neighbour is
            near = {neighbour for at in wrong for neighbour in (at - 1, at + 1) if 0 <= neighbour < size}
            more = {at for at in near if caution.get(at, 0) < _MOST_CAREFUL}
        if not more:
            break
        for at in more:
            caution[at] = caution.get(at, 0) + 1
    losses = _losses(expected, _comparable(found), warnings)
    return Proof(text, count(found), (*notes, *_kept(document, caution), *losses))


def _comparable(document: tree.Document) -> tree.Document:
    """Write addresses as a browser asks for them."""
    return change(
        document,
        {
            tree.Link: lambda node: tree.Link(request(node.url), node.children, node.title),
            tree.Image: lambda node: tree.Image(
                request(node.src), node.alt, node.title, node.width, node.height
            ),
            tree.Figure: lambda node: tree.Figure(node.image, node.caption, request(node.link)),
        },
    )


def _wrong(expected: tree.Document, found: tree.Document) -> set[int]:
    """Find the blocks, and footnotes, that did not come back, or all that may be to blame."""
    blocks = _unequal(expected.blocks, found.blocks)
    footnotes = _unequal(expected.footnotes, found.footnotes)
    return blocks | {len(expected.blocks) + at for at in footnotes}


def _unequal(expected: tuple[object, ...], found: tuple[object, ...]) -> set[int]:
    if len(expected) == len(found):
        return {at for at, (one, other) in enumerate(zip(expected, found, strict=True)) if one != other}
    shorter = min(len(expected), len(found))
    start = next((at for at in range(shorter) if expected[at] != found[at]), shorter)
    rest = shorter - start
    end = next((at for at in range(rest) if expected[-1 - at] != found[-1 - at]), rest)
    # what is missing may have grown onto the block before
    first = start if len(found) > len(expected) else max(start - 1, 0)
    return set(range(first, min(max(len(expected) - end, first + 1), len(expected))))


def _warned(warnings: Iterable[str], texts: list[str]) -> set[int]:
    """Find the blocks in whose lines the parser warns."""
    lines = [int(number) for warning in warnings if (number := warning.partition(":")[0]).isdigit()]
    blocks: set[int] = set()
    first = 1
    for at, text in enumerate(texts):
        last = first + text.count("\n") + 1
        blocks |= {at for line in lines if first <= line <= last}
        first = last + 1
    return blocks


def _losses(expected: tree.Document, found: tree.Document, warnings: Iterable[str]) -> list[Note]:
    losses = [Note(Kind.LOST, f"MyST warns: {warning.partition(': ')[2]}") for warning in warnings]
    wrong = sorted(_wrong(expected, found))
    before = [*expected.blocks, *expected.footnotes]
    after = [*found.blocks, *found.footnotes]
    if wrong and len(before) != len(after):
        return [*losses, Note(Kind.LOST, "blocks", _show(before, wrong), _show(after, wrong))]
    return losses + [
        Note(Kind.LOST, _name(before[at]), _excerpt(before[at]), _excerpt(after[at])) for at in wrong
    ]


def _show(nodes: list[Any], places: list[int]) -> str:
    return " | ".join(_excerpt(nodes[at]) for at in places if at < len(nodes))


def _excerpt(node: object) -> str:
    shown = node if isinstance(node, str) else repr(node)
    return shown if len(shown) <= _EXCERPT else f"{shown[: _EXCERPT - 1]}…"


def _name(node: object) -> str:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(node).__name__).lower()
    return {"raw block": "HTML"}.get(words, words)


def _kept(document: tree.Document, caution: dict[int, int]) -> list[Note]:
    """Say what is HTML now and was not, and which references to footnotes that cut."""
    notes: list[Note] = []
    form = written(document, caution)
    pairs = zip((*document.blocks, *document.footnotes), (*form.blocks, *form.footnotes), strict=True)
    for before, after in pairs:
        given = {markup.as_block(node.html) for node in walk(before) if isinstance(node, tree.RawBlock)}
        raw = [
            node.html for node in walk(after) if isinstance(node, tree.RawBlock) and node.html not in given
        ]
        if raw:
            what = next((_name(node) for node in walk(before) if _is_written_as(node, raw[0])), _name(before))
            notes.append(Note(Kind.KEPT_AS_HTML, what, after=_excerpt(raw[0])))
        cut = _references(before) - _references(after)
        if cut:
            notes.append(Note(Kind.LOST, "references to footnotes, inside HTML", str(cut)))
    return notes


def _is_written_as(node: object, html: str) -> bool:
    return isinstance(node, tree.Block) and markup.as_block(markup.block(node)) == html


def _references(node: object) -> int:
    return sum(isinstance(inner, tree.FootnoteRef) for inner in walk(node))


def count(document: tree.Document) -> Counts:
    """Count what a document holds."""
    nodes = list(walk(document))
    html = " ".join(node.html for node in nodes if isinstance(node, tree.RawBlock | tree.RawInline))
    kinds = [type(node) for node in nodes]

    def tags(name: str) -> int:
        return len(re.findall(rf"<{name}(?=[ \t\n/>])", html, re.IGNORECASE))

    figures = [node for node in nodes if isinstance(node, tree.Figure)]
    return Counts(
        words=len(words_of(document)),
        links=kinds.count(tree.Link) + sum(bool(figure.link) for figure in figures) + tags("a"),
        images=kinds.count(tree.Image) + tags("img"),
        footnotes=len(document.footnotes),
        code_blocks=kinds.count(tree.CodeBlock) + tags("pre"),
        tables=kinds.count(tree.Table) + tags("table"),
        headings=kinds.count(tree.Heading) + tags("h[1-6]"),
        formulas=kinds.count(tree.Math) + kinds.count(tree.MathBlock) + html.count("math notranslate"),
    )
