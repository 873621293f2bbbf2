"""What lists show of a post, with its references resolved: only once all documents have been read."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes
from sphinx.util.logging import suppress_logging

from postdocs.sphinx_ext.blog.posts import BlogPost
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.math.plain import macros_in
from postdocs.sphinx_ext.reading.records import excerpt_of, summary_of


def resolve_summaries(build: Build) -> None:
    """Give summaries the words of references that take them from what they refer to, such as titles.

    What such a reference lacks is told where the page of the post is written.
    """
    for post in build.blog.posts:
        if post.record.refers:
            with suppress_logging():
                excerpt = resolved_excerpt(build, post, post.docname)
            macros = macros_in(build.env.get_doctree(post.docname), build.macros)
            post.summary = summary_of(excerpt, macros)


def resolved_excerpt(build: Build, post: BlogPost, docname: str) -> list[nodes.Node]:
    """Return what is shown of a post, with its references as seen from a page."""
    doctree = build.env.get_doctree(post.docname)
    within = (node for node in doctree.findall(nodes.section) if post.section in node["ids"])
    excerpt = excerpt_of(next(within, doctree) if post.section else doctree, post.record)
    for node in excerpt:
        node["classes"] = [*node["classes"], "ablog-post-excerpt"]
        for pending in node.findall(addnodes.pending_xref):
            pending["refdoc"] = docname
    holder = nodes.container("", *excerpt)
    document = doctree.copy()
    document += holder
    build.env.resolve_references(document, docname, build.app.builder)
    return [*holder.children]
