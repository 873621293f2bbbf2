"""The round trip: parses the written MyST again, and compares it with the original tree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import partial
from typing import Any

from postdocs.core.urls import request
from postdocs.importer import code_titles, own_html
from postdocs.importer.ast import nodes as tree
from postdocs.importer.ast.visit import transform, walk
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.kept_notebook import SUFFIX
from postdocs.importer.myst import markup
from postdocs.importer.myst.lowering import EscapeLevel, lower, prepare, with_ids_in_html
from postdocs.importer.myst.minimal import lighten, to_blame
from postdocs.importer.myst.render import MystReader, Read
from postdocs.importer.myst.write import gap_after, join, parts
from postdocs.importer.own_text import Kept, OwnText, keep
from postdocs.importer.words import words_of

_EXCERPT = 200
_SPACE = re.compile("[ \n]+")  # one space in a browser: line breaks of the source, and two spaces
_TYPED = Note(NoteKind.NOTICED, "quotes, dashes, and dots are as the author typed them")


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
    """A post in MyST, what is in it, and what did not come along or only as HTML.

    blocks: how many blocks and footnotes it has. own: how many of them are the author's text to the letter.
    adapted: how many are that text with other addresses, levels of headings, or marks of a dialect.
    """

    text: str
    counts: Counts
    notes: tuple[Note, ...]
    blocks: int = 0
    own: int = 0
    adapted: int = 0


def prove(document: tree.Document, read: Read, own: OwnText | None = None) -> Proof:
    """Write a document as MyST that reads back as the same document.

    own: the author's text, which stays wherever it reads back as a block. The rest is written readably first.
    A block that does not come back the same, or that causes a warning, is written at the next escape level,
    and at last as HTML; escapes that no block needs go again. Whatever differs then is a note of kind LOST.
    """
    document, notes = prepare(document)
    if any(isinstance(node, tree.Heading) and node.given for node in walk(document)) and not _reads_ids(read):
        document = with_ids_in_html(document)

    def compared(text: str) -> tuple[tree.Document, list[str]]:
        result, warnings = read(text)
        return _comparable(result), warnings

    site = read.address if isinstance(read, MystReader) else ""
    kept = _kept_text(document, own, compared, site) if own else Kept(document)
    document = kept.document
    size = len(document.blocks) + len(document.footnotes)
    levels: dict[int, EscapeLevel] = dict.fromkeys(kept.texts, EscapeLevel.OWN)
    while True:
        document = _with_own(kept, levels)
        texts = [
            kept.texts[at] if levels.get(at) is EscapeLevel.OWN else text
            for at, text in enumerate(parts(document, levels))
        ] + ([kept.definitions] if kept.definitions else [])
        text = join(texts)
        expected = _comparable(lower(document, levels))
        result, warnings = read(text)
        differing = _wrong(expected, _comparable(result))
        wrong = to_blame(differing, texts, expected, compared) | _warned(warnings, texts)
        raisable = _below_html(wrong, levels) or _below_html(differing, levels)
        if wrong and not raisable:  # what is to blame is HTML already: perhaps a neighbour is
            neighbours = {place for at in wrong for place in (at - 1, at + 1) if 0 <= place < size}
            raisable = _below_html(neighbours, levels)
        if not raisable:
            break
        levels |= {at: EscapeLevel(levels.get(at, EscapeLevel.READABLE) + 1) for at in raisable}
    ours = {at for at, level in levels.items() if level is EscapeLevel.OWN}
    text = _light(texts, ours, len(document.blocks), read, (result, warnings))
    losses = _losses(expected, _comparable(result), warnings)
    typed = (_TYPED,) if kept.is_typed else ()
    said = (*notes, *typed, *_as_html(document, levels), *losses)
    letters = own.to_the_letter(kept.texts[at] for at in ours) if own else 0
    return Proof(text, count(result), said, size, letters, len(ours) - letters)


def _reads_ids(read: Read) -> bool:
    """Tell whether the settings of a site let an attribute say the id of a heading."""
    heading = read("{#the-id}\n## Heading\n")[0].blocks[:1]
    return any(isinstance(block, tree.Heading) and block.given == "the-id" for block in heading)


def _kept_text(document: tree.Document, own: OwnText, read: Read, site: str) -> Kept:
    """Find the author's text for the blocks of a document; none where the reader fails at it."""
    try:
        result, _ = read(own.to_read())
    except Exception:  # noqa: BLE001 - what directives make of any text is nowhere listed; blocks are written then
        return Kept(document)
    document = code_titles.joined(document, result)
    return keep(own, result, _comparable(lower(document, {})), document, partial(_shown, site=site))


def _shown(block: tree.Block, site: str) -> tree.Block:
    """Return what readers see of HTML in an author's text."""
    meaning = own_html.meaning(block.html, site) if isinstance(block, tree.RawBlock) else None
    return block if meaning is None else _comparable(tree.Document((meaning,))).blocks[0]


def _with_own(kept: Kept, levels: Mapping[int, EscapeLevel]) -> tree.Document:
    """Return a document with what the author's texts in it are read as."""
    size = len(kept.document.blocks)
    nodes: list[Any] = [*kept.document.blocks, *kept.document.footnotes]
    for at, block in kept.read.items():
        if levels.get(at) is EscapeLevel.OWN:
            nodes[at] = block
    return tree.Document(tuple(nodes[:size]), tuple(nodes[size:]))


