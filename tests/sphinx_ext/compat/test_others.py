"""Extensions whose job Postdocs does as well."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from helpers import read_html
from sphinx.testing.util import SphinxTestApp

SITEMAP = """
def setup(app):
    app.add_config_value("sitemap_filename", "sitemap.xml", "")
    app.add_config_value("sitemap_excludes", [], "")
    app.connect("build-finished", write)

def write(app, exception):
    (app.outdir / app.config.sitemap_filename).write_text("of another")
"""
NOT_FOUND = """
def setup(app):
    app.add_config_value("notfound_pagename", "404", "")
    app.connect("html-collect-pages", pages)

def pages(app):
    return [("404", {"body": "<h1>Gone fishing</h1>", "title": "Gone"}, "page.html")]
"""
REDIRAFFE = """
from sphinx.builders.dirhtml import DirectoryHTMLBuilder

def setup(app):
    app.add_config_value("rediraffe_redirects", {}, "")
    app.connect("build-finished", write)

def create_simple_redirects(redirects):
    return redirects

def write(app, exception):
    assert type(app.builder) is DirectoryHTMLBuilder
    for source, target in app.config.rediraffe_redirects.items():
        assert (app.outdir / target.removesuffix(".md") / "index.html").is_file(), target
        (app.outdir / source).write_text("of another")
"""


@pytest.fixture
def site(tmp_path: Path, rootdir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder from which extensions are imported, beside a copy of nothing."""
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("sphinx_sitemap", "notfound", "notfound.extension", "sphinxext", "sphinxext.rediraffe"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return rootdir / "test-blog"


def test_there_is_one_sitemap(site: Path, tmp_path: Path, make_app: type[SphinxTestApp]) -> None:
    """It is ours, under the name that sphinx-sitemap has for it, without what that leaves out."""
    (tmp_path / "sphinx_sitemap.py").write_text(SITEMAP, encoding="utf-8")
    settings = {
        "extensions": ["myst_parser", "postdocs", "sphinx_sitemap"],
        "sitemap_filename": "map.xml",
        "sitemap_excludes": ["blog/*"],
    }
    app = make_app("dirhtml", srcdir=site, confoverrides=settings, builddir=tmp_path / "out")
    app.build()
    text = (app.outdir / "map.xml").read_text(encoding="utf-8")
    assert "/posts/2024/plain/</loc>" in text
    assert "/blog/" not in text
    assert "map.xml" in (app.outdir / "robots.txt").read_text(encoding="utf-8")
    assert not (app.outdir / "sitemap.xml").exists()


def test_there_is_one_page_for_lost_readers(
    site: Path, tmp_path: Path, make_app: type[SphinxTestApp]
) -> None:
    """It is that of sphinx-notfound-page, where that is in use."""
    (tmp_path / "notfound").mkdir()
    (tmp_path / "notfound/__init__.py").touch()
    (tmp_path / "notfound/extension.py").write_text(NOT_FOUND, encoding="utf-8")
    settings = {"extensions": ["myst_parser", "postdocs", "notfound.extension"]}
    app = make_app("dirhtml", srcdir=site, confoverrides=settings, builddir=tmp_path / "out")
    app.build()
    assert "Gone fishing" in read_html(app.outdir / "404.html").text_content()


def test_redirects_to_permalinks_are_ours(site: Path, tmp_path: Path, make_app: type[SphinxTestApp]) -> None:
    """sphinxext-rediraffe looks for a page where its document is; it writes the others itself."""
    (tmp_path / "sphinxext").mkdir()
    (tmp_path / "sphinxext/__init__.py").touch()
    (tmp_path / "sphinxext/rediraffe.py").write_text(REDIRAFFE, encoding="utf-8")
    shutil.copytree(site, tmp_path / "site")
    post = "---\ndate: 2024-01-01\npermalink: /2013/tea/\n---\n\n# Tea\n"
    (tmp_path / "site/posts/tea.md").write_text(post, encoding="utf-8")
    redirects = {"old/tea.md": "posts/tea.md", "page-once": "outside.md"}
    settings = {
        "extensions": ["myst_parser", "postdocs", "sphinxext.rediraffe"],
        "rediraffe_redirects": redirects,
    }
    app = make_app("dirhtml", srcdir=tmp_path / "site", confoverrides=settings)
    app.build()
    redirect = (app.outdir / "old/tea/index.html").read_text(encoding="utf-8")
    assert 'href="../../2013/tea/"' in redirect
    assert (app.outdir / "page-once").read_text(encoding="utf-8") == "of another"
    assert app.config.rediraffe_redirects == redirects
