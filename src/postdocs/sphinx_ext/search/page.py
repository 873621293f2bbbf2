"""The page that asks the index, and the script that opens the search on any page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docutils import nodes

from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.builders import SEARCH_SCRIPTS
from postdocs.sphinx_ext.compat.theme import jinja_environment
from postdocs.sphinx_ext.config import base_of

_SCRIPT_TAG = re.compile(r"\s*<script\b[^>]*\b(?:searchtools|language_data|searchindex)\.js[^>]*></script>")


def add_script(build: Build) -> None:
    """Add our script to all pages, and let the layout of any page leave the theme's search out."""
    if theme := getattr(build.app.builder, "theme", None):
        environment = jinja_environment(build.app)
        environment.filters["without_index"] = lambda text: _SCRIPT_TAG.sub("", text)
        folders = (Path(folder) for folder in theme.get_theme_dirs())
        layouts = (f"{folder.name}/layout.html" for folder in folders if (folder / "layout.html").is_file())
        environment.globals["theme_layout"] = next(layouts, "")  # the theme's own, which ours extends
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
