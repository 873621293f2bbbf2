"""Code that isn't valid in its language, such as an excerpt with dots for what is left out."""

from __future__ import annotations

from docutils import nodes

from postdocs.sphinx_ext.build import Build


def accept_invalid(build: Build, doctree: nodes.document) -> None:
    """Let Sphinx highlight all code as far as it can, which it else does with a warning."""
    for block in doctree.findall(nodes.literal_block):
        block["force"] = True
