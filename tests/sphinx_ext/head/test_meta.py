"""What the head of each page says of it."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from helpers import read_html
from hypothesis import given
from hypothesis import strategies as st
from sphinx.testing.util import SphinxTestApp

from postdocs.sphinx_ext.reading.shorten import shorten

BASE = "https://example.org/~lab/"
PLAIN = "Is 1 < 2 & *true*? `x` [y](z) <script>alert(1)</script>"
HOSTILE = "A </script><script>alert(1)</script> \"quoted\" 'one' & <!-- \u2028 é"
THEMES = ["basic", "alabaster", "pydata_sphinx_theme", "postdocs"]


def write(app: SphinxTestApp, name: str, keys: str, text: str = "Text.") -> None:
    """Write a post."""
    path = app.srcdir / f"posts/2024/{name}.md"
    path.write_text(f"---\ndate: 2024-02-01\n{keys}\n---\n\n{text}\n", encoding="utf-8")


def pages(app: SphinxTestApp) -> dict[str, lxml.html.HtmlElement]:
    """Return the pages that are no redirects, by their addresses."""
    read = {path: read_html(path) for path in app.outdir.rglob("*.html")}
    return {
        path.relative_to(app.outdir).as_posix().removesuffix("index.html"): root
        for path, root in read.items()
        if not root.xpath("//meta[@http-equiv='refresh']")
    }


def title_of(root: lxml.html.HtmlElement) -> str:
    """Return the title of a page's window."""
    return root.findtext(".//title") or ""


def metas(root: lxml.html.HtmlElement) -> dict[str, list[str]]:
    """Return the metadata of a page, by name or property."""
    found: dict[str, list[str]] = {}
    for meta in root.xpath("//head/meta[@name or @property]"):
        found.setdefault(meta.get("name") or meta.get("property"), []).append(meta.get("content"))
    return found


def data(root: lxml.html.HtmlElement) -> dict[str, dict[str, Any]]:
    """Return the JSON-LD of a page by its types, none of which is there twice."""
    scripts = root.xpath("//head/script[@type='application/ld+json']/text()")
    read = [json.loads(script) for script in scripts]
    assert len({item["@type"] for item in read}) == len(read)
    assert all(item["@context"] == "https://schema.org" for item in read)
    return {item["@type"]: item for item in read}


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"postdocs_page_length": 2})
def test_no_two_pages_have_one_title_or_description(app: SphinxTestApp) -> None:
    """Also where posts have one title and one text, on one day, and a page is called like a list."""
    for name, title in (("a", "Recap"), ("b", "recap"), ("c", "Recap"), ("d", "Posts")):
        write(app, name, f"title: {title}", "The same text in each.")
    (app.srcdir / "other.md").write_text("---\norphan: true\n---\n\n# A page\n", encoding="utf-8")
    app.build()
    found = pages(app)
    titles = Counter(title_of(root) for root in found.values())
    described = Counter(metas(root)["description"][0] for root in found.values())
    assert [title for title, uses in titles.items() if uses > 1] == []
    assert [text for text, uses in described.items() if uses > 1] == []
    assert all(len(text) <= 161 and text.strip() for text in described)
    assert title_of(found["posts/2024/a/"]).startswith("Recap (posts/2024/a) — ")
    assert title_of(found["posts/2024/d/"]).startswith("Posts (2024-02-01) — ")
    assert metas(found["posts/2024/a/"])["og:title"] == ["Recap (posts/2024/a)"]


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_title_that_is_no_longer_shared_is_as_it_was(app: SphinxTestApp) -> None:
    """When a post goes that has the title of a page, the page is written again; and so are lists."""
    (app.srcdir / "other.md").write_text("---\norphan: true\n---\n\n# Recap\n\nWords.\n", encoding="utf-8")
    (app.srcdir / "lists.md").write_text("---\norphan: true\n---\n\n# Tags\n\nOf words.\n", encoding="utf-8")
    write(app, "a", "title: Recap", "Of a.")
    app.build()
    page, tags = app.outdir / "other/index.html", app.outdir / "blog/tag/index.html"
    assert title_of(read_html(page)).startswith("Recap (other) — ")
    assert title_of(read_html(tags)).startswith("Tags (blog/tag) — ")
    (app.srcdir / "posts/2024/a.md").unlink()
    (app.srcdir / "lists.md").unlink()
    app.build()
    assert title_of(read_html(page)).startswith("Recap — ")
    assert title_of(read_html(tags)).startswith("Tags — ")


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"postdocs_page_length": 2})
def test_descriptions_say_what_is_there(app: SphinxTestApp) -> None:
    """Of a post its summary or first paragraph, of a page its first paragraph, of a list what it lists."""
    app.build()
    found = {address: metas(root)["description"][0] for address, root in pages(app).items()}
    assert found["posts/2024/titled/"] == "A summary of its own."
    assert found["posts/2024/plain/"] == "The first paragraph of the article, with and a link."
    assert found["blog/tag/python/"] == f"2 posts tagged Python, 2024: {PLAIN}, Title from the heading"
    assert found["blog/"].startswith("4 posts, 2024: The instant decides, not the wall clock, Is 1 < 2")
    assert found["blog/page/2/"].startswith("Page 2 of 2: 4 posts, 2020 to 2024: Title from the heading")
    assert found["blog/2020/"] == "1 post from 2020: A post outside of posts"
    assert found["blog/category/"] == "Categories with numbers of posts: Notes (1)"
    assert found["blog/archive/"] == "Archive with numbers of posts: 2024 (3), 2020 (1)"


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_description_has_the_words_of_references(app: SphinxTestApp) -> None:
    """One without words of its own has those of what it leads to, as on the page."""
    write(app, "heat", "title: Heat", "It spreads [](plain.md), as [others](plain.md) say.")
    app.build()
    root = read_html(app.outdir / "posts/2024/heat/index.html")
    assert metas(root)["description"] == [f"It spreads {PLAIN}, as others say."]


