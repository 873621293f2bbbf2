"""What HTML pages link to, and what else is in them."""

from __future__ import annotations

import pytest
from helpers import assert_linear

from postdocs.links.feeds import read_xml
from postdocs.links.html import read_html
from postdocs.links.json_files import read_json
from postdocs.links.model import Page


def urls(html: str) -> list[str]:
    """Return the addresses that an HTML page refers to."""
    return [*read_html(html.encode(), "x.html").links]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href=" a.html\n">', ["a.html"]),
        ('<a href="\ta\r\n.ht\tml\x1f ">', ["a.html"]),
        ('<a href="\u00a0a b">', ["\u00a0a b"]),
        ("<a>no link</a><a href>empty</a>", [""]),
        ('<img src="a.png" srcset="b.png 1x, c.png 2x">', ["a.png", "b.png", "c.png"]),
        ('<img srcset="a.png, b,c.png 100w,d.png">', ["a.png", "b,c.png", "d.png"]),
        ('<img srcset="data:image/png;base64,AA== 1x, b.png 2x">', ["data:image/png;base64,AA==", "b.png"]),
        ('<link rel="stylesheet" href="a.css"><script src="b.js"></script>', ["a.css", "b.js"]),
        ('<img srcset=" , a.png (x, y) 1x,b.png,, c.png">', ["a.png", "b.png", "c.png"]),
        ('<img srcset="a.png (x, b.png"><img srcset=" ,, "><img srcset>', ["a.png"]),
        ('<link rel="preload" as="image" imagesrcset="a.png 1x" href="b.png">', ["b.png", "a.png"]),
        ('<link rel="preconnect" href="https://example.org">', []),
        ('<a rel="preconnect dns-prefetch" href="a.html">', ["a.html"]),
        (
            '<video poster="a.png"><source src="b.mp4"><track src="c.vtt"></video>',
            ["a.png", "b.mp4", "c.vtt"],
        ),
        ('<object data="a.svg"></object><p data="not a link"></p>', ["a.svg"]),
        ('<form action="a"><button formaction="b"></button></form>', ["a", "b"]),
        ('<meta http-equiv="Refresh" content="0; URL=\'a.html\'">', ["a.html"]),
        ('<meta http-equiv="refresh" content="30">', []),
        ('<svg><use xlink:href="#icon"></use></svg>', ["#icon"]),
        ('<blockquote cite="a.html"></blockquote><iframe src="b.html"></iframe>', ["a.html", "b.html"]),
        ("<!-- <a href='gone.html'></a> -->", []),
        ("<body><p>x</body></html>\nafter <a href='a'></BODY\n><a href='b'></body ></html>", ["a", "b"]),
        ("<html></html><html><body><a href='a'>", ["a"]),
        ("</bodyless><a href='a'></body", ["a"]),
        ("\0<a href='a'>\0", ["a"]),
        ("", []),
    ],
)
def test_every_kind_of_reference_is_found(html: str, expected: list[str]) -> None:
    """Links, pictures with all their sizes, media, styles, scripts, forms, frames and redirects count."""
    assert urls(html) == expected


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_says_the_encoding(encoding: str) -> None:
    """A page that begins with one is read as what it is."""
    page = read_html("<a href='é' id='ü'>".encode(encoding), "x.html")
    assert page == Page("x.html", ("é",), frozenset({"ü"}))


def test_bytes_in_another_encoding_lose_no_links() -> None:
    """A page that is not in UTF-8 is read as what it declares, or else as browsers do."""
    page = read_html(b"<p>\xe9\xff<a href='\xe9'>\xe9</a><a href='b'>", "x.html")
    assert page.links == ("é", "b")
    declared = '<meta http-equiv=content-type content="text/html; charset={}"><a href="ж" id=ж>'
    for label, encoding in (("windows-1251", "cp1251"), ("KOI8-R", "koi8-r"), ("no-such", "utf-8")):
        page = read_html(declared.format(label).encode(encoding), "x.html")
        assert (page.links, page.anchors) == (("ж",), frozenset({"ж"}))
    assert read_html("<meta charset='latin1'><a href=é>".encode(), "x.html").links == ("é",)


def test_pages_of_any_depth_are_read() -> None:
    """What nobody writes by hand is read to its end all the same, in feeds too."""
    deep = "<div>" * 3000 + "<a href='seen'>"
    assert read_html(deep.encode(), "x.html").links == ("seen",)
    feed = '<feed xmlns="http://www.w3.org/2005/Atom">\n<content type="html">{}</content></feed>'
    page = read_xml(feed.format(deep.replace("<", "&lt;")).encode(), "atom.xml")
    assert page is not None
    assert (page.links, page.lines) == (("seen",), (2,))


