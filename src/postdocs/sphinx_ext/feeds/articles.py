"""The articles that feeds hold: kept while pages are written, so that none is rendered twice."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import lxml.html
from docutils import nodes

from postdocs.core.files import write_text
from postdocs.sphinx_ext.blog.posts import BlogPost
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.config import base_of
from postdocs.sphinx_ext.feeds.article import standalone
from postdocs.sphinx_ext.math.delimited import article_of
from postdocs.sphinx_ext.math.set_formulas import formulas_of
from postdocs.sphinx_ext.output.state import fingerprint


def article_url(build: Build, post: BlogPost) -> str:
    """Return the address of a post, in full."""
    anchor = f"#{post.section}" if post.section else ""
    return urljoin(base_of(build.config), build.builder.get_target_uri(post.docname)) + anchor


def article_key(post: BlogPost) -> str:
    """Return what tells a post from all others, within and across documents."""
    return f"{post.docname}#{post.section}"


def article_file(build: Build, post: BlogPost) -> Path:
    """Return where the article is kept for feeds, which are written when all pages are."""
    return _folder(build) / f"{fingerprint(article_key(post))}.html"


def _folder(build: Build) -> Path:
    return build.state.folder / "articles"


def keep_articles(
    build: Build, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Collect the articles of a page for feeds, before the headline is added."""
    if not base_of(build.config) or doctree is None:
        return
    posts = build.blog.by_docname.get(pagename, ())
    body = article_of(build, context, doctree) if posts else ""
    formulas = formulas_of(doctree)
    for post in posts:
        part = _section(body, post.section) if post.section else body
        prefix = f"p{fingerprint(article_key(post))[:8]}"
        write_text(article_file(build, post), standalone(part, article_url(build, post), prefix, formulas))


def _section(body: str, anchor: str) -> str:
    """Return the section of a body that is a post by itself."""
    root = lxml.html.fragment_fromstring(body, create_parent="div")
    sections = [element for element in root.iter() if element.get("id") == anchor]
    return lxml.html.tostring(sections[0], encoding="unicode", with_tail=False) if sections else body


def digest_articles(build: Build) -> None:
    """Note what the articles of written documents are; forget those of posts that are gone."""
    state, written = build.state, build.builder.written
    files = {article_key(post): (post, article_file(build, post)) for post in build.blog.posts}
    for key in state.contents.keys() - files.keys():
        del state.contents[key]
    for key, (post, file) in files.items():
        if post.docname in written or key not in state.contents:
            data = file.read_bytes() if file.is_file() else b""
            state.contents[key] = hashlib.sha256(data).hexdigest()[:32]
    kept = {file for _, file in files.values()}
    for file in _folder(build).glob("*.html"):
        if file not in kept:
            file.unlink()
