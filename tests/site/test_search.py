"""The index of the search, and the page that asks it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from helpers import read_html, searchable
from sphinx.testing.util import SphinxTestApp

from postdocs.site import search

BUILDERS = [
    pytest.param(marks=pytest.mark.sphinx("html", testroot="blog"), id="html"),
    pytest.param(marks=pytest.mark.sphinx("dirhtml", testroot="blog"), id="dirhtml"),
]
OWN_SCRIPTS = ("searchindex", "searchtools", "language_data", "sphinx_highlight", "doctools")


def write(app: SphinxTestApp, name: str, text: str, keys: str = "") -> Path:
    """Write a post; return its file."""
    path = app.srcdir / f"posts/2024/{name}.md"
    front = f"title: Post {name}\ndate: 2024-02-01\n{keys}"
    path.write_text(f"---\n{front}\n---\n\n{text}\n", encoding="utf-8")
    return path


def pieces(app: SphinxTestApp) -> dict[str, tuple[int, bytes]]:
    """Return time and content of each file of the index."""
    files = (path for path in (app.outdir / "pagefind").rglob("*") if path.is_file())
    return {str(path.relative_to(app.outdir)): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


@pytest.mark.parametrize((), BUILDERS)
def test_documents_are_found_where_they_are(app: SphinxTestApp, warning: StringIO) -> None:
    """The index holds each page that has a document, at its permalink if it has one, and nothing else."""
    write(app, "kept", "Kept.", "permalink: /2013/07/kept.php\naliases: [/old/, '/?p=1']")
    write(app, "日本 语#1", "Named.")
    (app.srcdir / "404.md").write_text("---\norphan: true\n---\n\n# Lost\n\nNothing.\n", encoding="utf-8")
    app.build()
    assert warning.getvalue() == ""
    assert (app.outdir / "2013/07/kept.php").is_file()
    documents = ("page", "outside", "posts/2023/marked", "posts/2024/plain", "posts/2024/titled")
    ends = "/" if app.builder.name == "dirhtml" else ".html"
    wanted = {f"/{docname}{ends}" for docname in (*documents, "posts/2024/日本 语#1")}
    assert searchable(app.outdir).keys() == {*wanted, "/2013/07/kept.php"}  # the home page is but a list


@pytest.mark.sphinx("html", testroot="blog")
def test_a_post_is_known_by_title_date_author_and_labels(app: SphinxTestApp) -> None:
    """Its record says so as text, whatever the title is made of; that of another page has its title only."""
    keys = "author: [Ann, Bo]\ntags: [C++, R & D]\ncategory: Code"
    path = write(app, "one", "The <b>body</b> of it.", keys)
    hostile = '<script>alert("1")</script> &amp; $x$'
    path.write_text(path.read_text(encoding="utf-8").replace("Post one", f"'{hostile}'"), encoding="utf-8")
    app.build()
    found = searchable(app.outdir)
    assert found["/posts/2024/one.html"]["meta"] == {
        "title": hostile,
        "date": "2024-02-01",
        "author": "Ann Example, Bo",
        "tags": "C++, R & D",
        "category": "Code",
    }
    assert set(found["/page.html"]["meta"]) == {"title"}


@pytest.mark.sphinx("html", testroot="blog")
def test_a_post_without_words_is_found_by_its_title(app: SphinxTestApp) -> None:
    """A picture may be all that it shows."""
    write(app, "one", "![](dot.png)")
    app.build()
    found = searchable(app.outdir)["/posts/2024/one.html"]
    assert found["meta"] == {"title": "Post one", "date": "2024-02-01"}


@pytest.mark.sphinx("html", testroot="blog")
def test_only_the_article_is_searched(app: SphinxTestApp) -> None:
    """Navigation, head line, neighbours and lists of other posts are not in it; its text and code are."""
    write(
        app,
        "one",
        "The body.\n\n## A part\n\n```python\nspam = 1\n```\n\n```{recent-posts} 5\n```\n\nThe end.",
    )
    app.build()
    assert searchable(app.outdir)["/posts/2024/one.html"]["content"] == (
        "The body. A part. spam = 1 The end."
    )


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_drafts_are_not_in_the_index(app: SphinxTestApp) -> None:
    """Neither drafts nor posts that are not yet due, and no longer those that become drafts."""
    path = write(app, "one", "Unripe fruit.")
    app.build()
    assert "Unripe" in str(searchable(app.outdir))
    path.write_text(
        path.read_text(encoding="utf-8").replace("title:", "draft: true\ntitle:"), encoding="utf-8"
    )
    app.build()
    found = searchable(app.outdir)
    assert [url for url in found if "one" in url or "draft" in url or "future" in url] == []
    assert "Unripe" not in str(found)


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_page_may_ask_not_to_be_found(app: SphinxTestApp) -> None:
    """Sphinx's `nosearch` keeps a page out of the index, from the build on that reads it."""
    app.build()
    assert "/outside/" in searchable(app.outdir)
    path = app.srcdir / "outside.md"
    path.write_text("---\norphan: true\nnosearch: true\n---\n\n# Outside\n", encoding="utf-8")
    app.build()
    assert "/outside/" not in searchable(app.outdir)


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_the_index_is_made_again_only_when_an_article_changed(
    app: SphinxTestApp, make_app: Callable[..., SphinxTestApp]
) -> None:
    """A page that is written again for what is around it leaves each piece untouched; a new word does not."""
    write(app, "one", "The body.")
    app.build()
    before = pieces(app)
    write(app, "two", "Another.", "draft: true")
    (app.srcdir / "posts/2024/plain.md").touch()
    again = make_app("dirhtml", srcdir=app.srcdir)
    again.build()
    assert pieces(again) == before
    write(app, "one", "The corpus.")
    changed = make_app("dirhtml", srcdir=app.srcdir)
    changed.build()
    assert "corpus" in str(searchable(app.outdir))
    untouched = "pagefind/pagefind.js"
    assert pieces(changed)[untouched] == before[untouched]


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_the_index_is_that_of_a_clean_build(
    app: SphinxTestApp, make_app: Callable[..., SphinxTestApp], tmp_path: Path
) -> None:
    """Its pieces are the same, in name and content, however the articles came about, and no others stay."""
    path = write(app, "one", "The body.")
    write(app, "two", "Another.")
    app.build()
    path.unlink()
    write(app, "two", "Something else.")
    write(app, "a", "New.")
    again = make_app("dirhtml", srcdir=app.srcdir, parallel=2)
    again.build()
    clean = make_app("dirhtml", srcdir=app.srcdir, builddir=tmp_path / "clean", freshenv=True)
    clean.build()
    one, other = pieces(again), pieces(clean)
    assert {name: content for name, (_, content) in one.items()} == {
        name: content for name, (_, content) in other.items()
    }


