"""Threads of comments find their posts, however the service names the page."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from postdocs.importer.entry import Entry, NoteKind, SourceComment, Thread
from postdocs.importer.folders.tree import UNKNOWN
from postdocs.importer.plan import Existing
from postdocs.importer.sources.comments import Listed, comment, public
from postdocs.importer.threads import attach

ONE = comment("1", "Ann", "x")
ENTRIES = [
    Entry(
        source="s",
        position=1,
        title="Tea",
        url="https://www.kettle.example/2019/tea.html",
        id="https://kettle.example/?p=12",
        aliases=("/old/tea/",),
    ),
    Entry(
        source="s",
        position=2,
        title="Milk",
        url="https://kettle.example/milk/",
        extra={"disqus_identifier": ["4711"], "Disqus_URL": "http://dairy.example/m"},
    ),
    Entry(source="s", position=3, title="Blog", url="https://kettle.example/2019/"),
]


def titles(thread: Thread) -> list[str]:
    """Return the titles of the posts that get the comments of a thread."""
    return [entry.title for entry in attach(ENTRIES, [thread], {}).entries if entry.comments]


@pytest.mark.parametrize(
    ("address", "names", "title"),
    [
        ("http://kettle.example/2019/tea.html", (), "Tea"),
        ("https://kettle.example/2019/tea/", (), "Tea"),
        ("https://kettle.example/2019/tea/index.html", (), "Tea"),
        ("https://kettle.example/2019/tea/index.php", (), "Tea"),
        ("https://kettle.example/2019/tea.html?m=1", (), "Tea"),
        ("https://kettle.example/2019/tea.html?utm_source=feed#comments", (), "Tea"),
        ("https://kettle.example/?p=12", (), "Tea"),
        ("https://kettle.example/gone/", ("12 http://www.kettle.example/?p=12",), "Tea"),
        ("https://kettle.example/old/tea", (), "Tea"),
        ("https://kettle.example/old/tea/?replytocom=4", (), "Tea"),
        ("/2019/tea", (), "Tea"),
        ("thread 88", ("/2019/tea",), "Tea"),
        ("thread 88", ("2019/tea.html",), "Tea"),
        ("thread 88", ("tea",), "Tea"),
        ("http://127.0.0.1:4000/2019/tea.html", (), "Tea"),
        ("https://kettle.example/2019/tea.html", ("4711",), "Milk"),
        ("http://dairy.example/m", (), "Milk"),
        ("https://dairy.example/m/", (), "Milk"),
    ],
)
def test_a_thread_finds_its_post(address: str, names: tuple[str, ...], title: str) -> None:
    """Spellings of an address, an alias, a path, and the names of front matter lead to the post."""
    assert titles(Thread(address, (ONE,), names)) == [title]


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("https://kettle.example/gone/", ("how to make tea",)),
        ("https://kettle.example/", ()),
        ("https://kettle.example/index.html", ()),
        ("https://kettle.example/milk/myindex.html", ()),
        ("https://kettle.example/?p=13", ("13",)),
        ("http://[", ("2019",)),
        ("", ()),
    ],
)
def test_a_thread_without_a_post_is_lost_by_name(address: str, names: tuple[str, ...]) -> None:
    """No words of an identifier and no home page lead to a post; the report has the number and the page."""
    (note,) = attach(ENTRIES, [Thread(address, (ONE, ONE), names)], {}).notes
    assert (note.kind, note.before) == (NoteKind.LOST, address)
    assert note.what.startswith("2 comments on a page that is no post")


def test_a_path_of_several_posts_is_that_of_none() -> None:
    """Where two posts may be meant, the comments are lost by name and come to neither."""
    entries = [Entry(source="s", position=n, url=f"https://{n}.example/about/") for n in (1, 2)]
    attached = attach(entries, [Thread("https://3.example/about/", (ONE,))], {})
    assert [entry.comments for entry in attached.entries] == [(), ()]
    assert [note.kind for note in attached.notes] == [NoteKind.LOST]


def test_a_page_of_another_host_is_noticed() -> None:
    """Comments of a blog that has moved are given by path, and the report says so."""
    (note,) = attach(ENTRIES, [Thread("http://oldkettle.example/milk/", (ONE,))], {}).notes
    assert (note.kind, note.before, note.after) == (
        NoteKind.NOTICED,
        "http://oldkettle.example/milk/",
        "https://kettle.example/milk/",
    )
    for thread in (
        Thread("https://dairy.example/m/", (ONE,)),
        Thread("http://a.example/x/", (ONE,), ("4711",)),
    ):
        assert attach(ENTRIES, [thread], {}).notes == ()
    placeless = [Entry(source="s", position=1, url=f"{UNKNOWN}/milk/")]
    assert attach(placeless, [Thread("http://kettle.example/milk/", (ONE,))], {}).notes == ()


def test_posts_of_the_site_have_aliases_and_names_too() -> None:
    """Comments that come later find the imported post by all that its front matter says."""
    key = frozenset({"kettle.example/tea"})
    site = {"2019/tea.md": Existing("", key, None, aliases=("/t/",), threads=frozenset({"4711"}))}
    threads = (Thread("/t", (ONE,)), Thread("thread 9", (ONE,), ("4711",)))
    for thread in threads:
        assert attach([], [thread], site).others == {"2019/tea.md": (ONE,)}


def test_threads_of_one_post_join_by_date() -> None:
    """Two threads of a post, of two services, are one in time; replies keep what they reply to."""

    def said(id_: str, author: str, day: int, parent: str = "") -> SourceComment:
        return comment(id_, author, "x", date=datetime(2019, 5, day, tzinfo=UTC), parent=parent)

    disqus = Thread("/2019/tea", (said("1", "Ann", 1), said("2", "Ann", 4, "1")))
    isso = Thread("/old/tea", (said("1", "Bo", 2), said("2", "Cy", 3, "1")))
    (tea, *_) = attach(ENTRIES, [disqus, isso, disqus], {}).entries
    assert [(one.id, one.author, one.parent) for one in tea.comments] == [
        ("1", "Ann", None),
        ("1-2", "Bo", None),
        ("2-2", "Cy", "1-2"),
        ("2", "Ann", "1"),
    ]


def test_a_thread_joins_the_comments_of_a_source() -> None:
    """Comments of an export and of a service are one archive, by date."""
    first, second, third = (
        comment(str(day), "Ann", "x", date=datetime(2019, 5, day, tzinfo=UTC)) for day in (1, 2, 3)
    )
    entry = Entry(source="s", position=1, url="https://kettle.example/tea/", comments=(first, third))
    (tea,) = attach([entry], [Thread("/tea", (second,))], {}).entries
    assert tea.comments == (first, second, third)


def test_a_reply_to_what_stays_out_moves_up() -> None:
    """It becomes a reply to the next public comment above; a circle of those that stay out ends."""

    def listed(id_: str, parent: str, why: str = "", page: str = "p") -> Listed:
        return Listed(page, comment(id_, "Ann", id_, parent=parent), why)

    comments, notes = public([
        listed("4", "3"),
        listed("1", ""),
        listed("2", "1", "deleted"),
        listed("3", "2", "spam"),
        listed("5", "6"),
        listed("6", "7", "deleted"),
        listed("7", "6", "deleted"),
        listed("8", "2", page="q"),
    ])  # fmt: skip
    assert [(one.id, one.parent) for one in comments["p"]] == [("4", "1"), ("1", None), ("5", None)]
    assert [(one.id, one.parent) for one in comments["q"]] == [("8", "2")]
    assert [note.what for note in notes] == ["3 of type comment, deleted", "1 of type comment, spam"]
