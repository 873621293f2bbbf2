"""The file of feed entry ids beside the settings: read before the posts, and checked against them."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from postdocs.core import entry_ids
from postdocs.core.entry_ids import key_of
from postdocs.core.errors import PostdocsError
from postdocs.core.source_text import decode
from postdocs.sphinx_ext.build import Build

logger = logging.getLogger(__name__)


def read_ids(
    build: Build, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Read the file, if there is one. A mistake in it fails the build, for the entry would get another id."""
    file = _file(build)
    if not file.is_file():
        return []
    try:
        reading = entry_ids.read(decode(file.read_bytes(), entry_ids.NAME))
    except PostdocsError as error:
        reading = entry_ids.EntryIds({}, (error,))
    for mistake in reading.errors:
        _warn(build, mistake.line, mistake.message)
        build.app.statuscode = 1
    build.entry_ids = reading.ids
    return []


def check_use(build: Build, env: BuildEnvironment) -> None:
    """Warn of ids that no post takes: the post is missing, or has an id of its own."""
    records = {
        key_of(record.docname, record.section): record
        for of_document in build.domain.records.values()
        for record in of_document
    }
    for key, given in build.entry_ids.items():
        if (record := records.get(key)) and record.id:
            wrong = f"{key}: the post has the id '{record.id}' in its front matter"
            _warn(build, given.line, f"{wrong}; remove one of the two")
        elif record is None and not _is_held_back(env, key.partition("#")[0]):
            remedy = "write its docname, like posts/2019/trees, or remove the line"
            _warn(build, given.line, f"{key}: there is no such post; {remedy}")


def _is_held_back(env: BuildEnvironment, docname: str) -> bool:
    """Tell whether a document is a draft, or not due yet, which has its id once it is published."""
    path = PurePosixPath(docname)
    is_inside = not path.is_absolute() and ".." not in path.parts
    return is_inside and docname not in env.found_docs and env.doc2path(docname).is_file()


def _warn(build: Build, line: int | None, message: str) -> None:
    # Sphinx takes a path without a line for a docname.
    logger.warning(message, location=f"{_file(build)}:{line or 1}", type="postdocs", subtype="post")


def _file(build: Build) -> Path:
    return Path(build.app.confdir, entry_ids.NAME)
