"""A site before and after it adds Postdocs."""

from __future__ import annotations

from pathlib import Path

import pytest

from postdocs import cli
from postdocs.authoring.adoption import Site, compare, entries_of, read_site

FEED = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Blog</title>{}</feed>"""
ENTRY = '<entry><id>{id}</id><title>{title}</title><link href="https://example.org/~ann/{path}"/></entry>'
RSS = """<rss version="2.0"><channel><title>B</title><item><title>One</title><guid>urn:x:1</guid>
<link>https://example.org/~ann/posts/one.html</link></item></channel></rss>"""
PAGE = '<html><body><h1>Site</h1><div role="main"><h1>{}<a class="headerlink">¶</a></h1></div></body></html>'


def build(folder: Path, pages: dict[str, str], *entries: tuple[str, str, str]) -> Path:
    """Write a built site: pages with their headings, and a feed of entries with id, title and path."""
    for path, heading in pages.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(PAGE.format(heading), encoding="utf-8")
    (folder / "blog").mkdir(parents=True, exist_ok=True)
    text = "".join(ENTRY.format(id=id_, title=title, path=path) for id_, title, path in entries)
    (folder / "blog/atom.xml").write_text(FEED.format(text), encoding="utf-8")
    return folder


def differences(before: Site, after: Site) -> list[tuple[str, bool]]:
    """Return what differs."""
    return [(difference.text, difference.is_loss) for difference in compare(before, after, "blog")]


def test_what_differs_is_told(tmp_path: Path) -> None:
    """Addresses, titles, feeds and entries: what is lost, and what is only new."""
    one, two = ("u:1", "One", "posts/one/"), ("u:2", "Two", "posts/two/")
    pages = {"posts/one/index.html": "One", "posts/two/index.html": "Two", "blog/drafts/index.html": "Drafts"}
    pages["search/index.html"] = ""
    before = read_site(build(tmp_path / "before", pages, one, two))
    pages = {"posts/one/index.html": "Won", "new/index.html": "New", "search/index.html": "Search"}
    after = read_site(build(tmp_path / "after", pages, ("t:1", "Won", "posts/one/")))
    assert differences(before, before) == []
    assert differences(before, after) == [
        ("address: /blog/drafts/ is gone, which Postdocs doesn't make", False),
        ("address: /posts/two/ is gone", True),
        ("address: /new/ is new", False),
        ("title: /posts/one/ was 'One', and is 'Won'", True),
        ("title: /search/ was '', and is 'Search'", False),
        ("feed: /blog/atom.xml had 2 entries, and has 1", True),
        ("entry: /~ann/posts/two/ is gone", True),
        ("entry: /~ann/posts/one/ was 'One', and is 'Won'", True),
        ("id: /~ann/posts/one/ had u:1, and has t:1", True),
    ]


def test_a_feed_may_go_on_elsewhere(tmp_path: Path) -> None:
    """A shorter feed with an archive is no loss, nor is an entry that leads elsewhere now."""
    entries = {"u:1": "posts/one/", "u:2": "posts/two/", "u:3": "posts/three/"}
    one, two, three = ((id_, "Title", path) for id_, path in entries.items())
    before = read_site(build(tmp_path / "before", {}, one, two, three))
    after = build(tmp_path / "after", {}, one)
    archive = FEED.format(
        "".join(
            ENTRY.format(id=id_, title="Title", path=path) for id_, path in (("u:2", "x/"), ("u:3", "y/"))
        )
    )
    (after / "blog/atom-1.xml").write_text(archive, encoding="utf-8")
    assert differences(before, read_site(after)) == [
        ("feed: /blog/atom.xml had 3 entries, and has 1", False),
        ("entry: /~ann/posts/three/ leads to /~ann/y/", False),
        ("entry: /~ann/posts/two/ leads to /~ann/x/", False),
    ]


def test_only_pages_made_for_no_reader_are_no_loss(tmp_path: Path) -> None:
    """A page of the author's own is a loss, also where its name ends like that of such a page."""
    names = ("404", "genindex", "blog/drafts", "posts/first-drafts", "notes/drafts", "errors/404")
    before = read_site(build(tmp_path / "before", {f"{name}/index.html": name for name in names}))
    losses = [
        text for text, is_loss in differences(before, read_site(build(tmp_path / "after", {}))) if is_loss
    ]
    assert losses == [
        "address: /errors/404/ is gone",
        "address: /notes/drafts/ is gone",
        "address: /posts/first-drafts/ is gone",
    ]


