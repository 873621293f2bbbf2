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
from postdocs.importer.html import simple
from postdocs.importer.html.parse import parse_body
from postdocs.importer.html.settle import read
from postdocs.importer.html.visible import words_of_body
from postdocs.importer.missing import missing_words
from postdocs.importer.myst.lowering import merge_text
from postdocs.importer.myst.render import MystReader
from postdocs.importer.roundtrip import prove
from postdocs.importer.sources.comments import LONGEST
from postdocs.importer.sources.text import plain
from postdocs.importer.words import words_of

_ADDRESS = re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?)\]}]", re.IGNORECASE)
_NOT_KEPT = frozenset({NoteKind.KEPT_AS_HTML, NoteKind.LOST})
_FIRST_YEAR, _LAST_YEAR = 1970, 9998
_LONGEST_NAME = 255
_TOGETHER, _SIZE = 100, 50_000  # comments that are proved at once, and the characters of them
_RULE = "\n\n----\n\n"
_END = "End"
_EXCERPT = 60  # characters of a comment that a note shows


@dataclass(frozen=True)
class ConvertedComments:
    """Comments as their file has them, and what there is to report of them."""

    comments: tuple[Comment, ...] = ()
    notes: tuple[Note, ...] = ()


def convert_comments(comments: Sequence[SourceComment], base: str | None, zone: tzinfo) -> ConvertedComments:
    """Convert comments. base: what their links are relative to. zone: of dates that name no offset."""
    converted: list[Comment] = []
    notes: list[Note] = []
    for group in _groups(comments):
        for one, (text, said) in zip(group, _texts_of(group, base), strict=True):
            if text:
                author = _author(one.author, said)
                date = _date(one.date, zone)
                converted.append(Comment(one.id, author, text, date, one.parent, one.website))
            notes += [_of_comment(note, one) for note in said]
    return ConvertedComments(tuple(converted), tuple(notes))


def _groups(comments: Sequence[SourceComment]) -> Iterator[list[SourceComment]]:
    """Yield comments that are proved together, in their order; a long one stands alone."""
    group: list[SourceComment] = []
    size = 0
    for one in comments:
        size += len(one.content)
        if group and (len(group) == _TOGETHER or size > _SIZE):
            yield group
            group, size = [], len(one.content)
        group.append(one)
    if group:
        yield group


def _author(name: str, notes: list[Note]) -> str:
    """Return a name, cut where it is longer than any service takes."""
    if len(name) <= _LONGEST_NAME:
        return name
    what = f"the name of its author has {len(name):,} characters; it is cut"
    notes.append(Note(NoteKind.LOST, what, name[:_EXCERPT]))
    return f"{name[:_LONGEST_NAME].rstrip()}…"


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


def _texts_of(comments: Sequence[SourceComment], base: str | None) -> Iterator[tuple[str, list[Note]]]:
    """Yield the text of each comment, and what of its HTML isn't in it; "" for what doesn't come along."""
    trees = [_tree_of(one.content, base) for one in comments]
    texts = iter(_proved([tree for tree, _ in trees if tree.blocks]))
    for one, (tree, said) in zip(comments, trees, strict=True):
        kept = next(texts) if tree.blocks else ""
        text, notes = _plain_text(one.content) if kept is None else (kept, said)
        if not text and not any(note.kind is NoteKind.LOST for note in notes):
            notes.append(Note(NoteKind.LEFT_OUT, "it has no text"))
        yield text, notes


def _tree_of(content: str, base: str | None) -> tuple[nodes.Document, list[Note]]:
    """Return what the text of a comment is to say, and what of its HTML that lacks."""
    if len(content) > LONGEST:
        what = f"it has {len(content):,} characters, more than {LONGEST:,}; shorten it in the source"
        return nodes.Document(()), [Note(NoteKind.LOST, what, content[:_EXCERPT])]
    document = simple.read(content, base)
    if document is not None:
        words = simple.words(content)
    else:
        body = read(content)
        words = words_of_body(body, base)
        document, _ = parse_body(body, base, [], frozenset())
    tree = merge_text(nodes.Document(tuple(_blocks(document.blocks))))
    return tree, [*missing_words(words, words_of(document)), *_not_kept(document, tree)]


def _proved(trees: Sequence[nodes.Document]) -> list[str | None]:
    """Return the text of each tree; None for one that Markdown has no form for.

    They are proved together, for a proof takes most of its time to begin. Where that fails, their halves are.
    A rule and something else follow each, the last one too: what stands at an end may need fewer escapes.
    """
    if not trees:
        return []
    parted = (block for tree in trees for block in (*tree.blocks, nodes.ThematicBreak()))
    proof = prove(nodes.Document((*parted, nodes.Paragraph((nodes.Text(_END),)))), _reader())
    is_kept = not any(note.kind in _NOT_KEPT for note in proof.notes)
    text = proof.text.strip().removesuffix(f"{_RULE}{_END}")
    if len(trees) == 1:
        return [text.strip() if is_kept else None]
    texts = text.split(_RULE)
    if is_kept and len(texts) == len(trees):
        return [text.strip() for text in texts]
    middle = len(trees) // 2
    return [*_proved(trees[:middle]), *_proved(trees[middle:])]


def _plain_text(content: str) -> tuple[str, list[Note]]:
    """Return the words of a comment as a paragraph, and what is to be told of that."""
    words = plain(content)
    proof = prove(nodes.Document((nodes.Paragraph((nodes.Text(words),)),)), _reader())
    said = Note(NoteKind.NOTICED, "it is plain text now", words[:_EXCERPT])
    return proof.text.strip(), [said, *(note for note in proof.notes if note.kind in _NOT_KEPT)]


def _not_kept(document: nodes.Document, tree: nodes.Document) -> list[Note]:
    """Return a note on the words of a comment that its text lacks; that of a picture has more."""
    if document == tree:
        return []
    missing = Counter(words_of(document)) - Counter(words_of(tree))
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
