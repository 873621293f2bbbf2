"""Whether links within a site lead somewhere."""

from __future__ import annotations

import pytest

from postdocs.links.collect import Link, Page
from postdocs.links.internal import base_of, check

FILES = [
    "index.html",
    "posts/a/index.html",
    "posts/b.html",
    "_images/ü &.png",
    "blog/atom.xml",
    "dir/file.txt",
]
BASE = "https://example.org/~lab/"
PAGE = "there is no such page or file"
ID = "the page has no element with that id"


def fault_of(url: str, base: str = BASE, html_base: str | None = None) -> str | None:
    """Check one link of the page posts/a/index.html; return why it fails, or None."""
    pages = [
        Page("index.html", anchors=frozenset({"top-of-home"})),
        Page("posts/a/index.html", (Link(url, 7),), frozenset({"here", "ä"}), html_base),
        Page("blog/atom.xml"),
    ]
    result = check(pages, FILES, base)
    assert result.internal + result.outgoing == 1
    assert all(str(fault) == f"posts/a/index.html:7: {url}: {fault.reason}" for fault in result.faults)
    return result.faults[0].reason if result.faults else None


@pytest.mark.parametrize(
    "url",
    [
        "",
        "#",
        "#here",
        "#top",
        "#TOP",
        "#%C3%A4",
        "#ä",
        "#here:~:text=x",
        "?query",
        "./",
        "../a/",
        "../../",
        "../../index.html",
        "../b.html",
        "../../#top-of-home",
        "/~lab/",
        "/~lab/posts/a",
        "../../_images/%C3%BC%20&.png",
        "../../_images/ü &.png",
        "../../blog/atom.xml#entry",
        "https://example.org/~lab/posts/a/#here",
        "//example.org/~lab/",
        "HTTPS://EXAMPLE.ORG/~lab/",
        "http://example.org/~lab/posts/b.html",
    ],
)
def test_what_leads_somewhere_is_fine(url: str) -> None:
    """Relative, absolute and full addresses, escaped or not, with and without fragments."""
    assert fault_of(url) is None


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("../c/", PAGE),
        ("b.html", PAGE),
        ("../../dir/", PAGE),
        ("../../dir", PAGE),
        ("../B.html", PAGE),
        ("../../Index.html", PAGE),
        ("#nowhere", ID),
        ("../../#here", ID),
        ("https://example.org/~lab/posts/c/", PAGE),
        ("https://example.org/~lab/#here", ID),
        ("/posts/a/", "it leads out of the site"),
        ("../../../other/", "it leads out of the site"),
        ("../../%2e%2e/x", PAGE),
        ("http://[broken", "it is not a URL (Invalid IPv6 URL)"),
        ("../%00", PAGE),
    ],
)
def test_what_leads_nowhere_is_a_fault(url: str, reason: str) -> None:
    """Missing pages, files in the wrong case, missing ids, and ways out of the site."""
    assert fault_of(url) == reason


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/",
        "mailto:a@example.org",
        "tel:+1",
        "data:,x",
        "javascript:void(0)",
        "https://example.org/other/",
        "https://example.org:8443/~lab/x",
        "ftp://example.org/~lab/x",
    ],
)
def test_what_leads_elsewhere_is_not_our_business(url: str) -> None:
    """Other hosts, ports, schemes and sites beside this one are outgoing."""
    assert fault_of(url) is None


def test_a_base_element_counts() -> None:
    """Links of a page with a base are relative to it."""
    assert fault_of("posts/b.html", html_base="/~lab/") is None
    assert fault_of("b.html", html_base="/~lab/") == PAGE


def test_a_site_without_an_address_can_be_checked() -> None:
    """Relative links, and those from the root, need no address."""
    base = base_of([Page("index.html"), Page("x.html", canonical="https://example.org/")])
    assert fault_of("/posts/b.html", base) is None
    assert fault_of("/posts/c.html", base) == PAGE


@pytest.mark.parametrize("canonical", ["https://example.org/~lab/", "https://example.org/~lab/index.html"])
def test_the_address_is_that_of_the_home_page(canonical: str) -> None:
    """The canonical link of the home page says where the site is."""
    assert (
        base_of([Page("a.html", canonical="https://wrong.example/"), Page("index.html", canonical=canonical)])
        == BASE
    )
