"""The bibliographies of a Quarto site: https://quarto.org/docs/authoring/citations.html."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from postdocs.core.errors import PostdocsError
from postdocs.importer import bibtex, csl
from postdocs.importer.bibtex import Work
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import front_matter, tree
from postdocs.importer.folders.front_matter import texts_of
from postdocs.importer.folders.systems.quarto.pages import Page
from postdocs.importer.sources.archive import Files

_BIBTEX = frozenset({".bib", ".bibtex", ".biblatex"})
_CSL = frozenset({".json", ".yaml", ".yml"})
_UNSAFE = re.compile(r"[^\w:.+/-]+")  # what a role can't have in a key


class Library:
    """The works of all bibliographies of a site, each under one key.

    Keys are those of the bibliographies, whose case BibTeX doesn't tell apart. Where two works have the same,
    the second gets a number.
    """

    def __init__(self, files: Files) -> None:
        self._files = files
        self._read: dict[str, Mapping[str, Work]] = {}
        self._keys: dict[tuple[str, ...], Mapping[str, str]] = {}
        self._works: dict[str, tuple[str, Work]] = {}  # with their keys, by these in lower case
        self.cited: dict[str, Work] = {}

    def keys_of(self, page: Page, notes: list[Note]) -> Mapping[str, str]:
        """Return the keys of the works that a page can cite, by its own. notes: on what can't be read."""
        paths = tuple(self._paths(page, notes))
        if page.front.values.get("references") or paths not in self._keys:
            works: dict[str, Work] = {}
            for path in paths:
                works = {**self._works_in(path, notes), **works}
            if references := page.front.values.get("references"):
                place = f"{self._files.place(page.path)}: references"
                works |= _told(csl.read(references), place, notes)  # which go first in pandoc
                return {key: self._key(key, work) for key, work in works.items()}
            self._keys[paths] = {key: self._key(key, work) for key, work in works.items()}
        return self._keys[paths]

    def cite(self, keys: Collection[str]) -> None:
        """Note that works are cited."""
        self.cited |= {key: self._works[key.lower()][1] for key in keys}

    def notes_on(self, page: Page) -> Iterator[Note]:
        """Yield what a page asks for that the site decides for all its pages."""
        place = self._files.place(page.path)
        if said := _texts(page, "nocite"):
            what = "works that a text doesn't cite are not listed"
            yield Note(NoteKind.NOTICED, what, before=f"{place}: nocite: {said[0]}", in_text=True)
        if said := _texts(page, "csl"):
            what = "citations have the style of the site (bibtex_reference_style)"
            yield Note(NoteKind.NOTICED, what, before=f"{place}: csl: {said[0]}", in_text=True)

    def _paths(self, page: Page, notes: list[Note]) -> Iterator[str]:
        """Yield the paths of the bibliographies of a page, which are near it or what says so of all pages."""
        place = self._files.place(page.path)
        for name in _texts(page, "bibliography"):
            folders = (tree.near(name, str(folder / "x")) for folder in PurePosixPath(page.path).parents)
            path = next((path for path in folders if path in self._files.paths), None)
            if path is None:
                what = "a bibliography that is not in the folder"
                notes.append(Note(NoteKind.NOTICED, what, before=f"{place}: {name}"))
            elif PurePosixPath(path).suffix.lower() not in _BIBTEX | _CSL:
                what = "a bibliography that is no BibTeX or CSL; write it as BibTeX, then import again"
                notes.append(Note(NoteKind.NOTICED, what, before=f"{place}: {name}"))
            else:
                yield path

    def _works_in(self, path: str, notes: list[Note]) -> Mapping[str, Work]:
        if path in self._read:
            return self._read[path]
        place = self._files.place(path)
        found = csl.Library()
        try:
            text = tree.text_of(self._files, path)[0]
            if PurePosixPath(path).suffix.lower() in _CSL:
                found = csl.read(front_matter.value_of(text, place))
            else:
                read = bibtex.read(text)
                found = csl.Library(read.works, tuple(f":{line}: {said}" for line, said in read.unreadable))
        except PostdocsError as error:
            notes.append(Note(NoteKind.NOTICED, "a bibliography that can't be read", before=str(error)))
        self._read[path] = _told(found, place, notes)
        return self._read[path]

    def _key(self, key: str, work: Work) -> str:
        base = new = _UNSAFE.sub("-", key)
        number = 1
        while not _is_same(self._works.setdefault(new.lower(), (new, work))[1], work):
            number += 1
            new = f"{base}-{number}"
        return self._works[new.lower()][0]


def _told(found: csl.Library, place: str, notes: list[Note]) -> Mapping[str, Work]:
    """Return the works that were found, and note what came along only in part, or not at all."""
    what = "an entry of a bibliography that can't be read is left out; correct it, then import again"
    notes += [Note(NoteKind.NOTICED, what, before=f"{place}{said}") for said in found.unreadable]
    if found.left:
        what = "variables of CSL that BibTeX has no field for are left out"
        notes.append(Note(NoteKind.NOTICED, what, before=f"{place}: {', '.join(found.left)}"))
    return found.works


def _is_same(one: Work, other: Work) -> bool:
    return (one.kind, one.fields) == (other.kind, other.fields)


def _texts(page: Page, key: str) -> Sequence[str]:
    value = page.front.values.get(key)
    return texts_of(value if isinstance(value, list) else [value])
