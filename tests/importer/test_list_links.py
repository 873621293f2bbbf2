"""Links to lists of the old blog."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from postdocs.core.conf import Settings
from postdocs.importer.ast import nodes
from postdocs.importer.entry import Entry, OldList
from postdocs.importer.list_links import lists_of

POST = Entry(
    source="a",
    position=1,
    url="https://www.old.example/low.html",
    published=datetime(2021, 3, 4, tzinfo=UTC),
    tags=("Deep Sea", "Salt & Wind"),
    category=("Tides",),
    authors=("Ann Example",),
)
SITE = Settings(UTC, {}, base="https://new.example/notes/")
PLACED = replace(POST, url="https://old.example/notes/2021/03/ebb/")
LISTS = lists_of(
    [POST, PLACED, replace(POST, tags=("Secret",), draft=True)], SITE, lambda entry: not entry.draft
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tag/deep-sea.html", "tag/deep-sea"),
        ("tags/deep-sea/page/2/", "tag/deep-sea"),
        ("categories/deep-sea/", "tag/deep-sea"),
        ("categories/cat_tides/", "category/tides"),
        ("blog/category/tides/index.html", "category/tides"),
        ("tags/salt--wind/", "tag/salt-and-wind"),
        ("tag/salt-wind.html", "tag/salt-and-wind"),
        ("author/ann-example.html", "author/ann-example"),
        ("tags.html", "tag"),
        ("archives.html", "archive"),
        ("posts/2021/", "2021"),
        ("archive/2021/", "2021"),
        ("tag/secret.html", None),
        ("notes/", ""),
        ("notes/index.md", ""),
        ("notes/2021/03/", "2021"),
        ("notes/page/3/", ""),
        ("2019/", None),
    ],
)
def test_a_list_of_the_old_blog_is_one_of_this_site(old: str, new: str | None) -> None:
    """That of the same label or year, as generators name them; of drafts there is none."""
    url = f"https://old.example/{old}"
    assert LISTS.is_list(url)
    folders = f"{new}/" if new else ""
    assert LISTS.address(url) == (None if new is None else f"https://new.example/notes/blog/{folders}")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        *((feed, "") for feed in ("feed.xml", "rss.xml", "atom.xml", "index.xml", "feed/", "blog/atom.xml")),
        *((feed, "") for feed in ("feeds/all.atom.xml", "feed_rss_created.xml", "notes/index.xml")),
        ("tags/deep-sea/index.xml", "tag/deep-sea/"),
        ("tag/deep-sea/feed/", "tag/deep-sea/"),
        ("categories/deep-sea.xml", "tag/deep-sea/"),
        ("feeds/tides.atom.xml", "category/tides/"),
        ("feeds/deep-sea.tag.atom.xml", "tag/deep-sea/"),
        ("tags/gone/index.xml", None),
        ("feeds/gone.atom.xml", None),
        ("tag/atom/", None),
    ],
)
def test_a_feed_of_the_old_blog_is_one_of_this_site(old: str, new: str | None) -> None:
    """That of all posts, or that of the same label."""
    url = f"https://old.example/{old}"
    assert LISTS.is_list(url)
    assert LISTS.address(url) == (None if new is None else f"https://new.example/notes/blog/{new}atom.xml")


@pytest.mark.parametrize(
    "url",
    [
        "https://other.example/tag/deep-sea/",
        "https://old.example/deep-sea.html",
        "#tag",
        "http://[",
        "https://old.example/",
        "https://old.example/data/index",
        "https://old.example/data/x.xml",
    ],
)
def test_other_links_stay(url: str) -> None:
    """Those to other sites and to posts."""
    assert not LISTS.is_list(url)
    assert LISTS.address(url) is None


def test_links_without_a_list_are_named_once() -> None:
    """With the line in the file; those that lead to a list of this site aren't."""
    gone, known = "https://old.example/tag/gone.html", "https://old.example/tag/deep-sea.html"
    links = tuple(nodes.Link(url, (nodes.Text("x"),)) for url in (gone, known, gone))
    document = LISTS.relinked(nodes.Document((nodes.Paragraph(links),)))
    (note,) = LISTS.notes(document, f"# A\n\n[x]({gone})\n")
    assert (note.before, note.line) == (gone, 3)


def test_without_an_address_of_the_site_links_stay_and_are_named() -> None:
    """Its settings may say it later."""
    lists = lists_of([POST], replace(SITE, base=""), lambda _: True)
    link = nodes.Link("https://old.example/tag/deep-sea.html", (nodes.Text("x"),))
    document = nodes.Document((nodes.Paragraph((link,)),))
    assert lists.relinked(document) == document
    (note,) = lists.notes(document, "")
    assert "set html_baseurl" in note.what


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("", True), ("/", True), ("/tag/any/", True), ("/tag/any/atom.xml", True), ("/2021", True),
        ("/archive/#a", True),
        ("/2021/12/gone/x.md", False), ("/gone/", False), ("/tag/a/b/", False), ("-other/", False),
    ],
)  # fmt: skip
def test_what_is_below_the_lists_of_this_site_is_one_by_its_form(path: str, is_one: bool) -> None:
    """Old posts and pages may have been below the same address."""
    assert LISTS.has(f"https://new.example/notes/blog{path}") is is_one


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (OldList(), ""),
        (OldList("tag", "Deep Sea"), "tag/deep-sea/"),
        (OldList("author", "Ann Example"), "author/ann-example/"),
        (OldList("category", "Gone"), None),
        (OldList("tag"), "tag/"),
        (OldList("archive"), "archive/"),
        (OldList("archive", "2021"), "2021/"),
        (OldList("archive", "2019"), None),
        (OldList(is_feed=True), "atom.xml"),
        (OldList("tag", "Deep Sea", is_feed=True), "tag/deep-sea/atom.xml"),
        (OldList("tag", is_feed=True), None),
        (OldList("archive", "2021", is_feed=True), None),
    ],
)
def test_a_list_that_the_settings_name_is_one_of_this_site(old: OldList, new: str | None) -> None:
    """Whatever its address; years and indexes have no feed here."""
    known = {"https://www.old.example/x/1.html": old, "https://old.example/y/": None}
    lists = lists_of([POST], SITE, lambda _: True, known)
    assert lists.is_list("https://old.example/x/1.html#top")
    assert not lists.is_list("https://old.example/y/")
    address = lists.address("https://old.example/x/1.html")
    assert address == (None if new is None else f"https://new.example/notes/blog/{new}")


@pytest.mark.parametrize("name", ["Atom", "RSS", "feed"])
def test_a_label_may_be_called_as_a_feed_is(name: str) -> None:
    """Its list is no feed."""
    lists = lists_of([replace(POST, tags=(name,))], SITE, lambda _: True)
    address = lists.address(f"https://old.example/tag/{name.lower()}/")
    assert address == f"https://new.example/notes/blog/tag/{name.lower()}/"
