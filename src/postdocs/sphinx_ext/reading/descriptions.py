"""How each document begins, which describes it where its author does not."""

from __future__ import annotations

from docutils import nodes

from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.math.plain import macros_in
from postdocs.sphinx_ext.reading.records import text_of
from postdocs.sphinx_ext.reading.shorten import shorten


def record_beginning(build: Build, doctree: nodes.document) -> None:
    """Note how a document begins, and whether its author keeps it out of search engines."""
    docname, domain = build.env.docname, build.domain
    macros = macros_in(doctree, build.macros)
    paragraphs = (text_of(node, macros) for node in doctree.findall(nodes.paragraph) if _is_body(node))
    if text := next((" ".join(text.split()) for text in paragraphs if text.strip()), ""):
        domain.beginnings[docname] = shorten(text)
    robots = (node["content"] for node in doctree.findall(nodes.meta) if node.get("name") == "robots")
    if any("noindex" in content or "none" in content for content in robots):
        domain.unlisted[docname] = True


def _is_body(node: nodes.Node) -> bool:
    return isinstance(node.parent, nodes.section | nodes.document)
