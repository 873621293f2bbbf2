"""The site that this repository makes, as a reader gets it."""

from __future__ import annotations

import os
import re
import runpy
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from glob import glob
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit
from zoneinfo import ZoneInfo

import lxml.html
import pytest
import yaml
from ablog.blog import slugify
from helpers import REPOSITORY, read_html, texts
from lxml import etree
from markdown_it import MarkdownIt
from sphinx.util.matching import get_matching_files

from postdocs import cli
from postdocs.links.extract import collect, list_files

ATOM = {"a": "http://www.w3.org/2005/Atom"}
CONF: dict[str, Any] = runpy.run_path(str(REPOSITORY / "conf.py"))
BASE = CONF["html_baseurl"]
BLOG = CONF["blog_path"]
NAVBAR = CONF["postdocs_navbar"]
CATALOGS = {"tags": "tag", "category": "category", "author": "author", "series": "series"}
TRUE, FALSE = {"true", "yes", "on"}, {"false", "no", "off"}  # of YAML 1.1, in any case


@dataclass(frozen=True)
class Written:
    """A page as its file says, read without any of the code that builds the site."""

    docname: str
    front: dict[str, Any]
    body: str

    @property
    def address(self) -> str:
        """The folder of the output that holds the page, with a slash at its end."""
        name = self.docname.removesuffix("/index")
        return "" if name == "index" else f"{name}/"

    def text(self, key: str) -> str:
        """The value of a key with white space folded, empty if there is none."""
        return " ".join(str(self.front.get(key, "")).split())

    @property
    def title(self) -> str:
        """The title, or the first heading."""
        if self.text("title"):
            return self.text("title")
        tokens = MarkdownIt("commonmark").parse(self.body)
        at = next(number for number, token in enumerate(tokens) if token.tag == "h1")
        html = MarkdownIt("commonmark").render(tokens[at + 1].content)
        return " ".join(lxml.html.fragment_fromstring(html).text_content().split())

    @property
    def date(self) -> datetime:
        """The instant, in the offset that is written."""
        text = re.sub(r" (?=[+Z-])", "", self.text("date").upper())
        date = datetime.fromisoformat(text)
        return date if date.tzinfo else date.replace(tzinfo=ZoneInfo(CONF.get("postdocs_timezone", "UTC")))

    def labels(self, key: str) -> list[str]:
        """The labels of a kind, as readers see them."""
        value = self.front.get(key) or (CONF.get("blog_default_author") if key == "author" else None) or []
        names = [" ".join(name.split()) for name in (value.split(",") if isinstance(value, str) else value)]
        shown = CONF.get("blog_authors", {}) if key == "author" else {}
        return [shown.get(name, (name,))[0] for name in dict.fromkeys(filter(None, names))]


def written() -> Iterator[Written]:
    """Read the pages in Markdown that conf.py takes into the site, all values as text."""
    for path in get_matching_files(
        REPOSITORY, CONF.get("include_patterns", ["**"]), CONF.get("exclude_patterns", [])
    ):
        if not path.endswith(".md"):
            continue
        body = (REPOSITORY / path).read_text(encoding="utf-8-sig")
        front = ""
        if body.startswith("---"):
            _, front, body = re.split(r"^(?:---|\.\.\.).*\n?", body, maxsplit=2, flags=re.MULTILINE)
        values = yaml.load(front, yaml.BaseLoader)  # noqa: S506 - text only
        yield Written(path.removesuffix(".md"), values or {}, body)


def _matched() -> set[str]:
    patterns = CONF.get("blog_post_pattern", [])
    patterns = [patterns] if isinstance(patterns, str) else patterns
    found = [path for pattern in patterns for path in glob(pattern, root_dir=REPOSITORY, recursive=True)]  # noqa: PTH207 - as ablog does
    return {PurePosixPath(Path(path).as_posix()).with_suffix("").as_posix() for path in found}


def _is_post(page: Written) -> bool:
    blogpost = page.text("blogpost").lower()
    return blogpost in TRUE or (page.docname in MATCHED and blogpost not in FALSE)