@pytest.mark.parametrize((), BUILDERS)
def test_only_what_is_asked_for_is_there(app: SphinxTestApp) -> None:
    """No page loads Sphinx's scripts for searching and none is written; of Pagefind only what ours loads."""
    app.build()
    names = {path.name for path in app.outdir.rglob("*") if path.is_file()}
    assert [name for name in names if name.startswith(OWN_SCRIPTS)] == []
    for page in app.outdir.rglob("*.html"):
        sources = " ".join(read_html(page).xpath("//script/@src"))
        assert [script for script in OWN_SCRIPTS if script in sources] == []
    inside = {path.name for path in (app.outdir / "pagefind").iterdir()}
    entry = json.loads((app.outdir / "pagefind/pagefind-entry.json").read_text(encoding="utf-8"))
    meta = f"pagefind.{entry['languages']['en']['hash']}.pf_meta"
    assert inside == {"pagefind.js", "pagefind-entry.json", "wasm.en.pagefind", meta, "index", "fragment"}


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"html_theme": "pydata_sphinx_theme"})
def test_the_search_of_the_theme_is_left_out(app: SphinxTestApp) -> None:
    """Its dialog and scripts are in no page, its button stays; the page of the search says what it needs."""
    app.build()
    for name in ("index.html", "search/index.html", "blog/index.html"):
        root = read_html(app.outdir / name)
        assert (
            root.xpath(
                "//dialog[contains(@id, 'search')] | //script[contains(@src, 'search')][not(@data-page)]"
            )
            == []
        )
        (script,) = root.xpath("//script[@data-page]")
        assert script.get("data-page") == "search/"
        assert root.find_class("search-button-field")
    root = read_html(app.outdir / "search/index.html")
    (without,) = root.xpath("//noscript[contains(., 'JavaScript')]")
    assert without.xpath(".//a/@href") == [
        "../blog/archive/",
        "../blog/tag/",
        "https://duckduckgo.com/?q=site%3Aexample.org%2F~lab",
    ]


