"""The formats of sources, and their detection."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from postdocs.core.errors import PostdocsError
from postdocs.core.plural import count
from postdocs.core.progress import Progress, silent
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders.built_pages import pages_in, with_pages
from postdocs.importer.folders.registry import other_system, refuse, sources_in, system_of, theme_note
from postdocs.importer.folders.static_comments import with_comments
from postdocs.importer.folders.tree import UNKNOWN, trimmed
from postdocs.importer.sources import (
    archive,
    atom,
    broken,
    commento,
    database,
    disqus,
    exports,
    ghost,
    isso,
    jsonfeed,
    movabletype,
    page,
    remark42,
    rss,
    sphinxtext,
    unknown,
    wxr,
)
from postdocs.importer.sources.encoding import decode
from postdocs.importer.sources.model import Source
from postdocs.importer.sources.source_text import SourceText
from postdocs.importer.sources.summaries import note_summaries
from postdocs.importer.sources.wrapped import unwrapped


class SourceFormat(Protocol):
    """A module that reads one format. Both functions raise PostdocsError for what must not be read."""

    def detect(self, source: SourceText, /) -> bool:
        """Tell whether a source is in this format, and in none of those before it in `FORMATS`."""

    def read(self, source: SourceText, /) -> Source:
        """Return the entries of a source in this format."""


# In the order in which they are asked: an export of WordPress is RSS as well, and most markup is a page.
FORMATS: tuple[SourceFormat, ...] = (
    disqus,
    remark42,
    commento,
    movabletype,
    jsonfeed,
    ghost,
    sphinxtext,
    wxr,
    atom,
    rss,
    broken,
    page,
)
# Those in which a blog may publish the beginnings of its posts alone.
_FEEDS = (jsonfeed, atom, rss, broken)
# Those of services for comments, which have no posts of their own.
_SERVICES = (disqus, remark42, commento)
_AT_LAST = datetime.max.replace(tzinfo=UTC)  # nothing is dated later


def format_of(source: SourceText) -> SourceFormat:
    """Return the format of a source; it shows in the text, not in the name.

    Raises
    ------
    PostdocsError
        No format reads it; the message says what it seems to be.

    """
    for format_ in FORMATS:
        if format_.detect(source):
            return format_
    raise unknown.refuse(source)


def read(
    data: bytes,
    name: str,
    media_type: str | None = None,
    url: str | None = None,
    *,
    now: datetime = _AT_LAST,
    progress: Progress = silent,
    keeps_notebooks: bool = False,
) -> Source:
    """Read one file or response.

    name: the file or address, for messages; relative links are resolved against it where it is an address.
    media_type: of the response, for its charset. url: the address of the page, or of the blog whose feed it
    is, where the source does not say it. now: what is dated later, lists of a source folder may leave out.
    progress: told while the pages of a folder are read. keeps_notebooks: whether those of a folder stay such.

    Raises
    ------
    PostdocsError
        There is no post or comment in it, or it can't be read.

    """
    if data.startswith(archive.GZIP):
        data = archive.of_gzip(data, name)
    if data.startswith(archive.MAGIC):
        files = _watched(archive.of_zip(data, name), progress)
        return _of_files(replace(files, keeps_notebooks=keeps_notebooks), url, now)
    if data.startswith(database.MAGIC):
        return _with_entries(isso.read(data, name), is_service=True)
    text, decoding_notes = decode(data, name, media_type)
    if not text.strip():
        raise PostdocsError(name, None, "it is empty", unknown.REMEDY)
    text, wrapping_notes = unwrapped(text)
    source_text = SourceText(name, text, url)
    format_ = format_of(source_text)
    source = _with_entries(format_.read(source_text), is_service=format_ in _SERVICES)
    repairs = source_text.xml.notes
    if repairs:
        entries = count(len(source.entries), "entry was", "entries were")
        repairs = (*repairs, Note(NoteKind.NOTICED, f"it is not well-formed; {entries} read"))
    summaries = note_summaries(source.entries) if format_ in _FEEDS else ()
    return replace(source, notes=(*decoding_notes, *wrapping_notes, *repairs, *summaries, *source.notes))


def read_folder(
    folder: Path,
    url: str | None = None,
    built: Path | None = None,
    *,
    now: datetime = _AT_LAST,
    progress: Progress = silent,
    keeps_notebooks: bool = False,
) -> Source:
    """Read a folder: the sources of a blog, or an export.

    url, now, progress, keeps_notebooks: see `read`. built: the folder of the pages that were built from the
    sources.

    Raises
    ------
    PostdocsError
        It is none of them, or can't be read; or built pages are named, and it has no sources.

    """
    pages = _watched(archive.of_folder(built), progress) if built else None
    files = _watched(archive.of_folder(folder), progress)
    return _of_files(replace(files, keeps_notebooks=keeps_notebooks), url, now, pages)


def is_placeless(source: Source) -> bool:
    """Tell whether nothing in the sources of a blog says its address, so that UNKNOWN stands for it."""
    return any((entry.url or "").startswith(f"{UNKNOWN}/") for entry in source.entries)


def _watched(files: archive.Files, progress: Progress) -> archive.Files:
    return replace(files, progress=progress)


def _of_files(
    files: archive.Files, url: str | None, now: datetime, built: archive.Files | None = None
) -> Source:
    files = sources_in(trimmed(files))
    system = system_of(files)
    if system:
        pages = built or pages_in(files)
        shown = replace(files, built=frozenset(pages.paths)) if pages else files
        source = with_comments(with_pages(system.read(shown, url, now), files, built, url), files)
        source = replace(source, notes=(*source.notes, *theme_note(system, files)))
    elif built is not None:
        wrong = "it holds no sources that the import knows, which built pages could belong to"
        raise PostdocsError(files.name, None, wrong, "import the built pages alone, without --built")
    elif other_system(files):
        pages = pages_in(files)
        if pages is None:
            raise refuse(files)
        source = exports.read(pages, url)
    else:
        source = exports.read(files, url)
    source = replace(source, notes=(*files.notes, *source.notes))
    return _with_entries(source, remedy="name the folder that its posts are in, or its feed")


def _with_entries(
    source: Source, *, is_service: bool = False, remedy: str = "give a feed with entries"
) -> Source:
    if not source.entries and not source.threads:
        left = "; ".join(note.what for note in source.notes if note.kind is NoteKind.LEFT_OUT)
        what = "posts"
        if is_service:
            what, remedy = "posts with public comments", "export it again, or leave it out"
        wrong = f"it has no {what}{f', only {left}' if left else ''}"
        raise PostdocsError(source.name, None, wrong, remedy)
    return source
