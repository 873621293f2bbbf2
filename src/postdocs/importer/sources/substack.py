"""Exports of Substack: `posts.csv`, and a file of HTML for each post."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import PurePosixPath

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.sources.archive import Files
from postdocs.importer.sources.encoding import decode
from postdocs.importer.sources.ghost import NO_URL
from postdocs.importer.sources.model import Source, fold, note_enclosures, read_date, settle
from postdocs.importer.sources.visibility import visibility_of

_TABLE = "posts.csv"
_COLUMNS = frozenset({"post_id", "post_date", "is_published", "title"})
_EVERYONE = "everyone"


def detect(files: Files) -> bool:
    """Tell whether it is such an export."""
    return bool(files.named(_TABLE))


def read(files: Files, url: str | None) -> Source:
    """Read an export. url: of the blog, which is nowhere in it.

    Raises
    ------
    PostdocsError
        There are several exports in it, or its table can't be read.

    """
    table, *others = files.named(_TABLE)
    if others:
        wrong = f"it has {len(others) + 1} exports of Substack"
        raise PostdocsError(files.name, None, wrong, "give the folder of one of them")
    text, whole = decode(files.load(table), files.place(table), "text/csv; charset=utf-8")
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        rows = [{key: value or "" for key, value in row.items() if isinstance(key, str)} for row in reader]
    except csv.Error as error:
        wrong = f"it is not a table of values (CSV): {error}"
        raise PostdocsError(files.place(table), None, wrong, "export it again") from None
    if not set(reader.fieldnames or ()) >= _COLUMNS:
        wrong = f"it has no column {min(_COLUMNS - set(reader.fieldnames or ()))}"
        raise PostdocsError(files.place(table), 1, wrong, "export it again")
    pages = {PurePosixPath(path).stem: path for path in files.ending(".html")}
    notes = [*whole, *(() if url else (Note(NoteKind.NOTICED, NO_URL),))]
    entries: list[Entry] = []
    for row in rows:
        path = pages.get(row["post_id"])
        content, odd = decode(files.load(path), files.place(path), None) if path else ("", ())
        notes.extend(odd)
        if content.strip() or row.get("podcast_url"):
            entries.append(_entry(row, content, files.name, url, len(entries) + 1))
        else:
            is_public = not visibility_of(_fields(row)).draft
            what = "its text is not in the export" if is_public else "a draft without text"
            notes.append(
                Note(NoteKind.LOST if is_public else NoteKind.LEFT_OUT, what, before=fold(row["title"]))
            )
    return Source(files.name, "Substack export", "", url, tuple(entries), tuple(notes))


def _fields(row: Mapping[str, str]) -> dict[str, list[str]]:
    """Return what says who may see a post; where nothing does, it isn't published."""
    audience = row.get("audience", _EVERYONE).strip()  # tables of old have no such column
    return {
        "published": ["yes" if row["is_published"].strip().lower() == "true" else "no"],
        "visibility": [] if audience == _EVERYONE else [audience],
    }


def _entry(row: Mapping[str, str], content: str, source: str, blog: str | None, position: int) -> Entry:
    visibility = visibility_of(_fields(row))
    notes = list(visibility.notes)
    slug = row["post_id"].partition(".")[2]
    url = f"{blog.rstrip('/')}/p/{slug}" if blog and slug else None
    note_enclosures([row.get("podcast_url", "")], content, notes)
    return settle(
        Entry(
            source=source,
            position=position,
            id=url,
            title=fold(row["title"]),
            url=url,
            published=read_date(row["post_date"], "its date", notes),
            summary=fold(row.get("subtitle")) or None,
            content=content.strip(),
            base=url or blog,
            draft=visibility.draft,
            page=row.get("type") == "page",
            notes=tuple(notes),
        )
    )
