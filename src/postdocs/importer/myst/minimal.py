"""The fewest escapes: the blocks that need more, and the characters that need one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

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


def lighten(texts: Sequence[str], size: int, meaning: Callable[[str], object]) -> list[str]:
    """Take those escapes out of blocks without which they still mean the same.

    size: how many of the texts are blocks; footnotes come after them. meaning: of a text; equal where texts
    are read the same.
    """
    return [lightened(text, texts[size:] if at < size else (), meaning) for at, text in enumerate(texts)]


def lightened(text: str, footnotes: Sequence[str], meaning: Callable[[str], object]) -> str:
    """Take needless escapes out of a block, in turns: one may be needless only where another is not there."""
    notes = footnotes if "[^" in text else ()
    readings = iter(range(min(_MOST_READINGS, _MOST_READ // max(len(text), 1))))
    while escapes := [match.start() for match in _ESCAPE.finditer(text)]:
        removed = _needless(escapes, _same(text, notes, meaning), readings)
        text = _without(text, removed)
        if len(removed) in {0, len(escapes)}:
            break
    return text


def _same(
    text: str, footnotes: Sequence[str], meaning: Callable[[str], object]
) -> Callable[[set[int]], bool]:
    """Return what tells whether a text means the same without the characters at some places."""
    meant = meaning(_document(text, footnotes))
    return lambda places: meaning(_document(_without(text, places), footnotes)) == meant


def _needless(escapes: list[int], is_same: Callable[[set[int]], bool], readings: Iterator[int]) -> set[int]:
    """Find escapes that can go together, by halving groups that can't. readings: those left."""
    removed: set[int] = set()
    waiting = [escapes]
    while waiting and next(readings, None) is not None:
        group = waiting.pop()
        if is_same(removed | {*group}):
            removed |= {*group}
        elif len(group) > 1:
            middle = len(group) // 2
            waiting += [group[:middle], group[middle:]]  # the last first: of a pair, the first is escaped
    return removed


def _without(text: str, removed: set[int]) -> str:
    return "".join(character for at, character in enumerate(text) if at not in removed)


def _document(text: str, footnotes: Sequence[str]) -> str:
    """Put a block between a paragraph, which it could be the definition of, and the footnotes."""
    return "".join(f"{part}\n\n" for part in ("x", text, *footnotes))
