"""The summary of a post in the metadata of sphinxext-opengraph.

Private: that it reads `meta` and `metatags` of a page's context. Why: it takes the description of a page from
the beginning of its text. Seen with sphinxext-opengraph 0.13. `tests/adoption/test_extensions.py` has a test.
"""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes

from postdocs.sphinx_ext.build import Build

_PACKAGE = "sphinxext.opengraph"


def prefer_summary(
    build: Build, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Describe a post in the words of its front matter, if it has any, before the extension does."""
    post = build.domain.posts.get(pagename)
    if _PACKAGE not in build.app.extensions or not (post and post.summary and pagename in build.titles):
        return
    description = build.titles[pagename].description
    context["meta"] = {"og:description": description, **(context.get("meta") or {})}
    metatags = context.get("metatags") or ""
    if 'name="description"' not in metatags:
        context["metatags"] = f'{metatags}<meta name="description" content="{escape(description)}">\n'
