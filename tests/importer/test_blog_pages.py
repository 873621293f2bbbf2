"""The pages of a blog, which are no posts: they come along as pages of the site."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import read_html

from postdocs import cli
from postdocs.core.permalink import parse
from postdocs.importer.permalinks import taken_by

EXPORT = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Ann</title><link>https://ann.example.org</link>
<wp:wxr_version>1.2</wp:wxr_version>
{items}</channel></rss>"""
ITEM = """<item><title>{title}</title><link>https://ann.example.org{path}</link><guid>urn:{title}</guid>
<content:encoded><![CDATA[{text}]]></content:encoded><wp:post_date>2021-03-04 09:00:00</wp:post_date>
<wp:status>publish</wp:status><wp:post_type>{kind}</wp:post_type></item>"""
ENTRIES = [
    ("Heat", "/2021/03/heat/", "post", 'Of <a href="https://ann.example.org/about/">me</a>.'),
    ("About", "/about/", "page", "I am Ann, from the old blog."),
    ("Talks", "/work/talks/", "page", "Talks that I gave."),
    ("Home", "/", "page", "Welcome to the old blog."),
    ("Blog", "/blog/", "page", "All that I wrote."),
]


def test_pages_stay_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """They are at their addresses and in no list, and the site builds: what is in their way is told."""
    assert cli.run(["init", str(tmp_path / "blog"), "--url", "https://ann.example.org/"]) == 0
    monkeypatch.chdir(tmp_path / "blog")
    keys = ("title", "path", "kind", "text")
    items = "".join(ITEM.format_map(dict(zip(keys, entry, strict=True))) for entry in ENTRIES)
    Path("export.xml").write_text(EXPORT.format(items=items), encoding="utf-8")
    capsys.readouterr()
    assert cli.run(["import", "export.xml"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "export.xml: WordPress export, 1 post and 4 pages"
    told = (
        "whose path is that of about.md; move the text of one into the other: https://ann.example.org/about/"
    )
    assert f"pages/about.md: noticed: it can't keep its address, {told}" in said
    assert "pages/home.md: noticed: it was the home page, which is index.md here; move its text there" in said
    command = [sys.executable, "-m", "sphinx", "-b", "dirhtml", "-q", "-W", "-n", ".", "html"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    assert result.stderr == ""
    assert "Talks that I gave." in read_html(Path("html/work/talks/index.html")).text_content()
    assert "from the old blog" in read_html(Path("html/posts/pages/about/index.html")).text_content()
    assert "This is about.md" in read_html(Path("html/about/index.html")).text_content()
    (link,) = read_html(Path("html/2021/03/heat/index.html")).xpath("//a[.='me']/@href")
    assert link == "../../../posts/pages/about/"
    assert "All that I wrote." in read_html(Path("html/posts/pages/blog/index.html")).text_content()
    (body,) = read_html(Path("html/blog/archive/index.html")).iter("main")
    listed = {link.text_content() for link in body.iter("a")}
    assert listed & {title for title, *_ in ENTRIES} == {"Heat"}
    feed = json.loads(Path("html/blog/feed.json").read_text(encoding="utf-8"))
    assert [item["title"] for item in feed["items"] if item["id"].startswith("urn:")] == ["Heat"]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/about/", "about.md"),
        ("/notes/", "notes/index.rst"),
        ("/blog/", "a list of posts"),
        ("/Blog/Archive/", "a list of posts"),
        ("/blog/tag/", "a list of posts"),
        ("/blog/page/3/", "a list of posts"),
        ("/blog/tag/tides/page/2/", "a list of posts"),
        ("/blog/series/tides/", "a list of posts"),
        ("/blog/2013/heat/", ""),
        ("/about.html", ""),  # the page of about.md is in a folder
        ("/posts/2024/heat/", ""),  # the import decides what happens to its own posts
    ],
)
def test_what_the_site_has_at_an_address_is_named(path: str, found: str, tmp_path: Path) -> None:
    """Where a page of one's own, or of the blog, is where an imported one wants to be, the reason says so."""
    for name in ("about.md", "notes/index.rst", "posts/2024/heat.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    why = taken_by(parse(path), tmp_path, Path("posts"), "blog") or ""
    assert why.removeprefix("is that of ").partition(";")[0] == found
