"""What JSON feeds and manifests link to."""

from __future__ import annotations

from postdocs.links.css import read_css
from postdocs.links.json_files import read_json


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
    assert [*zip(page.links, page.lines, strict=True)] == [
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


def test_a_long_json_feed_is_read_in_one_pass() -> None:
    """Lines are those of each item's own value, also where values repeat and are escaped."""
    items = ['{"url": "/a\\/b",\n"title": "/a/b", "external_url": "/a/b",\n"image": "\\u002fa/b"}'] * 3
    text = f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{",".join(items)}]}}'
    page = read_json(text.encode(), "feed.json")
    assert page is not None
    expected = [line + 2 * item for item in range(3) for line in (1, 2, 3)]
    assert [*zip(page.links, page.lines, strict=True)] == [("/a/b", line) for line in expected]


def test_manifests_and_style_sheets_are_read() -> None:
    """The pictures and the start of an application; what styles load, with its lines."""
    manifest = b'{"start_url": "/",\n"icons": [{"src": "a.png", "type": "image/png"}],\n"name": "/no"}'
    page = read_json(manifest, "site.webmanifest")
    assert page is not None
    assert (page.links, page.lines) == (("/", "a.png"), (1, 2))
    page = read_css(
        b'@import url("a.css");\n/* @import "no"; */\n@font-face { src: URL(b\\66 .woff) }', "x.css"
    )
    assert (page.links, page.lines) == (("a.css", "bf.woff"), (1, 3))
