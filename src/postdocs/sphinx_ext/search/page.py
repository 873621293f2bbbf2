"""The page that asks the index, and the script that opens the search on any page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from jinja2.ext import Extension

from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.builders import SEARCH_SCRIPTS
from postdocs.sphinx_ext.compat.theme import jinja_environment
from postdocs.sphinx_ext.config import base_of

_SCRIPT_TAG = re.compile(r"\s*<script\b[^>]*\b(?:searchtools|language_data|searchindex)\.js[^>]*></script>")
_DIALOG = re.compile(r'\s*<dialog id="pst-search-dialog">.*?</dialog>', re.DOTALL)


class WithoutIndex(Extension):
    """Templates without the search of Sphinx and the theme, whatever layout of an author brings it along."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Take scripts and the dialog out of the source of a template."""
        return _DIALOG.sub("", _SCRIPT_TAG.sub("", source))


def add_script(build: Build) -> None:
    """Add our script to all pages, and let the layout of any page leave the theme's search out."""
    if environment := jinja_environment(build.app):
        environment.add_extension(WithoutIndex)
    if builder := build.html:
        attributes: dict[str, Any] = {"data-page": builder.get_target_uri("search"), "defer": "defer"}
        build.app.add_js_file("search.js", **attributes)


def add_page(
    build: Build, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Make the body of the page that asks the index."""
    if pagename == "search":
        blog = build.blog
        base = build.config.html_baseurl or base_of(build.config)
        context["search_archive"] = blog.archive.docname
        context["search_tags"] = blog.catalogs["tags"].docname
        context["search_site"] = base.partition("://")[2].rstrip("/")
        context["title"] = build.language.gettext("Search")
        context["body"] = build.builder.templates.render("postdocs/search.html", context)
        build.app.add_css_file("search.css")  # at once, for this page; others load it with the dialog


def remove_scripts(build: Build, exception: Exception | None) -> None:
    """Take Sphinx's own scripts for searching from the output."""
    for name in SEARCH_SCRIPTS:
        Path(build.builder.outdir, "_static", name).unlink(missing_ok=True)
