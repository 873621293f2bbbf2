"""What built files link to."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from postdocs.core.errors import PostdocsError
from postdocs.links.css import read_css
from postdocs.links.extract import collect, list_files
from postdocs.links.feeds import read_xml
from postdocs.links.html import read_html
from postdocs.links.json_files import read_json
from postdocs.links.lines import lines_in
from postdocs.links.model import Link, Page, Problem


def urls(html: str) -> list[str]:
    """Return the addresses that an HTML page refers to."""
    return [link.url for link in read_html(html.encode(), "x.html").links]


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
    assert page == Page("x.html", (Link("é"),), frozenset({"ü"}))


def test_bytes_in_another_encoding_lose_no_links() -> None:
    """A page that is not in UTF-8 is read as what it declares, or else as browsers do."""
    page = read_html(b"<p>\xe9\xff<a href='\xe9'>\xe9</a><a href='b'>", "x.html")
    assert page.links == (Link("é"), Link("b"))
    declared = '<meta http-equiv=content-type content="text/html; charset={}"><a href="ж" id=ж>'
    for label, encoding in (("windows-1251", "cp1251"), ("KOI8-R", "koi8-r"), ("no-such", "utf-8")):
        page = read_html(declared.format(label).encode(encoding), "x.html")
        assert (page.links, page.anchors) == ((Link("ж"),), frozenset({"ж"}))
    assert read_html("<meta charset='latin1'><a href=é>".encode(), "x.html").links == (Link("é"),)


def test_pages_of_any_depth_are_read() -> None:
    """What nobody writes by hand is read to its end all the same, in feeds too."""
    deep = "<div>" * 3000 + "<a href='seen'>"
    assert read_html(deep.encode(), "x.html").links == (Link("seen"),)
    feed = '<feed xmlns="http://www.w3.org/2005/Atom">\n<content type="html">{}</content></feed>'
    page = read_xml(feed.format(deep.replace("<", "&lt;")).encode(), "atom.xml")
    assert page is not None
    assert page.links == (Link("seen", 2),)


def cpu_seconds(html: str) -> float:
    """Return how long a page takes to read: the best of three, for others use the machine too."""

    def once() -> float:
        start = time.process_time()
        read_html(html.encode(), "x.html")
        return time.process_time() - start

    return min(once() for _ in range(3))


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
    short, long = (cpu_seconds(page.format(part * number)) for number in (12_500, 100_000))
    # Eight times the length takes some ten times as long; where each part looked at all others, 64 times.
    assert long < 32 * max(short, 0.001)  # what is shorter can't be measured


def test_a_fault_is_one_printable_line() -> None:
    """Line ends and what a terminal would obey are shown as escapes."""
    problem = Problem("a\nb.html", 3, "it is\u2028gone", "\x1b[31m\x9bé \u202eb")
    assert str(problem) == r"a\nb.html:3: \x1b[31m\x9bé \u202eb: it is\u2028gone"
    assert str(Problem("a.html", 3, "it is gone")) == "a.html:3: it is gone"


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
    ("html", "lines"),
    [
        ("<p>\n\n<a href='x'>", [3]),
        ("<a href=x>\n<!-- <a href=x> -->\n<a\nhref=' x\n'>", [1, 3]),
        ("<script>\n'<a href=x>'</script>\n<a href=x>", [3]),
        ('\n<a title=">" href="?a=1&amp;b">\n<a href=?a=1&b>', [2, 3]),
        ("<img src=a\nsrcset='b 1x,\nc 2x'>", [1, 2, 3]),
        ("<style>\n\np{background:url(x)}</style>", [3]),
        ("<table><tr>\n<a href=b>\n<td><a href=a>", [2, 3]),
    ],
)
def test_a_link_has_the_line_of_its_element(html: str, lines: list[int]) -> None:
    """Lines are counted from 1, and found when somebody asks; what is no element has that of its text."""
    assert lines_in(html.encode(), read_html(html.encode(), "x.html").links) == lines


def test_the_content_of_a_feed_counts() -> None:
    """Links of a feed, and those inside its entries, are found; fragments are not looked for in it."""
    page = read_xml(
        b'<feed xmlns="http://www.w3.org/2005/Atom">\n<link href="a"/><entry>\n<author><uri>b</uri></author>'
        b'<content type="html">\n&lt;a href="c">x&lt;/a></content><summary>plain &lt;a href="d"></summary>'
        b"</entry></feed>",
        "atom.xml",
    )
    assert page is not None
    assert page.links == (Link("a", 2), Link("b", 3), Link("c", 3))
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
    assert page.links == (Link("", 1),)


def test_all_pages_of_a_folder_are_read_in_order(tmp_path: Path) -> None:
    """HTML files and feeds are read, other files are not."""
    for name in ("b/index.html", "a.html", "c.txt", "d.xml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("<x/>", encoding="utf-8")
    files = list_files(tmp_path)
    assert files == ["a.html", "b/index.html", "c.txt", "d.xml"]
    assert [page.path for page in collect(tmp_path, files).values() if page] == ["a.html", "b/index.html"]


def test_links_to_folders_are_followed(tmp_path: Path) -> None:
    """Files are found under each name that leads to them; a folder that leads to itself has an end."""
    (tmp_path / "site/v2").mkdir(parents=True)
    (tmp_path / "site/v2/a.html").touch()
    (tmp_path / "site/v2/up").symlink_to("..")
    (tmp_path / "site/latest").symlink_to("v2")
    (tmp_path / "site/stable").symlink_to(tmp_path / "site/v2")
    (tmp_path / "site/gone").symlink_to("nowhere")
    (tmp_path / "site/self").symlink_to("self")
    (tmp_path / "link").symlink_to("site")
    assert list_files(tmp_path / "link") == ["latest/a.html", "stable/a.html", "v2/a.html"]


def test_what_cannot_be_read_is_one_clear_line(tmp_path: Path) -> None:
    """The file or folder is named, with the reason of the operating system."""
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(PostdocsError, match=r"^folder\.html: it cannot be read: .+; make it readable$"):
        collect(tmp_path, ["folder.html"])
    with pytest.raises(PostdocsError, match=r"gone: it cannot be read: .+; make it readable$"):
        list_files(tmp_path / "gone")


def test_a_fault_does_not_end_the_reading(tmp_path: Path) -> None:
    """The files after a broken one are read."""
    for name in ("atom.xml", "b.html"):
        (tmp_path / name).write_text("<p>", encoding="utf-8")
    pages = [page for page in collect(tmp_path, list_files(tmp_path)).values() if page]
    assert [(page.path, len(page.problems)) for page in pages] == [("atom.xml", 1), ("b.html", 0)]
    assert pages[1] == Page("b.html", anchors=frozenset())


def test_a_json_feed_is_read_with_the_html_of_its_items() -> None:
    """Addresses at any depth, each with its line; dates of the items by address."""
    data = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "https://not.a.link/",
"home_page_url": "https://x.org/",
"authors": [{"name": "A", "url": "https://a.org/"}],
"items": [{"id": "1", "url": "https://x.org/1/", "date_published": "2013-07-05T00:00:00Z",
"content_html": "<p><a href='../2/'>x</a>",
"attachments": [{"url": "https://x.org/1.mp3", "mime_type": "audio/mpeg"}]}]}"""
    page = read_json(data, "feed.json")
    assert page is not None
    assert [(link.url, link.line) for link in page.links] == [
        ("https://x.org/", 2),
        ("https://a.org/", 3),
        ("https://x.org/1/", 4),
        ("../2/", 5),
        ("https://x.org/1.mp3", 6),
    ]
    assert page.dates == {"https://x.org/1/": "2013-07-05T00:00:00Z"}
    assert page.anchors is None


