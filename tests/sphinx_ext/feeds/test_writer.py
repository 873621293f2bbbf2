"""Atom feeds (RFC 4287)."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from helpers import read_html, texts
from lxml import etree
from sphinx.errors import ConfigError
from sphinx.testing.util import SphinxTestApp

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def read(path: Path) -> etree._Element:
    """Parse a feed."""
    return etree.fromstring(path.read_bytes())


def values(element: etree._Element, path: str) -> list[str]:
    """Return what an XPath finds, as text."""
    found = element.xpath(path, namespaces=ATOM)
    assert isinstance(found, list)
    return [str(value) for value in found]


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_an_entry_says_all_that_is_known_of_a_post(app: SphinxTestApp) -> None:
    """Id, instants, all authors, labels, source and summary are those of the front matter."""
    app.build()
    (entry,) = read(app.outdir / "blog/category/notes/atom.xml").findall("a:entry", ATOM)
    assert values(entry, "a:id/text()") == ["tag:example.org,2001:old-entry"]
    assert values(entry, "a:title/text()") == ["Is 1 < 2 & *true*? `x` [y](z) <script>alert(1)</script>"]
    assert values(entry, "a:published/text() | a:updated/text()") == ["2024-03-10T00:30:00+09:00"] * 2
    assert values(entry, "a:author/a:name/text()") == ["Ann Example", "Bob, Jr."]
    assert values(entry, "a:author/a:uri/text()") == ["https://example.org/~ann/"]
    assert values(entry, "a:category/@term") == ["Notes", "Python", "C, C++", "日本語"]
    assert values(entry, "a:link[@rel='alternate']/@href") == ["https://example.org/~lab/posts/2024/plain/"]
    assert values(entry, "a:link[@rel='via']/@href") == ["https://old.example.org/?p=12"]
    assert values(entry, "a:summary/text()")[0].startswith("The first paragraph of the article")


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_content_is_the_article_and_nothing_else(app: SphinxTestApp) -> None:
    """Links and pictures are absolute, below the path of the site; what surrounds an article is left out."""
    app.build()
    (content,) = values(read(app.outdir / "blog/category/notes/atom.xml"), "a:entry/a:content/text()")
    assert 'href="https://example.org/~lab/posts/2024/titled/#part"' in content
    assert re.search(r'src="https://example\.org/~lab/_images/dot-\w+\.png"', content)
    assert "A note comes first." in content
    assert "print" in content
    for left_out in ("headerlink", "post-headline", "<h1", "<script", 'href="#', 'href=".'):
        assert left_out not in content


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_each_feed_has_an_id_of_its_own_and_the_newest_change(app: SphinxTestApp) -> None:
    """A feed's id is its address, and it was updated when the latest of its entries was."""
    app.build()
    pages = (path.parent for path in app.outdir.rglob("index.html") if b"post-list" in path.read_bytes())
    feeds = {
        page.relative_to(app.outdir).as_posix(): read(page / "atom.xml")
        for page in pages
        if (page / "atom.xml").is_file()
    }
    assert {"blog", "blog/category/notes", "blog/author/bob-jr", "blog/tag/日本語"} <= feeds.keys()
    for folder, feed in feeds.items():
        assert (
            values(feed, "a:id/text() | a:link[@rel='self']/@href")
            == [f"https://example.org/~lab/{quote(folder)}/atom.xml"] * 2
        )
        assert values(feed, "a:link[@rel='alternate']/@href") == [
            f"https://example.org/~lab/{quote(folder)}/"
        ]
    assert values(feeds["blog"], "a:updated/text()") == ["2024-05-01T12:00:00+02:00"]
    assert values(feeds["blog/category/notes"], "a:updated/text()") == ["2024-03-10T00:30:00+09:00"]
    assert values(feeds["blog"], "a:title/text()") == ["A <b>lab</b> & its blog"]


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_an_id_that_is_made_does_not_name_the_address(app: SphinxTestApp) -> None:
    """Without an id in the front matter one is made of host, day and file name (RFC 4151)."""
    app.build()
    assert "tag:example.org,2024-03-09:titled" in values(
        read(app.outdir / "blog/atom.xml"), "a:entry/a:id/text()"
    )


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"blog_baseurl": ""})
def test_without_an_address_there_are_no_feeds(app: SphinxTestApp) -> None:
    """Feeds need absolute links: without the site's address there are none, and none announced."""
    app.build()
    assert [*app.outdir.rglob("atom.xml")] == []
    assert "atom.xml" not in (app.outdir / "blog/index.html").read_text(encoding="utf-8")


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"blog_feed_length": 2})
def test_the_length_of_a_feed_can_be_limited(app: SphinxTestApp) -> None:
    """`blog_feed_length` keeps the newest entries."""
    app.build()
    assert len(read(app.outdir / "blog/atom.xml").findall("a:entry", ATOM)) == 2


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_html_of_the_author_cannot_break_a_feed(app: SphinxTestApp) -> None:
    """An address that is none, and tags that end a page, leave the rest of the article in the feed."""
    path = app.srcdir / "posts/2024/plain.md"
    text = "\n<a href='http://[x'>odd</a></body></html>\n\nAfter all.\n"
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    app.build()
    (content,) = values(read(app.outdir / "blog/category/notes/atom.xml"), "a:entry/a:content/text()")
    assert "odd" in content
    assert "After all." in content


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_every_feed_has_an_author(app: SphinxTestApp) -> None:
    """A post may name nobody; its feeds name the site then (RFC 4287 §4.1.1)."""
    app.build()
    feed = read(app.outdir / "blog/tag/lists/atom.xml")
    assert values(feed, "a:entry/a:author") == []
    assert values(feed, "a:author/a:name/text()") == ["A <b>lab</b> & its blog"]


