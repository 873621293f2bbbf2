"""What search engines are told of the site: sitemap, robots, and the page for readers who are lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from helpers import read_html, texts
from lxml import etree
from sphinx.testing.util import SphinxTestApp

from postdocs.sphinx_ext.head.sitemap import Entry, documents

GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).parents[2] / "data/sitemap.rng"))
SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
BASE = "https://example.org/~lab/"
POST = "---\ntitle: {}\ndate: 2022-02-0{}\n{}\n---\n\nText.\n"


def listed(path: Path) -> dict[str, str]:
    """Return the addresses of a valid sitemap from the root of the site, each with its date."""
    root = etree.parse(path).getroot()
    GRAMMAR.assertValid(root)
    entries = root.findall("s:url", SPACE)
    return {
        entry.findtext("s:loc", "", SPACE).removeprefix(BASE): entry.findtext("s:lastmod", "", SPACE)
        for entry in entries
    }


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"postdocs_page_length": 2})
def test_the_sitemap_has_each_page_that_is_to_be_found(app: SphinxTestApp) -> None:
    """Documents and lists are in it with the day of their last change; what only helps readers is not."""
    posts = app.srcdir / "posts/2024"
    (posts / "elsewhere.md").write_text(POST.format("E", 1, "canonical: https://example.com/e/"), "utf-8")
    (posts / "mine.md").write_text(POST.format("M", 2, f"canonical: {BASE}posts/2024/mine/"), "utf-8")
    (posts / "quiet.md").write_text(
        POST.format("Q", 3, "myst: {html_meta: {robots: 'noindex, follow'}}\naliases: [/old/]"), "utf-8"
    )
    app.build()
    found = listed(app.outdir / "sitemap.xml")
    assert found["posts/2024/titled/"] == "2024-05-01T12:00:00+02:00"
    assert found["posts/2024/plain/"] == "2024-03-10T00:30:00+09:00"
    assert found["posts/2024/mine/"] == "2022-02-02T00:00:00+01:00"
    assert found["blog/tag/python/"] == "2024-05-01T12:00:00+02:00"
    assert found["blog/tag/%E6%97%A5%E6%9C%AC%E8%AA%9E/"] == "2024-03-10T00:30:00+09:00"
    assert found["page/"] == ""
    assert {"", "blog/", "blog/archive/", "blog/2024/", "blog/tag/", "outside/"} <= found.keys()
    assert [*found] == sorted(found)
    assert (app.outdir / "blog/page/2/index.html").is_file()
    left_out = {"posts/2024/elsewhere/", "posts/2024/quiet/", "posts/2024/draft/", "posts/2024/future/"}
    left_out |= {"blog/page/2/", "search/", "404.html", "old/", "genindex/"}
    assert left_out & found.keys() == set()


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"postdocs_drafts": True})
def test_a_preview_keeps_drafts_out_of_the_sitemap(app: SphinxTestApp) -> None:
    """What only the preview shows is no page to be found."""
    app.build()
    assert "posts/2024/draft/" not in listed(app.outdir / "sitemap.xml")
    assert (app.outdir / "posts/2024/draft/index.html").is_file()


def test_a_large_sitemap_is_parted() -> None:
    """Where one file would hold too much, an index names its parts, each valid and within the limit."""
    entries = [Entry(f"https://example.org/{number}/?a=1&b=2", "2024-01-01T00:00:00Z") for number in range(5)]
    by_number = documents(entries, "https://example.org/", most=2)
    longest = len(documents(entries[:2], "https://example.org/")["sitemap.xml"].encode())
    longest += len(' xmlns:xhtml="http://www.w3.org/1999/xhtml"')  # for which there is always room
    by_size = documents(entries, "https://example.org/", largest=longest)
    assert by_number == by_size
    assert [*by_number] == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    roots = {name: etree.fromstring(text.encode()) for name, text in by_number.items()}
    assert [GRAMMAR.validate(root) for root in roots.values()] == [True] * 4
    index = roots["sitemap.xml"].xpath("s:sitemap/s:loc/text()", namespaces=SPACE)
    assert index == [f"https://example.org/sitemap-{number}.xml" for number in (1, 2, 3)]
    urls = [url for root in roots.values() for url in root.xpath("s:url/s:loc/text()", namespaces=SPACE)]
    assert urls == [entry.address for entry in entries]
    assert all(len(text.encode()) <= longest for name, text in by_size.items() if name != "sitemap.xml")


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_robots_are_told_of_the_sitemap(app: SphinxTestApp) -> None:
    """All pages are open to them."""
    app.build()
    robots = (app.outdir / "robots.txt").read_text(encoding="utf-8")
    assert robots == f"User-agent: *\nAllow: /\n\nSitemap: {BASE}sitemap.xml\n"


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_files_of_the_author_stay(app: SphinxTestApp) -> None:
    """A sitemap, rules for robots and a page for lost readers of one's own are never overwritten."""
    app.config.html_extra_path.append("extra")
    (app.srcdir / "extra").mkdir()
    for name in ("sitemap.xml", "robots.txt", "404.html"):
        (app.srcdir / "extra" / name).write_text("mine", encoding="utf-8")
    app.build()
    for name in ("sitemap.xml", "robots.txt", "404.html"):
        assert (app.outdir / name).read_text(encoding="utf-8") == "mine"