PAGES = [*written()]
LATER_PAGE = re.compile(r"page/(\d+)/$")
FEED_LENGTH = CONF.get("blog_feed_length", 50) or None
MATCHED = _matched()
POSTS = sorted(
    (page for page in PAGES if _is_post(page)), key=lambda post: (post.date, post.title), reverse=True
)
HOME = next((page.body for page in PAGES if page.docname == "index"), "")
RECENT = [int(number) for number in re.findall(r"^\s*[`:]{3,}\{recent-posts\} *(\d+)", HOME, re.MULTILINE)]


def lists() -> dict[str, list[Written]]:
    """Return what each page that lists posts has to list, by its folder."""
    expected = {f"{BLOG}/": POSTS, f"{BLOG}/archive/": POSTS}
    for post in POSTS:
        expected.setdefault(f"{BLOG}/{post.date.year:04}/", []).append(post)
        for key, folder in CATALOGS.items():
            for label in post.labels(key):
                expected.setdefault(f"{BLOG}/{folder}/{slugify(label)}/", []).append(post)
    return expected


def address_of(page: Path, link: str, site: Path) -> str:
    """Return where a link of a built page leads, from the site's root if it stays in it."""
    here = page.relative_to(site).as_posix().removesuffix("index.html")
    url = urljoin(BASE + quote(here), link).removesuffix("#")  # kept from Python 3.14 on
    return unquote(url.removeprefix(BASE))


def listed(page: Path, site: Path) -> list[str]:
    """Return the addresses of the posts that a page lists, in its order."""
    rows = read_html(page).find_class("post-row")
    title = ".//*[contains(@class, 'post-title')]/descendant-or-self::a/@href"
    return [address_of(page, row.xpath(title)[0], site) for row in rows]


def day(instant: datetime) -> str:
    """Return a day as readers see it."""
    return f"{instant.day} {instant:%B %Y}"


def addresses(posts: list[Written]) -> list[str]:
    """Return where posts are."""
    return [post.address for post in posts]


@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.docname)
def test_every_post_has_its_page(post: Written, built_site: Path) -> None:
    """A post's page shows its title, date, authors and labels."""
    root = read_html(built_site / post.address / "index.html")
    (h1,) = root.iter("h1")
    for mark in h1.find_class("headerlink"):
        mark.drop_tree()
    assert " ".join(h1.text_content().split()) == post.title
    (headline,) = root.xpath("//h1/following-sibling::*[1][@class='post-head']")
    assert headline.xpath("p/time/text()") == [day(post.date)]
    assert texts(headline, "post-author") == post.labels("author")
    assert texts(headline, "post-category") == post.labels("category")
    assert texts(headline, "post-tag") == post.labels("tags")


def test_the_home_page_shows_the_newest_posts(built_site: Path) -> None:
    """Home lists the newest posts, as many as it asks for, with date, author, summary and tags."""
    expected = [post for number in RECENT for post in POSTS[:number]]
    home = built_site / "index.html"
    assert listed(home, built_site) == addresses(expected)
    for row, post in zip(read_html(home).find_class("post-row"), expected, strict=True):
        assert texts(row, "post-title") == [post.title]
        assert row.xpath("p/time/text()") == [day(post.date)]
        assert texts(row, "post-author") == post.labels("author")
        assert texts(row, "post-tag") == post.labels("tags")
        if post.text("summary"):
            assert texts(row, "post-summary") == [post.text("summary")]


def test_every_list_has_exactly_its_posts(built_site: Path) -> None:
    """Posts, archive, years, tags, categories and authors list what belongs there, the newest first."""
    indexes: dict[str, list[str]] = {f"{BLOG}/{folder}/": [] for folder in CATALOGS.values()}
    expected = indexes | {page: addresses(posts) for page, posts in lists().items()}
    found: dict[str, list[str]] = {}
    pages = [path for path in (built_site / BLOG).rglob("index.html") if b"refresh" not in path.read_bytes()]
    for path in sorted(pages, key=_place_in_list):
        address = f"{path.parent.relative_to(built_site).as_posix()}/"
        found.setdefault(LATER_PAGE.sub("", address), []).extend(listed(path, built_site))
    own = {page.address for page in PAGES}  # takes the place of one that is made
    assert {page: found[page] for page in found.keys() - own} == {
        page: expected[page] for page in expected.keys() - own
    }


