"""Inline content: a flat run of leaves, each with the marks that it stands in, and the tree it makes.

Flat, a run is easily parted where a block begins inside a link or emphasis, and its white space is folded
across all elements at once, as CSS Text 3 §4.1 does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from postdocs.importer.ast.nodes import Code, Inline, LineBreak, Link, Span, Text

_FOLD = re.compile(r"[\t\n\f\r \x0b\x1c-\x1f\x85\u2028\u2029]+")


@dataclass(frozen=True)
class Mark:
    """An element around leaves. serial: tells apart neighbours that must not become one; 0 where they may."""

    tag: str
    serial: int = 0
    title: str = ""
    url: str = ""
    lang: str = ""
    dir: str = ""


@dataclass(frozen=True)
class Leaf:
    """An inline without children."""

    marks: tuple[Mark, ...]
    inline: Inline


def fold(text: str) -> str:
    """Make each run of white space a single space; no-break and other wide spaces stay."""
    return _FOLD.sub(" ", text)


def is_blank(leaf: Leaf) -> bool:
    """Tell whether a leaf is white space or a line break."""
    return isinstance(leaf.inline, LineBreak) or (
        isinstance(leaf.inline, Text) and not leaf.inline.text.strip()
    )


def paragraphs(leaves: Iterable[Leaf]) -> list[tuple[Inline, ...]]:
    """Make trees of a run: one for each part between line breaks that follow each other."""
    parts: list[list[Leaf]] = [[]]
    breaks = 0
    for leaf in leaves:
        if isinstance(leaf.inline, LineBreak):
            breaks += 1
            if breaks == 2:  # noqa: PLR2004 - two in a row are how old editors part paragraphs
                parts.append([])
                continue
        elif not is_blank(leaf):
            breaks = 0
        parts[-1].append(leaf)
    return [tree for part in parts if (tree := nest(part))]


def nest(leaves: Iterable[Leaf]) -> tuple[Inline, ...]:
    """Make a tree of a run: white space folded, and outside of marks where it is at their edge."""
    return _nest(_move_edges(_fold_all(_without_blank_code(leaves))), 0)


def _without_blank_code(leaves: Iterable[Leaf]) -> Iterator[Leaf]:
    """Make white space of code spans, or of their ends, that hold nothing else."""
    for kind, group in groupby(leaves, lambda leaf: type(leaf.inline)):
        run = list(group)
        code = [
            at for at, leaf in enumerate(run) if isinstance(leaf.inline, Code) and leaf.inline.text.strip()
        ]
        for at, leaf in enumerate(run):
            is_inside = bool(code) and code[0] <= at <= code[-1]
            yield leaf if kind is not Code or is_inside else replace(leaf, inline=Text(" "))


def _fold_all(leaves: Iterable[Leaf]) -> list[Leaf]:
    """Fold white space over all leaves, and part it from the words: each blank becomes a leaf of its own."""
    folded: list[Leaf] = []
    after_space = True
    for leaf in leaves:
        if isinstance(leaf.inline, LineBreak):
            while folded and is_blank(folded[-1]):
                folded.pop()
            if folded:
                folded.append(leaf)
            after_space = True
        elif isinstance(leaf.inline, Text):
            text = fold(leaf.inline.text)
            text = text.removeprefix(" ") if after_space else text
            after_space = text.endswith(" ") or (after_space and not text)
            core = text.strip()
            start = text.find(core) if core else len(text)
            parts = (text[:start], core, text[start + len(core) :])
            folded += [replace(leaf, inline=Text(part)) for part in parts if part]
        else:
            after_space = False
            folded.append(leaf)
    while folded and is_blank(folded[-1]):
        folded.pop()
    first = next((place for place, leaf in enumerate(folded) if not is_blank(leaf)), 0)
    return folded[first:]


def _move_edges(leaves: Sequence[Leaf]) -> list[Leaf]:
    moved = list(leaves)
    before: tuple[Mark, ...] = ()
    after: list[tuple[Mark, ...]] = [()] * len(moved)
    for place in range(len(moved) - 2, -1, -1):
        after[place] = after[place + 1] if is_blank(moved[place + 1]) else moved[place + 1].marks
    for place, leaf in enumerate(moved):
        if is_blank(leaf):
            moved[place] = replace(leaf, marks=_common(_common(before, leaf.marks), after[place]))
        else:
            before = leaf.marks
    return moved


def _common(one: tuple[Mark, ...], other: tuple[Mark, ...]) -> tuple[Mark, ...]:
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length]:
        length += 1
    return one[:length]


def _nest(leaves: Iterable[Leaf], depth: int) -> tuple[Inline, ...]:
    out: list[Inline] = []
    for mark, group in groupby(leaves, lambda leaf: leaf.marks[depth] if len(leaf.marks) > depth else None):
        if mark is None:
            out.extend(_join(group))
        elif mark.tag == "a":
            out.append(Link(mark.url, _nest(group, depth + 1), mark.title))
        else:
            out.append(Span(mark.tag, _nest(group, depth + 1), mark.title, mark.lang, mark.dir))
    return tuple(out)


def _join(leaves: Iterable[Leaf]) -> list[Inline]:
    """Join texts that follow each other, and code spans that do."""
    out: list[Inline] = []
    for kind, group in groupby(leaves, lambda leaf: type(leaf.inline)):
        inlines = [leaf.inline for leaf in group]
        if kind in {Text, Code}:
            out.append(kind("".join(inline.text for inline in inlines if isinstance(inline, Text | Code))))
        else:
            out.extend(inlines)
    return out
