"""The fewest escapes: of the blocks that were not read back as they were meant, and of their characters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from postdocs.importer.ast import nodes
from postdocs.importer.myst.render import MystReader

_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
_MOST_READINGS = 100  # of one block; what is still escaped then stays so


def to_blame(places: set[int], texts: Sequence[str], expected: nodes.Document, read: MystReader) -> set[int]:
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
        if at < size and not _is_read(expected.blocks[at], read(_document(texts[at], footnotes))[0])
    }
    return blamed or places


def _is_read(block: nodes.Block, document: nodes.Document) -> bool:
    result = document.blocks
    if isinstance(block, nodes.Heading):  # its level depends on the headings above it
        return (
            len(result) == 1 and isinstance(result[0], nodes.Heading) and result[0].children == block.children
        )
    return result == (block,)


def lighten(texts: Sequence[str], places: Iterable[int], size: int, read: MystReader) -> list[str]:
    """Take those escapes out of some blocks without which they are still read the same.

    size: how many of the texts are blocks; footnotes come after them.
    """
    lighter = list(texts)
    for at in places:
        if at < size:
            lighter[at] = _lightened(texts[at], texts[size:], read)
    return lighter


def _lightened(text: str, footnotes: Sequence[str], read: MystReader) -> str:
    escapes = [match.start() for match in _ESCAPE.finditer(text)]
    if not escapes:
        return text
    meant = read(_document(text, footnotes))

    def is_same(removed: set[int]) -> bool:
        return read(_document(_without(text, removed), footnotes)) == meant

    return _without(text, _needless(escapes, is_same))


def _needless(escapes: list[int], is_same: Callable[[set[int]], bool]) -> set[int]:
    """Find escapes that can go together, by halving groups that can't."""
    removed: set[int] = set()
    waiting = [escapes]
    readings = 0
    while waiting and readings < _MOST_READINGS:
        group = waiting.pop()
        readings += 1
        if is_same(removed | {*group}):
            removed |= {*group}
        elif len(group) > 1:
            middle = len(group) // 2
            waiting += [group[middle:], group[:middle]]
    return removed


def _without(text: str, removed: set[int]) -> str:
    return "".join(character for at, character in enumerate(text) if at not in removed)


def _document(text: str, footnotes: Sequence[str]) -> str:
    return "".join(f"{part}\n\n" for part in (text, *footnotes))
