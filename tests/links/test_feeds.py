"""What feeds, sitemaps and other XML link to."""

from __future__ import annotations

from pathlib import Path

import pytest

from postdocs.links.feeds import read_xml


def test_the_content_of_a_feed_counts() -> None:
    """Links of a feed, and those inside its entries, are found; fragments are not looked for in it."""
    page = read_xml(
        b'<feed xmlns="http://www.w3.org/2005/Atom">\n<link href="a"/><entry>\n<author><uri>b</uri></author>'
        b'<content type="html">\n&lt;a href="c">x&lt;/a></content><summary>plain &lt;a href="d"></summary>'
        b"</entry></feed>",
        "atom.xml",
    )
    assert page is not None
    assert (page.links, page.lines) == (("a", "b", "c"), (2, 3, 3))
    assert page.anchors is None


def test_other_xml_is_passed_over() -> None:
    """A book in XML, say, is no feed."""
    assert read_xml(b"<book/>", "book.xml") is None


@pytest.mark.parametrize(
    ("data", "path", "line"),
    [
        (b"<feed>\n<a></feed>", "blog/atom.xml", 2),
        (b"", "atom.xml", 1),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">\n\n<a></feed>', "news.xml", 3),
    ],
)
def test_a_broken_feed_is_a_fault_with_its_line(data: bytes, path: str, line: int) -> None:
    """What is named or begins like a feed, and is not XML, is named."""
    page = read_xml(data, path)
    assert page is not None
    assert [(problem.path, problem.line, problem.url) for problem in page.problems] == [(path, line, None)]
    assert page.problems[0].reason.startswith("it is not XML: ")


@pytest.mark.parametrize("data", [b"", b"text", b"<a>\n<b></a>", b"\xff\xfe", b'{"not": "xml"}'])
def test_broken_xml_that_is_no_feed_is_passed_over(data: bytes) -> None:
    """An example file, or a template, is nobody's fault."""
    assert read_xml(data, "opensearch.xml") is None


def test_entities_are_neither_expanded_nor_fetched(tmp_path: Path) -> None:
    """A feed that names a file, or multiplies itself, gets nothing of it."""
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    feed = (
        f'<!DOCTYPE feed [<!ENTITY x SYSTEM "{secret.as_uri()}">]><feed xmlns="http://www.w3.org/2005/Atom">'
    )
    page = read_xml(f"{feed}<author><uri>&x;</uri></author></feed>".encode(), "atom.xml")
    assert page is not None
    assert (page.links, page.lines) == (("",), (1,))


def test_the_dates_of_an_atom_feed_are_those_of_its_entries() -> None:
    """When each was published, or else updated, by its own address."""
    data = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><updated>2026-01-01</updated>'
        b'<entry><link href="/a/"/><link rel="enclosure" href="/a.mp3"/>'
        b"<published>2013-07-05</published></entry>"
        b'<entry><link rel="alternate" href="/b/"/><updated>2014-01-01</updated></entry></feed>'
    )
    page = read_xml(data, "atom.xml")
    assert page is not None
    assert page.dates == {"/a/": "2013-07-05", "/b/": "2014-01-01"}


def in_xml(text: str) -> list[tuple[str, int | None]]:
    """Return the addresses that an XML file refers to, with their lines."""
    page = read_xml(text.encode(), "x.xml")
    assert page is not None
    return [*zip(page.links, page.lines, strict=True)]


def test_rss_is_read_with_the_html_of_its_items() -> None:
    """Relative addresses in an item are relative to its own; an id is an address if it looks so."""
    feed = """<rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom" xmlns:c="http://purl.org/rss/1.0/modules/content/"
xmlns:m="http://search.yahoo.com/mrss/"><channel><link>https://x.org/</link><image><url>/i.png</url></image>
<a:link rel="self" href="https://x.org/rss.xml"/><item><link>https://x.org/1/</link><guid>https://x.org/1/</guid>
<description>no HTML</description><c:encoded><![CDATA[<a href="two">x</a>]]></c:encoded>
<enclosure url="/1.mp3"/><m:thumbnail url="/t.png"/><pubDate>Fri, 05 Jul 2013 12:00:00 GMT</pubDate></item>
<item><guid isPermaLink="false">https://no.example/</guid><guid>tag:x</guid></item></channel></rss>"""
    assert in_xml(feed) == [
        ("https://x.org/", 2),
        ("/i.png", 2),
        ("https://x.org/rss.xml", 3),
        ("https://x.org/1/", 3),
        ("https://x.org/1/", 3),
        ("https://x.org/1/two", 4),
        ("/1.mp3", 5),
        ("/t.png", 5),
    ]
    page = read_xml(feed.encode(), "rss.xml")
    assert page is not None
    assert page.dates["https://x.org/1/"] == "2013-07-05"


def test_sitemaps_pictures_and_searches_are_read() -> None:
    """Pages, their pictures and languages; what an SVG shows, and what can be linked to in it."""
    sitemap = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:h="http://www.w3.org/1999/xhtml"
xmlns:i="http://www.google.com/schemas/sitemap-image/1.1"><url><loc> https://x.org/ </loc>
<h:link rel="alternate" hreflang="de" href="/de/"/><i:image><i:loc>/a.png</i:loc></i:image></url></urlset>"""
    assert in_xml(sitemap) == [("https://x.org/", 2), ("/de/", 3), ("/a.png", 3)]
    svg = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:l="http://www.w3.org/1999/xlink"><g id="one"/>
<a l:href="a"/><image href="b.png"/><use href="#one"/><style>@import "c.css";</style></svg>"""
    assert in_xml(svg) == [("a", 2), ("b.png", 2), ("c.css", 2)]
    page = read_xml(svg.encode(), "x.svg")
    assert page is not None
    assert page.anchors == frozenset({"one"})
    search = """<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/"><Image>/i.png</Image>
<Url template="/s?q={searchTerms}"/></OpenSearchDescription>"""
    assert in_xml(search) == [("/i.png", 1)]


def test_atom_has_xhtml_and_bases() -> None:
    """Content may be elements, or a file; `xml:base` says what addresses in it are relative to."""
    feed = """<feed xmlns="http://www.w3.org/2005/Atom"><icon>/i.png</icon><entry xml:base="https://x.org/a/">
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><a href="b">x</a>
<img src="/c.png"/></div></content></entry><entry><content src="d.html" type="text/html"/></entry>
<entry xml:base="/e/"><content type="html">&lt;a href="f"></content></entry></feed>"""
    assert in_xml(feed) == [
        ("/i.png", 1),
        ("https://x.org/a/b", 2),
        ("https://x.org/c.png", 3),
        ("d.html", 3),
        ("/e/f", 4),
    ]


def test_the_tiles_of_a_browserconfig_are_read() -> None:
    """Pictures, and the addresses that are asked for news."""
    tiles = (
        "<?xml version='1.0'?><browserconfig><msapplication><tile>\n<square70x70logo src='/a.png'/>"
        "<TileColor>#fff</TileColor></tile>\n<notification><polling-uri src='/n.xml'/></notification>"
        "</msapplication></browserconfig>"
    )
    assert in_xml(tiles) == [("/a.png", 2), ("/n.xml", 3)]
