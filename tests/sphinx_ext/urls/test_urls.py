"""Permalinks, aliases, and what leads where."""

from __future__ import annotations

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from helpers import read_html, searchable
from sphinx.testing.util import SphinxTestApp


def write(app: SphinxTestApp, name: str, keys: str, text: str = "Text.") -> None:
    """Write a post."""
    path = app.srcdir / f"posts/2024/{name}.md"
    path.write_text(f"---\ntitle: Post {name}\ndate: 2024-02-01\n{keys}\n---\n\n{text}\n", encoding="utf-8")


def links(app: SphinxTestApp, page: str) -> list[str]:
    """Return the addresses that a page links to, as they stand there."""
    return [link.get("href", "") for link in read_html(app.outdir / page).iter("a")]


BUILDERS = [
    pytest.param(marks=pytest.mark.sphinx("html", testroot="blog"), id="html"),
    pytest.param(marks=pytest.mark.sphinx("dirhtml", testroot="blog"), id="dirhtml"),
]


@pytest.mark.parametrize((), BUILDERS)
def test_a_permalink_is_where_the_page_is(app: SphinxTestApp, warning: StringIO) -> None:
    """The page is there and nowhere else; lists, feeds, references and the inventory say so."""
    write(app, "kept", "permalink: /2013/07/kept.html")
    write(app, "folder", "permalink: /blog/2013/folder/", "See [it](kept.md), ![](dot.png).")
    app.build()
    assert warning.getvalue() == ""
    assert (app.outdir / "2013/07/kept.html").is_file()
    assert (app.outdir / "blog/2013/folder/index.html").is_file()
    assert not [*app.outdir.glob("posts/2024/kept*")]
    assert "../../../2013/07/kept.html" in links(app, "blog/2013/folder/index.html")
    (picture,) = read_html(app.outdir / "blog/2013/folder/index.html").iter("img")
    assert (app.outdir / "blog/2013/folder" / str(picture.get("src"))).resolve().is_file()
    home = "blog.html" if app.builder.name == "html" else "blog/index.html"
    assert [link for link in links(app, home) if link.endswith("2013/07/kept.html")]
    feed = (app.outdir / "blog/atom.xml").read_text(encoding="utf-8")
    assert 'href="https://example.org/~lab/2013/07/kept.html"' in feed
    (canonical,) = read_html(app.outdir / "2013/07/kept.html").xpath("//link[@rel='canonical']/@href")
    assert canonical == "https://example.org/~lab/2013/07/kept.html"
    assert {"/blog/2013/folder/", "/2013/07/kept.html"} <= searchable(app.outdir).keys()


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_permalink_may_name_the_folder_of_the_site(app: SphinxTestApp) -> None:
    """The folder that the site has on its host is not doubled."""
    write(app, "kept", "permalink: /~lab/2013/kept/")
    app.build()
    assert (app.outdir / "2013/kept/index.html").is_file()


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_an_alias_leads_to_the_page(app: SphinxTestApp, warning: StringIO) -> None:
    """It does at once, says where the page is, keeps the fragment, and is no page for search engines."""
    write(app, "moved", "aliases: [/old/moved.html, /2013/moved/]")
    app.build()
    assert warning.getvalue() == ""
    for path, target in (
        ("old/moved.html", "../posts/2024/moved/"),
        ("2013/moved/index.html", "../../posts/"),
    ):
        root = read_html(app.outdir / path)
        (refresh,) = root.xpath("//meta[@http-equiv='refresh']/@content")
        assert refresh.startswith(f"0; url={target}")
        assert root.xpath("//link[@rel='canonical']/@href") == ["https://example.org/~lab/posts/2024/moved/"]
        assert root.xpath("//meta[@name='robots']/@content") == ["noindex"]
        assert "location.hash" in (root.findtext(".//script") or "")
    assert "/old/moved.html" not in searchable(app.outdir)


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_an_address_with_a_query_leads_to_the_page(app: SphinxTestApp, warning: StringIO) -> None:
    """No file can be at `/?p=12`; the page at `/` leads on, and a page is made where there is none."""
    write(app, "one", "permalink: /?p=12")
    write(app, "two", "aliases: ['/?p=13', '/index.php?id=2', /index.php]")
    app.build()
    assert warning.getvalue() == ""
    assert (app.outdir / "posts/2024/one/index.html").is_file()
    script = (app.outdir / "blog/queries.js").read_text(encoding="utf-8")
    (pages,) = re.findall(r"const pages = (\{.*?\n\}\n?\});?", script, re.DOTALL) or [""]
    assert json.loads(pages.rstrip(";")) == {
        "index.html": {"p=12": "posts/2024/one/", "p=13": "posts/2024/two/"},
        "index.php": {"id=2": "posts/2024/two/"},
    }
    assert "blog/queries.js" in (app.outdir / "index.html").read_text(encoding="utf-8")
    assert "queries.js" not in (app.outdir / "page/index.html").read_text(encoding="utf-8")
    (element,) = read_html(app.outdir / "index.php").iter("script")
    assert (element.get("src"), element.get("data-target")) == ("blog/queries.js", "posts/2024/two/")


