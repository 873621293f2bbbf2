"""Feeds: what plain ablog gets wrong, and that it is right here."""

from __future__ import annotations

from datetime import UTC, datetime

import lxml.html
import pytest
from helpers import read_html
from plain import Site, Sites, build_both, entry, values

BASE = "https://example.org/~me"
EPOCH = 1_700_000_000  # after all posts
FULL = "All that a post can say"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """The same posts twice."""
    return build_both("test-plain-feeds", tmp_path_factory.mktemp("feeds"), SOURCE_DATE_EPOCH=str(EPOCH))


def said(site: Site, title: str, path: str) -> list[str]:
    """Return what the blog's feed says of a post."""
    return values(entry(site.feed("blog/atom.xml"), title), path)


def content(site: Site, title: str) -> lxml.html.HtmlElement:
    """Return the content of an entry."""
    (text,) = said(site, title, "a:content/text()")
    return lxml.html.fragment_fromstring(text, create_parent="div")


def test_each_feed_has_an_id_of_its_own(sites: Sites) -> None:
    """In plain ablog all feeds have the same; here no two have."""
    ids = [id_ for feed in sites.plain.feeds().values() for id_ in values(feed, "a:id/text()")]
    assert len(ids) > 1
    assert {*ids} == {BASE}

    ids = [id_ for feed in sites.ours.feeds().values() for id_ in values(feed, "a:id/text()")]
    assert len(ids) > 1
    assert len({*ids}) == len(ids) == len(sites.ours.feeds())


def test_a_feed_was_updated_when_its_content_was(sites: Sites) -> None:
    """Plain ablog writes the time of the build, whatever that is set to; here it is that of the content."""
    (updated,) = values(sites.plain.feed("blog/atom.xml"), "a:updated/text()")
    assert datetime.fromisoformat(updated) > datetime.fromtimestamp(EPOCH, UTC)

    (updated,) = values(sites.ours.feed("blog/atom.xml"), "a:updated/text()")
    assert updated == "2020-01-03T00:00:00+00:00"


def test_an_entry_keeps_the_id_that_it_has(sites: Sites) -> None:
    """Plain ablog makes one of the address, so that moved posts are new ones; here the author's is kept."""
    assert said(sites.plain, FULL, "a:id/text()") == [f"{BASE}/posts/full.html"]

    assert said(sites.ours, FULL, "a:id/text()") == ["tag:example.org,2001:full"]


def test_an_entry_names_all_its_authors(sites: Sites) -> None:
    """Plain ablog names the last one only; here all are named."""
    assert said(sites.plain, FULL, "a:author/a:name/text()") == ["Bob"]

    assert said(sites.ours, FULL, "a:author/a:name/text()") == ["Ann", "Bob"]


def test_a_feed_has_an_author_where_a_post_has_none(sites: Sites) -> None:
    """Plain ablog names nobody then, which RFC 4287 §4.1.1 forbids; here the feed has an author."""
    for name in ("blog", "blog/tag/anonymous"):
        feed = sites.plain.feed(f"{name}/atom.xml")
        assert values(feed, "a:author") == values(entry(feed, "By nobody"), "a:author") == []

        feed = sites.ours.feed(f"{name}/atom.xml")
        (author,) = values(feed, "a:author/a:name/text()") or values(
            entry(feed, "By nobody"), "a:author/a:name/text()"
        )
        assert author


def test_an_entry_has_its_categories(sites: Sites) -> None:
    """Plain ablog writes tags only; here its categories are there too."""
    assert "Notes" not in said(sites.plain, FULL, "a:category/@label")

    assert "Notes" in said(sites.ours, FULL, "a:category/@term")
    assert "Notes" in said(sites.ours, FULL, "a:category/@label")


def test_a_tag_keeps_its_spaces(sites: Sites) -> None:
    """Plain ablog glues the words of a term together; here it is the label."""
    assert said(sites.plain, FULL, "a:category/@term") == ["machinelearning"]

    assert said(sites.ours, FULL, "a:category[@label='machine learning']/@term") == ["machine learning"]


def test_links_in_the_content_are_absolute(sites: Sites) -> None:
    """In plain ablog they are relative to the page of the blog; here they work in any reader."""
    assert content(sites.plain, FULL).xpath(".//a/@href") == ["posts/nobody.html"]

    assert content(sites.ours, FULL).xpath(".//a/@href") == [f"{BASE}/posts/nobody.html"]


def test_images_are_below_the_path_of_the_site(sites: Sites) -> None:
    """In plain ablog their addresses lose the path; here they are those of the images."""
    assert content(sites.plain, FULL).xpath(".//img/@src") == ["https://example.org/_images/dot.png"]

    (image,) = content(sites.ours, FULL).xpath(".//img/@src")
    assert image.startswith(f"{BASE}/_images/dot")
    assert (sites.ours.out / image.removeprefix(f"{BASE}/")).is_file()


def test_paragraphs_of_a_summary_are_apart(sites: Sites) -> None:
    """Plain ablog glues them together; here there is space between them."""
    (summary,) = said(sites.plain, FULL, "a:summary/text()")
    assert summary.startswith("First paragraph.Second paragraph, with a link")

    (summary,) = said(sites.ours, FULL, "a:summary/text()")
    assert " ".join(summary.split()).startswith("First paragraph. Second paragraph, with a link")


def test_a_post_from_elsewhere_says_so(sites: Sites) -> None:
    """Plain ablog has no word of it in a feed, not even by its own option; here it is a link."""
    assert said(sites.plain, FULL, "a:link/@href") == [f"{BASE}/posts/full.html"]
    assert said(sites.plain, "Written elsewhere", "a:link/@href") == [f"{BASE}/elsewhere.html"]

    assert said(sites.ours, FULL, "a:link[@rel='via']/@href") == ["https://old.example.org/?p=12"]
    assert "https://elsewhere.example/post" in said(sites.ours, "Written elsewhere", "a:link/@href")


def test_the_feed_of_the_blog_is_announced_by_name(sites: Sites) -> None:
    """In plain ablog it has no name on the page of the blog; here every announced feed has one."""
    titles = "//link[@rel='alternate'][@type='application/atom+xml']/@title"
    assert read_html(sites.plain.out / "blog.html").xpath(titles) == [""]

    assert read_html(sites.ours.out / "blog.html").xpath(titles) != []
    for page in sites.ours.out.rglob("*.html"):
        assert all(read_html(page).xpath(titles)), page
