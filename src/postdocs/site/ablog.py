"""What is taken out of ablog, or changed in it, so that Postdocs can do it right.

Written for ablog 0.11; nothing else in Postdocs reaches into ablog's internals.
"""

from __future__ import annotations

from datetime import UTC, datetime

import ablog.blog
import ablog.post
from ablog.blog import Blog, Collection
from ablog.blog import Post as Entry
from ablog.post import PostNode, UpdateNode
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

__all__ = [
    "Blog",
    "Collection",
    "Entry",
    "PostNode",
    "UpdateNode",
    "adapt",
    "blog_of",
    "matched_posts",
    "read_itself",
]

_NEVER = datetime.max.replace(tzinfo=UTC)


def adapt(app: Sphinx) -> None:
    """Drop ablog's archive pages, feeds and clock; keep its directives, references and collections."""
    replaced = {ablog.post.generate_archive_pages, ablog.post.generate_atom_feeds}
    for listener in [*app.events.listeners["html-collect-pages"]]:
        if listener.handler in replaced:
            app.disconnect(listener.id)
    # ablog compares dates without an offset with the machine's tomorrow. Our dates have offsets, and what is
    # not due never gets as far as ablog.
    ablog.blog.TOMORROW = ablog.blog.FUTURE = _NEVER
    app.connect("env-get-outdated", _forget, priority=0)


def _forget(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    # The blog is a global of the process; a second build in it would show the first one's posts.
    Blog._dict.clear()  # noqa: SLF001 - there is no public way
    return []


def matched_posts(app: Sphinx) -> set[str]:
    """Return the docnames that `blog_post_pattern` makes posts, as ablog understands it."""
    found = (path for pattern in app.config.blog_post_pattern for path in app.srcdir.glob(pattern))
    return {path.relative_to(app.srcdir).with_suffix("").as_posix() for path in found}


def read_itself(app: Sphinx, docnames: set[str]) -> None:
    """Let ablog make posts of these documents from what it finds in them."""
    app.config.matched_blog_posts = sorted(docnames)


def blog_of(app: Sphinx) -> Blog:
    """Return the blog of a build, with all posts that were read."""
    blog = Blog(app)
    if not blog:
        ablog.post.register_posts(app)
    return blog