@pytest.mark.sphinx("dirhtml", testroot="blog")
@pytest.mark.parametrize("theme", THEMES)
def test_each_page_names_one_address_and_says_each_thing_once(
    theme: str, app: SphinxTestApp, make_app: type[SphinxTestApp]
) -> None:
    """One canonical, one title, one of each name; only what others may repeat is there more than once."""
    write(app, "moved", "title: Moved\ncanonical: https://example.com/moved/")
    built = make_app("dirhtml", srcdir=app.srcdir, confoverrides={"html_theme": theme})
    built.build()
    for address, root in pages(built).items():
        canonical = root.xpath("//link[@rel='canonical']/@href")
        own = f"{BASE}{'' if address == '404.html' else address}"
        moved = "https://example.com/moved/" if address == "posts/2024/moved/" else None
        assert canonical == ([] if address == "404.html" else [moved or _quoted(own)])
        assert metas(root).get("og:url", []) == canonical
        assert len(root.xpath("//head/title")) == 1
        many = {"viewport", "theme-color", "article:author", "article:section", "article:tag"}
        many |= {"citation_author", "DC.creator"}
        said = {name: texts for name, texts in metas(root).items() if name not in many}
        assert {name for name, texts in said.items() if len(texts) > 1} == set(), address
        assert {"description", "og:title", "og:type", "og:image", "og:locale", "twitter:card"} <= said.keys()
        assert len(root.xpath("//link[contains(@rel, 'icon')]")) == 1
        assert root.get("lang") == "en"


