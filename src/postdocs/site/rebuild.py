"""Which pages have to be written again because of what changed in others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from docutils import nodes

from postdocs.site.frontmatter import posts_of
from postdocs.site.pages import RecentPostsNode

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_SHOWN = ("title", "date", "update", "draft", "summary", "author", "category", "tags")


def stale_pages(app: Sphinx, env: BuildEnvironment) -> set[str]:  # noqa: ARG001 - the event's signature
    """Return the pages that show what has changed elsewhere: posts their neighbours, lists their posts."""
    records = getattr(env, "ablog_posts", {})
    shown = {
        docname: [[str(record[key]) for key in _SHOWN] for record in entries] for docname, entries in records.items()
    }
    fingerprint = json.dumps(shown, sort_keys=True)
    before = getattr(env, "postdocs_shown", None)
    env.postdocs_shown = fingerprint  # type: ignore[attr-defined]  # how extensions keep their own
    if before in {None, fingerprint}:
        return set()
    return {*posts_of(env)} | {docname for docname in env.found_docs if _lists_posts(env.get_doctree(docname))}


def _lists_posts(doctree: nodes.document) -> bool:
    return next(iter(doctree.findall(RecentPostsNode)), None) is not None
