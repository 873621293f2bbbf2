"""Comments: from the HTML of a source to the file beside a post, proved like posts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cache

from myst_parser.config.main import MdParserConfig

from postdocs.core.comment_text import SCHEMES
from postdocs.core.comments import Comment
from postdocs.core.urls import scheme_of
from postdocs.importer.ast import nodes
from postdocs.importer.ast.visit import walk
from postdocs.importer.entry import Note, NoteKind, SourceComment
from postdocs.importer.html.parse import parse_body
from postdocs.importer.html.settle import read
from postdocs.importer.html.visible import words_of_body
from postdocs.importer.missing import missing_words
from postdocs.importer.myst.lowering import merge_text
from postdocs.importer.myst.render import MystReader
from postdocs.importer.roundtrip import prove
from postdocs.importer.sources.text import plain
from postdocs.importer.words import words_of

_ADDRESS = re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?)\]}]", re.IGNORECASE)
_NOT_KEPT = frozenset({NoteKind.KEPT_AS_HTML, NoteKind.LOST})
_FIRST_YEAR, _LAST_YEAR = 1970, 9998
_EXCERPT = 60  # characters of a comment that a note shows


@dataclass(frozen=True)
class ConvertedComments:
    """Comments as their file has them, and what there is to report of them."""

    comments: tuple[Comment, ...] = ()
    notes: tuple[Note, ...] = ()


def convert_comments(comments: Sequence[SourceComment], base: str | None, zone: tzinfo) -> ConvertedComments:
    """Convert comments. base: what their links are relative to. zone: of dates that name no offset."""
    notes: list[Note] = []
    converted: list[Comment] = []
    for one in comments:
        text, said = _text_of(one.content, base)
        notes += [_of_comment(note, one) for note in said]
        if text:
            converted.append(
                Comment(one.id, one.author, text, _date(one.date, zone), one.parent, one.website)
            )
        else:
            notes.append(Note(NoteKind.LEFT_OUT, f"comment {one.id}: it has no text"))
    return ConvertedComments(tuple(converted), tuple(notes))


def _date(date: datetime | None, zone: tzinfo) -> datetime | None:
    """Return a date with its offset; None for one before there were blogs, or without an instant."""
    if date is None or not _FIRST_YEAR <= date.year <= _LAST_YEAR:
        return None
    return date.replace(tzinfo=zone) if date.tzinfo is None else date


def _of_comment(note: Note, comment: SourceComment) -> Note:
    return Note(note.kind, f"comment {comment.id}: {note.what}", note.before, note.after)


@cache
def _reader() -> MystReader:
    """Return what reads the text of comments, and their HTML too, which `comment_text` shows as text."""
    return MystReader(MdParserConfig(commonmark_only=True))


def _text_of(content: str, base: str | None) -> tuple[str, list[Note]]:
    """Return the text of a comment, and what of its HTML isn't in it; "" where it shows nothing."""
    body = read(content)
    words = words_of_body(body, base)
    document, _ = parse_body(body, base, [], frozenset())
    simple = merge_text(nodes.Document(tuple(_blocks(document.blocks))))
    lost = [*missing_words(words, words_of(document)), *_not_kept(document, simple)]
    proof = prove(simple, _reader())
    notes = [note for note in proof.notes if note.kind in _NOT_KEPT]
    if not notes:
        return proof.text.strip(), lost
    proof = prove(nodes.Document((nodes.Paragraph((nodes.Text(plain(content)),)),)), _reader())
    said = Note(NoteKind.NOTICED, "it is plain text now", plain(content)[:_EXCERPT])
    return proof.text.strip(), [said, *(note for note in proof.notes if note.kind in _NOT_KEPT)]


def _not_kept(document: nodes.Document, simple: nodes.Document) -> list[Note]:
    """Return a note on the words of a comment that its text lacks; that of a picture has more."""
    missing = Counter(words_of(document)) - Counter(words_of(simple))
    return [Note(NoteKind.LOST, "words", " ".join(missing))] if missing else []


