"""What is taken out of ablog, or changed in it, so that Postdocs can do it right.

Written for ablog 0.11; nothing else in Postdocs reaches into ablog's internals.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import ablog.blog
import ablog.post

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

Blog = ablog.blog.Blog
Collection = ablog.blog.Collection
Entry = ablog.blog.Post
PostNode = ablog.post.PostNode
UpdateNode = ablog.post.UpdateNode

_NEVER = datetime.max.replace(tzinfo=UTC)


def adapt(app: Sphinx) -> None:
    """Keep ablog's directives, references and collections; drop its archive pages, its feeds and its clock."""
    replaced = {ablog.post.generate_archive_pages, ablog.post.generate_atom_feeds}
    for listener in [*app.events.listeners["html-collect-pages"]]:
        if listener.handler in replaced:
            app.disconnect(listener.id)
    # ablog compares dates without an offset with the machine's tomorrow. Our dates have offsets, and what is
    # not due never gets as far as ablog.
    ablog.blog.TOMORROW = ablog.blog.FUTURE = _NEVER
    app.connect("config-inited", _forget, priority=0)


def _forget(app: Sphinx, config: Config) -> None:  # noqa: ARG001 - the event's signature
    # The blog is a global of the process; a second build in it would show the first one's posts.
    Blog._dict.clear()  # noqa: SLF001 - there is no public way


def blog_of(app: Sphinx) -> Blog:
    """Return the blog of a build, with all posts that were read."""
    blog = Blog(app)
    if not blog:
        ablog.post.register_posts(app)
    return blog