def _quoted(address: str) -> str:
    from urllib.parse import quote  # noqa: PLC0415

    return quote(address, safe=":/~%")


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_post_says_who_and_when(app: SphinxTestApp) -> None:
    """Instants keep their offsets; authors, categories and tags are named as readers see them."""
    app.build()
    root = pages(app)["posts/2024/titled/"]
    said = metas(root)
    assert said["og:type"] == ["article"]
    assert said["article:published_time"] == ["2024-03-09T00:00:00+01:00"]
    assert said["article:modified_time"] == ["2024-05-01T12:00:00+02:00"]
    assert said["article:tag"] == ["lists", "Python"] or said["article:tag"] == ["Python", "lists"]
    said = metas(pages(app)["posts/2024/plain/"])
    assert said["article:author"] == ["Ann Example", "Bob, Jr."]
    assert said["article:section"] == ["Notes"]
    assert "article:modified_time" not in said
    assert metas(pages(app)["blog/"])["og:type"] == ["website"]


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_machines_read_what_a_post_is(app: SphinxTestApp) -> None:
    """A BlogPosting has what schema.org and search engines ask of one, and the way to it leads from home."""
    app.build()
    found = data(pages(app)["posts/2024/plain/"])
    post, way = found["BlogPosting"], found["BreadcrumbList"]
    assert post["headline"] == PLAIN
    assert post["author"] == [
        {"@type": "Person", "name": "Ann Example", "url": "https://example.org/~ann/"},
        {"@type": "Person", "name": "Bob, Jr."},
    ]
    assert datetime.fromisoformat(post["datePublished"]).isoformat() == "2024-03-10T00:30:00+09:00"
    assert post["dateModified"] >= post["datePublished"]
    assert post["url"] == post["mainEntityOfPage"] == f"{BASE}posts/2024/plain/"
    assert post["image"].startswith(f"{BASE}_images/social/")
    assert post["timeRequired"] == "PT1M"
    assert post["publisher"] == {"@type": "Organization", "name": "A <b>lab</b> & its blog"}
    assert {"Python", "C, C++", "日本語"} == {*post["keywords"]}
    steps = [(step["position"], step["name"], step["item"]) for step in way["itemListElement"]]
    assert steps == [(1, "Home", BASE), (2, "Posts", f"{BASE}blog/"), (3, PLAIN, post["url"])]
    names = [
        step["name"] for step in data(pages(app)["blog/tag/python/"])["BreadcrumbList"]["itemListElement"]
    ]
    assert names == ["Home", "Posts", "Tags", "Posts tagged Python"]


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_machines_read_what_the_site_is(app: SphinxTestApp) -> None:
    """Home is of a site, and of a blog; no other page is."""
    app.build()
    found = pages(app)
    home = data(found[""])
    assert home.keys() == {"WebSite", "Blog"}
    assert (home["WebSite"]["url"], home["Blog"]["url"]) == (BASE, f"{BASE}blog/")
    others = {kind for address, root in found.items() if address for kind in data(root)}
    assert others == {"BlogPosting", "BreadcrumbList"}


@pytest.mark.sphinx("dirhtml", testroot="blog")
@pytest.mark.parametrize("theme", THEMES)
def test_hostile_titles_stay_text(theme: str, app: SphinxTestApp, make_app: type[SphinxTestApp]) -> None:
    """Whatever a title, tag or author holds, it neither ends a script nor an attribute."""
    text = json.dumps(HOSTILE)
    write(app, "evil", f"title: {text}\ntags: [{text}]\nauthor: [{text}]\nsummary: {text}")
    built = make_app("dirhtml", srcdir=app.srcdir, confoverrides={"html_theme": theme})
    built.build()
    expected = " ".join(HOSTILE.split())
    source = (built.outdir / "posts/2024/evil/index.html").read_text(encoding="utf-8")
    root = pages(built)["posts/2024/evil/"]
    assert data(root)["BlogPosting"]["headline"] == expected
    assert data(root)["BlogPosting"]["keywords"] == [expected]
    assert metas(root)["og:title"] == metas(root)["description"] == metas(root)["article:tag"] == [expected]
    assert "alert(1)" not in "".join(root.xpath("//script[not(@type)]/text()"))
    scripts = root.xpath("//script[@type='application/ld+json']/text()")
    assert not {"<", ">", "&", "\u2028"} & {*"".join(scripts)}
    assert "<script>alert" not in source


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_what_an_author_says_goes_first(app: SphinxTestApp) -> None:
    """Metadata of the front matter, or of another extension, is not said again."""

    def opengraph(
        app: SphinxTestApp, name: str, template: str, context: dict[str, Any], tree: object
    ) -> None:
        context["metatags"] += "<meta property='og:site_name' content='Mine' />"

    app.connect("html-page-context", opengraph)
    own = "{description: Mine, robots: nosnippet, 'property=og:image': 'https://example.com/x.png'}"
    write(app, "own", f"title: Own\nmyst: {{html_meta: {own}}}")
    app.build()
    said = metas(pages(app)["posts/2024/own/"])
    assert said["description"] == ["Mine"]
    assert said["robots"] == ["nosnippet"]
    assert said["og:site_name"] == ["Mine"]
    assert said["og:image"] == ["https://example.com/x.png"]
    assert "og:image:width" not in said
    assert said["og:title"] == ["Own"]


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"postdocs_page_length": 1})
def test_pages_that_answer_no_search_say_so(app: SphinxTestApp) -> None:
    """The page for lost readers is not for search engines; all else is, such as later parts of lists."""
    app.build()
    hidden = {address for address, root in pages(app).items() if "robots" in metas(root)}
    assert "blog/page/2/" in pages(app)
    assert hidden - {"search/"} == {"404.html"}  # what a search page says is for the theme to say
    assert {*metas(pages(app)["404.html"])["robots"]} == {"noindex, follow"}