def test_control_characters_do_not_break_a_feed(
    make_app: Callable[..., SphinxTestApp], sphinx_test_tempdir: Path
) -> None:
    """What XML cannot hold is left out of the feed."""
    source = sphinx_test_tempdir / "control"
    (source / "posts").mkdir(parents=True)
    (source / "conf.py").write_text(
        'extensions = ["myst_parser", "ablog", "postdocs"]\nblog_post_pattern = "posts/*.md"\n'
        'blog_baseurl = "https://example.org"\n',
        encoding="utf-8",
    )
    (source / "index.md").write_text("# Home\n", encoding="utf-8")
    (source / "posts/x.md").write_text(
        '---\ntitle: "a\\u0001b"\ndate: 2020-01-01\n---\n\nText \x0c.\n', encoding="utf-8"
    )
    app = make_app("dirhtml", srcdir=source)
    app.build()
    assert values(read(app.outdir / "blog/atom.xml"), "a:entry/a:title/text()") == ["ab"]


def test_the_machines_clock_and_zone_never_reach_the_output(rootdir: Path, tmp_path: Path) -> None:
    """The same sources give the same bytes on a machine elsewhere, at another time, in another folder."""
    outputs = []
    for name, zone in (("here", "UTC"), ("there", "Pacific/Auckland")):
        out = tmp_path / name
        shutil.copytree(rootdir / "test-blog", out / "source", ignore=shutil.ignore_patterns("_build"))
        options = ("-b", "dirhtml", "-d", f"{out}/doctrees", "-q", "-E")
        command = [sys.executable, "-m", "sphinx", *options, f"{out}/source", f"{out}/html"]
        subprocess.run(command, check=True, env={**os.environ, "TZ": zone, "PYTHONHASHSEED": str(len(name))})  # noqa: S603
        files = (path for path in (out / "html").rglob("*") if path.is_file())
        outputs.append({path.relative_to(out).as_posix(): path.read_bytes() for path in files})
    assert outputs[0] == outputs[1]


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"blog_feed_length": 2})
def test_older_entries_are_in_archives(app: SphinxTestApp) -> None:
    """From the feed its archives lead to every entry, in Atom (RFC 5005 §4) and in JSON."""
    app.build()
    folder = app.outdir / "blog"
    total = len(texts(read_html(folder / "archive/index.html"), "post-title"))
    found: list[str] = []
    name = "atom.xml"
    while name:
        feed = read(folder / name)
        found += values(feed, "a:entry/a:link[@rel='alternate']/@href")
        name = "".join(values(feed, "a:link[@rel='prev-archive']/@href")).rpartition("/")[2]
    assert len(set(found)) == total > 2
    items: list[str] = []
    name = "feed.json"
    while name:
        document = json.loads((folder / name).read_text(encoding="utf-8"))
        items += [item["url"] for item in document["items"]]
        name = document.get("next_url", "").rpartition("/")[2]
    assert items == found


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"blog_feed_length": 0})
def test_a_length_of_zero_is_no_limit(app: SphinxTestApp) -> None:
    """All entries are in one document then."""
    app.build()
    assert [path.name for path in (app.outdir / "blog").glob("atom*.xml")] == ["atom.xml"]


