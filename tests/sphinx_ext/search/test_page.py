"""The page that asks the index, and what of it is on each page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from helpers import read_html, searchable
from jinja2 import DictLoader, Environment
from sphinx.testing.util import SphinxTestApp

from postdocs.sphinx_ext.search.page import WithoutIndex

OWN_SCRIPTS = ("searchindex", "searchtools", "language_data", "sphinx_highlight", "doctools")


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_only_what_is_asked_for_is_there(app: SphinxTestApp) -> None:
    """No page loads Sphinx's scripts for searching, and none is written."""
    app.build()
    names = {path.name for path in app.outdir.rglob("*") if path.is_file()}
    assert [name for name in names if name.startswith(OWN_SCRIPTS)] == []
    for page in app.outdir.rglob("*.html"):
        sources = " ".join(read_html(page).xpath("//script/@src"))
        assert [script for script in OWN_SCRIPTS if script in sources] == []


@pytest.mark.parametrize("theme", ["pydata_sphinx_theme", "postdocs"])
@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_the_search_of_the_theme_is_left_out(
    theme: str, app: SphinxTestApp, make_app: Callable[..., SphinxTestApp]
) -> None:
    """Its dialog and scripts are in no page, its button stays; the page of the search says what it needs."""
    app = make_app("dirhtml", srcdir=app.srcdir, confoverrides={"html_theme": theme})
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
    assert [*searchable(app.outdir)] == ["/index.html"]


def test_any_layout_is_without_the_search_of_the_theme() -> None:
    """Also one of the author's that extends the theme's; other scripts and dialogs stay."""
    parts = {
        "layout.html": """<head>{% block extrahead %}
<script src="{{ pathto('_static/searchtools.js', 1) | e }}"></script>
<script src="{{ pathto('searchindex.js', 1) }}" defer></script>
<script src="own.js"></script>{% endblock %}</head>
<dialog id="pst-search-dialog">
{% include "field.html" %}
</dialog><dialog id="own"></dialog>""",
        "own.html": """{% extends "layout.html" %}{% block extrahead %}{{ super() }}{% endblock %}""",
    }
    environment = Environment(loader=DictLoader(parts), extensions=[WithoutIndex], autoescape=False)  # noqa: S701 - no input
    text = environment.get_template("own.html").render()
    assert text.split() == ["<head>", "<script", 'src="own.js"></script></head><dialog', 'id="own"></dialog>']
