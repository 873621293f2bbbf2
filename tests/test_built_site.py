"""This repository's site, as a reader gets it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
import yaml
from helpers import REPOSITORY, read_html, texts
from lxml import etree

from postdocs import cli
from postdocs.links.collect import collect, list_files

pytestmark = pytest.mark.xdist_group("site")  # built once, by one process

ATOM = {"a": "http://www.w3.org/2005/Atom"}
BASE = "https://scipy-chronicle.example/"


@dataclass(frozen=True)
class Written:
    """A post as its file says, read without any of the code that builds the site."""

    docname: str
    title: str
    date: str
    author: list[str]
    category: list[str]
    tags: list[str]


def written() -> Iterator[Written]:
    """Read the front matter of all posts, dates as text."""
    for path in (REPOSITORY / "posts").rglob("*.md"):
        front = yaml.load(path.read_text(encoding="utf-8").split("---\n")[1], yaml.BaseLoader)  # noqa: S506 - text only
        docname = path.relative_to(REPOSITORY).with_suffix("").as_posix()
        labels = (front.get(key, []) for key in ("author", "category", "tags"))
        yield Written(docname, front["title"], front["date"], *labels)


def _instant(date: str) -> float:
    """Return a sort key; what has no time is midnight in the site's zone, close enough for the order."""
    return datetime.fromisoformat(date if "T" in date else f"{date}T00:00:00-08:00").timestamp()


POSTS = sorted(written(), key=lambda post: _instant(post.date), reverse=True)


def listed(page: Path) -> list[str]:
    """Return the docnames of the posts that a page lists, in its order."""
    here = page.as_uri().removesuffix("index.html")
    root = here.partition("/html/")[0] + "/html/"
    links = (row.xpath(".//a/@href")[0] for row in read_html(page).find_class("post-row"))
    return [urljoin(here, link).removeprefix(root).rstrip("/") for link in links]


@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.docname)
def test_every_post_has_its_page(post: Written, built_site: Path) -> None:
    """A post's page shows its title, date, authors and tags, and a banner that leads to the original."""
    root = read_html(built_site / post.docname / "index.html")
    (h1,) = root.iter("h1")
    assert h1.text_content().removesuffix("#") == post.title
    (headline,) = root.xpath("//h1/following-sibling::*[1][@class='post-headline']")
    assert headline.xpath("time/text()") == [post.date[:10]]
    assert texts(headline, "post-author") == post.author
    assert texts(headline, "post-category") == post.category
    assert texts(headline, "post-tag") == post.tags
    banner = root.find_class("admonition")[0]
    assert "Digest" in banner.text_content()
    assert post.author[0] in banner.text_content()


def test_the_home_page_shows_the_newest_posts(built_site: Path) -> None:
    """Home lists the newest posts with date, author, summary and tags."""
    assert listed(built_site / "index.html") == [post.docname for post in POSTS[:8]]
    root = read_html(built_site / "index.html")
    assert len(texts(root, "post-summary")) == 8
    assert texts(root, "post-author") == [name for post in POSTS[:8] for name in post.author]
    assert texts(root, "post-tag") == [tag for post in POSTS[:8] for tag in post.tags]


def test_every_list_has_exactly_its_posts(built_site: Path) -> None:
    """Posts, archive, years, tags, categories and authors list what belongs there, the newest first."""
    expected = {"index.html": POSTS, "archive/index.html": POSTS}
    for post in POSTS:
        expected.setdefault(f"{post.date[:4]}/index.html", []).append(post)
        for folder, labels in (("tag", post.tags), ("category", post.category), ("author", post.author)):
            for label in labels:
                slug = re.sub(r"[^\w]+", "-", label).strip("-").lower()
                expected.setdefault(f"{folder}/{slug}/index.html", []).append(post)
    blog = built_site / "blog"
    pages = {path.relative_to(blog).as_posix(): listed(path) for path in blog.rglob("index.html")}
    indexes: dict[str, list[str]] = {f"{folder}/index.html": [] for folder in ("tag", "category", "author")}
    assert pages == {page: [post.docname for post in posts] for page, posts in expected.items()} | indexes


