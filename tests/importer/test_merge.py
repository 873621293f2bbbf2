"""Several sources that become one blog."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

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


DAY = datetime(2020, 5, 1, 9, tzinfo=UTC)


def test_an_entry_without_id_is_known_by_address_title_and_date() -> None:
    """A saved page is the post of the feed if all three agree; a day alone agrees with any of its hours."""
    fed = entry("a", id="x", url="https://e.org/one/", title="One", published=DAY)
    page = entry("b", url="http://e.org/one", title="One ", published=datetime(2020, 5, 1))

    assert merged(fed, page)[0] == [page]


@pytest.mark.parametrize(
    "fields",
    [
        {"id": "y"},
        {"title": "Other"},
        {"title": ""},
        {"published": DAY.replace(hour=10)},
        {"published": None},
        {"url": "https://e.org/two/"},
        {"url": None},
    ],
)
def test_an_address_alone_makes_no_two_entries_one(fields: dict[str, object]) -> None:
    """What differs in id, title, date or address is another post: none may vanish."""
    one = entry("a", id="x", url="https://e.org/", title="One", published=DAY)
    other = entry("b", **{"url": one.url, "title": one.title, "published": DAY, **fields})

    assert merged(one, other)[0] == [one, other]


def test_entries_of_one_source_may_all_link_to_one_page() -> None:
    """Talks that link to the home page, without ids, are as many posts."""
    talks = [entry("a", url="https://e.org/", title=title, published=DAY) for title in ("A", "B", "C")]

    assert merged(*talks) == (talks, ())


def test_merge_keeps_posts_that_share_an_id() -> None:
    """Within one source an id that two posts share stays with the first of them."""
    one = entry("a", id="x", url="https://e.org/one/", title="One")
    two = entry("a", id="x", url="https://e.org/two/", title="Two")
    result, notes = merged(one, two)

    assert [(post.title, post.id) for post in result] == [("One", "x"), ("Two", None)]
    assert [note for note in notes if note.kind is NoteKind.REPAIRED]
