"""Numbers of figures, tables and listings in posts.

Sphinx numbers what is in a table of contents (`numfig`). A post is in none, so its figures count from 1.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.environment import BuildEnvironment

from postdocs.sphinx_ext.build import Build


def note_figures(build: Build, doctree: nodes.document) -> None:
    """Note what in a document can have a number: its ids, by the kind of Sphinx."""
    if not build.config.numfig:
        return
    standard = build.env.domains.standard_domain
    ids: dict[str, list[str]] = {}
    for node in doctree.findall(nodes.Element):
        kind = standard.get_enumerable_node_type(node)
        if kind and kind != "section" and node["ids"] and standard.get_numfig_title(node):
            ids.setdefault(kind, []).append(node["ids"][0])
    if ids:
        build.domain.figures[build.env.docname] = ids


def number_figures(build: Build, env: BuildEnvironment) -> list[str]:
    """Give numbers to what Sphinx has given none, in each document by itself."""
    for docname, kinds in build.domain.figures.items():
        if docname not in env.toc_fignumbers:
            env.toc_fignumbers[docname] = {
                kind: {id_: (number,) for number, id_ in enumerate(ids, 1)} for kind, ids in kinds.items()
            }
    return []
