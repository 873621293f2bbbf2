"""Exports of several files, in a folder or ZIP archive, and the detection of their system."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from postdocs.core.errors import PostdocsError
from postdocs.core.plural import count
from postdocs.importer.assets import is_file_of_post
from postdocs.importer.built import site
from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.folders.registry import refuse
from postdocs.importer.sources import atom, broken, ghost, medium, rss, substack, wxr
from postdocs.importer.sources.archive import Files
from postdocs.importer.sources.encoding import decode
from postdocs.importer.sources.model import Source
from postdocs.importer.sources.source_text import SourceText


class ExportFormat(Protocol):
    """A module that reads the export of one system. Both functions raise what `Files.load` does."""

    def detect(self, files: Files, /) -> bool:
        """Tell whether these are the files of such an export."""

    def read(self, files: Files, url: str | None, /) -> Source:
        """Return the entries of an export. url: of the blog, as the user gave it."""


EXPORTS: tuple[ExportFormat, ...] = (substack, medium, site)
# The formats of exports that are one file each, in a folder or archive of some.
_SINGLE = (ghost, wxr, atom, rss, broken)
_SUFFIXES = (".json", ".xml", ".atom")


def read(files: Files, url: str | None) -> Source:
    """Read an export of several files. url: of the blog, as the user gave it.

    Raises
    ------
    PostdocsError
        No module knows it, or it is of several blogs.

    """
    export = next((module for module in EXPORTS if module.detect(files)), None)
    source = export.read(files, url) if export else _of_single(files, url)
    return source if source.files else replace(source, files=files)


def _of_single(files: Files, url: str | None) -> Source:
    """Read the files that are exports by themselves: of Ghost, WordPress, and Blogger (`feed.atom`)."""
    sources: list[Source] = []
    others = sum(not is_file_of_post(path) for path in files.paths)
    notes: list[Note] = []
    for path in files.ending(*_SUFFIXES):
        text, odd = decode(files.load(path), files.place(path), None)
        source_text = SourceText(files.place(path), text, url)
        module = next((module for module in _SINGLE if module.detect(source_text)), None)
        if module:
            others -= 1  # no file of a post has such a suffix
            sources.append(module.read(source_text))
            notes.extend((*odd, *source_text.xml.notes))
    sources = [source for source in sources if source.entries]
    if not sources:
        raise refuse(files)
    if len({(source.format, source.title, source.url) for source in sources}) > 1:
        names = ", ".join(f"“{source.title or source.name}”" for source in sources)
        raise PostdocsError(
            files.name, None, f"it holds {len(sources)} blogs: {names}", "name the file of one"
        )
    entries = [_at(files.name, number, entry) for number, entry in enumerate(_entries(sources), 1)]
    if others:
        notes.append(
            Note(NoteKind.LEFT_OUT, f"{count(others, 'file that holds', 'files that hold')} no posts")
        )
    notes.extend(note for source in sources for note in source.notes)
    return replace(sources[0], name=files.name, entries=tuple(entries), notes=tuple(notes))


def _entries(sources: list[Source]) -> list[Entry]:
    return [entry for source in sources for entry in source.entries]


def _at(name: str, position: int, entry: Entry) -> Entry:
    return replace(entry, source=name, position=position)