def _place_in_list(page: Path) -> int:
    number = LATER_PAGE.search(f"{page.parent.as_posix()}/")
    return int(number[1]) if number else 1


def test_the_feed_has_every_post_in_order_and_in_full(built_site: Path) -> None:
    """The feed of the site has each post's instant, authors, labels and whole text."""
    feed = etree.parse(built_site / BLOG / "atom.xml")
    assert feed.findtext("a:author/a:name", "", ATOM)  # for posts that name nobody
    posts = POSTS[:FEED_LENGTH]
    entries = feed.findall("a:entry", ATOM)
    assert [" ".join(entry.findtext("a:title", "", ATOM).split()) for entry in entries] == [
        post.title for post in posts
    ]
    assert len({entry.findtext("a:id", None, ATOM) for entry in entries}) == len(posts)
    for entry, post in zip(entries, posts, strict=True):
        link = f"{BASE}{quote(post.address)}"
        assert entry.xpath("a:link[@rel='alternate']/@href", namespaces=ATOM) == [link]
        published = datetime.fromisoformat(entry.findtext("a:published", "", ATOM))
        assert (published, published.utcoffset()) == (post.date, post.date.utcoffset())
        assert [name.text for name in entry.findall("a:author/a:name", ATOM)] == post.labels("author")
        labels = [category.get("term") for category in entry.findall("a:category", ATOM)]
        assert labels == [*post.labels("category"), *post.labels("tags")]
        content = " ".join(_words(entry.findtext("a:content", "", ATOM)))
        (h1,) = read_html(built_site / post.address / "index.html").iter("h1")
        article = [*h1.iterancestors()][1]  # around its section, and the footnotes that follow
        for element in [
            *article.iter("h1", "script", "style"),
            *article.find_class("page-toc-in-text"),
            *article.find_class("post-head"),
            *article.find_class("post-cite"),
            *article.find_class("post-series"),
            *article.find_class("post-foot"),
            *article.find_class("post-by"),
            *article.find_class("post-neighbours"),
            *article.find_class("post-related"),
            *article.find_class("headerlink"),
        ]:
            element.drop_tree()
        assert content == " ".join(article.text_content().split())


def _words(html: str) -> list[str]:
    text: str = etree.fromstring(f"<div>{html}</div>", etree.HTMLParser()).xpath("string()")
    return text.split()


def test_there_is_a_feed_for_each_tag_category_and_author(built_site: Path) -> None:
    """A feed of a label has the entries of its page, in the same order."""
    labelled = re.compile(rf"{re.escape(BLOG)}/(?:(?:{'|'.join(CATALOGS.values())})/.+/)?")
    expected = {
        page: [f"{BASE}{quote(post.address)}" for post in posts[:FEED_LENGTH]]
        for page, posts in lists().items()
        if labelled.fullmatch(page)
    }
    links = "//a:entry/a:link[@rel='alternate']/@href"
    assert expected == {
        f"{feed.parent.relative_to(built_site).as_posix()}/": etree.parse(feed).xpath(links, namespaces=ATOM)
        for feed in (built_site / BLOG).rglob("atom.xml")
        if b"post-list" in (feed.parent / "index.html").read_bytes()  # not where another spelling leads
    }


def test_the_navigation_bar_leads_everywhere(built_site: Path) -> None:
    """What conf.py names for the navigation bar is one step from every page, in that order."""
    expected = [(text, _target(target)) for text, target in NAVBAR]
    for page in built_site.rglob("index.html"):
        links = read_html(page).find_class("site-nav")[0].xpath(".//a")
        found = [(link.text_content(), address_of(page, link.get("href"), built_site)) for link in links]
        assert found == expected, page


def _target(target: str) -> str:
    is_file = "." in target.rpartition("/")[2]
    return target if is_file or "://" in target else Written(target, {}, "").address