def test_feeds_of_all_kinds_have_entries() -> None:
    """RSS has them too; other XML has none, and is no error."""
    (entry,) = entries_of(RSS.encode())
    assert (entry.path, entry.id, entry.title) == ("/~ann/posts/one.html", "urn:x:1", "One")
    assert entries_of(b"<urlset/>") == ()


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sources of a site, with what was built before and what is now."""
    conf = "blog_baseurl = 'https://example.org/~ann/'\nblog_post_pattern = 'posts/*.md'\n"
    (tmp_path / "conf.py").write_text(conf, encoding="utf-8")
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/one.md").write_bytes(b"---\r\ntitle: One\r\n---\r\n\r\nText.\r\n")
    pages = {"posts/one.html": "One"}
    build(tmp_path / "before", pages, ("u:1", "One", "posts/one.html"))
    build(tmp_path / "_build/html", pages, ("tag:x,2024:one", "One", "posts/one.html"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_ids_are_written_into_posts(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """First the difference is told, with status 1; `--write` keeps the id, and the ends of lines."""
    assert cli.run(["adopt", "before"]) == 1
    out = capsys.readouterr().out
    assert "id: /~ann/posts/one.html had u:1, and has tag:x,2024:one\n" in out
    assert out.endswith("Add --write to keep the ids, then build again.\n")
    assert cli.run(["adopt", "before", "--write"]) == 0
    assert (site / "posts/one.md").read_bytes() == b"---\r\ntitle: One\r\nid: u:1\r\n---\r\n\r\nText.\r\n"


def test_a_file_in_another_encoding_is_no_source(site: Path) -> None:
    """A list of packages in UTF-16 beside the posts, say, keeps no id from being written."""
    (site / "requirements.txt").write_text("ablog", encoding="utf-16")
    assert cli.run(["adopt", "before", "--write"]) == 0
    assert b"id: u:1" in (site / "posts/one.md").read_bytes()


def test_ids_of_notebooks_are_written_into_one_file(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of one that Jupyter didn't lay out; a second run adds nothing, and a broken file stops it."""
    (site / "posts/one.md").unlink()
    (site / "posts/one.ipynb").write_text('{"cells": [], "metadata": {}, "nbformat": 4}', encoding="utf-8")
    for _ in range(2):
        assert cli.run(["adopt", "before", "--write"]) == 0
    assert capsys.readouterr().out == "posts/one: entry-ids.toml has the id of its entry\n"
    file = site / "entry-ids.toml"
    assert file.read_text(encoding="utf-8").endswith('.\n"posts/one" = "u:1"\n')
    file.write_text("posts/one = 1", encoding="utf-8")
    assert cli.run(["adopt", "before", "--write"]) == 2
    assert capsys.readouterr().err.startswith("postdocs: entry-ids.toml:1: it is not TOML (")


def test_a_part_of_a_page_keeps_its_id_in_the_file(site: Path) -> None:
    """The fragment of an entry tells which post it is; the first of a page may have lost it."""
    before = ("u:may", "May", "posts/one.html#may"), ("u:june", "June", "posts/one.html#june")
    after = ("t:1", "May", "posts/one.html"), ("t:2", "June", "posts/one.html#june")
    build(site / "before", {}, *before)
    build(site / "_build/html", {}, *after)
    (site / "entry-ids.toml").write_bytes(b"# Mine\r\n")
    assert cli.run(["adopt", "before", "--write"]) == 0
    ids = b'# Mine\r\n"posts/one" = "u:may"\r\n"posts/one#june" = "u:june"\r\n'
    assert (site / "entry-ids.toml").read_bytes() == ids
    assert b"id:" not in (site / "posts/one.md").read_bytes()


def test_a_feed_may_know_more_than_the_build(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--feed` adds entries; one without a source is named."""
    old = FEED.format(ENTRY.format(id="u:9", title="Nine", path="posts/nine.html"))
    (site / "old.xml").write_text(old, encoding="utf-8")
    assert cli.run(["adopt", "before", "--feed", "old.xml", "--write"]) == 1
    assert (
        "/~ann/posts/nine.html: the id u:9 is not kept: no source file has that address"
        in capsys.readouterr().out
    )


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["gone"], "gone: there is no such folder; build the site"),
        (["before", "--feed", "conf.py"], "conf.py: it is not a feed with entries; name an Atom or RSS file"),
    ],
)
def test_what_is_no_site_is_one_clear_line(
    args: list[str], message: str, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong argument ends with status 2."""
    assert cli.run(["adopt", *args]) == 2
    assert capsys.readouterr().err.startswith(f"postdocs: {message}")
