"""Tree → tree with only nodes that MyST or HTML can express.

A lowered tree is what a faithful reading of its MyST gives back: what Markdown can't say is in it as
a RawBlock, which Sphinx passes on to the letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from enum import IntEnum
from itertools import pairwise
from typing import Any

from postdocs.importer import footnote_names
from postdocs.importer.ast import nodes
from postdocs.importer.ast.visit import transform, walk
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.myst import markup
from postdocs.importer.myst.anchors import plain_text, with_own_anchors

_LABEL = re.compile(r"[a-z][a-z0-9\-]*|[1-9][0-9]*")
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")  # U+0000 in CommonMark 0.31 §2.3; surrogates have no UTF-8
_HIGHEST = 999_999_999


class EscapeLevel(IntEnum):
    """How carefully a block is written."""

    OWN = -1  # it is the author's text
    READABLE = 0  # only what would be syntax is escaped
    ESCAPED = 1  # every ASCII punctuation mark is escaped
    HTML = 2  # the block is clean HTML


def prepare(document: nodes.Document) -> tuple[nodes.Document, tuple[Note, ...]]:
    """Make a document that can be written: characters that files can't hold go, footnotes are in order.

    A footnote without a reference becomes the last blocks of the text; a reference without a footnote, its
    label.
    """
    notes: list[Note] = []
    document = _without_unwritable(document, notes)
    defined = [footnote.label for footnote in document.footnotes]
    referred = list(dict.fromkeys(labels_of(document.blocks)))
    reached = _reached(document, referred)
    plain = all(_LABEL.fullmatch(label) for label in defined) and len(set(defined)) == len(defined)
    names = {label: label if plain else str(at) for at, label in enumerate(dict.fromkeys(defined), 1)}
    orphans = [footnote for footnote in document.footnotes if footnote.label not in reached]
    kept: dict[str, nodes.Footnote] = {}
    for footnote in document.footnotes:
        if footnote.label in reached and footnote.label not in kept:
            kept[footnote.label] = footnote
        elif footnote.label in kept:
            orphans.append(footnote)
    lost = [label for label in dict.fromkeys(labels_of(document)) if label not in names]
    notes += [Note(NoteKind.LOST, "a reference to a footnote that is not there", label) for label in lost]
    notes += [
        Note(NoteKind.NOTICED, "a footnote without a reference is now text", note.label) for note in orphans
    ]
    blocks = (*document.blocks, *(block for footnote in orphans for block in footnote.children))
    renamed = with_own_anchors(_rename(nodes.Document(blocks, tuple(kept.values())), names))
    names = footnote_names.apart({note.label: note.label for note in renamed.footnotes}, renamed)
    return footnote_names.renamed(renamed, names), tuple(notes)


def _reached(document: nodes.Document, labels: Iterable[str]) -> set[str]:
    bodies = {footnote.label: footnote for footnote in reversed(document.footnotes)}
    reached: set[str] = set()
    waiting = [label for label in labels if label in bodies]
    while waiting:
        label = waiting.pop()
        if label not in reached:
            reached.add(label)
            waiting += [inner for inner in labels_of(bodies[label]) if inner in bodies]
    return reached


def labels_of(value: object) -> list[str]:
    """List the labels that footnotes are referred to by, in order."""
    return [node.label for node in walk(value) if isinstance(node, nodes.FootnoteRef)]


def _without_unwritable(document: nodes.Document, notes: list[Note]) -> nodes.Document:
    def clean(node: Any) -> Any:
        texts = {
            name: _UNWRITABLE.sub("", text) for name, text in vars(node).items() if isinstance(text, str)
        }
        if any(texts[key] != getattr(node, key) for key in texts):
            notes.append(Note(NoteKind.REMOVED, "characters that no text file can hold", repr(node)))
            return replace(node, **texts)
        return node

    if not any(_UNWRITABLE.search(text) for text in _strings(document)):
        return document
    kinds = {type(node) for node in walk(document)}
    return _without_empty(transform(document, dict.fromkeys(kinds, clean)))


def _strings(document: nodes.Document) -> Iterator[str]:
    for node in walk(document):
        yield from (value for value in vars(node).values() if isinstance(value, str))


def _without_empty(document: nodes.Document) -> nodes.Document:
    def drop(node: nodes.Paragraph) -> nodes.Paragraph:
        return replace(node, children=tuple(child for child in node.children if child != nodes.Text("")))

    return transform(document, {nodes.Paragraph: drop})


def _rename(document: nodes.Document, names: Mapping[str, str]) -> nodes.Document:
    def reference(node: nodes.FootnoteRef) -> nodes.Inline:
        return nodes.FootnoteRef(names[node.label]) if node.label in names else nodes.Text(f"[{node.label}]")

    def footnote(node: nodes.Footnote) -> nodes.Footnote:
        return replace(node, label=names[node.label])

    return merge_text(transform(document, {nodes.FootnoteRef: reference, nodes.Footnote: footnote}))


def merge_text(document: nodes.Document) -> nodes.Document:
    """Join neighbouring runs of text."""

    def join(children: tuple[nodes.Inline, ...]) -> tuple[nodes.Inline, ...]:
        joined: list[nodes.Inline] = []
        for child in children:
            if isinstance(child, nodes.Text) and joined and isinstance(joined[-1], nodes.Text):
                joined[-1] = nodes.Text(joined[-1].text + child.text)
            else:
                joined.append(child)
        return tuple(joined) if len(joined) != len(children) else children

    def node(value: Any) -> Any:
        children = join(value.children)
        return value if children is value.children else replace(value, children=children)

    kinds = (nodes.Paragraph, nodes.Heading, nodes.Span, nodes.Link)
    return transform(document, dict.fromkeys(kinds, node))


def lower(document: nodes.Document, levels: Mapping[int, EscapeLevel]) -> nodes.Document:
    """Lower a prepared document. levels: how its blocks, then its footnotes, are written, by index."""
    blocks: list[nodes.Block] = []
    outline = 1  # level of the last heading
    for at, block in enumerate(document.blocks):
        escape_level = levels.get(at, EscapeLevel.READABLE)
        if (
            isinstance(block, nodes.Heading)
            and escape_level < EscapeLevel.HTML
            and block.level <= outline + 1
        ):
            outline = block.level
            blocks.append(block)
        elif isinstance(block, nodes.Heading):
            blocks.append(_as_html(block))
        else:
            blocks.append(_block(block, escape_level))
    footnotes = [
        replace(
            footnote,
            children=tuple(
                _block(child, levels.get(len(blocks) + at, EscapeLevel.READABLE))
                for child in footnote.children
            ),
        )
        for at, footnote in enumerate(document.footnotes)
    ]
    return nodes.Document(tuple(blocks), tuple(footnotes))


def with_ids_in_html(document: nodes.Document) -> nodes.Document:
    """Leave the ids of headings to HTML, where the settings of a site have no attributes."""

    def heading(node: nodes.Heading) -> nodes.Heading:
        return replace(node, ids=(*node.ids, node.given), given="") if node.given else node

    return transform(document, {nodes.Heading: heading})


def _block(block: nodes.Block, escape_level: EscapeLevel) -> nodes.Block:  # noqa: PLR0911 - one for each kind
    """Lower a block; a heading that comes here is inside another block, and has no place in the outline."""
    is_rule = isinstance(block, nodes.ThematicBreak)  # `<hr>` is one as well
    if not is_rule and (escape_level >= EscapeLevel.HTML or not _has_form(block)):
        return _as_html(block)
    match block:
        case nodes.BlockQuote(children):
            return nodes.BlockQuote(tuple(_block(child, escape_level) for child in children))
        case nodes.List(items):
            lowered = tuple(
                replace(item, children=tuple(_block(child, escape_level) for child in item.children))
                for item in items
            )
            return replace(block, items=lowered, tight=_is_tight(block.tight, lowered))
        case nodes.Admonition(kind, title, children):
            return replace(
                block,
                title=_title(kind, title),
                children=tuple(_block(child, escape_level) for child in children),
            )
        case nodes.Division(_, children):  # the elements around it are siblings, and a section would hold one
            inside = (
                _as_html(child) if isinstance(child, nodes.Heading) else _block(child, escape_level)
                for child in children
            )
            return replace(block, children=tuple(inside))
        case nodes.DefinitionList(items):
            return nodes.DefinitionList(
                tuple(
                    replace(
                        item,
                        descriptions=tuple(
                            tuple(_block(child, escape_level) for child in description)
                            for description in item.descriptions
                        ),
                    )
                    for item in items
                )
            )
        case nodes.ListTable(rows):
            lowered_rows = tuple(
                tuple(tuple(_block(child, escape_level) for child in cell) for cell in row) for row in rows
            )
            return replace(block, rows=lowered_rows)
        case nodes.Paragraph():
            return transform(
                block, {nodes.RawInline: lambda raw: nodes.RawInline(markup.on_one_line(raw.html))}
            )
        case _:
            return block


def _as_html(block: nodes.Block) -> nodes.RawBlock:
    return nodes.RawBlock(markup.as_block(markup.block(block)))


def _title(kind: str, title: tuple[nodes.Inline, ...]) -> tuple[nodes.Inline, ...]:
    """Return what an admonition is headed by: Sphinx heads one by its kind where it has no other title."""
    label = nodes.ADMONITIONS.get(kind)
    if label is None:
        return title
    words = re.sub(r"\[!(\w+)\][-+]?", r"\1", plain_text(title))
    is_label = words.replace(" ", "").casefold() in {label.replace(" ", "").casefold(), ""}
    only_text = all(isinstance(node, nodes.Text) for node in title)
    return (nodes.Text(label),) if is_label and only_text else title


def _has_form(block: nodes.Block) -> bool:  # noqa: PLR0911 - one for each kind of block
    match block:
        case nodes.RawBlock():
            return False
        case nodes.Table(header, rows, align):
            return bool(header) and all(len(row) == len(align) for row in (header, *rows))
        case nodes.ListTable(rows, header_rows, stub):
            widths = {len(row) for row in rows}  # docutils wants something beside headings
            return len(rows) > header_rows and len(widths) == 1 and min(widths) > stub
        case nodes.DefinitionList(items):
            return all(
                len(item.terms) == 1 and item.terms[0] and item.descriptions and all(item.descriptions)
                for item in items
            )
        case nodes.Figure(image, caption, link):
            has_place = bool(caption and image.src) and not link.endswith("_")
            return has_place and not (image.title and link)
        case nodes.BlockQuote(children) | nodes.Admonition(_, _, children) | nodes.Division(_, children):
            return bool(children)
        case nodes.List(items, start):
            fits = start is None or 0 <= start <= _HIGHEST  # CommonMark 0.31 §5.2
            return bool(items) and fits and all(_box_fits(item) for item in items)
        case _:
            return True


def _box_fits(item: nodes.Item) -> bool:
    return item.checked is None or bool(item.children and isinstance(item.children[0], nodes.Paragraph))


def _is_tight(tight: bool, items: tuple[nodes.Item, ...]) -> bool:
    """Tell whether a list is tight when it is lowered.

    Lists without paragraphs are; those that need a blank line between two blocks are not (CommonMark 0.31
    §5.3).
    """
    children = [item.children for item in items]
    if not any(isinstance(child, nodes.Paragraph) for inner in children for child in inner):
        return not any(len(inner) > 1 for inner in children)
    if any(not follows(*pair) for inner in children for pair in pairwise(inner)):
        return False
    return tight or (len(items) == 1 and len(items[0].children) == 1)


def follows(one: nodes.Block, other: nodes.Block) -> bool:
    """Tell whether a block can stand right after another without a blank line."""
    if isinstance(one, nodes.Heading):
        return True
    if not isinstance(one, nodes.Paragraph | nodes.CodeBlock):
        return False
    if isinstance(other, nodes.CodeBlock | nodes.Heading):
        return True
    if isinstance(one, nodes.Paragraph) and isinstance(other, nodes.List):
        return other.start in {None, 1} and bool(other.items[0].children)  # CommonMark 0.31 §5.3
    return False
