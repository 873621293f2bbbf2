"""The bibliography of imported posts: a file beside them, which gets what it lacks and loses nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from postdocs.core.source_text import decode
from postdocs.importer import bibtex
from postdocs.importer.bibtex import Work
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.plan import Action, ActionKind

FILE = "references.bib"


def place(posts: PurePosixPath) -> str:
    """Return the path of the file from the folder of conf.py. posts: that of their folder."""
    return (posts / FILE).as_posix()


def plan_works(
    cited: Iterable[str], works: Mapping[str, Work], folder: Path
) -> tuple[tuple[Action, ...], tuple[Note, ...]]:
    """Plan what the file gets, which may be nothing; entries that are there stay.

    cited: keys. works: of the sources, by key. folder: of posts.

    Raises
    ------
    PostdocsError
        The file is no text.

    """
    file = folder / FILE
    before = decode(file.read_bytes(), file) if file.is_file() else ""
    there = {key.lower(): work for key, work in bibtex.read(before).works.items()}
    keys = sorted({*cited} & works.keys())
    new = "\n".join(works[key].written(key) for key in keys if key.lower() not in there)
    others = [key for key in keys if key.lower() in there and not _is_same(there[key.lower()], works[key])]
    what = f"{FILE} has another work under the key, which stays; compare them"
    notes = tuple(Note(NoteKind.NOTICED, what, before=key) for key in others)
    if not new:
        return (), notes
    kind = ActionKind.UPDATE if before else ActionKind.CREATE
    return (Action(kind, FILE, f"{before.rstrip()}\n\n{new}".lstrip(), before),), notes


def _is_same(one: Work, other: Work) -> bool:
    return (one.kind, one.fields) == (other.kind, other.fields)