@pytest.mark.parametrize(
    ("page", "part"),
    [
        ("<img srcset='{}'>", "x," * 4),
        ("<img srcset='x {}'>", "(" * 8),
        ("<img srcset='{}'>", ", " * 4),
        ("<img srcset='{}'>", "x, "),
        ("{}", "</body " * 2),
    ],
)
def test_nothing_takes_long(page: str, part: str) -> None:
    """Values of any length are read in a time that grows no faster than they do."""
    assert_linear(lambda size: read_html(page.format(part * size).encode(), "x.html"), 100_000)


def test_a_page_knows_its_anchors_base_and_address() -> None:
    """Ids and old names of anchors can be linked to; base and canonical address come from the head."""
    page = read_html(
        b'<base href="/b/"><link rel="canonical" href="https://example.org/"><p id="one"><a name="two"></a>'
        b'<input name="three">\xc3\xa9',
        "x.html",
    )
    assert (page.anchors, page.base, page.canonical) == (
        frozenset({"one", "two"}),
        "/b/",
        "https://example.org/",
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '<meta property="og:image" content="a.png"><meta name=twitter:image content=b.png>',
            ["a.png", "b.png"],
        ),
        ('<meta property="og:title" content="a.png"><meta name=description content="/a/">', []),
        ('<meta itemprop=image content="a.png"><meta itemprop=name content="a">', ["a.png"]),
        ('<link rel=alternate hreflang=de href="/de/"><link rel=icon href="i.svg">', ["/de/", "i.svg"]),
        ("<p style=\"background: url( 'a b.png' )\">", ["a b.png"]),
        (
            "<style>/* url(no) */ @import 'a.css'; p { src: url(b\\(1\\).woff), url(#c) }</style>",
            ["a.css", "b(1).woff"],
        ),
        ("<style>@namespace svg url(http://no.example/); p { src: url(a.png) }</style>", ["a.png"]),
        (
            "<style>p { content: 'url(no)'; a: image-set('a.png' 1x, url(b.png) type('x/y')) }</style>",
            ["a.png", "b.png"],
        ),
        ("<svg><style>@import url(a.css);</style><image href=b.png /></svg>", ["a.css", "b.png"]),
        ("<a href=x ping='/a /b'>", ["x", "/a", "/b"]),
        ("<iframe srcdoc=\"<a href='a'></a><a href='#x'></a>\">", ["a"]),
        ("<div><template shadowrootmode=open><a href=a></a></template></div>", ["a"]),
        ("<template><a href={{a}}></a></template>", []),
        ("<textarea><a href=a></textarea><title><a href=b></title><script>'<a href=c>'</script>", []),
        ("<noscript><img src=a></noscript><td><a href=b>", ["a", "b"]),
        ("<p/><a href='a&amp;b&copy=1&copy'><A HREF=b href=c>", ["a&b&copy=1©", "b"]),
    ],
)
def test_all_that_a_page_publishes_is_looked_at(html: str, expected: list[str]) -> None:
    """What services show of a shared page, styles, frames and shadow trees; nothing that is only text."""
    assert urls(html) == expected


def test_linked_data_is_read() -> None:
    """Addresses in properties of schema.org that hold one; identifiers and names are none."""
    data = """{"@context": "https://schema.org", "@type": "BlogPosting", "@id": "#post", "image": ["/a.png"],
        "author": {"@type": "Person", "name": "/no", "url": "https://ann.example/"}, "license": "CC BY 4.0",
        "mainEntityOfPage": {"@id": "/b/"}, "publisher": {"@id": "#org", "logo": {"url": "/c.png"}}}"""
    page = f'<script type="application/ld+json">\n{data}</script><script>{{"image": "/no"}}</script>'
    assert urls(page) == ["/a.png", "https://ann.example/", "/b/", "/c.png"]
    (problem,) = read_html(b"<script type='application/LD+JSON'>{,}</script>", "x.html").problems
    assert problem.reason.startswith("its linked data (JSON-LD) can't be read: ")
    deep = "[" * 100_000
    assert read_html(f"<script type='application/ld+json'>{deep}</script>".encode(), "x.html").problems
    feed = read_json(f'{{"version": "https://jsonfeed.org/version/1", "items": {deep}'.encode(), "feed.json")
    assert feed is not None
    assert feed.problems


def test_a_page_may_have_no_tiles() -> None:
    """By a word of its own, which is no file."""
    meta = "<meta name='msapplication-config' content={}>"
    assert urls(meta.format("none")) == []
    assert urls(meta.format("/browserconfig.xml")) == ["/browserconfig.xml"]
    assert urls("<meta property='og:image' content=none>") == ["none"]
