"""Whether links within a site lead somewhere."""

from __future__ import annotations

from itertools import product

import ada_url
import pytest

from postdocs.links.base import Base, base_of, to_base
from postdocs.links.hosts import HOSTS, Hosting
from postdocs.links.internal import Broken, Site, check
from postdocs.links.model import Page, Problem

FILES = [
    "index.html",
    "posts/a/index.html",
    "posts/b.html",
    "_images/ü &.png",
    "blog/atom.xml",
    "dir/file.txt",
]
BASE = "https://example.org/~lab/"
HOSTING = Hosting(HOSTS["github"])
PAGE = "there is no such page or file"
OUT = "it points outside of the site"
ID = "the page has no element with that id"


def fault_of(url: str, base: str = BASE, html_base: str | None = None) -> str | None:
    """Check one link of the page posts/a/index.html; return why it fails, or None."""
    pages = [
        Page("index.html", anchors=frozenset({"top-of-home"})),
        Page("posts/a/index.html", (url,), frozenset({"here", "ä", "raw%20id", "a%20b"}), html_base),
        Page("blog/atom.xml"),
    ]
    result = check(pages, Site(FILES, base))
    assert result.internal + len(result.outgoing) == 1
    assert all((link.path, link.number, link.url) == ("posts/a/index.html", 0, url) for link in result.broken)
    return result.broken[0].reason if result.broken else None


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
        "https://example.org:443/~lab/posts/b.html",
        "http://example.org:80/~lab/#top-of-home",
        "https://example.org/~lab",
        "/~lab#top-of-home",
        "../../../~lab",
        "..\\b.html",
        "\\~lab\\posts\\b.html",
        "%2e%2E/b.html",
        "../b",
        "#raw%20id",
        "#a%2520b",
        "https:../b.html",
        "\thttps://example\n.org/~lab/",
        "https://me@example.org/~lab/",
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
        ("https://example.org:443/~lab/posts/c/", PAGE),
        ("/~lab#here", ID),
        ("/~labs", OUT),
        ("/posts/a/", OUT),
        ("../../../other/", OUT),
        ("../../%2e%2e/x", OUT),
        ("..\\c", PAGE),
        ("../../.%2E/x", OUT),
        ("..%2fa/", PAGE),
        ("//[broken", "it is not a URL"),
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
        "https://example.org/~labs",
        "https://example.org:80/~lab/x",
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
    assert fault_of("../b.html", html_base="http://[x") is None


def test_a_page_may_have_any_name() -> None:
    """Names that are no text, as a file system may hold them, are compared as they are."""
    pages = [Page("\udcff/a.html", ("b.html", "c.html"), frozenset())]
    broken = check(pages, Site(["\udcff/a.html", "\udcff/b.html"], BASE)).broken
    assert broken == (Broken("\udcff/a.html", 1, PAGE, "c.html", f"{BASE}%FF/c.html"),)


def test_a_site_without_an_address_can_be_checked() -> None:
    """Relative links, and those from the root, need no address."""
    base = base_of(
        [Page("index.html"), Page("x.html", canonical="https://example.org/")], FILES, HOSTING
    ).address
    assert fault_of("/posts/b.html", base) is None
    assert fault_of("/posts/c.html", base) == PAGE


def test_faults_of_files_come_with_those_of_links() -> None:
    """What could not be read fails the check as well, page by page."""
    broken = Problem("a.xml", 2, "it is not XML")
    pages = [Page("a.xml", problems=(broken,)), Page("b.html", ("gone",))]
    result = check(pages, Site(["a.xml", "b.html"], BASE))
    assert (result.problems, result.broken) == (
        (broken,),
        (Broken("b.html", 0, PAGE, "gone", f"{BASE}gone"),),
    )


@pytest.mark.parametrize(
    ("canonical", "base"),
    [
        (None, "https://localhost.invalid/"),
        ("", "https://localhost.invalid/"),
        ("/", "https://localhost.invalid/"),
        ("/b/index.html", "https://localhost.invalid/b/"),
        ("/b//", "https://localhost.invalid/b/"),
        ("./", "https://localhost.invalid/"),
        ("example.org/b/", "https://localhost.invalid/"),
        ("//example.org/b/", "https://example.org/b/"),
        ("//", "https://localhost.invalid/"),
        ("https://[x", "https://localhost.invalid/"),
        ("//[x", "https://localhost.invalid/"),
        ("https://example.org:port/", "https://localhost.invalid/"),
        ("file:///b/", "https://localhost.invalid/"),
        ("https:///b/", "https://localhost.invalid/"),
    ],
)
def test_a_canonical_link_may_be_no_web_address(canonical: str | None, base: str) -> None:
    """Then the links of the site are internal all the same, below its path if it begins with one."""
    assert base_of([Page("index.html", canonical=canonical)], FILES, HOSTING).address == base
    assert fault_of("../c/", base) == PAGE


@pytest.mark.parametrize("address", ["example.org", "", "/b/", "file:///x", "https://", "https://[x", "a:b"])
def test_what_is_no_web_address_is_no_base(address: str) -> None:
    """A base needs a scheme that web servers answer, and a host."""
    with pytest.raises(ValueError, match=r"."):
        to_base(address)


@pytest.mark.parametrize(
    "canonical",
    [
        "https://example.org/~lab",
        "https://example.org/~lab/",
        "https://example.org/~lab//",
        "https://example.org/~lab/index.html",
        "HTTPS://example.org/~lab/?query#fragment",
    ],
)
def test_the_address_is_that_of_the_home_page(canonical: str) -> None:
    """The canonical link of the home page says where the site is."""
    pages = [
        Page("a.html", canonical="https://wrong.example/a.html"),
        Page("index.html", canonical=canonical),
    ]
    assert base_of(pages, FILES, HOSTING) == Base(BASE, "index.html")


@pytest.mark.parametrize("folder", ["", "a/", "a/b/", "a//b/", "?x=/y/z/", "a/?/b/c"])
def test_a_link_upwards_leads_where_a_browser_goes(folder: str) -> None:
    """What stands for the same from each folder is looked up once, and is what each would give."""
    rests = [
        "",
        ".",
        "..",
        "x",
        "x/#y",
        "x?y",
        "/x",
        "//x",
        "http:x",
        "#y",
        "?y",
        " x",
        "x\ty",
        "\\x",
        "%2e%2e/x",
    ]
    links = [f"{up}{rest}" for up, rest in product(("../", "../../", "../../../../../"), rests)]
    address = f"https://owls.example/{folder}"
    page = Page("index.html", (*links,), frozenset(), address)
    result = check([page], Site([], "https://larks.example/"))
    assert [link.url for link in result.outgoing] == [ada_url.join_url(address, link) for link in links]
