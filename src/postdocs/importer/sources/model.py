"""The content of a file or a response, and code that all formats share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from postdocs.importer.addresses import without_tracking
from postdocs.importer.bibtex import Work
from postdocs.importer.entry import Entry, Note, NoteKind, OldList, Thread
from postdocs.importer.sources import dates
from postdocs.importer.sources.archive import Files
from postdocs.importer.sources.characters import readable

# An authority as people write it: dots between labels, the last of them of letters. A port may follow.
_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}\.?(?::\d+)?|localhost(?::\d+)?", re.IGNORECASE)


@dataclass(frozen=True)
class SiteSettings:
    """What a source says of its site as a whole; empty where it says nothing.

    title, description: plain text. url: where the site is. authors: names, each with the address of a home
    page or None. language: as Sphinx names it, such as `pt_BR`. timezone: a name of the IANA database.
    links: to other sites in its menus, as their text and address. bibliography: the file of the works that
    posts cite, from the folder of conf.py. macros: of its formulas, by their names, as `postdocs_math_macros`
    has them.
    """

    title: str = ""
    description: str = ""
    url: str = ""
    authors: tuple[tuple[str, str | None], ...] = ()
    language: str = ""
    timezone: str = ""
    links: tuple[tuple[str, str], ...] = ()
    bibliography: str = ""
    macros: Mapping[str, str | list[str | int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """What one file or response held.

    name: as the user named it. format: like "Atom 1.0". title, url: of the blog, where known. notes: what
    happened to the source as a whole; what happened to an entry is among the entry's own. files: of an export
    that has several, where pictures may be among them. threads: comments on pages that the source names by
    their addresses, such as those of a service for comments. settings: what it says of the site. addresses:
    of all pages and feeds that were built, also of lists, where it has built pages. lists: those and other
    addresses that its generator makes beside those of entries and files, as its settings say; None for what
    is no list of posts. works: those that entries cite, by key.
    """

    name: str
    format: str
    title: str
    url: str | None
    entries: tuple[Entry, ...]
    notes: tuple[Note, ...]
    files: Files | None = field(default=None, repr=False, compare=False)
    threads: tuple[Thread, ...] = ()
    settings: SiteSettings = field(default_factory=SiteSettings)
    addresses: tuple[str, ...] = ()
    lists: Mapping[str, OldList | None] = field(default_factory=dict)
    works: Mapping[str, Work] = field(default_factory=dict)


def fold(text: str | None) -> str:
    """Fold white space to single spaces."""
    return " ".join((text or "").split())


def read_date(text: str | None, what: str, notes: list[Note]) -> datetime | None:
    """Read a date of a feed; where it can't be read, a note says so."""
    if dates.is_none(text or ""):
        return None
    date = dates.parse(fold(text))
    if date is None:
        notes.append(Note(NoteKind.NOTICED, f"{what} is in no known form", before=fold(text)))
    return date


def absolute(href: str | None, base: str | None, what: str, notes: list[Note]) -> str | None:
    """Return an address in full, None where that can't be had.

    Addresses without a scheme, `//host/` and `////host/`, get that of their base, else https; a note tells.
    """
    given = fold(href).replace(" ", "%20")
    if not given:
        return None
    rest = given.lstrip("/")
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if given.startswith("//") and _HOST.fullmatch(host):
        scheme = _scheme(base)
        url = f"{scheme if scheme in {'http', 'https'} else 'https'}://{rest}"
        notes.append(Note(NoteKind.REPAIRED, f"{what} had no scheme", given, url))
        return url
    try:
        url = urljoin(base or "", given)
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        notes.append(Note(NoteKind.NOTICED, f"{what} is no web address", before=given))
        return None
    return url


def _scheme(url: str | None) -> str:
    try:
        return urlsplit(url or "").scheme
    except ValueError:
        return ""


def is_web(name: str) -> bool:
    """Tell whether a source was named by its web address."""
    return _scheme(name) in {"http", "https"}


def settle(entry: Entry, *, has_id: bool = True) -> Entry:
    """Return an entry that can be written, with a note on what its source lacks or has in an odd form.

    Its address loses the parameters that only count clicks. What other sources or the user can still say,
    such as its title and date, is not noted here.

    has_id: whether entries of its format have ids.
    """
    entry = _untracked(_readable(entry))
    notes = []
    if has_id and not entry.id:
        notes.append("it has no id")
    if entry.published is not None and entry.published.year < 1970:  # noqa: PLR2004 - before any blog
        notes.append(f"its date is before 1970: {entry.published.isoformat()}")
    if not entry.content.strip():
        notes.append("it has no text")
    return replace(entry, notes=(*entry.notes, *(Note(NoteKind.NOTICED, note) for note in notes)))


def _readable(entry: Entry) -> Entry:
    """Return an entry without characters that no text can hold, which escapes of JSON can name."""
    notes: list[Note] = []

    def clean(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(kept for kept in map(clean, value) if kept != "")
        if not isinstance(value, str):
            return value
        text, odd = readable(value)
        notes.extend(odd)
        return text

    values = {field.name: clean(getattr(entry, field.name)) for field in fields(entry)}
    return replace(entry, **values | {"notes": (*entry.notes, *notes)}) if notes else entry


def _untracked(entry: Entry) -> Entry:
    url = without_tracking(entry.url or "")
    if not entry.url or url == entry.url:
        return entry
    note = Note(NoteKind.REPAIRED, "its address had parameters that only count clicks", entry.url, url)
    return replace(entry, url=url, notes=(*entry.notes, note))


def note_enclosures(urls: list[str], content: str, notes: list[Note]) -> None:
    """Note the files that an entry carries beside its text, unless the text has them too."""
    notes.extend(
        Note(NoteKind.LEFT_OUT, "a file that goes with the entry is not in its text", before=url)
        for url in dict.fromkeys(urls)
        if url and url not in content
    )
