"""The systems whose source folders the import reads, and their detection."""

from __future__ import annotations

from typing import Protocol

from postdocs.importer.folders.systems import hugo, jekyll
from postdocs.importer.sources.archive import Files
from postdocs.importer.sources.model import Source


class FolderSystem(Protocol):
    """A module that reads the source folder of one system. Both functions raise what `Files.load` does."""

    def detect(self, files: Files, /) -> bool:
        """Tell whether these are the sources of a blog of this system, by its settings and its folders."""

    def read(self, files: Files, url: str | None, /) -> Source:
        """Return the posts and pages of a blog.

        The content of an entry is HTML as the system renders it, its `markdown` the author's text. A post
        that can't be read is a note of kind LOST; only what leaves nothing to read raises PostdocsError.
        url: of the blog, as the user gave it.
        """


# In the order in which they are asked: settings of its own tell a system, and plain Markdown comes last.
SYSTEMS: tuple[FolderSystem, ...] = (jekyll, hugo)


def system_of(files: Files) -> FolderSystem | None:
    """Return the system whose sources these are, None where none is."""
    return next((system for system in SYSTEMS if system.detect(files)), None)
