"""Medium exports: a page for each post, beside private files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from postdocs.core.errors import PostdocsError
from postdocs.core.plural import count
from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.sources import page
from postdocs.importer.sources.archive import Files
from postdocs.importer.sources.encoding import decode
from postdocs.importer.sources.model import Source
from postdocs.importer.sources.source_text import SourceText

_FOLDER = "posts"
_DRAFT = "draft_"
_MARKS = ("h-entry", "https://medium.com")
_WHY = Note(NoteKind.NOTICED, "it is a draft there; it is a draft here")


def detect(files: Files) -> bool:
    """Tell whether it is such an export: a folder of posts, with pages that Medium made."""
    return any(_is_page(files, path) for path in _pages(files)[:3])


def _pages(files: Files) -> list[str]:
    return [path for path in files.ending(".html") if PurePosixPath(path).parent.name in {_FOLDER, ""}]


def _is_page(files: Files, path: str) -> bool:
    text, _ = decode(files.load(path), files.place(path), None)
    return all(mark in text for mark in _MARKS)


def read(files: Files, _: str | None) -> Source:
    """Read an export: the posts in it, and nothing of the rest."""
    entries: list[Entry] = []
    notes: list[Note] = []
    paths = [path for path in _pages(files) if _is_page(files, path)]
    for path in paths:
        text, odd = decode(files.load(path), files.place(path), None)
        notes.extend(odd)
        try:
            (entry,) = page.read(SourceText(files.place(path), text)).entries
        except PostdocsError as error:
            notes.append(Note(NoteKind.LEFT_OUT, f"a page without text: {error.wrong}", before=path))
            continue
        is_draft = PurePosixPath(path).name.startswith(_DRAFT)
        reasons = (_WHY,) if is_draft and not entry.draft else ()
        entries.append(
            replace(
                entry,
                source=files.name,
                position=len(entries) + 1,
                draft=entry.draft or is_draft,
                notes=(*entry.notes, *reasons),
            )
        )
    others = len(files.paths) - len(paths)
    if others:
        notes.append(
            Note(NoteKind.LEFT_OUT, f"{count(others, 'file that holds', 'files that hold')} no posts")
        )
    return Source(files.name, "Medium export", "", None, tuple(entries), tuple(notes))
