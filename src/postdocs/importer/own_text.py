"""The author's own Markdown: those parts that MyST reads as the blocks of a document are kept as they are."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import partial
from html import unescape
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin

from postdocs.core import heading_ids
from postdocs.core.markdown_source import ESCAPE
from postdocs.core.unclosed import has_open_fence
from postdocs.importer import alike, footnote_names, own_formulas
from postdocs.importer.ast import nodes
from postdocs.importer.myst.write import places_of

_COMMENT = re.compile(r" {0,3}<!--(?:(?!-->).)*-->\s*", re.DOTALL)
_INNER_COMMENT = re.compile(r"[ \t]*<!--(?:(?!-->|<!--).)*-->", re.DOTALL)
_FOOTNOTE = re.compile(r" {0,3}\[\^(?P<label>[^\]\s]+)\]:")
_DESTINATION = re.compile(
    r"(?P<before>\]\(\s*|^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*)"
    r"(?:<(?P<angled>[^<>\n]*)>|(?P<bare>[^\s<>()]+(?:\([^\s()]*\)[^\s()]*)*))",
    re.MULTILINE,
)
_BARE = re.compile(r"[^\s<>()]+")
_MYST_COMMENT = re.compile(r"^\s*%", re.MULTILINE)
_MARKS = re.compile(r"(?<=\A)(?: {0,3})\#{1,6}(?=[ \t])")
_FENCE = re.compile(r"[ \t>*+\d.)-]*(?:`{3,}|~{3,})")
_MARK = "postdocs own text"  # a paragraph behind each block, by which they are told apart when read together


@dataclass(frozen=True)
class Block:
    """A block of an author's text at its top level. label: of a footnote."""

    text: str
    label: str = ""


@dataclass(frozen=True)
class OwnText:
    """An author's text in its blocks, and the definitions of links among them (CommonMark 0.31 §4.7).

    written: as the source has it.
    """

    blocks: tuple[Block, ...] = ()
    definitions: tuple[str, ...] = ()
    written: str = ""

    def to_read(self) -> str:
        """Return a text that shows, when it is read, where each block ends."""
        blocks = [block.text for block in self.blocks if not block.label]
        footnotes = [block.text for block in self.blocks if block.label]
        marked = [f"{text}\n\n{_MARK} {at}" for at, text in enumerate(blocks)]
        return "".join(f"{text}\n\n" for text in (*marked, *self.definitions, *footnotes))

    def to_the_letter(self, texts: Iterable[str]) -> int:
        """Count the texts that are lines of the source; white space at their ends shows nowhere."""
        source = _ended(self.written)
        return sum(_ended(text) in source for text in texts)


@dataclass(frozen=True)
class Kept:
    """The parts of an author's text that stand for blocks of a document.

    document: with the footnotes called as the author calls them. texts: by the place of the block; footnotes
    come after the blocks. read: what each of the texts is read as. definitions: of the links that the texts
    refer to. is_typed: whether typography differs anywhere.
    """

    document: nodes.Document
    texts: Mapping[int, str] = field(default_factory=dict)
    read: Mapping[int, nodes.Block | nodes.Footnote] = field(default_factory=dict)
    definitions: str = ""
    is_typed: bool = False


def _ended(text: str) -> str:
    return "".join(f"\n{line.rstrip()}" for line in text.rstrip().split("\n")) + "\n"


