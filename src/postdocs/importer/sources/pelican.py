"""Pelican's feeds, where the first label is the category."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from postdocs.importer.entry import Entry

_ID = re.compile(r"tag:(?P<host>[^,/]+),(?P<day>\d{4}-\d{2}-\d{2}):(?P<path>/.*)")


def split(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Make the first label of each entry its category, if these are entries of Pelican.

    Pelican names no generator. It writes an entry's category before its tags, all alike, and makes the id
    from the link and the date: `tag:HOST,DATE:/PATH`. So the rule wants all of this, for every entry: an id
    of that form that agrees with the link, and a label (a post of Pelican always has a category). Django's
    feeds have such ids too, with labels in an order of their own: where labels that come first in some
    entries come later in others, and half of the entries are concerned, the order means nothing, and all
    labels stay tags.
    """
    entries = tuple(entries)
    if not entries or not all(entry.tags and not entry.category and _agrees(entry) for entry in entries):
        return entries
    later = {tag for entry in entries for tag in entry.tags[1:]}
    if 2 * sum(entry.tags[0] in later for entry in entries) >= len(entries):
        return entries
    return tuple(replace(entry, category=entry.tags[:1], tags=entry.tags[1:]) for entry in entries)


def _agrees(entry: Entry) -> bool:
    match = _ID.fullmatch(entry.id or "")
    if match is None or entry.url is None:
        return False
    parts = urlsplit(entry.url)
    return match["host"] == parts.hostname and match["path"].partition("/#")[0] == parts.path