@pytest.mark.sphinx("dirhtml", testroot="blog")
@pytest.mark.parametrize("length", [1, 50])
def test_feeds_are_valid(length: int, app: SphinxTestApp) -> None:
    """Each document is one of RFC 4287, its ids are different, and its style sheet is there."""
    app.config.blog_feed_length = length
    app.build()
    grammar = etree.RelaxNG(etree.parse(Path(__file__).parents[2] / "data/atom.rng"))
    documents = [*app.outdir.rglob("atom*.xml")]
    assert len(documents) > 5
    for path in documents:
        document = etree.parse(path)
        assert grammar.validate(document), (path, grammar.error_log)
        ids = values(document.getroot(), "a:entry/a:id/text()")
        assert len(ids) == len(set(ids))
        (style,) = document.xpath("/processing-instruction('xml-stylesheet')")
        assert (path.parent / str(style.get("href"))).resolve().is_file()


@pytest.mark.sphinx(
    "dirhtml",
    testroot="blog",
    confoverrides={
        "blog_feed_templates": {"feed": {}, "social": {"content": "{{ title }} by {{ post.author[0] }}"}}
    },
)
def test_feeds_have_the_names_that_ablog_was_told(app: SphinxTestApp) -> None:
    """Other names and contents of ablog's setting hold, and what pages announce is there."""
    app.build()
    assert not (app.outdir / "blog/atom.xml").exists()
    assert (
        "A note comes first."
        in values(read(app.outdir / "blog/category/notes/feed.xml"), "//a:content/text()")[0]
    )
    assert values(read(app.outdir / "blog/category/notes/social.xml"), "//a:content/text()") == [
        "Is 1 < 2 & *true*? `x` [y](z) <script>alert(1)</script> by Ann Example"
    ]
    links = read_html(app.outdir / "blog/index.html").xpath("//link[@rel='alternate']/@href")
    assert links == ["feed.xml", "feed.json"]


@pytest.mark.sphinx(
    "dirhtml", testroot="blog", confoverrides={"blog_feed_templates": {"atom": {"title": "{{ post.x.y }}"}}}
)
def test_a_template_of_a_feed_that_fails_is_named(app: SphinxTestApp) -> None:
    """The message says whose mistake it is."""
    with pytest.raises(ConfigError, match=r"conf\.py: blog_feed_templates: atom: .* has no attribute 'x'"):
        app.build()


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"blog_feed_titles": True})
def test_a_feed_can_have_titles_only(app: SphinxTestApp) -> None:
    """The setting of ablog for it holds."""
    app.build()
    feed = read(app.outdir / "blog/atom.xml")
    assert values(feed, "//a:content | //a:summary") == []
    assert len(values(feed, "//a:entry/a:title")) > 2


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"blog_feed_fulltext": False})
def test_a_feed_can_have_summaries_only(app: SphinxTestApp) -> None:
    """Who asks for it gets no full text; ablog's default is not asking."""
    app.build()
    feed = read(app.outdir / "blog/atom.xml")
    assert values(feed, "//a:content") == []
    assert "A summary of its own." in values(feed, "//a:summary/text()")