def _light(
    texts: list[str], own: Set[int], size: int, read: Read, meant: tuple[tree.Document, list[str]]
) -> str:
    """Put blocks together without needless escapes.

    own: places of the author's texts, which stay. size: how many of the texts are blocks. meant: what they
    are read as. Where a block without its escapes is read in another way beside the others, it keeps them.
    """
    lighter = lighten(texts, size, read.wording if isinstance(read, MystReader) else read, own)
    while lighter != texts:
        text = join(lighter)
        result, warnings = read(text)
        if (result, warnings) == meant:
            return text
        differing = _wrong(meant[0], result) | _warned(warnings, lighter)
        heavier = [texts[at] if at in differing else text for at, text in enumerate(lighter)]
        lighter = heavier if heavier != lighter else texts
    return join(texts)


def _below_html(places: set[int], levels: Mapping[int, EscapeLevel]) -> set[int]:
    return {at for at in places if levels.get(at, EscapeLevel.READABLE) < EscapeLevel.HTML}


def _comparable(document: tree.Document) -> tree.Document:
    """Write addresses as a browser asks for them, and white space as it shows it."""
    return transform(
        document,
        {
            tree.Text: lambda node: tree.Text(_SPACE.sub(" ", node.text)),
            tree.Link: lambda node: tree.Link(request(_without_scheme(node.url)), node.children, node.title),
            tree.Image: lambda node: tree.Image(
                request(node.src), node.alt, node.title, node.width, node.height
            ),
            tree.Figure: lambda node: tree.Figure(node.image, node.caption, request(node.link)),
        },
    )


def _without_scheme(url: str) -> str:
    """Return an address without a scheme of MyST where it means the same without; notebooks may be pages."""
    scheme, _, path = url.partition(":")
    is_plain = (scheme == "path" and not path.endswith(SUFFIX)) or (
        scheme == "project" and not path.startswith("#")
    )
    return path if is_plain else url


def _wrong(expected: tree.Document, result: tree.Document) -> set[int]:
    """Find the blocks, and footnotes, that did not come back, or all that may be to blame."""
    blocks = _unequal(expected.blocks, result.blocks)
    footnotes = _unequal(expected.footnotes, result.footnotes)
    return blocks | {len(expected.blocks) + at for at in footnotes}


def _unequal(expected: tuple[object, ...], result: tuple[object, ...]) -> set[int]:
    if len(expected) == len(result):
        return {at for at, (one, other) in enumerate(zip(expected, result, strict=True)) if one != other}
    shorter = min(len(expected), len(result))
    start = next((at for at in range(shorter) if expected[at] != result[at]), shorter)
    rest = shorter - start
    end = next((at for at in range(rest) if expected[-1 - at] != result[-1 - at]), rest)
    # what is missing may have grown onto the block before
    first = start if len(result) > len(expected) else max(start - 1, 0)
    return set(range(first, min(max(len(expected) - end, first + 1), len(expected))))


def _warned(warnings: Iterable[str], texts: list[str]) -> set[int]:
    """Find the blocks in whose lines the parser warns."""
    lines = [int(number) for warning in warnings if (number := warning.partition(":")[0]).isdigit()]
    blocks: set[int] = set()
    first = 1
    for at, text in enumerate(texts):
        last = first + text.count("\n") + len(gap_after(text))
        blocks |= {at for line in lines if first <= line <= last}
        first = last + 1
    return blocks


def _losses(expected: tree.Document, result: tree.Document, warnings: Iterable[str]) -> list[Note]:
    losses = [Note(NoteKind.LOST, f"MyST warns: {warning.partition(': ')[2]}") for warning in warnings]
    wrong = sorted(_wrong(expected, result))
    before = [*expected.blocks, *expected.footnotes]
    after = [*result.blocks, *result.footnotes]
    if wrong and len(before) != len(after):
        return [*losses, Note(NoteKind.LOST, "blocks", _show(before, wrong), _show(after, wrong))]
    return losses + [
        Note(NoteKind.LOST, _name(before[at]), _excerpt(before[at]), _excerpt(after[at])) for at in wrong
    ]


def _show(nodes: list[Any], places: list[int]) -> str:
    return " | ".join(_excerpt(nodes[at]) for at in places if at < len(nodes))


def _excerpt(node: object) -> str:
    text = node if isinstance(node, str) else repr(node)
    return text if len(text) <= _EXCERPT else f"{text[: _EXCERPT - 1]}…"


def _name(node: object) -> str:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(node).__name__).lower()
    return {"raw block": "HTML"}.get(words, words)


def _as_html(document: tree.Document, levels: Mapping[int, EscapeLevel]) -> list[Note]:
    """Say what is HTML now and was not, and which references to footnotes that cut."""
    notes: list[Note] = []
    form = lower(document, levels)
    pairs = zip((*document.blocks, *document.footnotes), (*form.blocks, *form.footnotes), strict=True)
    for before, after in pairs:
        given = {markup.as_block(node.html) for node in walk(before) if isinstance(node, tree.RawBlock)}
        raw = [
            node.html for node in walk(after) if isinstance(node, tree.RawBlock) and node.html not in given
        ]
        if raw:
            what = next((_name(node) for node in walk(before) if _is_written_as(node, raw[0])), _name(before))
            notes.append(Note(NoteKind.KEPT_AS_HTML, what, after=_excerpt(raw[0])))
        cut = _references(before) - _references(after)
        if cut:
            notes.append(Note(NoteKind.LOST, "references to footnotes, inside HTML", str(cut)))
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
        tables=kinds.count(tree.Table) + kinds.count(tree.ListTable) + tags("table"),
        headings=kinds.count(tree.Heading) + tags("h[1-6]"),
        formulas=kinds.count(tree.Math) + kinds.count(tree.MathBlock) + html.count("math notranslate"),
    )