def test_a_broken_json_feed_is_a_fault_and_other_json_is_none() -> None:
    """What is called feed.json has to be JSON; data of another kind may be anything."""
    page = read_json(b'{"version":\n "https://jsonfeed.org/version/1.1",', "blog/feed.json")
    assert page is not None
    assert str(page.problems[0]).startswith("blog/feed.json:2: it is not JSON: ")
    page = read_json(b'{"version": "https://jsonfeed.org/version/1"}x', "data.json")
    assert page is not None
    assert page.problems
    for data in (b"[1]", b"{", b'["https://jsonfeed.org/version/"]'):
        assert read_json(data, "data.json") is None


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


def test_what_sphinx_keeps_for_itself_is_no_part_of_the_site(tmp_path: Path) -> None:
    """Doctrees may be in the folder of the output, and HTML among them."""
    (tmp_path / ".doctrees/articles").mkdir(parents=True)
    (tmp_path / ".doctrees/articles/post.html").touch()
    (tmp_path / ".well-known").mkdir()
    (tmp_path / ".well-known/site.html").touch()
    assert list_files(tmp_path) == [".well-known/site.html"]


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


def in_xml(text: str) -> list[tuple[str, int | None]]:
    """Return the addresses that an XML file refers to, with their lines."""
    page = read_xml(text.encode(), "x.xml")
    assert page is not None
    return [(link.url, link.line) for link in page.links]


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