@pytest.mark.sphinx(
    "dirhtml", testroot="blog", confoverrides={"html_baseurl": "", "blog_baseurl": None}, freshenv=True
)
def test_without_an_address_there_is_no_sitemap(app: SphinxTestApp) -> None:
    """A sitemap must name whole addresses."""
    app.build()
    assert not (app.outdir / "sitemap.xml").exists()
    assert (app.outdir / "robots.txt").read_text(encoding="utf-8") == "User-agent: *\nAllow: /\n"


@pytest.mark.parametrize("theme", ["basic", "alabaster", "pydata_sphinx_theme", "postdocs"])
@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_lost_readers_find_their_way(
    theme: str, builder: str, tmp_path: Path, make_app: type[SphinxTestApp], rootdir: Path
) -> None:
    """The page leads to home, search, archive and the newest posts, whatever address it is shown at."""
    source = shutil.copytree(rootdir / "test-blog", tmp_path / "blog")
    app = make_app(builder, srcdir=source, confoverrides={"html_theme": theme})
    app.build()
    root = read_html(app.outdir / "404.html")
    addresses = root.xpath("//@href | //@src | //@action | //@data-content_root")
    wrong = [url for url in addresses if not url.startswith(("/~lab/", "#", "http"))]
    assert wrong == []
    links = root.find_class("not-found")[0].xpath(".//a/@href")
    end = "/" if builder == "dirhtml" else ".html"
    home = "/~lab/" if builder == "dirhtml" else "/~lab/index.html"
    assert links[:3] == [home, f"/~lab/search{end}", f"/~lab/blog/archive{end}"]
    assert f"/~lab/posts/2023/marked{end}" in links
    assert root.xpath("//meta[@name='robots']/@content") == ["noindex, follow"]
    assert root.xpath("//link[@rel='canonical']") == []
    assert texts(root.find_class("not-found")[0], "post-title") != []


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_document_may_be_the_page_for_lost_readers(app: SphinxTestApp) -> None:
    """A document called 404 takes its place, and its links work at any depth too."""
    text = "---\norphan: true\n---\n\n# Lost\n\n[A page](page.md)\n"
    (app.srcdir / "404.md").write_text(text, encoding="utf-8")
    app.build()
    root = read_html(app.outdir / "404.html")
    assert "/~lab/page/" in root.xpath("//a/@href")
    assert texts(root, "not-found") == []
    assert not (app.outdir / "404").exists()
