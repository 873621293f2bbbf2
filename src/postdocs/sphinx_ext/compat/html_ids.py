"""Ids in raw HTML, as targets for links from other documents.

Private: `myst_slugs` in the metadata of a document, which MyST makes of its headings: what `page.md#name` may
lead to. Why: an old post has ids in HTML, and others link to them; MyST knows those of headings and of its
own targets only, and warns of the rest. There is no public way to add to them. Seen with MyST-Parser 5.0.
`tests/sphinx_ext/compat/test_html_ids.py` fails when MyST looks elsewhere.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from postdocs.core.html import ids_in


def note_ids(app: Sphinx, doctree: nodes.document) -> None:
    """Add the ids in the HTML of a document to the targets of links."""
    slugs = app.env.metadata[app.env.docname].setdefault("myst_slugs", {})
    for node in doctree.findall(nodes.raw):
        if "html" in node.get("format", "").split():
            for name in ids_in(node.astext()):
                slugs.setdefault(name, (None, name, ""))
