"""The cover image of a post."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from postdocs.core.post import IMAGE_SUFFIXES
from postdocs.core.source_text import decode
from postdocs.core.urls import scheme_of
from postdocs.sphinx_ext.images.files import image_info
from postdocs.sphinx_ext.images.paths import file_named
from postdocs.sphinx_ext.reading.source_kinds import is_notebook, markup_of

logger = logging.getLogger(__name__)

_LARGE = (600, 315)  # width and height in pixels; services show what is less as a thumbnail


@dataclass(frozen=True)
class CoverImage:
    """A picture that stands for a post.

    source: its path from the source folder, or an address elsewhere. name: its file in the folder of
    pictures. width and height in pixels. alt: what it shows, if its author says so. Of an
    address nothing else is known.
    """

    source: str
    name: str = ""
    width: int = 0
    height: int = 0
    alt: str = ""


def cover_of(
    env: BuildEnvironment, article: nodes.Element, chosen: str | int | None, alt: str = ""
) -> CoverImage | None:
    """Return the picture that stands for an article: the one that its author chose, or its first large one.

    chosen: the path of a file from the post, as in links to files; an address; or which picture of the
    article it is, from 1. alt: what a chosen file shows. Drawings (SVG) stand for nothing, since no service
    shows them.
    """
    if isinstance(chosen, str) and scheme_of(chosen) in {"http", "https"}:
        return CoverImage(chosen, alt=alt)
    if isinstance(chosen, str):
        path = file_named(env, chosen) or env.relfn2path(chosen, env.docname)[0]
        env.note_dependency(path)
        if picture := _picture(env, path, alt):
            return picture
        message = (
            f"image: '{chosen}' is not an image; write the path of a PNG, JPEG, GIF or WebP file, from here"
        )
        if not (scheme_of(chosen) or Path(env.srcdir, path).exists()):
            message = f"image file not readable: {path}"  # as Sphinx says it, for which there are hints
        logger.warning(message, location=(env.docname, _line(env)), type="postdocs", subtype="post")
        return None
    for number, node in enumerate(article.findall(nodes.image), 1):
        if chosen in {None, number} and node["uri"] in env.images:
            picture = _picture(env, node["uri"], node.get("alt", ""))
            if picture and (chosen or (picture.width >= _LARGE[0] and picture.height >= _LARGE[1])):
                return picture
    return None


def _line(env: BuildEnvironment) -> int:
    """Return the line in which the front matter of the document that is read names its image."""
    path = env.doc2path(env.docname)
    if is_notebook(path):
        return 1
    items, _ = markup_of(env.config, path).front_matter(decode(path.read_bytes(), path), path)
    return next((item.line for item in items if item.key == "image"), 1)


def _picture(env: BuildEnvironment, path: str, alt: str = "") -> CoverImage | None:
    file = Path(env.srcdir, path)
    if file.suffix.lower() not in IMAGE_SUFFIXES or not file.is_file():
        return None
    seen = image_info(file)
    if seen.problem:
        return None
    return CoverImage(path, env.images.add_file(env.docname, path), seen.width, seen.height, alt)
