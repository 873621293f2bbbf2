"""Which pages have to be written again because of what changed in others."""

from __future__ import annotations

import json

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from postdocs.site.ablog import PostList
from postdocs.site.frontmatter import posts_of
from postdocs.site.pages import RecentPostsNode

_SHOWN = ("title", "date", "update", "draft", "summary", "author", "category", "tags")


def stale_pages(app: Sphinx, env: BuildEnvironment) -> set[str]:
    """Return the pages that show what has changed elsewhere: posts their neighbours, lists their posts."""
    records = getattr(env, "ablog_posts", {})
    shown = {name: [[str(entry[key]) for key in _SHOWN] for entry in records[name]] for name in records}
    fingerprint = json.dumps(shown, sort_keys=True)
    before = getattr(env, "postdocs_shown", None)
    env.postdocs_shown = fingerprint  # type: ignore[attr-defined]  # extensions keep what is theirs so
    if before in {None, fingerprint}:
        return set()
    lists = {docname for docname in env.found_docs if _lists_posts(env.get_doctree(docname))}
    return lists | posts_of(env).keys()


def _lists_posts(doctree: nodes.document) -> bool:
    lists = doctree.findall(lambda node: isinstance(node, RecentPostsNode | PostList))
    return next(iter(lists), None) is not None
