"""How to cite each post of a site, and all of them as its bibliography."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from urllib.parse import urljoin

from postdocs.core.files import write_text
from postdocs.sphinx_ext.blog.posts import BlogPost
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.config import address_of
from postdocs.sphinx_ext.head.citation import Citation, Name, name_of, numbered
from postdocs.sphinx_ext.head.citation_formats import bibtex
from postdocs.sphinx_ext.output.state import fingerprint
from postdocs.sphinx_ext.urls.registry import extra_files_of


def citations_of(build: Build) -> dict[tuple[str, str], Citation]:
    """Return how to cite each post, by docname and section, the oldest first; drafts can't be cited.

    A new post changes the key of no older one.
    """
    posts = sorted(
        (post.date, post.docname, post.order, post)
        for post in build.blog.posts
        if post.date and not post.draft
    )
    name = cache(name_of)  # a few people have written most posts
    citations = numbered(_citation_of(build, post, date, name) for date, _, _, post in posts)
    return {
        (post.docname, post.section): citation for (*_, post), citation in zip(posts, citations, strict=True)
    }


def bibliography_path(build: Build) -> str:
    """Return where the bibliography is, as a path in the output."""
    return f"{build.config.blog_path}/posts.bib"


def write_bibliography(build: Build) -> None:
    """Write the bibliography, the newest post first, unless the author has a file there."""
    file = bibliography_path(build)
    text = "\n\n".join(map(bibtex, reversed([*build.citations.values()])))
    if file not in extra_files_of(build) and build.state.is_stale(file, fingerprint(text)):
        write_text(Path(build.builder.outdir, file), f"{text}\n" if text else "")


def _citation_of(build: Build, post: BlogPost, date: datetime, name: Callable[[str], Name]) -> Citation:
    base = address_of(build.config)
    anchor = f"#{post.section}" if post.section else ""
    own = urljoin(base, build.builder.get_target_uri(post.docname)) + anchor if base else ""
    return Citation(
        authors=tuple(name(str(author)) for author in post.author),
        title=post.title,
        published=date.date(),
        site=build.blog.blog_title,
        language=post.written_in.tag,
        url=post.external_link or post.canonical_link or own,
        doi=post.record.doi or "",
    )
