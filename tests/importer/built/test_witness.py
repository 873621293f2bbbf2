"""Built pages as the witness of sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from postdocs.importer.built.witness import pair
from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.sources.model import Source

TEXT = "The mill race runs below the weir and turns the old wheel twice each day."
PAGE = Entry(
    source="_site",
    position=1,
    id="tag:mill.example,2022:/race/",
    title="The race",
    url="https://mill.example/race/",
    published=datetime(2022, 5, 6, 7, 30, tzinfo=UTC),
    content=f"<p>{TEXT}</p>",
    base="https://mill.example/race/",
)
SITE = Source("_site", "built site", "", "https://mill.example/", (PAGE,), ())
OTHER = "<p>Quite different words stand here now.</p>"
SOURCE = replace(PAGE, source="blog", id=None, content=f"<p>{TEXT} {{% figure %}}</p>", base=None)


def test_a_source_gets_the_content_of_its_page() -> None:
    """The page at the address of a source says how its text looked, and the id that a feed gave it."""
    ((post,), notes) = pair([SOURCE], SITE)
    assert (post.content, post.id, post.base) == (PAGE.content, PAGE.id, PAGE.base)
    assert (post.notes, notes) == ((), ())


def test_notes_on_the_text_of_a_source_go_with_it() -> None:
    """A page shows what its source lacks; where the source is taken after all, its notes stay."""
    odd = Note(NoteKind.NOTICED, "a tag came along as text", before="a.md:3: {% figure %}", in_text=True)
    date = Note(NoteKind.NOTICED, "its date is odd", before="a.md")
    source = replace(SOURCE, notes=(odd, date))
    ((post,), _) = pair([source], SITE)
    assert post.notes == (date,)
    ((post,), _) = pair([replace(source, content=OTHER)], SITE)
    assert post.notes[:2] == (odd, date)


def test_a_page_is_found_by_path_and_by_title() -> None:
    """A source under another host, or with another address, has its page by path or by title and day."""
    for url in ("http://localhost:4000/race.html", "https://mill.example/2022/the-race/"):
        ((post,), _) = pair([replace(SOURCE, url=url)], SITE)
        assert (post.content, post.url) == (PAGE.content, PAGE.url)


def test_sources_without_a_page_keep_their_own_content() -> None:
    """A source that the site was built without is named, but no draft; so is a page without a source."""
    other = replace(SOURCE, title="Ice", url="https://mill.example/ice/", published=None)
    ((post, draft), notes) = pair([other, replace(other, draft=True)], SITE)
    assert post.content == SOURCE.content
    assert [note.what for note in post.notes] == [
        "it has no page in _site; build the site again, so that they agree"
    ]
    assert draft.notes == ()
    assert [note.what for note in notes] == ["a page of _site has no source: “The race”"]


def test_a_page_of_another_text_is_no_witness() -> None:
    """Where the site is older than a source whose words changed, the source counts."""
    ((post,), _) = pair([replace(SOURCE, content=OTHER)], SITE)
    assert post.content == OTHER
    assert post.notes[0].what.startswith(
        "the words of its page in _site differ, so that its source was taken"
    )


def test_old_paths_of_the_source_and_of_the_built_pages_lead_to_a_post() -> None:
    """Each once, however it is written."""
    page = replace(PAGE, aliases=("/old/race/", "/de/race/"))
    ((post,), _) = pair([replace(SOURCE, aliases=("/old/race.html",))], replace(SITE, entries=(page,)))
    assert post.aliases == ("/old/race.html", "/de/race/")
