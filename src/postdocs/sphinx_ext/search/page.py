"""The page that asks the index, and the script that opens the search on any page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from postdocs.sphinx_ext.blog.blog import blog_of
from postdocs.sphinx_ext.builders import SEARCH_SCRIPTS, html_of
from postdocs.sphinx_ext.config import base_of

_SCRIPT_TAG = re.compile(r"\s*<script\b[^>]*\b(?:searchtools|language_data|searchindex)\.js[^>]*></script>")


def install(app: Sphinx) -> None:
    """Add our script to all pages, and let the layout of any page leave the theme's search out."""
    if theme := getattr(app.builder, "theme", None):
        environment = app.builder.templates.environment
        environment.filters["without_index"] = lambda text: _SCRIPT_TAG.sub("", text)
        folders = (Path(folder) for folder in theme.get_theme_dirs())
        layouts = (f"{folder.name}/layout.html" for folder in folders if (folder / "layout.html").is_file())
        environment.globals["theme_layout"] = next(layouts, "")  # the theme's own, which ours extends
    if builder := html_of(app):
        attributes: dict[str, Any] = {"data-page": builder.get_target_uri("search"), "defer": "defer"}
        app.add_js_file("search.js", **attributes)


def add_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Make the body of the page that asks the index."""
    if pagename == "search" and (builder := html_of(app)):
        blog = blog_of(app)
        base = app.config.html_baseurl or base_of(app.config)
        context["search_links"] = [("archive", blog.archive.docname), ("tags", blog.catalogs["tags"].docname)]
        context["search_site"] = base.partition("://")[2].rstrip("/")
        context["title"] = "Search"
        context["body"] = builder.templates.render("postdocs/search.html", context)
        app.add_css_file("search.css")  # at once, for this page; others load it with the dialog


def tidy(app: Sphinx, exception: Exception | None) -> None:
    """Take Sphinx's own scripts for searching from the output."""
    if html_of(app):
        for name in SEARCH_SCRIPTS:
            Path(app.outdir, "_static", name).unlink(missing_ok=True)
