"""Several sources become one blog."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from postdocs.importer.addresses import key_of
from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.sources.model import Source


def merge(sources: Iterable[Source]) -> tuple[tuple[Entry, ...], tuple[Note, ...]]:
    """Return the entries of all sources, each post once, in the order of first appearance.

    Entries are one post if they have the same id, or, where one has none, the same address. The one that
    changed last is kept, else that of the later source. Within one source, entries with the same id but
    different addresses (or titles, without addresses) are different posts: the later one loses its id.
    """
    kept: list[Entry] = []
    notes: list[Note] = []
    by_id: dict[str, int] = {}
    by_url: dict[str, int] = {}
    for entry in (entry for source in sources for entry in source.entries):
        url = key_of(entry.url or "")
        at = by_id.get(entry.id or "")
        if at is not None and not _is_same(kept[at], entry):
            notes.append(
                Note(NoteKind.REPAIRED, f"{_name(entry)} has the id of {_name(kept[at])}", entry.id or "")
            )
            entry, at = replace(entry, id=None), None  # noqa: PLW2901 - the rest is for the entry as it is now
        elif at is None and url in by_url and not (entry.id and kept[by_url[url]].id):
            at = by_url[url]
        if at is None:
            at = len(kept)
            kept.append(entry)
        else:
            older = kept[at]
            kept[at] = older if _is_newer(older, entry) else entry
            places = f"{_place(older)} and {_place(entry)}"
            notes.append(
                Note(NoteKind.NOTICED, f"{_name(entry)} is in {places}; that of {_place(kept[at])} is kept")
            )
        if entry.id:
            by_id[entry.id] = at
        if url:
            by_url.setdefault(url, at)
    return tuple(kept), tuple(notes)


def _is_same(one: Entry, other: Entry) -> bool:
    if one.source != other.source:
        return True
    return one.url == other.url if one.url and other.url else one.title == other.title


def _is_newer(one: Entry, other: Entry) -> bool:
    """Tell whether an entry changed after another one; times with and without an offset can't be compared."""
    a, b = one.updated or one.published, other.updated or other.published
    return bool(a and b and (a.tzinfo is None) == (b.tzinfo is None) and a > b)


def _name(entry: Entry) -> str:
    return f"“{entry.title or entry.url or 'entry ' + str(entry.position)}”"


def _place(entry: Entry) -> str:
    return f"{entry.source} ({entry.position})"