def split(markdown: str, written: str | None = None) -> OwnText:
    """Split a text into its top-level blocks, without comments. written: the text before any change."""
    lines = markdown.split("\n")
    env: dict[str, Any] = {}
    tokens = _parser().parse(markdown, env)
    footnotes = {at for at, line in enumerate(lines) if _FOOTNOTE.match(line)}
    top = [token for token in tokens if token.level == 0 and token.nesting >= 0 and token.map]
    spans = [token.map for token in top if token.map]
    paragraphs = {token.map[0] for token in top if token.map and token.type == "paragraph_open"}
    outer = {start for start, _ in spans}
    inside = Spans(spans)
    first = [value["map"] for value in env.get("references", {}).values()]
    again = [value["map"] for value in env.get("duplicate_refs", ())]  # of which no link makes use

    def outside(lines_of: list[list[int]]) -> list[tuple[int, int]]:
        return [(one, end) for one, end in lines_of if one not in inside]

    references = outside(first)
    defined = {line for start, end in outside([*first, *again]) for line in range(start, end)} - footnotes
    hidden = _hidden(tokens)
    starts = sorted(outer | {line for line in footnotes if line not in hidden})
    blocks: list[Block] = []
    for start, end in pairwise([*starts, len(lines)]):
        text = "\n".join("" if at in defined else lines[at] for at in range(start, end)).rstrip()
        label = _FOOTNOTE.match(lines[start]) if start in footnotes else None
        if "<!--" in text and not any(line in hidden for line in range(start, end)):
            text = _without_comments(text)
        if label:
            blocks.append(Block(text, label["label"]))
        elif text.strip() and not _COMMENT.fullmatch(text):
            blocks += map(Block, own_formulas.apart(text) if start in paragraphs else [text])
    definitions = ("\n".join(lines[start:end]) for start, end in references if start not in footnotes)
    return OwnText(tuple(blocks), tuple(definitions), markdown if written is None else written)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(colon_fence_plugin)
    return parser.use(deflist_plugin).use(dollarmath_plugin, double_inline=True)


def _hidden(tokens: Sequence[Token]) -> Spans:
    """Return the lines of code and HTML."""
    kinds = {"fence", "colon_fence", "code_block", "html_block"}
    return Spans(token.map for token in tokens if token.type in kinds and token.map)


def _without_comments(text: str) -> str:
    code = Spans(code_in(text))
    return _INNER_COMMENT.sub(lambda match: match[0] if match.start() in code else "", text).rstrip()


class Spans:
    """Spans of lines or characters that do not overlap."""

    def __init__(self, spans: Iterable[Sequence[int]]) -> None:
        self._spans = sorted((start, end) for start, end in spans)
        self._starts = [start for start, _ in self._spans]

    def __contains__(self, place: int) -> bool:
        at = bisect_right(self._starts, place) - 1
        return at >= 0 and place < self._spans[at][1]