@pytest.mark.sphinx("dirhtml", testroot="blog")
@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ("permalink: /x/", "permalink: /x/", "permalink: '/x/' is the place of posts/2024/one.md:4 already"),
        ("permalink: /x/", "permalink: /X", "permalink: '/X' is the place of posts/2024/one.md:4 already"),
        ("aliases: [/x/]", "aliases: [/x/]", "aliases: '/x/' already redirects to posts/2024/one.md:4"),
        (
            "aliases: ['/?p=1']",
            "permalink: /?p=1",
            "permalink: '/?p=1' already redirects to posts/2024/one.md:4",
        ),
        ("permalink: /x/", "aliases: [/x/]", "aliases: '/x/' is the place of posts/2024/one.md:4;"),
        (
            "permalink: /x.html",
            "aliases: [/x.html/y/]",
            "aliases: '/x.html/y/' is the place of posts/2024/one.md:4;",
        ),
        ("", "aliases: [/page/]", "aliases: '/page/' is the place of page.md"),
        ("", "aliases: [/blog/]", "aliases: '/blog/' is the place of a list of posts"),
        ("", "aliases: [/blog/atom.xml]", "aliases: '/blog/atom.xml' is the place of a feed"),
        ("", "aliases: ['/blog/atom.xml?x=1']", "aliases: '/blog/atom.xml?x=1' is the place of a feed"),
        ("", "aliases: [/blog/queries.js]", "aliases: '/blog/queries.js' is the place of the script"),
        ("", "permalink: /py-modindex/", "permalink: '/py-modindex/' is the place of the page 'py-modindex'"),
        ("", "aliases: [/search/]", "aliases: '/search/' is the place of the page 'search'"),
        ("", "permalink: /_static/", "permalink: '/_static/' is the place of the folder '_static'"),
        ("", "aliases: [/_search/x/]", "aliases: '/_search/x/' is the place of the folder '_search'"),
        ("", "permalink: /objects.inv", "permalink: '/objects.inv' is the place of 'objects.inv'"),
        ("", "permalink: /blog/archive/", "permalink: '/blog/archive/' is the place of a list of posts"),
        ("", "permalink: /page/", "permalink: '/page/' is the place of page.md"),
    ],
)
def test_two_claims_to_one_place_are_named(
    first: str, second: str, message: str, app: SphinxTestApp, warning: StringIO
) -> None:
    """The build says which files, and nothing real is overwritten."""
    write(app, "one", first, "The first.")
    write(app, "two", second, "The second.")
    app.build()
    assert f"two.md:4: WARNING: {message}" in warning.getvalue()
    pages = [path.read_text(encoding="utf-8") for path in app.outdir.rglob("*.html")]
    assert sum("<p>The first.</p>" in page for page in pages) == 1
    assert "A page that is no post" in (app.outdir / "page/index.html").read_text(encoding="utf-8")


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"html_extra_path": ["extra"]})
def test_extra_files_are_never_overwritten(app: SphinxTestApp, warning: StringIO) -> None:
    """An alias can't take the place of a file that the author gave."""
    (app.srcdir / "extra").mkdir()
    (app.srcdir / "extra/old.html").write_text("Mine", encoding="utf-8")
    app.config.html_extra_path = ["extra"]
    write(app, "one", "aliases: [/old.html]")
    app.build()
    assert "aliases: '/old.html' is the place of 'extra/old.html'" in warning.getvalue()
    assert (app.outdir / "old.html").read_text(encoding="utf-8") == "Mine"


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_an_alias_to_itself_is_no_mistake(app: SphinxTestApp, warning: StringIO) -> None:
    """A page that is listed among its own old addresses is at one of them."""
    write(app, "one", "permalink: /x/\naliases: [/x/, /y/]")
    app.build()
    assert warning.getvalue() == ""
    assert "Post one" in (app.outdir / "x/index.html").read_text(encoding="utf-8")


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_what_led_somewhere_goes_with_it(app: SphinxTestApp) -> None:
    """When an alias is removed, or the post, its page goes."""
    write(app, "one", "aliases: [/y/]")
    app.build()
    assert (app.outdir / "y/index.html").is_file()
    Path(app.srcdir, "posts/2024/one.md").unlink()
    app.build()
    assert not (app.outdir / "y").exists()


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"postdocs_page_length": 2})
def test_pages_of_authors_are_kept_wherever_lists_would_be(app: SphinxTestApp, warning: StringIO) -> None:
    """A later page of a list gives way too, and two documents can't be in one place."""
    Path(app.srcdir, "blog/page").mkdir(parents=True)
    Path(app.srcdir, "blog/page/2.md").write_text("---\norphan: true\n---\n\n# Mine\n", encoding="utf-8")
    app.build()
    assert warning.getvalue() == ""
    assert "Mine" in (app.outdir / "blog/page/2/index.html").read_text(encoding="utf-8")
    Path(app.srcdir, "page").mkdir()
    Path(app.srcdir, "page/index.md").write_text("---\norphan: true\n---\n\n# Another\n", encoding="utf-8")
    app.build()
    assert "page/index.md: WARNING: its page is in the place of that of page.md" in warning.getvalue()


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"html_baseurl": ""})
def test_a_site_may_name_its_address_for_the_blog_only(app: SphinxTestApp) -> None:
    """The folder of the site is known from `blog_baseurl` as well."""
    write(app, "kept", "permalink: /~lab/2013/kept/")
    app.build()
    assert (app.outdir / "2013/kept/index.html").is_file()
