"""mystmd and Jupyter Book: https://mystmd.org/ and https://jupyterbook.org/."""

from __future__ import annotations

from datetime import datetime

from postdocs.importer.folders.systems import sphinx
from postdocs.importer.folders.systems.myst import settings as myst_settings
from postdocs.importer.sources.archive import Files
from postdocs.importer.sources.model import Source

THEME: tuple[str, ...] = ()
"""Folders of its theme: mystmd has none beside the sources."""


def detect(files: Files) -> bool:
    """Tell whether a folder is a project of mystmd, or a Jupyter Book, by its settings."""
    return myst_settings.FILE in files.paths or {myst_settings.BOOK, myst_settings.CONTENTS} <= {*files.paths}


def read(files: Files, url: str | None, _: datetime) -> Source:
    """Read a project: documents with a date are posts, others pages.

    Raises
    ------
    PostdocsError
        Its settings can't be read.

    """
    if myst_settings.FILE in files.paths:
        return sphinx.read_project(files, myst_settings.read(files, url), "MyST project", files.name)
    return sphinx.read_project(files, myst_settings.read_book(files, url), "Jupyter Book", files.name)
