"""Metadata that some themes leave out, and text that they print as HTML.

Private: `app.builder.templates.render`, through which all pages go. Why: a theme may print none of the
`metatags` that extensions add, as Shibuya does without sphinxext-opengraph, nor which way a page is read;
and sphinx-book-theme prints titles as they are, so that one with HTML in it runs as a script. Seen
with shibuya 2026.7 and sphinx-book-theme 1.1. `tests/sphinx_ext/compat/test_heads.py` has a test of each.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from postdocs.sphinx_ext.build import Build

_MARK = '<meta name="generator" content="Postdocs">'  # begins what we say of a page, see head.html
_ROOT = re.compile(r"<html\b(?![^>]*\sdir=)")
_TEXTS = ("pagetitle", "root_title")


def complete(build: Build) -> None:
    """Add the metadata of a page and its text direction if the theme leaves them out."""
    templates: Any = getattr(build.app.builder, "templates", None)
    if templates is None:
        return
    render = templates.render

    def render_whole(template: str, context: dict[str, Any]) -> str:
        text: str = render(template, context)
        metatags = context.get("metatags") or ""
        if _MARK in metatags and _MARK not in text and "</head>" in text:
            head, end, body = text.partition("</head>")
            text = f"{head}{metatags}\n{end}{body}"
        if build.language.direction == "rtl":
            text = _ROOT.sub('<html dir="rtl"', text, count=1)
        return text

    templates.render = render_whole


def escape_titles(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Escape the titles that a theme adds as text, and prints as HTML."""
    context |= {name: escape(context[name], quote=False) for name in _TEXTS if name in context}