def test_the_feed_has_every_post_in_order_and_in_full(built_site: Path) -> None:
    """The feed of the site has each post's instant, authors, labels and whole text."""
    entries = etree.parse(built_site / "blog/atom.xml").findall("a:entry", ATOM)
    assert [entry.findtext("a:title", None, ATOM) for entry in entries] == [post.title for post in POSTS]
    assert len({entry.findtext("a:id", None, ATOM) for entry in entries}) == len(POSTS) == 21
    for entry, post in zip(entries, POSTS, strict=True):
        assert entry.xpath("a:link[@rel='alternate']/@href", namespaces=ATOM) == [f"{BASE}{post.docname}/"]
        assert entry.findtext("a:published", "", ATOM).startswith(post.date)
        assert [name.text for name in entry.findall("a:author/a:name", ATOM)] == post.author
        labels = [category.get("term") for category in entry.findall("a:category", ATOM)]
        assert labels == [*post.category, *post.tags]
        content = " ".join(_words(entry.findtext("a:content", "", ATOM)))
        article = read_html(built_site / post.docname / "index.html").find_class("bd-article")[0]
        for element in [
            *article.iter("h1"),
            *article.find_class("post-headline"),
            *article.find_class("post-neighbours"),
            *article.find_class("headerlink"),
        ]:
            element.drop_tree()
        assert content == " ".join(article.text_content().split())


def _words(html: str) -> list[str]:
    text: str = etree.fromstring(f"<div>{html}</div>", etree.HTMLParser()).xpath("string()")
    return text.split()


def test_there_is_a_feed_for_each_tag_category_and_author(built_site: Path) -> None:
    """A feed of a label has the entries of its page, in the same order."""
    feeds = [*(built_site / "blog").rglob("atom.xml")]
    labels = {
        (kind, label)
        for post in POSTS
        for kind in ("tags", "category", "author")
        for label in getattr(post, kind)
    }
    assert len(feeds) == 1 + len(labels)
    for feed in feeds:
        links = etree.parse(feed).xpath("//a:entry/a:link[@rel='alternate']/@href", namespaces=ATOM)
        assert [link.removeprefix(BASE).rstrip("/") for link in links] == listed(feed.parent / "index.html")


def test_the_navigation_bar_leads_everywhere(built_site: Path) -> None:
    """Posts, archive, tags, manual and feed are one step from every page."""
    expected = {"blog/", "blog/archive/", "blog/tag/", "docs/", "blog/atom.xml"}
    for page in built_site.rglob("index.html"):
        nav = read_html(page).find_class("site-nav")[0]
        links = [urljoin(page.as_uri(), link) for link in nav.xpath(".//a/@href")]
        found = {link.removeprefix(f"{built_site.as_uri()}/").removesuffix("index.html") for link in links}
        assert expected <= found, page


def test_no_page_is_an_orphan(built_site: Path) -> None:
    """Every page can be reached from the home page."""
    pages = {page.path: page for page in collect(built_site, list_files(built_site))}
    reached: set[str] = set()
    waiting = ["index.html"]
    while waiting:
        path = waiting.pop()
        if path in reached or path not in pages:
            continue
        reached.add(path)
        for link in pages[path].links:
            url = urlsplit(urljoin(urljoin(BASE, path), link.url))
            if url.hostname == urlsplit(BASE).hostname:
                target = url.path.lstrip("/")
                waiting.append(target if not target or not target.endswith("/") else f"{target}index.html")
    assert {path for path, page in pages.items() if page.anchors is not None} - reached == set()


def test_all_internal_links_lead_somewhere(built_site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The link check finds no fault in our own site, and has looked at something."""
    assert cli.run(["links", str(built_site)]) == 0
    checked = re.search(r"([\d,]+) internal links checked", capsys.readouterr().out)
    assert checked is not None
    assert int(checked[1].replace(",", "")) > 1000


@pytest.mark.parametrize("planted", ['<a href="../gone/">', '<a href="#gone">', '<img src="gone.png">'])
def test_a_planted_fault_is_found(planted: str, built_site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A dead link, a dead fragment and a missing picture in a page each fail the check."""
    page = built_site / "about/index.html"
    sound = page.read_text(encoding="utf-8")
    page.write_text(sound.replace("</article>", f"{planted}</article>"), encoding="utf-8")
    try:
        assert cli.run(["links", str(built_site)]) == 1
    finally:
        page.write_text(sound, encoding="utf-8")
    assert capsys.readouterr().out.startswith("about/index.html:")


def test_nothing_is_published_that_does_not_belong_there(built_site: Path) -> None:
    """Sources, tests and the theme's own leftovers stay out; nothing is loaded from elsewhere."""
    names = {path.name for path in built_site.rglob("*") if path.is_file()}
    assert names & {"README.md", "webpack-macros.html", "conf.py", "genindex.html"} == set()
    assert not (built_site / "_sources").exists()
    assert not (built_site / "blog/drafts").exists()
    for page in built_site.rglob("index.html"):
        root = read_html(page)
        loaded = [
            *root.xpath("//script/@src"),
            *root.xpath("//img/@src"),
            *root.xpath("//link[@rel='stylesheet']/@href"),
        ]
        assert [url for url in loaded if urlsplit(url).netloc] == []