@pytest.mark.sphinx("html", testroot="blog", confoverrides={"html_baseurl": "", "blog_baseurl": None})
def test_without_an_address_all_else_is_said(app: SphinxTestApp) -> None:
    """What needs a whole address is left out, and nothing else."""
    app.build()
    for root in pages(app).values():
        said = metas(root)
        assert {"description", "og:title", "og:type", "og:site_name"} <= said.keys()
        assert {"og:url", "og:image"} & said.keys() == set()
        assert root.xpath("//link[@rel='canonical']") == []
    post = data(pages(app)["posts/2024/plain.html"])
    assert post.keys() == {"BlogPosting"}
    assert {"url", "image", "mainEntityOfPage"} & post["BlogPosting"].keys() == set()


@pytest.mark.sphinx(
    "dirhtml", testroot="blog", confoverrides={"html_baseurl": "", "blog_baseurl": "https://example.org/b"}
)
def test_the_address_may_be_that_of_the_blog_only(app: SphinxTestApp) -> None:
    """Where Sphinx has no address, ablog's is that of the pages."""
    app.build()
    root = pages(app)["posts/2024/plain/"]
    assert root.xpath("//link[@rel='canonical']/@href") == ["https://example.org/b/posts/2024/plain/"]


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"language": "pt_BR"})
def test_the_locale_is_that_of_the_site(app: SphinxTestApp) -> None:
    """A language with its country is what authors say; of one without, that where most speak it."""
    app.build()
    assert metas(pages(app)["page/"])["og:locale"] == ["pt_BR"]
    assert data(pages(app)[""])["Blog"]["inLanguage"] == "pt-BR"


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"html_favicon": "posts/2024/dot.png"})
def test_an_icon_of_the_author_goes_first(app: SphinxTestApp) -> None:
    """Ours is for sites without one; each page has one, at its right address."""
    app.build()
    for address, root in pages(app).items():
        (icon,) = root.xpath("//link[contains(@rel, 'icon')]/@href")
        assert icon.endswith("_static/dot.png"), address


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_nothing_is_published_for_nobody(app: SphinxTestApp, make_app: type[SphinxTestApp]) -> None:
    """No index without entries, no record of the build, no maps of sources; an index with entries stays."""
    built = make_app("dirhtml", srcdir=app.srcdir, confoverrides={"html_theme": "pydata_sphinx_theme"})
    built.build()
    names = {path.relative_to(built.outdir).as_posix() for path in built.outdir.rglob("*") if path.is_file()}
    assert {name for name in names if name.endswith((".map", ".buildinfo")) or "genindex" in name} == set()
    assert "genindex" not in (built.outdir / "index.html").read_text(encoding="utf-8")
    page: Path = built.srcdir / "page.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n```{index} lattice\n```\n", encoding="utf-8")
    built.build()
    assert (built.outdir / "genindex/index.html").is_file()
    assert "genindex" in (built.outdir / "index.html").read_text(encoding="utf-8")
    page.write_text("# A page\n", encoding="utf-8")
    built.build()
    assert not (built.outdir / "genindex/index.html").exists()


@given(st.text(), st.integers(min_value=2, max_value=50))
def test_text_is_cut_between_words(text: str, longest: int) -> None:
    """What is too long ends in three dots, and is never longer than asked for by more than these."""
    short = shorten(text, longest)
    assert len(short) <= longest + 1
    assert text.startswith(short.removesuffix("…")) or short == text
    assert (short == text) == (len(text) <= longest)


def test_words_are_not_cut_apart() -> None:
    """A cut falls between words where there are such, and marks at the end go."""
    assert shorten("one two, three four", 12) == "one two…"
    assert shorten("abcdefghij", 5) == "abcd…"