def code_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the code within a text is (CommonMark 0.31 §6.1)."""
    runs = [match.span() for match in re.finditer("`+", text)]
    later: dict[int, list[int]] = {}  # the places of runs by their length, the last first
    for at in range(len(runs) - 1, -1, -1):
        later.setdefault(runs[at][1] - runs[at][0], []).append(at)
    at = 0
    while at < len(runs):
        same = later[runs[at][1] - runs[at][0]]
        while same and same[-1] <= at:
            same.pop()
        if same:
            yield runs[at][0], runs[same[-1]][1]
            at = same[-1]
        at += 1


def destinations(markdown: str) -> Iterator[str]:
    """Yield the addresses of links and pictures in a text, and what looks like one in its code."""
    return map(_destination, _DESTINATION.finditer(markdown))


def _destination(match: re.Match[str]) -> str:
    written = match["angled"] if match["bare"] is None else match["bare"]
    return unescape(ESCAPE.sub(r"\1", written))


def retarget(own: OwnText, new: Callable[[str], str]) -> OwnText:
    """Let links and pictures lead elsewhere. new: returns what an address is to be instead."""

    def text(source: str) -> str:
        code = Spans(code_in(source))
        if _FENCE.match(source):
            return source

        def destination(match: re.Match[str]) -> str:
            before = match["angled"] if match["bare"] is None else match["bare"]
            if match.start() in code:
                return match[0]
            after = new(_destination(match))
            if after == before:
                return match[0]
            return match["before"] + (after if _BARE.fullmatch(after) else f"<{after}>")

        return _DESTINATION.sub(destination, source)

    blocks = tuple(replace(block, text=text(block.text)) for block in own.blocks)
    return OwnText(blocks, tuple(map(text, own.definitions)), own.written)


def keep(
    own: OwnText,
    read: nodes.Document,
    expected: nodes.Document,
    document: nodes.Document,
    shown: Callable[[nodes.Block], nodes.Block] = lambda block: block,
) -> Kept:
    """Find the parts of a text that stand for blocks of a document.

    read: what MyST reads `to_read` as. expected: the document as it is compared, lowered. document: the same,
    not lowered, with the same blocks in the same places. shown: what readers see of a block that was read.
    """
    names = footnote_names.by_label(read, expected, partial(alike.folded, names_languages=False))
    names = footnote_names.apart(names, expected)
    expected, document = footnote_names.renamed(expected, names), footnote_names.renamed(document, names)
    texts_read = [block.text for block in own.blocks if not block.label]
    sections = _sections(read.blocks)
    # A block of text that is read as one block, and only as that, can stand for one; none with an open fence,
    # which CommonMark 0.31 §4.5 allows and the build refuses.
    candidates = [
        (section[0], text)
        for section, text in zip(sections, texts_read, strict=False)
        if len(section) == 1 and not _has_comment(text) and not has_open_fence(text)
    ]
    texts: dict[int, str] = {}
    read_as: dict[int, nodes.Block | nodes.Footnote] = {}
    is_typed = False
    folded = partial(alike.folded, names_languages=alike.names_languages(expected))
    # It passes over blocks that occur very often, which would take it a time that grows with their square.
    matcher = SequenceMatcher(
        None,
        [folded(shown(block)) for block, _ in candidates],
        [folded(block) for block in expected.blocks],
    )
    for start, at, size in matcher.get_matching_blocks():
        for offset in range(size):
            block, text = candidates[start + offset]
            other = expected.blocks[at + offset]
            if isinstance(other, nodes.Heading) and isinstance(block, nodes.Heading):
                text = _with_ids(_at_level(text, other.level), block, other)
                block = replace(block, level=other.level, ids=other.ids, given=other.given)
            if alike.is_highlighted(block):
                texts[at + offset], read_as[at + offset] = text, block
                is_typed = is_typed or alike.is_typed(shown(block), other)
    by_label = {
        block.label: block.text for block in own.blocks if block.label and not has_open_fence(block.text)
    }
    read_notes = {footnote.label: footnote for footnote in read.footnotes}
    for at, footnote in enumerate(expected.footnotes):
        ours = read_notes.get(footnote.label)
        if ours is None or footnote.label not in by_label or folded(ours) != folded(footnote):
            continue
        if alike.is_highlighted(ours):
            place = len(expected.blocks) + at
            texts[place], read_as[place] = by_label[footnote.label], ours
            is_typed = is_typed or alike.is_typed(ours, footnote)
    used = "\n".join(texts.values()).casefold()
    definitions = [
        one for one in own.definitions if one.strip()[: one.strip().find("]") + 1].casefold() in used
    ]
    return Kept(document, texts, read_as, "\n".join(definitions), is_typed)


def _with_ids(heading: str, own: nodes.Heading, other: nodes.Heading) -> str:
    """Return a heading with the ids of another; the one at its end stays if it is that of the other."""
    if own.given and own.given == other.given:
        return places_of(replace(other, given="")) + heading
    return places_of(other) + (heading_ids.split(heading)[0] if own.given else heading)


def _at_level(heading: str, level: int) -> str:
    """Return a heading with as many marks as its level; those that are underlined have levels 1 and 2."""
    return _MARKS.sub("#" * level, heading, count=1)


def _has_comment(text: str) -> bool:
    """Tell whether MyST leaves lines of a block out."""
    return _MYST_COMMENT.search(text) is not None and not _FENCE.match(text)


def _sections(blocks: Sequence[nodes.Block]) -> Iterator[list[nodes.Block]]:
    """Yield what each block of a text was read as."""
    section: list[nodes.Block] = []
    number = 0
    for block in _unwrapped(blocks):
        if _mark(block) == f"{_MARK} {number}":
            yield section
            section, number = [], number + 1
        else:
            section.append(block)


def _unwrapped(blocks: Iterable[nodes.Block]) -> Iterator[nodes.Block]:
    """Yield blocks, and instead of an element around several blocks of the text these."""
    for block in blocks:
        inner = [*_unwrapped(block.children)] if isinstance(block, nodes.Division) else []
        yield from inner if any(map(_mark, inner)) else [block]


def _mark(block: nodes.Block) -> str:
    """Return the mark that a block of the text ends with; nothing for what is no mark."""
    match block:
        case nodes.Paragraph((nodes.Text(text),)) if text.startswith(_MARK):
            return text
    return ""
