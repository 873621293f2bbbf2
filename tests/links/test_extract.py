"""What built files link to."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from postdocs.core.errors import PostdocsError
from postdocs.links.extract import collect, list_files
from postdocs.links.feeds import read_atom, read_json
from postdocs.links.html import read_html
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
    assert page == Page("x.html", (Link("é", 1),), frozenset({"ü"}))


def test_bytes_in_another_encoding_lose_no_links() -> None:
    """A page that is not in UTF-8 is read to its end."""
    assert urls("<p>é</p>") == []
    page = read_html(b"<p>\xe9\xff<a href='a'>\xe9</a><a href='b'>", "x.html")
    assert page.links == (Link("a", 1), Link("b", 1))


def test_a_page_that_cannot_be_read_to_its_end_is_a_fault() -> None:
    """Where the parser gives up, the page and the line are named, in feeds too."""
    deep = "\n" + "<div>" * 3000 + "<a href='unseen'>"
    reason = "it cannot be read from here on (Excessive depth in document: 2048)"
    assert read_html(deep.encode(), "x.html").problems == (Problem("x.html", 2, reason),)
    page = read_atom(
        b'<feed xmlns="http://www.w3.org/2005/Atom">\n\n<content type="html">'
        + deep.replace("<", "&lt;").encode()
        + b"</content></feed>",
        "atom.xml",
    )
    assert page is not None
    assert page.problems == (Problem("atom.xml", 3, reason),)


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


def test_a_link_has_the_line_of_its_element() -> None:
    """Lines are counted from 1, in pages and in feeds."""
    assert read_html(b"<p>\n\n<a href='x'>", "x.html").links == (Link("x", 3),)


def test_the_content_of_a_feed_counts() -> None:
    """Links of a feed, and those inside its entries, are found; fragments are not looked for in it."""
    page = read_atom(
        b'<feed xmlns="http://www.w3.org/2005/Atom">\n<link href="a"/><entry>\n<author><uri>b</uri></author>'
        b'<content type="html">\n&lt;a href="c">x&lt;/a></content><summary>plain &lt;a href="d"></summary>'
        b"</entry></feed>",
        "atom.xml",
    )
    assert page is not None
    assert page.links == (Link("a", 2), Link("b", 3), Link("c", 3))
    assert page.anchors is None


def test_other_xml_is_passed_over() -> None:
    """A sitemap, say, is no feed."""
    assert read_atom(b"<urlset/>", "sitemap.xml") is None


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
    page = read_atom(data, path)
    assert page is not None
    assert [(problem.path, problem.line, problem.url) for problem in page.problems] == [(path, line, None)]
    assert page.problems[0].reason.startswith("it is not XML: ")


@pytest.mark.parametrize("data", [b"", b"text", b"<a>\n<b></a>", b"\xff\xfe", b'{"not": "xml"}'])
def test_broken_xml_that_is_no_feed_is_passed_over(data: bytes) -> None:
    """An example file, or a template, is nobody's fault."""
    assert read_atom(data, "opensearch.xml") is None


def test_entities_are_neither_expanded_nor_fetched(tmp_path: Path) -> None:
    """A feed that names a file, or multiplies itself, gets nothing of it."""
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    feed = (
        f'<!DOCTYPE feed [<!ENTITY x SYSTEM "{secret.as_uri()}">]><feed xmlns="http://www.w3.org/2005/Atom">'
    )
    page = read_atom(f"{feed}<author><uri>&x;</uri></author></feed>".encode(), "atom.xml")
    assert page is not None
    assert page.links == (Link("", 1),)


def test_all_pages_of_a_folder_are_read_in_order(tmp_path: Path) -> None:
    """HTML files and feeds are read, other files are not."""
    for name in ("b/index.html", "a.html", "c.txt", "d.xml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("<x/>", encoding="utf-8")
    files = list_files(tmp_path)
    assert files == ["a.html", "b/index.html", "c.txt", "d.xml"]
    assert [page.path for page in collect(tmp_path, files)] == ["a.html", "b/index.html"]


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
        list(collect(tmp_path, ["folder.html"]))
    with pytest.raises(PostdocsError, match=r"gone: it cannot be read: .+; make it readable$"):
        list_files(tmp_path / "gone")


def test_a_fault_does_not_end_the_reading(tmp_path: Path) -> None:
    """The files after a broken one are read."""
    for name in ("atom.xml", "b.html"):
        (tmp_path / name).write_text("<p>", encoding="utf-8")
    pages = list(collect(tmp_path, list_files(tmp_path)))
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
    page = read_atom(data, "atom.xml")
    assert page is not None
    assert page.dates == {"/a/": "2013-07-05", "/b/": "2014-01-01"}


def test_what_sphinx_keeps_for_itself_is_no_part_of_the_site(tmp_path: Path) -> None:
    """Doctrees may be in the folder of the output, and HTML among them."""
    (tmp_path / ".doctrees/articles").mkdir(parents=True)
    (tmp_path / ".doctrees/articles/post.html").touch()
    (tmp_path / ".well-known").mkdir()
    (tmp_path / ".well-known/site.html").touch()
    assert list_files(tmp_path) == [".well-known/site.html"]
