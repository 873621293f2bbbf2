"""Links to files in headings."""

from __future__ import annotations

from docutils import nodes
from sphinx.addnodes import download_reference

from postdocs.sphinx_ext.build import Build


def unlink_titles(build: Build, _: nodes.document) -> None:
    """Leave links to files out of the titles in lists of headings, as Sphinx does with all other links.

    It takes them for entries of the list, and stops, since they name no heading.
    """
    env, docname = build.env, build.env.docname
    for title in (env.tocs.get(docname), env.titles.get(docname), env.longtitles.get(docname)):
        for link in [*title.findall(download_reference)] if title is not None else ():
            link.parent.replace(link, link.children)
