"""Links between documents, for every builder."""

from __future__ import annotations

from docutils import nodes
from sphinx.errors import NoUri

from postdocs.sphinx_ext.build import Build

_WHOLE = {"singlehtml"}  # leaves out what is in no table of contents, and links to it all the same


def reference(build: Build, text: str, docname: str, target: str, anchor: str = "") -> nodes.TextElement:
    """Return a link from a document to another, or text where what is built does not have that one."""
    uri = ""
    if build.app.builder.name not in _WHOLE or target in _listed(build):
        try:
            uri = build.app.builder.get_relative_uri(docname, target)
        except NoUri:
            uri = ""
    if not uri:
        return nodes.inline("", text)
    return nodes.reference("", text, refuri=uri + (f"#{anchor}" if anchor else ""), internal=True)


def _listed(build: Build) -> set[str]:
    """Return the documents that the tables of contents lead to."""
    listed, pending = set[str](), [build.config.root_doc]
    while pending:
        docname = pending.pop()
        if docname not in listed:
            listed.add(docname)
            pending += build.env.toctree_includes.get(docname, ())
    return listed