@pytest.mark.parametrize("theme", ["basic", "alabaster", "nature"])
def test_any_theme_has_the_page(
    theme: str, make_app: Callable[..., SphinxTestApp], rootdir: Path, tmp_path: Path
) -> None:
    """It is one of the theme's pages, and names no web search where the site has no address."""
    (tmp_path / "conf.py").write_text('project = "x"\nextensions = ["myst_parser", "ablog", "postdocs"]\n')
    (tmp_path / "index.md").write_text("# Home\n\nA word.\n")
    app = make_app("html", srcdir=tmp_path, confoverrides={"html_theme": theme})
    app.build()
    root = read_html(app.outdir / "search.html")
    assert root.xpath("//*[@data-postdocs-search-page]//input[@name='q']")
    assert [link for link in root.xpath("//noscript//a/@href") if "://" in link] == []
    assert [*searchable(app.outdir)] == ["/"]


@pytest.mark.parametrize(
    ("found", "message"),
    [(None, "Pagefind is not installed; run `pip install 'pagefind"), ("nowhere", "Pagefind does not run: ")],
)
@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_without_pagefind_there_is_no_index(
    found: str | None, message: str, app: SphinxTestApp, warning: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One warning says so and what to do, the site is built, and no index of earlier builds is left."""
    app.build()
    assert pieces(app)
    missing = app.srcdir / found if found else None
    if missing:
        missing.write_text("no program", encoding="utf-8")
    monkeypatch.setattr(search, "get_executable", lambda: missing)
    app.build()
    (line,) = warning.getvalue().strip().splitlines()
    assert message in line
    assert "The site can't be searched [postdocs.search]" in line
    assert pieces(app) == {}


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_what_pagefind_says_is_passed_on(
    app: SphinxTestApp, warning: StringIO, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """When it fails, its last words are in the warning."""
    failing = tmp_path / "failing"
    failing.write_text("#!/bin/sh\necho 'Error: no space left' >&2\nexit 1\n", encoding="utf-8")
    failing.chmod(0o755)
    monkeypatch.setattr(search, "get_executable", lambda: failing)
    app.build()
    assert "search: Pagefind failed: Error: no space left. The site can't be searched" in warning.getvalue()
    assert pieces(app) == {}


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"postdocs_drafts": True})
def test_the_preview_of_a_long_blog_has_no_index(app: SphinxTestApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edit is not to wait for it; that of a shorter one has its drafts too."""
    app.build()
    assert "/posts/2024/draft/" in searchable(app.outdir)
    monkeypatch.setattr(search, "_PREVIEWED", 3)
    app.build()
    assert pieces(app) == {}


@pytest.mark.sphinx("html", testroot="blog", confoverrides={"language": "pt_BR"})
def test_words_are_stemmed_in_the_language_of_the_site(app: SphinxTestApp) -> None:
    """The index is in one language, that of the settings."""
    write(app, "one", "Computadores.")
    app.build()
    entry = json.loads((app.outdir / "pagefind/pagefind-entry.json").read_text(encoding="utf-8"))
    assert [*entry["languages"]] == ["pt-br"]
    index = b"".join(gzip.decompress(path.read_bytes()) for path in app.outdir.glob("pagefind/index/*"))
    assert b"comput" in index
    assert b"computadores" not in index
