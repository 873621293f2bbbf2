"""Posts of a source folder that are the same in several languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from postdocs.importer.entry import Entry


def with_originals(entries: Iterable[tuple[Entry, str]], language: str) -> list[Entry]:
    """Return posts of which translations name their original.

    That is the one in the language of the site, or the first. entries: with what those of one post have in
    common, or "". language: of the site; entries without one have that. Those of one language translate
    nothing.
    """
    pairs = [*entries]
    originals: dict[str, dict[str, Entry]] = defaultdict(dict)
    for entry, key in pairs:
        if key:
            originals[key].setdefault(_tag(entry, language), entry)
    return [_translated(entry, originals[key], language) if key else entry for entry, key in pairs]


def _translated(entry: Entry, by_language: dict[str, Entry], language: str) -> Entry:
    original = by_language.get(language.lower()) or next(iter(by_language.values()))
    is_first = by_language[_tag(entry, language)] is entry
    return replace(entry, original=original.url) if is_first and original is not entry else entry


def _tag(entry: Entry, language: str) -> str:
    return (entry.language or language).lower()
