"""Where a site is to be published."""

from __future__ import annotations

import pytest

from postdocs.links.base import Base, base_of
from postdocs.links.hosts import HOSTS, Hosting
from postdocs.links.model import Page

FILES = ["index.html", "a/index.html", "b.html", "posts/c/index.html"]


def base(*pages: Page) -> Base:
    """Return the base of a site with these pages."""
    return base_of([Page("index.html"), *pages], FILES, Hosting(HOSTS["github"]))


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("a/index.html", "https://x.org/blog/a/"),
        ("a/index.html", "https://x.org/blog/a"),
        ("a/index.html", "https://x.org/blog/a/index.html"),
        ("b.html", "https://x.org/blog/b.html"),
        ("b.html", "https://x.org/blog/b"),
        ("\u00fc/index.html", "https://x.org/blog/%C3%BC/"),
    ],
)
def test_canonical_links_of_pages_tell_it(path: str, canonical: str) -> None:
    """They end like the path of their page; what is before that is the base."""
    assert base(Page(path, canonical=canonical)) == Base("https://x.org/blog/", path)


def test_most_pages_decide() -> None:
    """A post that was published elsewhere first has a canonical link to there."""
    elsewhere = Page("b.html", canonical="https://other.example/b.html")
    pages = [Page(f"{name}/index.html", canonical=f"https://x.org/{name}/") for name in ("a", "posts/c")]
    assert base(elsewhere, *pages).address == "https://x.org/"


@pytest.mark.parametrize(
    ("urls", "address"),
    [
        (["https://x.org/", "https://x.org/a/", "https://x.org/posts/c/"], "https://x.org/"),
        (["https://x.org/blog/", "https://x.org/blog/a/", "https://x.org/blog/b"], "https://x.org/blog/"),
        (["https://x.org/blog/posts/c/"], "https://x.org/blog/"),
        (["https://x.org/posts/c/", "https://other.example/x/", "mailto:a", "http://["], "https://x.org/"),
    ],
)
def test_a_sitemap_tells_it_where_no_page_does(urls: list[str], address: str) -> None:
    """It is the folder below which the listed pages are files; a sitemap counts before a feed."""
    feed = Page("feed.xml", announced=("https://feed.example/a/",))
    assert base(feed, Page("sitemap.xml", announced=(*urls,))) == Base(address, "sitemap.xml")
    assert base(feed).stated_by == "feed.xml"


def test_a_site_may_not_say_it() -> None:
    """Then links from the root are internal all the same."""
    assert base(Page("feed.xml", announced=("/a/", "https://x.org/gone/"))).stated_by is None
