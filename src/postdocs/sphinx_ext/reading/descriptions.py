"""The first paragraph of each document, as its default description."""

from __future__ import annotations

from collections.abc import Mapping

from docutils import nodes

from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.math.macros import Macro
from postdocs.sphinx_ext.math.plain import formulas_in, with_defined
from postdocs.sphinx_ext.reading.records import refers, text_of
from postdocs.sphinx_ext.reading.shorten import shorten


def record_beginning(build: Build, doctree: nodes.document) -> None:
    """Record how a document starts, whether it has formulas, and whether search engines may list it."""
    docname, domain = build.env.docname, build.domain
    formulas = formulas_in(doctree)
    if formulas:
        domain.formulas[docname] = True
    macros = with_defined(formulas, build.macros)
    if paragraph := first_paragraph(doctree, macros):
        domain.beginnings[docname] = shorten(" ".join(text_of(paragraph, macros).split()))
        if refers(paragraph):
            domain.refers[docname] = True
    robots = (node["content"] for node in doctree.findall(nodes.meta) if node.get("name") == "robots")
    if any("noindex" in content or "none" in content for content in robots):
        domain.unlisted[docname] = True


def first_paragraph(doctree: nodes.document, macros: Mapping[str, Macro]) -> nodes.paragraph | None:
    """Return the first paragraph of a document that has words, or will have those of what it refers to."""
    paragraphs = (node for node in doctree.findall(nodes.paragraph) if _is_body(node))
    return next((node for node in paragraphs if refers(node) or text_of(node, macros).strip()), None)


def _is_body(node: nodes.Node) -> bool:
    return isinstance(node.parent, nodes.section | nodes.document)
