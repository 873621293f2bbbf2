"""What is taken out of ablog, or changed in it, so that Postdocs can do it right.

Written for ablog 0.11; nothing else in Postdocs reaches into ablog's internals.
"""

from __future__ import annotations

from datetime import UTC, datetime
from glob import glob
from pathlib import PurePath

import ablog
import ablog.blog
import ablog.post
from ablog.blog import Blog, Collection, slugify
from ablog.blog import Post as Entry
from ablog.post import PostList, PostNode, UpdateNode
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

__all__ = [
    "Blog",
    "Collection",
    "Entry",
    "PostList",
    "PostNode",
    "UpdateNode",
    "adapt",
    "blog_of",
    "matched_posts",
    "read_itself",
    "slugify",
    "writes_html",
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
    app.connect("config-inited", _configure)
    app.connect("env-get-outdated", _forget, priority=0)


def _configure(app: Sphinx, config: Config) -> None:
    config.post_show_prev_next = False  # ours come with the body of the page, whatever the theme


def _forget(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    # The blog is a global of the process; a second build in it would show the first one's posts.
    Blog._dict.clear()  # noqa: SLF001 - there is no public way
    return []


def matched_posts(app: Sphinx) -> set[str]:
    """Return the docnames that `blog_post_pattern` makes posts, as ablog understands it."""
    patterns = app.config.blog_post_pattern
    # Not Path.glob: it takes `**` for something else on each Python, and does not enter linked folders.
    found = (path for pattern in patterns for path in glob(pattern, root_dir=app.srcdir, recursive=True))  # noqa: PTH207
    return {PurePath(path).with_suffix("").as_posix() for path in found}


def read_itself(app: Sphinx, docnames: set[str]) -> None:
    """Let ablog make posts of these documents from what it finds in them."""
    app.config.matched_blog_posts = sorted(docnames)


def blog_of(app: Sphinx) -> Blog:
    """Return the blog of a build, with all posts that were read."""
    blog = Blog(app)
    if not blog:
        ablog.post.register_posts(app)
    return blog


def writes_html(app: Sphinx) -> bool:
    """Tell whether a build writes pages of HTML, one a document."""
    return ablog.builder_support(app) and app.builder.name != "singlehtml"
