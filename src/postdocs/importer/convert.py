"""Entries → posts in MyST, each proved, over all cores."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from urllib.parse import urlsplit

from postdocs.core import conf
from postdocs.core.frontmatter import Post, dump
from postdocs.importer.ast import relink
from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.html.parse import parse
from postdocs.importer.html.visible import words
from postdocs.importer.myst.render import MystReader, reader
from postdocs.importer.progress import Advance
from postdocs.importer.roundtrip import Counts, prove
from postdocs.importer.words import words_of

_FEW = 8  # entries that are converted sooner than other processes have started


@dataclass(frozen=True)
class Task:
    """An entry to convert. pictures: file names of copies, by address; the rest: see `relink`."""

    entry: Entry
    path: str
    paths: Mapping[str, str]
    anchors: Mapping[str, Mapping[str, str]]
    pictures: Mapping[str, str]


@dataclass(frozen=True)
class Converted:
    """A post as it is going to be written, and what there is to report of it."""

    entry: Entry
    path: str
    text: str
    counts: Counts
    notes: tuple[Note, ...]


def convert_all(tasks: Sequence[Task], conf_file: Path, advance: Advance = lambda: None) -> list[Converted]:
    """Convert entries, over all cores when there are many.

    conf_file: the site's conf.py. Every process reads it for itself, since it may hold functions and other
    things that can't be sent from one process to another.
    """
    if len(tasks) < _FEW:
        convert = partial(_convert, read=_reader_for(conf_file))
        return [_advanced(convert(task), advance) for task in tasks]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(partial(_convert_in_worker, conf_file), tasks, chunksize=4)
        return [_advanced(converted, advance) for converted in results]


def _advanced(converted: Converted, advance: Advance) -> Converted:
    advance()
    return converted


def _reader_for(conf_file: Path) -> MystReader:
    return reader(conf.read(conf_file).myst)


# One for each worker, which lives for one import: to make a reader takes longer than to convert an entry.
_reader_of_worker = cache(_reader_for)


def _convert_in_worker(conf_file: Path, task: Task) -> Converted:
    return _convert(task, _reader_of_worker(conf_file))


def _convert(task: Task, read: MystReader) -> Converted:
    entry = task.entry
    base = entry.base or entry.url
    document, notes = parse(entry.content, base)
    lost = _missing(words(entry.content, base), words_of(document))
    document = relink.between_posts(document, task.path, task.paths, task.anchors)
    if task.pictures:
        document = relink.to_copies(document, task.pictures)
    proof = prove(document, read)
    text = f"{dump(_post(entry))}\n{proof.text}"
    return Converted(entry, task.path, text, proof.counts, (*entry.notes, *notes, *lost, *proof.notes))


def _missing(before: list[str], after: list[str]) -> list[Note]:
    """Return a note for each run of words that the tree of an entry has otherwise than its HTML."""
    if before == after:
        return []
    changes = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [
        Note(NoteKind.LOST, "words", " ".join(before[a:b]), " ".join(after[c:d]))
        for kind, a, b, c, d in changes
        if kind != "equal"
    ]


def _post(entry: Entry) -> Post:
    parts = urlsplit(entry.url or "")
    updated = entry.updated if entry.updated != entry.published else None
    return Post(
        title=entry.title,
        date=entry.published,
        updated=updated,
        author=entry.authors,
        category=entry.category,
        tags=entry.tags,
        summary=entry.summary,
        draft=entry.draft,
        permalink=entry.permalink,
        source=entry.url if parts.scheme in {"http", "https"} else None,
        id=entry.id,
        blogpost=False if entry.page else None,
    )
