"""The fewest escapes: the blocks that need more, and the characters that need one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from functools import cache

from postdocs.importer.ast import nodes
from postdocs.importer.myst.render import Read

# A backslash that ends a line stays escaped: what an author adds below would make a line break of it.
_ESCAPE = re.compile(r"\\(?!\\$)[!-/:-@\[-`{-~]", re.MULTILINE)
# Readings of one block, and characters in them; what is still escaped then stays so.
_MOST_READINGS, _MOST_READ = 60, 500_000


def to_blame(places: set[int], texts: Sequence[str], expected: nodes.Document, read: Read) -> set[int]:
    """Return those of several suspicious blocks that are read differently when they stand alone.

    They are all of them, where each is read well alone and only together they are not.
    """
    if len(places) <= 1:
        return places
    size = len(expected.blocks)
    footnotes = texts[size:]
    blamed = {
        at
        for at in places
        if at < size
        and not _is_read(expected.blocks[at], read(_document(texts[at], footnotes))[0].blocks[1:])
    }
    return blamed or places


def _is_read(block: nodes.Block, result: tuple[nodes.Block, ...]) -> bool:
    if isinstance(block, nodes.Heading):  # its level depends on the headings above it
        return (
            len(result) == 1 and isinstance(result[0], nodes.Heading) and result[0].children == block.children
        )
    return result == (block,)


def lighten(
    texts: Sequence[str], size: int, meaning: Callable[[str], object], kept: Set[int] = frozenset()
) -> list[str]:
    """Take those escapes out of blocks without which they still mean the same.

    size: how many of the texts are blocks; footnotes come after them. meaning: of a text; equal where texts
    are read the same. kept: places of texts that stay as they are.
    """
    return [
        text if at in kept else lightened(text, texts[size:] if at < size else (), meaning)
        for at, text in enumerate(texts)
    ]


def lightened(text: str, footnotes: Sequence[str], meaning: Callable[[str], object]) -> str:
    """Take needless escapes out of a block, in turns: one may be needless only where another is not there."""
    escapes = _escapes(text)
    if not escapes:
        return text
    notes = footnotes if "[^" in text else ()
    meant = meaning(_document(text, notes))

    @cache
    def is_same(candidate: str) -> bool:
        return meaning(_document(candidate, notes)) == meant

    readings = iter(range(min(_MOST_READINGS, _MOST_READ // max(len(text), 1))))
    while escapes:
        removed = _needless(text, escapes, is_same, readings)
        text = _without(text, removed)
        if len(removed) in {0, len(escapes)}:
            break
        escapes = _escapes(text)
    return text


def _escapes(text: str) -> list[int]:
    return [match.start() for match in _ESCAPE.finditer(text)]


def _needless(
    text: str, escapes: list[int], is_same: Callable[[str], bool], readings: Iterator[int]
) -> set[int]:
    """Find escapes that can go together, by halving groups that can't. readings: those left."""
    removed: set[int] = set()
    waiting = [escapes]
    while waiting and next(readings, None) is not None:
        group = waiting.pop()
        if is_same(_without(text, removed | {*group})):
            removed |= {*group}
        elif len(group) > 1:
            middle = len(group) // 2
            waiting += [group[:middle], group[middle:]]  # the last first: of a pair, the first is escaped
    return removed


def _without(text: str, removed: set[int]) -> str:
    places = sorted(removed)
    starts = (0, *(at + 1 for at in places))
    return "".join(text[start:end] for start, end in zip(starts, (*places, len(text)), strict=True))


def _document(text: str, footnotes: Sequence[str]) -> str:
    """Put a block between a paragraph, which it could be the definition of, and the footnotes."""
    return "".join(f"{part}\n\n" for part in ("x", text, *footnotes))
