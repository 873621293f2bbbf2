"""What built files link to."""

from __future__ import annotations

from pathlib import Path

import pytest

from postdocs.errors import PostdocsError
from postdocs.links.collect import Link, collect, list_files, read_feed, read_html


def urls(html: str) -> list[str]:
    """Return the addresses that an HTML page refers to."""
    return [link.url for link in read_html(html.encode(), "x.html").links]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href=" a.html\n">', ["a.html"]),
        ("<a>no link</a><a href>empty</a>", [""]),
        ('<img src="a.png" srcset="b.png 1x, c.png 2x">', ["a.png", "b.png", "c.png"]),
        ('<img srcset="a.png, b,c.png 100w,d.png">', ["a.png", "b,c.png", "d.png"]),
        ('<img srcset="data:image/png;base64,AA== 1x, b.png 2x">', ["data:image/png;base64,AA==", "b.png"]),
        ('<link rel="stylesheet" href="a.css"><script src="b.js"></script>', ["a.css", "b.js"]),
        ('<link rel="preload" as="image" imagesrcset="a.png 1x" href="b.png">', ["b.png", "a.png"]),
        ('<link rel="preconnect" href="https://example.org">', []),
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
        ("", []),
    ],
)
def test_every_kind_of_reference_is_found(html: str, expected: list[str]) -> None:
    """Links, pictures with all their sizes, media, styles, scripts, forms, frames and redirects count."""
    assert urls(html) == expected


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
    page = read_feed(
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
    assert read_feed(b"<urlset/>", "sitemap.xml") is None


def test_a_broken_feed_is_an_error_with_its_line() -> None:
    """A feed that is not XML is named."""
    with pytest.raises(PostdocsError, match=r"^atom\.xml:2: it is not XML: "):
        read_feed(b"<feed>\n<a></feed>", "atom.xml")


def test_entities_are_neither_expanded_nor_fetched(tmp_path: Path) -> None:
    """A feed that names a file, or multiplies itself, gets nothing of it."""
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    feed = (
        f'<!DOCTYPE feed [<!ENTITY x SYSTEM "{secret.as_uri()}">]><feed xmlns="http://www.w3.org/2005/Atom">'
    )
    page = read_feed(f"{feed}<author><uri>&x;</uri></author></feed>".encode(), "atom.xml")
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
