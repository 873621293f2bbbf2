"""The archive of comments beside a document, which is read with it."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from docutils import nodes
from sphinx.util import logging

from postdocs.core.comments import read
from postdocs.core.comments_file import SUFFIX
from postdocs.core.errors import PostdocsError
from postdocs.core.source_text import decode
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.reading.archived_comment import in_threads

logger = logging.getLogger(__name__)


def read_comments(build: Build, doctree: nodes.document) -> None:
    """Read the comments beside a document; a mistake in them fails the build."""
    docname = build.env.docname
    path = f"{docname}{SUFFIX}"
    file = Path(build.app.srcdir, path)
    if not file.is_file():
        return
    build.env.note_dependency(path)
    try:
        comments = read(decode(file.read_bytes(), path), path, ZoneInfo(build.config.postdocs_timezone))
    except PostdocsError as error:
        location = f"{file}:{error.line}" if error.line else str(file)
        logger.warning(error.message, location=location, type="postdocs", subtype="comments")
        build.domain.faults[docname] = True
        return
    if comments:
        build.domain.comments[docname] = in_threads(comments)
