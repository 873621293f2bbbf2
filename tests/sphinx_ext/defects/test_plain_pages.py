"""Redirects and lists: what plain ablog gets wrong, and that it is right here."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import lxml.html
import pytest
from helpers import read_html
from plain import OURS, PLAIN, Site, Sites, build, copy

SCRIPT = "<script>alert(1)</script>"
READ_MORE = "Read more ..."


def built(folder: Path, extensions: str) -> Site:
    """Build the site with a redirect to a folder beside it, where no build has any business."""
    source = copy("test-plain-pages", folder)
    path = source / "posts/directive/moved.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("OUTSIDE", f"{folder}/outside"), encoding="utf-8"
    )
    site = build(source, extensions, "html")
    assert (site.status, site.messages) == (0, "")
    return site


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """The same pages twice."""
    return Sites(built(tmp_path_factory.mktemp("plain"), PLAIN), built(tmp_path_factory.mktemp("ours"), OURS))


def lists(site: Site) -> list[str]:
    """Return the pages that the blog makes."""
    return [name for name in site.files() if name.startswith("blog") and name.endswith(".html")]


def redirect(site: Site, path: str) -> tuple[str, str, list[str]]:
    """Return the delay of a redirect, the page that it leads to, and the addresses it calls canonical."""
    page = read_html(site.out / path)
    (refresh,) = page.xpath("//meta[@http-equiv='refresh']/@content")
    delay, _, target = refresh.partition(";")
    target = posixpath.join(posixpath.dirname(path), target.strip().removeprefix("url="))
    return delay, posixpath.normpath(target), page.xpath("//link[@rel='canonical']/@href")


def title_of(link: lxml.html.HtmlElement) -> str:
    """Return what a screen reader calls a link."""
    return " ".join((link.get("aria-label") or link.text_content()).split())


def dead_anchors(site: Site, path: str) -> list[str]:
    """Return the links into a page itself that lead nowhere."""
    page = read_html(site.out / path)
    ids = {f"#{id_}" for id_ in page.xpath("//@id")} | {"#"}
    return [link for link in page.xpath("//a/@href[starts-with(., '#')]") if link not in ids]


def test_a_redirect_stays_in_the_output(sites: Sites) -> None:
    """Plain ablog writes to wherever a path says; here a path begins at the site."""
    outside = sites.plain.out.parent / "outside"
    assert [path.relative_to(outside).as_posix() for path in outside.rglob("*.html")] == ["x/.html"]

    outside = sites.ours.out.parent / "outside"
    assert not outside.exists()
    inside = f"{outside}/x/index.html".removeprefix("/")
    target = "posts/directive/moved.html"
    assert redirect(sites.ours, inside) == ("0", target, [f"https://example.org/~me/{target}"])


def test_a_post_may_have_several_redirects(sites: Sites) -> None:
    """Plain ablog makes files of the list's brackets and quotes; here each address has its page."""
    written = {'["2014/a".html', '"2014/b"].html'}
    assert written <= sites.plain.files().keys()

    for path in ("2014/a/index.html", "2014/b.html"):
        assert redirect(sites.ours, path)[1] == "posts/listed.html"
    assert not written & sites.ours.files().keys()


@pytest.mark.parametrize(
    ("path", "target"),
    [("old.html", "posts/moved.html"), ("older.html", "posts/directive/moved.html")],
    ids=["front matter", "directive"],
)
def test_a_redirect_may_name_a_file(path: str, target: str, sites: Sites) -> None:
    """Plain ablog adds one more suffix to its name; here it is the file."""
    assert redirect(sites.plain, f"{path}.html")[1] == target
    assert not (sites.plain.out / path).exists()

    assert redirect(sites.ours, path)[1] == target
    assert not (sites.ours.out / f"{path}.html").exists()


def test_a_redirect_is_instant_and_says_where_the_post_is(sites: Sites) -> None:
    """Plain ablog takes five seconds, and has no canonical link; here it takes the fragment with it, too."""
    target = "posts/moved.html"
    assert redirect(sites.plain, "old.html.html") == ("5", target, [])

    for path in ("2013/x/index.html", "old.html"):
        assert redirect(sites.ours, path) == ("0", target, [f"https://example.org/~me/{target}"])
        assert "location.hash" in (sites.ours.out / path).read_text(encoding="utf-8")


def test_a_title_is_text_everywhere(sites: Sites) -> None:
    """Plain ablog lets a title run as a script, in lists and in neighbours; here nothing of it does."""
    for page in ("blog.html", "blog/2020.html", "blog/tag.html", "posts/note.html"):
        assert "alert(1)" in sites.plain.body(page).xpath(".//a//script/text()")

    for path in sites.ours.out.rglob("*.html"):
        assert "alert(1)" not in read_html(path).xpath("//script/text()"), path
    assert f"A title {SCRIPT}" in sites.ours.text("posts/note.html")
    assert any(f"A title {SCRIPT}" in sites.ours.text(page) for page in lists(sites.ours))


