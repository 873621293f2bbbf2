"""Several sources become one blog."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from postdocs.importer.addresses import key_of
from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.sources.model import Source, fold


def merge(sources: Iterable[Source]) -> tuple[tuple[Entry, ...], tuple[Note, ...]]:
    """Return the entries of all sources, each post once, in the order of first appearance.

    Entries are one post if they have the same id, or, where one has none, the same address, title and date.
    An address alone is not enough: entries of some blogs link to what they are about, or to the home page.
    The one that changed last is kept, else that of the later source, with the comments that either has.
    Within one source, entries with the same id but different addresses (or titles, without addresses) are
    different posts: the later one loses its id.
    """
    kept: list[Entry] = []
    notes: list[Note] = []
    by_id: dict[str, int] = {}
    by_place: dict[tuple[str, str], list[int]] = {}
    for entry in (entry for source in sources for entry in source.entries):
        at = by_id.get(entry.id or "")
        if at is not None and not _is_same(kept[at], entry):
            notes.append(
                Note(NoteKind.REPAIRED, f"{_name(entry)} has the id of {_name(kept[at])}", entry.id or "")
            )
            entry, at = replace(entry, id=None), None  # noqa: PLW2901 - the rest is for the entry as it is now
        place = (key_of(entry.url or "") or "", fold(entry.title).casefold())
        alike = by_place.setdefault(place, [])
        if at is None and all(place):
            at = next((one for one in alike if _agree(kept[one], entry)), None)
        if at is None:
            at = len(kept)
            kept.append(entry)
        else:
            older = kept[at]
            newer = older if _is_newer(older, entry) else entry
            kept[at] = replace(newer, comments=newer.comments or older.comments or entry.comments)
            places = f"{_place(older)} and {_place(entry)}"
            notes.append(
                Note(NoteKind.NOTICED, f"{_name(entry)} is in {places}; that of {_place(kept[at])} is kept")
            )
        if entry.id:
            by_id[entry.id] = at
        alike.append(at)
    return tuple(kept), tuple(notes)


def _is_same(one: Entry, other: Entry) -> bool:
    """Tell whether two entries with one id are one post; some programs write the same id for all."""
    if one.source != other.source:
        return True
    return one.url == other.url if one.url and other.url else one.title == other.title


def _agree(one: Entry, other: Entry) -> bool:
    """Tell whether two entries of one address and title, of which one has no id, are one post by their dates.

    A date without an offset, which may be a day alone, agrees with any time of that day.
    """
    if (one.id and other.id) or one.published is None or other.published is None:
        return False
    if (one.published.tzinfo is None) != (other.published.tzinfo is None):
        return one.published.date() == other.published.date()
    return one.published == other.published


def _is_newer(one: Entry, other: Entry) -> bool:
    """Tell whether an entry changed after another one; times with and without an offset can't be compared."""
    a, b = one.updated or one.published, other.updated or other.published
    return bool(a and b and (a.tzinfo is None) == (b.tzinfo is None) and a > b)


def _name(entry: Entry) -> str:
    return f"“{entry.title or entry.url or 'entry ' + str(entry.position)}”"


def _place(entry: Entry) -> str:
    return f"{entry.source} ({entry.position})"
