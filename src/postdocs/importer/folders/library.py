"""The works of the bibliographies of a site, for its citations."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import PurePosixPath

from postdocs.core.errors import PostdocsError
from postdocs.importer import bibtex, csl
from postdocs.importer.bibtex import Work
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import front_matter, tree
from postdocs.importer.sources.archive import Files

BIBTEX = frozenset({".bib", ".bibtex", ".biblatex"})
CSL = frozenset({".json", ".yaml", ".yml"})
_UNSAFE = re.compile(r"[^\w:.+/-]+")  # what a role can't have in a key


class Library:
    """The works of all bibliographies of a site, each under one key.

    Keys are those of the bibliographies, whose case BibTeX doesn't tell apart. Where two works have the same,
    the second gets a number. cited: the works that posts cite, by key.
    """

    def __init__(self, files: Files) -> None:
        self._files = files
        self._read: dict[str, Mapping[str, Work]] = {}
        self._keys: dict[tuple[str, ...], Mapping[str, str]] = {}
        self._works: dict[str, tuple[str, Work]] = {}  # with their keys, by these in lower case
        self.cited: dict[str, Work] = {}

    def keys_in(self, paths: Collection[str], notes: list[Note]) -> Mapping[str, str]:
        """Return the keys of the works in files, by those that they have there; the first of two goes first.

        notes: on what can't be read.
        """
        at = tuple(paths)
        if at not in self._keys:
            self._keys[at] = self.keys_of_works(self.works_in(at, notes))
        return self._keys[at]

    def works_in(self, paths: Collection[str], notes: list[Note]) -> Mapping[str, Work]:
        """Return the works in files by the keys that they have there; the first of two goes first."""
        works: dict[str, Work] = {}
        for path in paths:
            works = {**self._works_in(path, notes), **works}
        return works

    def keys_of_works(self, works: Mapping[str, Work]) -> Mapping[str, str]:
        """Return the keys of works in the site, by those that they have elsewhere."""
        return {key: self._key(key, work) for key, work in works.items()}

    def cite(self, keys: Collection[str]) -> None:
        """Note that works are cited."""
        self.cited |= {key: self._works[key.lower()][1] for key in keys}

    def _works_in(self, path: str, notes: list[Note]) -> Mapping[str, Work]:
        if path in self._read:
            return self._read[path]
        place = self._files.place(path)
        found = csl.Library()
        try:
            text = tree.text_of(self._files, path)[0]
            if PurePosixPath(path).suffix.lower() in CSL:
                found = csl.read(front_matter.value_of(text, place))
            else:
                read = bibtex.read(text)
                found = csl.Library(read.works, tuple(f":{line}: {said}" for line, said in read.unreadable))
        except PostdocsError as error:
            notes.append(Note(NoteKind.NOTICED, "a bibliography that can't be read", before=str(error)))
        self._read[path] = told(found, place, notes)
        return self._read[path]

    def _key(self, key: str, work: Work) -> str:
        base = new = _UNSAFE.sub("-", key)
        number = 1
        while not _is_same(self._works.setdefault(new.lower(), (new, work))[1], work):
            number += 1
            new = f"{base}-{number}"
        return self._works[new.lower()][0]


def told(found: csl.Library, place: str, notes: list[Note]) -> Mapping[str, Work]:
    """Return the works that were found, and note what came along only in part, or not at all."""
    what = "an entry of a bibliography that can't be read is left out; correct it, then import again"
    notes += [Note(NoteKind.NOTICED, what, before=f"{place}{said}") for said in found.unreadable]
    if found.left:
        what = "variables of CSL that BibTeX has no field for are left out"
        notes.append(Note(NoteKind.NOTICED, what, before=f"{place}: {', '.join(found.left)}"))
    return found.works


def _is_same(one: Work, other: Work) -> bool:
    return (one.kind, one.fields) == (other.kind, other.fields)
