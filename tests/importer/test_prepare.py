"""Entries with what a post must have."""

from __future__ import annotations

from datetime import UTC, datetime

from postdocs.importer.entry import Entry
from postdocs.importer.prepare import prepare


def test_labels_that_differ_only_in_case_get_the_most_frequent_spelling() -> None:
    """The report says how often each of the others was used, in the number that English has for it."""
    tags = [("sea",), ("sea",), ("sea",), ("Sea",), ("SEA",), ("SEA",)]
    entries = [Entry(source="a", position=at, tags=names) for at, names in enumerate(tags, 1)]
    prepared, notes = prepare(entries, UTC, datetime(2021, 1, 1, tzinfo=UTC))
    assert {entry.tags for entry in prepared} == {("sea",)}
    assert [(note.what, note.before, note.after) for note in notes] == [
        ("label, 1 time", "Sea", "sea"),
        ("label, 2 times", "SEA", "sea"),
    ]
