"""A built file, as far as links go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Link:
    """A reference: url as it is written, and its 1-based line, or None where that is yet to be found."""

    url: str
    line: int | None = None


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


@dataclass(frozen=True)
class Page:
    """A built file, as far as links go.

    path: its POSIX path from the root of the site. anchors: what fragments can name, or None for what has
    none, such as a feed. base: the URL that its links are relative to, where that is not its own.
    canonical: the address that its head states. problems: why it
    could not be read, or not to its end. dates: when what a feed announces was published, as it is written
    there, by address. announced: the addresses of pages that a sitemap or a feed lists.
    """

    path: str
    links: tuple[Link, ...] = ()
    anchors: frozenset[str] | None = None
    base: str | None = None
    canonical: str | None = None
    problems: tuple[Problem, ...] = ()
    dates: Mapping[str, str] = field(default_factory=dict)
    announced: tuple[str, ...] = ()