def test_no_page_is_an_orphan(built_site: Path) -> None:
    """Every page can be reached from the home page, save what is meant to be found otherwise."""
    pages = {page.path: page for page in collect(built_site, list_files(built_site)).values() if page}
    reached: set[str] = set()
    waiting = ["index.html"]
    while waiting:
        path = waiting.pop()
        if path in reached or path not in pages:
            continue
        reached.add(path)
        for written in pages[path].links:
            url = urljoin(BASE + quote(path), written).partition("#")[0].partition("?")[0]
            if url.startswith(BASE):
                target = unquote(url.removeprefix(BASE))
                waiting.append(f"{target}index.html" if target.endswith("/") or not target else target)
    orphans = {path for path in pages if path.endswith(".html")} - reached
    assert {path.removesuffix("index.html") for path in orphans} - _hidden() == set()


def _hidden() -> set[str]:
    """Return the folders of pages that need no link: what the site leaves out of its bar, or has no posts."""
    hidden = {page.address for page in PAGES if "orphan" in page.front}
    hidden |= {f"{BLOG}/{CATALOGS[key]}/" for key in CATALOGS if not any(post.labels(key) for post in POSTS)}
    return hidden | {"404.html"}


def test_all_internal_links_lead_somewhere(built_site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The link check finds no fault in our own site, and has looked at each of its pages."""
    status = cli.run(["links", "--offline", str(built_site)])
    report = capsys.readouterr().out
    assert status == 0, report
    checked = re.search(r"([\d,]+) internal links? in [\d,]+ files? checked", report)
    assert checked is not None
    pages = len([*built_site.rglob("index.html")])
    assert int(checked[1].replace(",", "")) >= pages


def test_planted_faults_are_found(
    built_site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A dead link, a dead fragment and a missing picture in a page each fail the check."""
    site = shutil.copytree(built_site, tmp_path / "site", copy_function=os.link)
    page = site / "index.html"
    sound = page.read_text(encoding="utf-8")
    assert "</body>" in sound
    page.unlink()  # and with it the link to the file that other tests read
    planted = '<a href="gone/"><a href="#gone"><img src="gone.png"></body>'
    page.write_text(sound.replace("</body>", planted), encoding="utf-8")
    assert cli.run(["links", "--offline", str(site)]) == 1
    faults = [line for line in capsys.readouterr().out.splitlines() if "/site/index.html:" in line]
    planted_links = {match[0] for line in faults if (match := re.search(r"#?gone(?:/|\.png)?", line))}
    assert planted_links == {"gone/", "#gone", "gone.png"}


def test_each_page_says_what_it_is(built_site: Path) -> None:
    """No two pages share a title, a description or an address, and none is without one."""
    read = [read_html(page) for page in (*built_site.rglob("index.html"), built_site / "404.html")]
    pages = [root for root in read if not root.xpath("//meta[@http-equiv='refresh']")]
    for said in ("//title/text()", "//meta[@name='description']/@content"):
        found = [root.xpath(said) for root in pages]
        assert {len(texts) for texts in found} == {1}, said
        assert len({str(texts) for texts in found}) == len(pages), said
    canonical = [address for root in pages for address in root.xpath("//link[@rel='canonical']/@href")]
    assert len({*canonical}) == len(pages) - 1


def test_nothing_is_published_that_does_not_belong_there(built_site: Path) -> None:
    """Sources, tests and the theme's own leftovers stay out."""
    names = {path.name for path in built_site.rglob("*") if path.is_file()}
    assert names & {"README.md", "webpack-macros.html", "conf.py"} == set()
    assert CONF.get("html_use_index", True) or "genindex.html" not in names
    assert (built_site / "_sources").exists() == CONF.get("html_copy_source", True)


def test_pages_that_are_made_load_nothing_from_elsewhere(built_site: Path) -> None:
    """A page that no author wrote loads only what is in the site, or named in conf.py."""
    settings = (REPOSITORY / "conf.py").read_text(encoding="utf-8")
    written = {page.address for page in PAGES}
    for page in (built_site / BLOG).rglob("index.html"):
        if f"{page.parent.relative_to(built_site).as_posix()}/" in written:
            continue
        root = read_html(page)
        loaded = root.xpath("//script/@src | //img/@src | //link[@rel='stylesheet']/@href")
        assert [url for url in loaded if urlsplit(url).netloc and url not in settings] == [], page
