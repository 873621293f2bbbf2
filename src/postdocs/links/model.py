"""A built file, as far as links go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """What is wrong in a built file: the 1-based line, why, and the URL that it is about, if there is one."""

    path: str
    line: int
    reason: str
    url: str | None = None

    def __str__(self) -> str:
        url = "" if self.url is None else f"{self.url}: "
        return printable(f"{self.path}:{self.line}: {url}{self.reason}")


def printable(text: str) -> str:
    """Return a text as one line that a terminal does not obey, wherever it comes from."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii") for letter in text
    )


def columns(links: Sequence[tuple[str, int]]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return addresses and lines apart, as a page has them, of links that have both."""
    return tuple(url for url, _ in links), tuple(line for _, line in links)


@dataclass(frozen=True)
class Page:
    """A built file, as far as links go.

    path: its POSIX path from the root of the site. links: what it refers to, as it is written. anchors: what
    fragments can name, or None for what has none, such as a feed. base: the URL that its links are relative
    to, where that is not its own. canonical: the address that its head states. problems: why it could not be
    read, or not to its end. dates: when what a feed announces was published, as it is written there, by
    address. announced: the addresses of pages that a sitemap or a feed lists. lines: the 1-based line of each
    link, or nothing where these are yet to be found.
    """

    path: str
    links: tuple[str, ...] = ()
    anchors: frozenset[str] | None = None
    base: str | None = None
    canonical: str | None = None
    problems: tuple[Problem, ...] = ()
    dates: Mapping[str, str] = field(default_factory=dict)
    announced: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()