def test_manifests_and_style_sheets_are_read() -> None:
    """The pictures and the start of an application; what styles load, with its lines."""
    manifest = b'{"start_url": "/",\n"icons": [{"src": "a.png", "type": "image/png"}],\n"name": "/no"}'
    page = read_json(manifest, "site.webmanifest")
    assert page is not None
    assert page.links == (Link("/", 1), Link("a.png", 2))
    page = read_css(
        b'@import url("a.css");\n/* @import "no"; */\n@font-face { src: URL(b\\66 .woff) }', "x.css"
    )
    assert page.links == (Link("a.css", 1), Link("bf.woff", 3))


def test_a_long_json_feed_is_read_in_one_pass() -> None:
    """Lines are those of each item's own value, also where values repeat and are escaped."""
    items = ['{"url": "/a\\/b",\n"title": "/a/b", "external_url": "/a/b",\n"image": "\\u002fa/b"}'] * 3
    text = f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{",".join(items)}]}}'
    page = read_json(text.encode(), "feed.json")
    assert page is not None
    expected = [line + 2 * item for item in range(3) for line in (1, 2, 3)]
    assert [(link.url, link.line) for link in page.links] == [("/a/b", line) for line in expected]


@pytest.mark.parametrize(
    "start", ["<a ", "<a b='", '<a b="', "<!--", "<script", "<textarea", "<a b='\"", "<a ='", "<a b= "]
)
def test_what_does_not_end_is_read_in_one_pass(start: str) -> None:
    """Tags, values and comments without an end do not make the lines of a page the work of hours."""
    data = f'\n<a href="x">\n{start * 50_000}'.encode()
    assert lines_in(data, [Link("x")]) == [2]


@pytest.mark.parametrize(
    ("tag", "url"),
    [
        ("<p class=don't><a\nhref='x'>", "x"),
        ("<p title='>'><a\nhref=y>", "y"),
        ('<p \'><a\nhref="z">', "z"),
        ("<p><a\nhref='x'", "x"),
    ],
)
def test_quotation_marks_count_behind_an_equals_sign(tag: str, url: str) -> None:
    """Elsewhere they are letters of names and values (HTML Living Standard, "tokenization")."""
    assert lines_in(f"\n\n{tag}".encode(), [Link(url)]) == [3]


def test_parts_of_values_have_their_own_lines() -> None:
    """Pictures of different sizes, however many there are, and not what is a part of another address."""
    sizes = "".join(f"\n<img srcset='big/{n}.png 1x, {n}.png 2x'>" for n in range(2000))
    links = [Link(f"{n}.png") for n in range(2000)]
    assert lines_in(sizes.encode(), links) == [*range(2, 2002)]
    assert lines_in(b"\n<p style='a: url(b)'>\n<p style='a: url(c)'>", [Link("c"), Link("b")]) == [3, 2]


@pytest.mark.parametrize("start", ['"\\', "'\\", '"', "url(", "image-set(", 'url("\\', "/*", "@import '"])
def test_style_sheets_without_ends_are_read_in_one_pass(start: str) -> None:
    """Nothing is read from each of its places to the end."""
    data = f"a {{ b: url(x.png) }}\n{start * 50_000}".encode()
    assert read_css(data, "a.css").links[0] == Link("x.png", 1)


def test_each_address_of_a_long_style_sheet_has_its_line() -> None:
    """In the order of the file, and strings end where their line does (CSS Syntax 3 §4.3.5)."""
    text = "a { b: url(x.png) }\n" * 20_000
    assert [link.line for link in read_css(text.encode(), "a.css").links] == [*range(1, 20_001)]
    unclosed = b"a { content: 'it\n} b { c: url(y.png) }\n@import 'bad\n;@import 'z.css"
    assert read_css(unclosed, "a.css").links == (Link("y.png", 2), Link("z.css", 4))
