"""The outermost blocks of a text, as the parser finds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from postdocs.importer.myst.render import MystReader, meaning_of

_CLOSE = {"myst_target", "myst_line_comment", "html_block"}


@dataclass(frozen=True)
class Segment:
    """A block of a text, and the tokens that the parser makes of it: none of a definition of a link.

    is_close: whether it stands right before the next, as targets and attributes do.
    """

    text: str
    tokens: tuple[Token, ...]
    is_close: bool = False

    @property
    def kind(self) -> str:
        """The type of its first token; empty where it has none."""
        return self.tokens[0].type if self.tokens else ""


def segments(body: str, read: MystReader) -> Iterator[Segment]:
    """Split a body into its outermost blocks, and what stands between them."""
    lines = body.split("\n")
    end = 0
    block: list[Token] = []
    for token in read.tokens(body):
        block.append(token)
        if token.level == 0 and token.nesting <= 0:
            places = [one.map for one in block if one.map]
            first, last = min(place[0] for place in places), max(place[1] for place in places)
            yield from _between(lines[end:first])
            is_close = block[0].type in _CLOSE and bool("".join(lines[last : last + 1]).strip())
            yield Segment("\n".join(lines[first:last]).rstrip("\n"), tuple(block), is_close)
            end, block = last, []
    yield from _between(lines[end:])


def _between(lines: list[str]) -> Iterator[Segment]:
    if text := "\n".join(lines).strip("\n"):
        yield Segment(text, (), is_close=bool(lines[-1].strip()))


def joined(parts: Sequence[Segment], texts: Iterable[str], read: MystReader) -> str:
    """Put new texts of blocks together; a text that would be read in another way there is the old one.

    parts: the blocks as they were.
    """
    new = [*texts]
    chosen = [part.text for part in parts]
    waiting = [[at for at, text in enumerate(new) if text != chosen[at]]]
    while waiting:  # all at once, else in halves, since each trial reads the whole text
        group = waiting.pop()
        members = {*group}
        trial = [new[at] if at in members else text for at, text in enumerate(chosen)]
        if _is_same(parts, trial, read):
            chosen = trial
        elif len(group) > 1:
            middle = len(group) // 2
            waiting += [group[middle:], group[:middle]]
    return _join(parts, chosen)


def _join(parts: Sequence[Segment], texts: Iterable[str]) -> str:
    pairs = zip(parts, texts, strict=True)
    whole = "".join(f"{text}\n" if part.is_close else f"{text}\n\n" for part, text in pairs)
    return whole.rstrip("\n") + "\n" * bool(whole)


def _is_same(parts: Sequence[Segment], texts: Sequence[str], read: MystReader) -> bool:
    """Tell whether each block means beside the others what it means alone, or what it meant."""
    expected = [
        meaning
        for part, text in zip(parts, texts, strict=True)
        for meaning in meaning_of(part.tokens if text == part.text else read.tokens(text))
    ]
    return meaning_of(read.tokens(_join(parts, texts))) == expected
