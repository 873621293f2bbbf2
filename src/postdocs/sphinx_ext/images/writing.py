"""Images on the pages that Sphinx writes, including those in raw HTML."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

from postdocs.sphinx_ext.builders import PermalinkBuilder
from postdocs.sphinx_ext.images.cache import Picture
from postdocs.sphinx_ext.images.files import image_info, suffixes
from postdocs.sphinx_ext.images.linked_files import with_published
from postdocs.sphinx_ext.images.paths import is_html, of_html
from postdocs.sphinx_ext.images.tags import TAG, ImageOnPage, LoadPriority, add_img_attributes, replace_images

logger = logging.getLogger(__name__)

_SCREEN = 600  # characters of text that a phone shows, with the head of the page, before one has to scroll
# Of two such pictures a reader sees one, and a browser shall fetch no other.
_IN_ONE_MODE = {"only-light", "only-dark"}
_WRITTEN = "postdocs_picture_written"  # of a document that has shown a picture already


def image_on_page(picture: Picture, name: str, folder: str, where: LoadPriority) -> ImageOnPage:
    """Return what a page says of a picture. name: of its file in the output. folder: seen from the page."""
    copies = [(width, f"{folder}/{quote(copy_name(name, width, file))}") for width, file in picture.copies]
    return ImageOnPage(picture.info, f"{folder}/{quote(name)}", copies[::-1], where)


def copy_name(name: str, width: int, copy: str) -> str:
    """Return what a copy is called in the output; "" is the picture itself."""
    return f"{PurePosixPath(name).stem}-{width}.webp" if copy else name


def _warn(path: str, picture: Picture, node: nodes.Element) -> None:
    if picture.info.problem:
        message = f"The image {path} {picture.info.problem}"
        logger.warning(message, location=node, type="postdocs", subtype="picture", once=True)


def _place(self: HTML5Translator, node: nodes.Node) -> LoadPriority:
    """Say where the picture is that is to be written next."""
    if self.document.get(_WRITTEN):
        return LoadPriority.LATER
    self.document[_WRITTEN] = True
    text = 0  # characters before it
    for before in self.document.findall():
        if before is node or text > _SCREEN:
            break
        text += len(before) if isinstance(before, nodes.Text) else 0
    return LoadPriority.URGENT if text <= _SCREEN else LoadPriority.FIRST


def visit_raw(self: HTML5Translator, node: nodes.raw) -> None:
    """Write a piece of HTML with all that is known of the pictures in it."""
    builder = self.builder
    pictures = builder.pictures if isinstance(builder, PermalinkBuilder) else {}

    def write(tag: str, source: str) -> str:
        path = of_html(node).get(source, "")
        where = _place(self, node)
        picture = pictures.get(path)
        if picture is None:
            return add_img_attributes(tag, ImageOnPage(where=where))
        _warn(path, picture, node)
        return add_img_attributes(tag, image_on_page(picture, builder.images[path], builder.imgpath, where))

    if isinstance(builder, PermalinkBuilder) and is_html(node):
        markup = with_published(builder.env, node, replace_images(node.astext(), write), builder.dlpath)
        node.children = [nodes.Text(markup)]
    type(self).visit_raw(self, node)


def visit_image(self: HTML5Translator, node: nodes.image) -> None:
    """Write a picture as the theme's translator does, with all that is known of it."""
    builder, path = self.builder, node["uri"]
    whole = type(self).visit_image
    if not isinstance(builder, PermalinkBuilder):
        whole(self, node)
        return
    picture = _picture(builder, path)
    if picture:
        _warn(path, picture, node)
    if "scale" in node and picture and picture.info.width:  # which Sphinx reads as it lies on its side
        node.setdefault("width", str(picture.info.width))
        node.setdefault("height", str(picture.info.height))
    if "alt" not in node:  # docutils would tell the address; of a link, it is all there is to tell
        node["alt"] = PurePosixPath(path).name if isinstance(node.parent, nodes.reference) else ""
    at = len(self.body)
    whole(self, node)
    tag = TAG.match(self.body[at])
    if not tag:  # a video, or a drawing in the page itself
        return
    where = _place(self, node) if _IN_ONE_MODE.isdisjoint(node["classes"]) else LoadPriority.LATER
    image = ImageOnPage(where=where)
    if picture:
        image = image_on_page(picture, builder.images[path], builder.imgpath, where)
    self.body[at] = add_img_attributes(tag[0], image) + self.body[at][tag.end() :]


def _picture(builder: PermalinkBuilder, path: str) -> Picture | None:
    """Return what is known of a picture; of one that Sphinx has made for this page, its size."""
    if path not in builder.images:
        return None
    file = Path(builder.srcdir, path)
    is_made = Path(path).is_absolute() and file.is_file() and file.suffix.lower() in suffixes()
    return Picture(image_info(file)) if is_made else builder.pictures.get(path)


def setup(app: Sphinx) -> None:
    """Write pictures with all that is known of them."""
    app.add_node(nodes.image, override=True, html=(visit_image, None))
    app.add_node(nodes.raw, override=True, html=(visit_raw, None))
