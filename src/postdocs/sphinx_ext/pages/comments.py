"""Comments of a post: where readers discuss it, and what the script loads when they ask for it."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from urllib.parse import urljoin, urlsplit

from postdocs.core.fediverse import thread_of
from postdocs.sphinx_ext.blog.posts import BlogPost
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.config import address_of
from postdocs.sphinx_ext.settings.comments import read_comments


@dataclass(frozen=True)
class Comments:
    """A discussion.

    url: its address for readers. place: what they call that. data: JSON for `comments.js`.
    """

    url: str
    place: str
    data: str


def comments_of(build: Build, post: BlogPost) -> Comments | None:
    """Return the discussion of a post: the thread that it names, else that of the settings.

    None for one without comments, and for one that isn't published yet.
    """
    record = post.record
    if record.nocomments or post.draft:
        return None
    if record.mastodon:
        thread = thread_of(record.mastodon)
        return Comments(
            thread.url, "Mastodon", json.dumps({"mastodon": {"host": thread.host, "id": thread.id}})
        )
    giscus = read_comments(build.config.postdocs_comments)
    if giscus is None:
        return None
    term = _term(urljoin(address_of(build.config) or "/", build.builder.get_target_uri(post.docname)))
    asked = {**asdict(giscus), "term": term, "lang": build.language.tag}
    return Comments(giscus.url(term), "GitHub", json.dumps({"giscus": asked}))


def _term(address: str) -> str:
    """Return the title that giscus gives the discussion of a page, with its mapping `pathname`."""
    path = urlsplit(address).path.removeprefix("/")
    return re.sub(r"\.\w+$", "", path) or "index"
