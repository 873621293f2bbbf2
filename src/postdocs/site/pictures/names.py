"""Pictures in the output: under names that do not depend on which was read first; which stands for a post."""

from __future__ import annotations

import hashlib
import os
import warnings
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from docutils import nodes
from PIL import Image
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util._files import FilenameUniqDict

logger = logging.getLogger(__name__)

_FORMATS = ("GIF", "JPEG", "PNG", "WEBP")  # those that are shown wherever a post is shared
_LARGE = (600, 315)  # width and height in pixels; services show what is less as a thumbnail


@dataclass(frozen=True)
class Picture:
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


class PathNames(FilenameUniqDict):
    """Names of pictures that are made of their paths; Sphinx counts up those that are called the same."""

    def add_file(self, docname: str, newfile: str | os.PathLike[str]) -> str:
        """Return the name of a picture in the output. newfile: its path from the source folder."""
        path = Path(newfile)
        if (
            str(newfile) not in self and not path.is_absolute()
        ):  # what Sphinx makes itself has a name of its own
            digest = hashlib.sha256(path.as_posix().encode("utf-8", "surrogatepass")).hexdigest()[:8]
            name = PurePosixPath(path.as_posix())
            unique = f"{name.stem}-{digest}{name.suffix}"
            self[str(newfile)] = ({docname}, unique)
            self._existing.add(unique)
            return unique
        return super().add_file(docname, newfile)


def install(app: Sphinx) -> None:
    """Let the environment name pictures so."""
    if not isinstance(app.env.images, PathNames):
        names = PathNames()
        for path, (docnames, _) in app.env.images.items():
            for docname in docnames:
                names.add_file(docname, path)
        app.env.images = names


def picture_of(env: BuildEnvironment, article: nodes.Element, chosen: str | int | None) -> Picture | None:
    """Return the picture that stands for an article: the one that its author chose, or its first large one.

    chosen: the path of a file from the post, as in links to files; an address; or which picture of the
    article it is, from 1. Drawings (SVG) stand for nothing, since no service shows them.
    """
    if isinstance(chosen, str) and "://" in chosen:
        return Picture(chosen)
    if isinstance(chosen, str):
        path, _ = env.relfn2path(chosen, env.docname)
        env.note_dependency(path)
        if found := _picture(env, path):
            return found
        message = (
            f"image: '{chosen}' is no picture; write the path of a PNG, JPEG, GIF or WebP file, from here"
        )
        logger.warning(message, location=(env.docname, 1), type="postdocs", subtype="post")
        return None
    for number, node in enumerate(article.findall(nodes.image), 1):
        if chosen in {None, number} and node["uri"] in env.images:
            found = _picture(env, node["uri"], node.get("alt", ""))
            if found and (chosen or (found.width >= _LARGE[0] and found.height >= _LARGE[1])):
                return found
    return None


def _picture(env: BuildEnvironment, path: str, alt: str = "") -> Picture | None:
    try:
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(env.srcdir / path, formats=_FORMATS) as image,
        ):
            width, height = image.size
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
    return Picture(path, env.images.add_file(env.docname, path), width, height, alt)
