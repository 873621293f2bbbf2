"""Several sources that become one blog."""

from __future__ import annotations

from datetime import UTC, datetime

from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.sources.merge import merge
from postdocs.importer.sources.model import Source


def entry(source: str, **fields: object) -> Entry:
    """Make an entry."""
    return Entry(source=source, position=1, **fields)  # type: ignore[arg-type]


def merged(*entries: Entry) -> tuple[list[Entry], tuple[Note, ...]]:
    """Merge entries, each the only one of a source, as far as their sources differ."""
    names = dict.fromkeys(one.source for one in entries)
    sources = [
        Source(name, "", "", None, tuple(one for one in entries if one.source == name), ()) for name in names
    ]
    result, notes = merge(sources)
    return list(result), notes


def test_merge_keeps_the_newest() -> None:
    """Of entries with one id the one that changed last is kept, else the later one; a note says so."""
    old = entry("a", id="x", title="old", updated=datetime(2020, 1, 1, tzinfo=UTC))
    new = entry("b", id="x", title="new", updated=datetime(2021, 1, 1, tzinfo=UTC))
    naive = entry("c", id="x", title="naive", updated=datetime(1999, 1, 1))

    assert merged(new, old)[0] == [new]
    assert merged(old, new)[0] == [new]
    assert merged(new, naive)[0] == [naive]
    assert len(merged(old, new)[1]) == 1


def test_merge_by_address() -> None:
    """An entry without id is known by its address; two ids are two entries, whatever their address."""
    fed = entry("a", id="x", url="https://e.org/one/")
    page = entry("b", url="http://e.org/one", title="page")
    other = entry("c", id="y", url="https://e.org/one/")

    assert merged(fed, page)[0] == [page]
    assert merged(fed, other)[0] == [fed, other]


def test_merge_keeps_posts_that_share_an_id() -> None:
    """Within one source an id that two posts share stays with the first of them."""
    one = entry("a", id="x", url="https://e.org/one/", title="One")
    two = entry("a", id="x", url="https://e.org/two/", title="Two")
    result, notes = merged(one, two)

    assert [(post.title, post.id) for post in result] == [("One", "x"), ("Two", None)]
    assert [note for note in notes if note.kind is NoteKind.REPAIRED]