def test_every_page_of_the_blog_has_one_h1(sites: Sites) -> None:
    """In plain ablog the page of all tags, and that of all years, have none."""
    for page in ("blog/tag.html", "blog/archive.html"):
        assert sites.plain.body(page).xpath(".//h1") == []

    assert {"blog/tag.html", "blog/archive.html"} <= {*lists(sites.ours)}
    for page in lists(sites.ours):
        assert len(read_html(sites.ours.out / page).xpath("//h1")) == 1, page


def test_every_link_of_a_list_has_a_name(sites: Sites) -> None:
    """In plain ablog the link to the feed is a picture in a font; here it has words."""
    assert [link.get("href") for link, _ in sites.plain.links("blog/2020.html") if not title_of(link)] == [
        "2020/atom.xml"
    ]

    feeds = [target for _, target in sites.ours.links("blog/tag/many.html") if target.endswith(".xml")]
    assert feeds != []
    for page in lists(sites.ours):
        assert all(title_of(link) for link, _ in sites.ours.links(page)), page


def test_a_link_says_where_it_leads(sites: Sites) -> None:
    """In plain ablog links to all posts are called the same; here one name on a page is one target."""
    more = [target for link, target in sites.plain.links("blog.html") if title_of(link) == READ_MORE]
    assert len({*more}) == 6

    for page in lists(sites.ours):
        named = defaultdict(set)
        for link, target in sites.ours.links(page):
            named[title_of(link)].add(target)
        assert {name: targets for name, targets in named.items() if len(targets) > 1} == {}, page


def test_an_excerpt_has_no_footnote_marks(sites: Sites) -> None:
    """Plain ablog keeps the mark and leaves the note behind; here both stay in the post."""
    sentence = "The sentence has a footnote."
    assert f"{sentence}[1]" in sites.plain.text("blog.html")
    assert dead_anchors(sites.plain, "blog.html") == ["#id2"]

    shown = [page for page in lists(sites.ours) if sentence in sites.ours.text(page)]
    assert shown != []
    assert not any(f"{sentence}[" in sites.ours.text(page) for page in shown)
    assert [link for page in shown for link in dead_anchors(sites.ours, page)] == []


def test_an_excerpt_is_of_the_article(sites: Sites) -> None:
    """Plain ablog takes it from inside a note; here it is the first paragraph of the article itself."""
    assert "Inside the note." in sites.plain.text("blog.html")
    assert "After the note." not in sites.plain.text("blog.html")

    texts = " ".join(map(sites.ours.text, lists(sites.ours)))
    assert "After the note." in texts
    assert "Inside the note." not in texts


def test_lists_have_pages(sites: Sites) -> None:
    """In plain ablog a list holds every post; here as many as `postdocs_page_length` says, and a way on."""
    names = ["directive/moved", "moved", "listed", "footnote", "note", "script"]
    assert sites.plain.posts("blog.html") == sites.plain.posts("blog/2020.html") == names
    assert sites.plain.posts("blog/tag/many.html") == names[3:]

    blog = ["blog.html", "blog/page/2.html", "blog/page/3.html"]
    assert [sites.ours.posts(page) for page in blog] == [names[:2], names[2:4], names[4:]]
    tag = ["blog/tag/many.html", "blog/tag/many/page/2.html"]
    assert [sites.ours.posts(page) for page in tag] == [names[3:5], names[5:]]
    for pages in (blog, tag):
        for page, following in pairwise(pages):
            assert following in [target for _, target in sites.ours.links(page)]
            assert page in [target for _, target in sites.ours.links(following)]
    assert not sites.ours.files().keys() & {"blog/page/4.html", "blog/tag/many/page/3.html"}


def test_every_feed_that_is_announced_exists(sites: Sites) -> None:
    """Plain ablog announces `atom.xml` though the feed has another name; here no link is dead."""
    announced = "//link[@rel='alternate'][@type='application/atom+xml']/@href"
    assert read_html(sites.plain.out / "posts/moved.html").xpath(announced) == ["../blog/atom.xml"]
    assert not (sites.plain.out / "blog/atom.xml").exists()

    assert read_html(sites.ours.out / "blog.html").xpath(announced) != []
    for page in sites.ours.out.rglob("*.html"):
        for link in read_html(page).xpath(announced):
            file = sites.ours.out / link.removeprefix("/~me/") if link.startswith("/") else page.parent / link
            assert file.is_file(), (page, link)
