"""Excerpts in lists, with references resolved after all documents have been read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import urljoin, urlsplit

import lxml.html
from docutils import nodes
from markupsafe import Markup
from sphinx import addnodes
from sphinx.util.logging import suppress_logging
from sphinx.util.osutil import relative_uri

from postdocs.core.html import URL_ATTRIBUTES, srcset
from postdocs.core.urls import scheme_of
from postdocs.sphinx_ext.blog.posts import BlogPost
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.builders import NOT_FOUND, PermalinkBuilder
from postdocs.sphinx_ext.compat import post_transforms
from postdocs.sphinx_ext.math.plain import macros_in
from postdocs.sphinx_ext.reading.descriptions import first_paragraph
from postdocs.sphinx_ext.reading.records import excerpt_of, summary_of
from postdocs.sphinx_ext.reading.shorten import shorten


def resolve_summaries(build: Build) -> None:
    """Give summaries the words of references that take them from what they refer to, such as titles.

    What such a reference lacks is told where the page of the post is written.
    """
    for post in build.blog.posts:
        if post.record.refers:
            doctree = build.env.get_doctree(post.docname)
            post.summary = _words(build, doctree, _excerpt(doctree, post), post.docname)


def resolved_beginnings(build: Build) -> dict[str, str]:
    """Return how each document begins, with the words of what it refers to there.

    Posts with a summary are described by that.
    """
    beginnings = {**build.domain.beginnings}
    for docname in sorted(build.domain.refers.keys() & build.env.found_docs):
        post: BlogPost | None = build.blog.posts[docname]
        if post and post.summary:
            continue
        doctree = build.env.get_doctree(docname)
        macros = macros_in(doctree, build.macros)
        if paragraph := first_paragraph(doctree, macros):
            beginnings[docname] = shorten(_words(build, doctree, [paragraph.deepcopy()], docname))
    return beginnings


def resolved_excerpt(build: Build, post: BlogPost, docname: str) -> list[nodes.Node]:
    """Return what is shown of a post, with its references as seen from a page."""
    doctree = build.env.get_doctree(post.docname)
    excerpt = _excerpt(doctree, post)
    for node in excerpt:
        node["classes"] = [*node["classes"], "ablog-post-excerpt"]
    document = _document_of(doctree, excerpt, docname)
    build.env.resolve_references(document, docname, build.app.builder)
    return [*document.children]


def _excerpt(doctree: nodes.document, post: BlogPost) -> list[nodes.Element]:
    within = (node for node in doctree.findall(nodes.section) if post.section in node["ids"])
    return excerpt_of(next(within, doctree) if post.section else doctree, post.record)


def _words(build: Build, doctree: nodes.document, parts: Sequence[nodes.Element], docname: str) -> str:
    """Return the words of copied parts of a document, with those of what they refer to."""
    document = _document_of(doctree, parts, docname)
    with suppress_logging():
        post_transforms.resolve(build.env, document, docname)
    return summary_of(document.children, macros_in(doctree, build.macros))


def _document_of(doctree: nodes.document, parts: Sequence[nodes.Element], docname: str) -> nodes.document:
    """Return copied parts of a document as one, whose references are as seen from a page."""
    for part in parts:
        for pending in part.findall(addnodes.pending_xref):
            pending["refdoc"] = docname
    document = doctree.copy()
    document += parts
    return document


def excerpt_html(build: Build, pagename: str, post: BlogPost) -> Markup:
    """Return what a list shows of a post whose author wants more than its words, or nothing of others.

    pagename: that of the list. The page that servers show anywhere has words only.
    """
    if not post.record.is_formatted or pagename == NOT_FOUND:
        return Markup("")
    key = (post.docname, post.section)
    if key not in build.excerpts:
        build.excerpts[key] = _rendered(build, post)
    root = lxml.html.fragment_fromstring(build.excerpts[key], create_parent="div")
    uri_of = build.builder.get_target_uri
    _relink(root, uri_of(post.docname), uri_of(pagename))
    markup = "".join(lxml.html.tostring(part, encoding="unicode") for part in root)
    return Markup(markup)  # noqa: S704 - what the page of the post shows as well


def _rendered(build: Build, post: BlogPost) -> str:
    """Return what is shown of a post as HTML, as seen from its page, which tells what is wrong with it."""
    builder = build.builder
    with suppress_logging(), _writing(builder, post.docname):
        holder = nodes.container("", *resolved_excerpt(build, post, post.docname))
        for image in holder.findall(nodes.image):
            image["loading"] = "lazy"
            if image["uri"] in build.env.images:
                builder.images[image["uri"]] = build.env.images[image["uri"]][1]
        return "".join(builder.render_partial(part)["fragment"] for part in [*holder.children])


@contextmanager
def _writing(builder: PermalinkBuilder, docname: str) -> Iterator[None]:
    """Let the builder write a part of a document while it writes another page."""
    uri = builder.get_target_uri(docname)
    during = {
        "current_docname": docname,
        "imgpath": relative_uri(uri, builder.imagedir),
        "dlpath": relative_uri(uri, "_downloads"),
    }
    before = {name: getattr(builder, name, "") for name in during}
    vars(builder).update(during)
    try:
        yield
    finally:
        vars(builder).update(before)


def _relink(root: lxml.html.HtmlElement, page: str, seen_from: str) -> None:
    """Let the links of a part of a page lead to the same places from another page; both are addresses."""

    def moved(address: str) -> str:
        if scheme_of(address) or address.startswith("/"):
            return address
        try:
            target = urlsplit(urljoin(f"/{page}", address))
        except ValueError:  # in HTML of authors, anything may be
            return address
        rest = target._replace(scheme="", netloc="", path="").geturl()
        return (relative_uri(seen_from, target.path[1:]) or "./") + rest

    for element in root.iterdescendants():
        for name in {*element.keys()} & {*URL_ATTRIBUTES}:
            element.set(name, moved(element.attrib[name]))
        if "srcset" in element.attrib:
            copies = ((moved(url), size) for url, size in srcset(element.attrib["srcset"]))
            element.set("srcset", ", ".join(f"{url} {size}".strip() for url, size in copies))
