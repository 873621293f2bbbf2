"""Comments that a source names by the address of their page, and the posts that they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from postdocs.core.plural import count
from postdocs.importer.addresses import key_of
from postdocs.importer.entry import Entry, Note, NoteKind, SourceComment, Thread
from postdocs.importer.plan import Existing
from postdocs.importer.sources.comments import each_once


@dataclass(frozen=True)
class Attached:
    """Entries with their comments. others: those of posts of the site, by path. notes: on the rest."""

    entries: tuple[Entry, ...]
    others: Mapping[str, tuple[SourceComment, ...]]
    notes: tuple[Note, ...]


def attach(entries: Sequence[Entry], threads: Iterable[Thread], existing: Mapping[str, Existing]) -> Attached:
    """Give threads to the posts of their addresses: to entries, else to posts of the site.

    An address without a host is a path, and means the one post that has it. existing: the posts of the site,
    by path. Comments of a page that is none of them are a note of kind LOST.
    """
    by_address = _places((entry.url or "", at) for at, entry in enumerate(entries))
    in_site = _places(
        (address, path)
        for path, post in existing.items()
        for address in (*(f"https://{key}" for key in post.keys), post.permalink)
    )
    comments: dict[int | str, list[SourceComment]] = {}
    notes: list[Note] = []
    for thread in threads:
        key = _key(thread.address)
        place = by_address.get(key, in_site.get(key))
        if place is None:
            number = count(len(thread.comments), "comment")
            what = f"{number} on a page that is no post of the sources or of the site"
            notes.append(Note(NoteKind.LOST, what, thread.address))
        else:
            comments.setdefault(place, []).extend(thread.comments)
    others = {path: each_once(more) for path, more in comments.items() if isinstance(path, str)}
    complete = [
        replace(entry, comments=each_once((*entry.comments, *comments.get(at, ()))))
        for at, entry in enumerate(entries)
    ]
    return Attached(tuple(complete), others, tuple(notes))


def _places(addresses: Iterable[tuple[str, int | str]]) -> dict[str, int | str]:
    """Return the place of each address and path; those that several have lead to none."""
    places: dict[str, set[int | str]] = {}
    for address, place in addresses:
        for key in {_key(address), _path(address)} - {""}:
            places.setdefault(key, set()).add(place)
    return {key: next(iter(of_key)) for key, of_key in places.items() if len(of_key) == 1}


def _key(address: str) -> str:
    return key_of(address) or _path(address)


def _path(address: str) -> str:
    """Return the path of an address as two spellings of it have it; "" for the root, and for none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    path = unquote(parts.path).removesuffix("index.html").rstrip("/").removesuffix(".html")
    return f"/{path.lstrip('/')}{'?' if parts.query else ''}{parts.query}" if path or parts.query else ""
