"""The model of a feed, and its division into documents (RFC 5005 §4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar
from urllib.parse import urljoin

from postdocs.core.scholarly import License, Work

T = TypeVar("T")

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # when a feed without entries changed: no clock is asked


@dataclass(frozen=True)
class Person:
    """An author, with an absolute address of their own."""

    name: str
    uri: str | None = None


@dataclass(frozen=True)
class Category:
    """A label of an entry: as its author wrote it, and as the site shows it."""

    term: str
    label: str


@dataclass(frozen=True)
class Entry:
    """A post in a feed; all addresses are absolute, all dates aware.

    summary is plain text. content is HTML that stands by itself, empty where the feed carries no full text.
    source is where the post was first published. language is the tag of its language, where that is not the
    site's. doi: its name. references: the works that it cites. comments: of its old site, how many.
    """

    id: str
    title: str
    url: str
    published: datetime
    updated: datetime
    authors: tuple[Person, ...]
    categories: tuple[Category, ...]
    summary: str
    content: str
    source: str | None = None
    language: str | None = None
    doi: str | None = None
    license: License | None = None
    references: tuple[Work, ...] = ()
    comments: int = 0


@dataclass(frozen=True)
class Notice:
    """What a browser shows to who opens a feed there: XHTML with the addresses of places in it.

    feed: with `%(page)s`, the page that the feed belongs to. archive: for older parts, with `%(newest)s` too.
    language: the tag of the language of both.
    """

    feed: str
    archive: str
    language: str | None = None


@dataclass(frozen=True)
class Channel:
    """What all documents of one feed share.

    page is the address of the HTML page that the feed belongs to, author stands for entries that name nobody
    (RFC 4287 §4.1.1), language is a tag of RFC 5646, generator has name and version.
    """

    id: str
    title: str
    subtitle: str | None
    page: str
    author: Person
    language: str | None
    rights: str | None
    icon: str | None
    generator: tuple[str, str]
    notice: Notice


@dataclass(frozen=True)
class Document:
    """One file of a feed, and the names of its neighbours: previous leads to older entries, next to newer.

    current is the name of the document to subscribe to; only archives have one.
    """

    name: str
    entries: tuple[Entry, ...]
    previous: str | None = None
    next: str | None = None
    current: str | None = None

    @property
    def updated(self) -> datetime:
        """When the newest change of an entry was."""
        return max((entry.updated for entry in self.entries), default=_NEVER)


@dataclass(frozen=True)
class Page(Generic[T]):
    """A part of what a feed has, newest first: number 0 is the one to subscribe to, archives count from 1.

    archives is how many of them the feed has.
    """

    number: int
    archives: int
    items: tuple[T, ...]

    def name(self, first: str) -> str:
        """Return the name of this page's document, where *first* is that of the one to subscribe to."""
        return _numbered(first, self.number)

    def document(self, first: str, entries: Sequence[Entry]) -> Document:
        """Return the document of this page with the entries that its items stand for."""
        older = (self.number or self.archives + 1) - 1
        newer = self.number + 1 if 0 < self.number < self.archives else 0
        return Document(
            name=self.name(first),
            entries=tuple(entries),
            previous=_numbered(first, older) if older else None,
            next=_numbered(first, newer) if newer else None,
            current=first if self.number else None,
        )


def paged(entries: Sequence[T], length: int | None) -> list[Page[T]]:
    """Cut what is newest first into the page to subscribe to and archives.

    The first page has the *length* newest entries, or all. Archives follow, oldest first; each is full, so
    that what is added later changes none (RFC 5005 §4.1). The newest one and the first page may overlap.

    Raises
    ------
    ValueError
        The length is not positive.

    """
    if length is None:
        return [Page(0, 0, tuple(entries))]
    if length < 1:
        raise ValueError(f"a page has at least one entry, not {length}")
    total = len(entries)
    archives = max(-(-total // length) - 1, 0)
    pages = [Page(0, archives, tuple(entries[:length]))]
    for number in range(1, archives + 1):
        end = total - (number - 1) * length
        pages.append(Page(number, archives, tuple(entries[end - length : end])))
    return pages


def address(base: str, name: str) -> str:
    """Return the absolute address of a document in the folder at *base*."""
    return urljoin(base.rstrip("/") + "/", name)


def _numbered(first: str, number: int) -> str:
    stem, dot, suffix = first.rpartition(".")
    return f"{stem}-{number}{dot}{suffix}" if number else first
