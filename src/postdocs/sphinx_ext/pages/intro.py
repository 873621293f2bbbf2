"""The beginning of a home page: a face beside the title, some words, and where the author can be found."""

from __future__ import annotations

from functools import partial
from typing import cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.pages.site_links import site_links

_FACE = "site-face"
_WIDTH = 104  # of the face, in CSS pixels


class SiteLinksNode(nodes.General, nodes.Element):
    """Stands where the links of the site are to be."""


class SiteIntro(SphinxDirective):
    """Introduce the site; an image at the beginning stands beside the title."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the face, the words, and a node for the links, which are found when all has been read."""
        content = self.parse_content_to_nodes()
        links = SiteLinksNode()
        self.set_source_info(links)
        if content and (image := _image_of(content[0])):
            image["width"] = str(_WIDTH)
            content[0] = nodes.container("", image, classes=[_FACE])
        return [*content, links]


def _image_of(block: nodes.Node) -> nodes.image | None:
    """Return the image that a block consists of, if it does."""
    images = [*block.findall(nodes.image)]
    has_words = any(text.strip() for text in block.findall(nodes.Text))
    return images[0] if len(images) == 1 and not has_words else None


def place_intro(build: Build, doctree: nodes.document, docname: str) -> None:
    """Put the face before the title, and the links where they are to be; books have none of them."""
    for node in cast("list[nodes.Element]", [*doctree.findall(SiteLinksNode)]):
        if build.html is None:
            node.parent.remove(node)
            continue
        values = {
            "site_links": site_links(build),
            "pathto": partial(path_to, build, docname),
        }
        text = build.html.templates.render("postdocs/links.html", values)
        node.replace_self(nodes.raw("", text, format="html"))
    faces = (node for node in doctree.findall(nodes.container) if _FACE in node["classes"])
    for face in [*faces]:
        section = face.parent
        section.remove(face)
        section.insert(0, face)


def path_to(build: Build, docname: str, target: str, resource: int = 0) -> str:
    """Return the address of a page, or of a file of the output, as templates of pages ask for it.

    docname: the page that it is seen from. resource: 1 for a file.
    """
    builder = build.builder
    if resource:
        return relative_uri(builder.get_target_uri(docname), target)
    return builder.get_relative_uri(docname, target)


def setup(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("site-intro", SiteIntro)
    app.add_node(SiteLinksNode)
