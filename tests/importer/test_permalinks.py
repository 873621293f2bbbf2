"""Which imported pages keep their addresses, and what is said of the others."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath

import pytest

from postdocs.importer.entry import Entry
from postdocs.importer.permalinks import (
    is_default,
    page_file,
    site_places,
    taken_by,
    with_aliases,
    with_permalinks,
)

SITE = "https://tides.example"


def entry(path: str) -> Entry:
    """Make an entry at a path of its blog, and named by it."""
    return Entry(source="feed.xml", position=1, title=path, url=f"{SITE}{path}")


def permalinks(*paths: str, files: tuple[str, ...] = (), **existing: str) -> list[str | None]:
    """Return the permalinks of entries in a site with a blog at `blog`."""
    names = files or tuple(f"{number}.md" for number in range(len(paths)))
    places = [page_file(name, PurePosixPath("posts")) for name in names]
    entries = with_permalinks([*map(entry, paths)], places, site_places("blog", existing))
    return [entry.permalink for entry in entries]


@pytest.mark.parametrize(
    ("paths", "kept"),
    [
        (("/a/", "/b.html"), "both"),
        (("/a/", "/a/b/"), "both"),
        (("/a/", "/a.html"), "both"),
        (("/a/", "/a"), "first"),
        (("/a/", "/A/"), "first"),
        (("/\u00fc/", "/u%CC%88/"), "first"),
        (("/a.php", "/a.php/b/"), "first"),
        (("/a.php/b/", "/a.php"), "first"),
        (("/a.php?p=1", "/a.php?p=2"), "both"),
        (("/a.php?p=1", "/a.php?p=1"), "first"),
        (("/a.php?p=1", "/a.php"), "both"),
        (("/a.php", "/a.php?p=1"), "both"),
        (("/a.php?p=1", "/a.php/b/"), "first"),
        (("/a.php/b/", "/a.php?p=1"), "first"),
        (("/?p=1", "/?p=2"), "both"),
        (("/index.php?p=1", "/?p=2"), "both"),
    ],
)
def test_no_two_pages_are_in_one_place(paths: tuple[str, str], kept: str) -> None:
    """A file is nowhere where a folder has to be; addresses with a query may share a page."""
    assert permalinks(*paths) == [paths[0], paths[1] if kept == "both" else None]


@pytest.mark.parametrize(
    "path",
    ["/search/", "/genindex/", "/404.html", "/robots.txt", "/robots.txt/x/", "/sitemap.xml", "/objects.inv",
     "/_static/x/", "/_images/a.png", "/_search/", "/blog/atom.xml", "/blog/feed.json", "/index.html"],
)  # fmt: skip
def test_what_the_site_needs_is_not_given_away(path: str) -> None:
    """Files and folders that a build writes itself are no places of posts."""
    assert permalinks(path, "/tides/") == [None, "/tides/"]


def test_what_is_there_already_stays() -> None:
    """A post that is no part of the import keeps the address that it has."""
    assert permalinks("/tides/", "/ebb/", old="/tides/") == [None, "/ebb/"]


def test_a_page_without_an_address_has_its_place_too() -> None:
    """Where the file of one says that it is, another can't be; its own place it can have."""
    files = ("2020/ebb.md", "2020/ebb-2.md")
    assert permalinks("/search/", "/posts/2020/ebb/", files=files) == [None, None]
    assert permalinks("/tides/", "/posts/2020/ebb/", files=files) == ["/tides/", "/posts/2020/ebb/"]
    assert permalinks("/posts/2020/ebb/", "/flood/", files=files) == ["/posts/2020/ebb/", "/flood/"]


def test_a_permalink_that_the_path_says_is_known() -> None:
    """It is one with or without the last slash, and whatever its characters are encoded as; no other is."""
    posts, post = PurePosixPath("posts"), entry("/posts/2020/ebb/")
    assert is_default(replace(post, permalink="/posts/2020/ebb"), "2020/ebb.md", posts)
    assert is_default(replace(post, permalink="/posts/2020/e%62b/"), "2020/ebb.md", posts)
    assert not is_default(replace(post, permalink="/posts/2020/ebb.html"), "2020/ebb.md", posts)
    assert not is_default(replace(post, permalink="/posts/2020/ebb/?p=1"), "2020/ebb.md", posts)
    assert not is_default(post, "2020/ebb.md", posts)


def test_the_reason_and_the_remedy_are_said() -> None:
    """A note says which address is given up, for what, and what to do."""
    places = site_places("blog", {})
    entries = with_permalinks(
        [entry("/x.php"), entry("/x.php/y/"), entry("/search/")], ["a", "b", "c"], places
    )
    assert [note.what for one in entries for note in one.notes] == [
        "it can't keep its address, whose path is in the way of '/x.php'; choose another `permalink`",
        "it can't keep its address, whose path is that of 'search', which the site has itself; "
        "choose another `permalink`",
    ]


def test_aliases_lead_to_one_page_only() -> None:
    """Those of other pages, of the site, and those that can't be are named; a page's own path needs none."""
    one = Entry(
        source="s", position=1, title="One", permalink="/one/", aliases=("/one", "/old/", "/a b#c", "/two/")
    )
    two = Entry(
        source="s", position=2, title="Two", permalink="/two/", aliases=("/old", "/search/", "/older.html")
    )

    first, second = with_aliases(
        [one, two], ["posts/1/index.html", "posts/2/index.html"], site_places("blog", {})
    )

    assert (first.aliases, second.aliases) == (("/old/",), ("/older.html",))
    assert [note.before for note in first.notes] == ["/a b#c", "/two/"]
    assert [note.before for note in second.notes] == ["/old", "/search/"]


def test_a_site_in_a_folder_of_its_host_has_its_pages_there(tmp_path: Path) -> None:
    """An old path that begins with the folder is compared with those of pages without it."""
    (tmp_path / "about.md").write_text("# About", encoding="utf-8")
    paths = ["/notes/about/", "/notes/low/", "/notes/", "/about/", "/notes/blog/atom.xml"]
    blocked = partial(taken_by, site=tmp_path, posts=Path("posts"), lists="blog")
    taken = site_places("blog", {"old.md": "/notes/low/"}, "notes")
    files = [f"posts/{at}/index.html" for at in range(len(paths))]
    entries = with_permalinks([*map(entry, paths)], files, taken, blocked, "notes")
    assert [one.permalink for one in entries] == [None] * len(paths)

    free = site_places("blog", {}, "notes")
    (kept,) = with_permalinks([entry("/notes/low/")], files[:1], free, blocked, "notes")
    (kept,) = with_aliases([replace(kept, aliases=("/low/", "/notes/old/"))], files[:1], free, "notes")
    assert (kept.permalink, kept.aliases) == ("/notes/low/", ("/notes/old/",))
