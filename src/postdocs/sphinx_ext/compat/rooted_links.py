"""Links to addresses from the root of the host, such as `/feed.xml`, stay as they are written.

Private: `BuildEnvironment._app`, as Sphinx's own transforms have it, and the priority of MyST's resolver.
Why: old posts link so to feeds, lists, and files beside the pages of their site; MyST takes each address for
a document, and warns. The link check looks for them. Seen with Sphinx 9.0 and MyST-Parser 5.2.
`tests/sphinx_ext/compat/test_rooted_links.py` fails when they do otherwise.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from postdocs.core.urls import is_rooted
from postdocs.sphinx_ext.builders import html_of
from postdocs.sphinx_ext.config import base_of


class RootedLinks(SphinxPostTransform):
    """Makes links of references that MyST has found no file for."""

    default_priority = 8  # MyST's resolver has 9

    def run(self, **kwargs: Any) -> None:
        """Put links in the place of references; documents that are no site have whole addresses."""
        is_site = html_of(self.env._app) is not None  # noqa: SLF001 - see above
        for node in [*self.document.findall(addnodes.pending_xref)]:
            target = node.get("reftarget", "")
            if node.get("reftype") != "myst" or node.get("refdomain"):
                continue
            if is_rooted(target, self.config.source_suffix):
                uri = target if is_site else urljoin(base_of(self.config), target)
                inner = node.children if node.get("refexplicit") else [nodes.Text(target)]
                title = {"reftitle": node["reftitle"]} if "reftitle" in node else {}
                node.replace_self(nodes.reference("", "", *inner, internal=True, refuri=uri, **title))


def setup(app: Sphinx) -> None:
    """Add the transform."""
    app.add_post_transform(RootedLinks)