def _blocks(blocks: Sequence[nodes.Block]) -> Iterator[nodes.Block]:
    """Yield blocks as the text of a comment has them: what it has no form for becomes paragraphs."""
    for block in blocks:
        match block:
            case nodes.Paragraph():
                yield from _paragraph(block.children)
            case nodes.Heading():
                yield from _paragraph((nodes.Span("strong", block.children),))
            case nodes.CodeBlock():
                yield nodes.CodeBlock(block.text)
            case nodes.BlockQuote():
                if inner := tuple(_blocks(block.children)):
                    yield nodes.BlockQuote(inner)
            case nodes.List():
                items = (tuple(_blocks(item.children)) for item in block.items)
                if kept := tuple(nodes.Item(item) for item in items if item):
                    yield nodes.List(kept, block.start, block.tight)
            case nodes.Division() | nodes.Admonition():
                yield from _blocks(block.children)
            case _:
                yield from _paragraph(tuple(_within(block)))


def _within(block: object) -> Iterator[nodes.Inline]:
    """Yield the inline nodes of a block of another kind, with a space between its parts."""
    for node in walk(block):
        if isinstance(node, nodes.Text):
            yield nodes.Text(f"{node.text} ")
        elif isinstance(node, nodes.RawBlock | nodes.RawInline):
            yield nodes.Text(f"{plain(node.html)} ")
        elif isinstance(node, nodes.MathBlock):
            yield nodes.Math(node.tex)
        elif isinstance(node, nodes.Code | nodes.Image | nodes.Math):
            yield node


def _paragraph(children: Sequence[nodes.Inline]) -> Iterator[nodes.Block]:
    inlines = _trimmed([*_inlines(children, is_link=False)])
    if inlines:
        yield nodes.Paragraph(tuple(inlines))


def _trimmed(inlines: list[nodes.Inline]) -> list[nodes.Inline]:
    """Take white space and line breaks from both ends of a paragraph."""
    strips: tuple[tuple[int, Callable[[str], str]], ...] = ((0, str.lstrip), (-1, str.rstrip))
    for at, strip in strips:
        while inlines:
            end = inlines[at]
            if isinstance(end, nodes.Text) and strip(end.text):
                inlines[at] = nodes.Text(strip(end.text))
            if not isinstance(end, nodes.LineBreak) and (not isinstance(end, nodes.Text) or end.text.strip()):
                break
            del inlines[at]
    return inlines


def _inlines(children: Sequence[nodes.Inline], *, is_link: bool) -> Iterator[nodes.Inline]:
    """Yield what stands in a line. is_link: whether it is in a link, where there is no other."""
    for node in children:
        match node:
            case nodes.Text():
                yield from (node,) if is_link else _linked(node.text)
            case nodes.Code() | nodes.LineBreak():
                yield node
            case nodes.Span():
                inner = tuple(_inlines(node.children, is_link=is_link))
                yield from (nodes.Span(node.tag, inner),) if inner and node.tag in {"em", "strong"} else inner
            case nodes.Link():
                inner = tuple(_inlines(node.children, is_link=True))
                is_kept = inner and not is_link and scheme_of(node.url) in SCHEMES
                yield from (nodes.Link(node.url, inner),) if is_kept else inner
            case nodes.Image():
                label = (nodes.Text(node.alt.strip() or node.src),)
                is_kept = not is_link and scheme_of(node.src) in SCHEMES
                yield from (nodes.Link(node.src, label),) if is_kept else label
            case nodes.Math():
                yield nodes.Text(f"${node.tex}$")
            case nodes.FootnoteRef():
                yield nodes.Text(f"[{node.label}]")
            case nodes.RawInline():
                yield nodes.Text(plain(node.html))
            case nodes.Anchor():
                pass


def _linked(text: str) -> Iterator[nodes.Inline]:
    """Yield text with its web addresses as links, as most systems show comments."""
    start = 0
    for match in _ADDRESS.finditer(text):
        if match.start() > start:
            yield nodes.Text(text[start : match.start()])
        yield nodes.Link(match[0], (nodes.Text(match[0]),))
        start = match.end()
    if start < len(text):
        yield nodes.Text(text[start:])
