"""The bibliographies of a Quarto site: https://quarto.org/docs/authoring/citations.html."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from postdocs.core.errors import PostdocsError
from postdocs.importer import bibtex
from postdocs.importer.bibtex import Work
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import tree
from postdocs.importer.folders.front_matter import texts_of
from postdocs.importer.folders.systems.quarto.pages import Page
from postdocs.importer.sources.archive import Files

_BIBTEX = frozenset({".bib", ".bibtex", ".biblatex"})
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
        if paths not in self._keys:
            works: dict[str, Work] = {}
            for path in paths:
                works = {**self._works_in(path, notes), **works}
            self._keys[paths] = {key: self._key(key, work) for key, work in works.items()}
        return self._keys[paths]

    def cite(self, keys: Collection[str]) -> None:
        """Note that works are cited."""
        self.cited |= {key: self._works[key.lower()][1] for key in keys}

    def notes_on(self, page: Page) -> Iterator[Note]:
        """Yield what a page asks for that the site decides for all its pages."""
        if said := _texts(page, "nocite"):
            what = "works that a text doesn't cite are not listed"
            yield Note(NoteKind.NOTICED, what, before=f"{self._files.place(page.path)}: nocite: {said[0]}")
        if said := _texts(page, "csl"):
            what = "citations have the style of the site (bibtex_reference_style)"
            yield Note(NoteKind.NOTICED, what, before=f"{self._files.place(page.path)}: csl: {said[0]}")

    def _paths(self, page: Page, notes: list[Note]) -> Iterator[str]:
        """Yield the paths of the bibliographies of a page, which are near it or what says so of all pages."""
        place = self._files.place(page.path)
        for name in _texts(page, "bibliography"):
            folders = (tree.near(name, str(folder / "x")) for folder in PurePosixPath(page.path).parents)
            path = next((path for path in folders if path in self._files.paths), None)
            if path is None:
                what = "a bibliography that is not in the folder"
                notes.append(Note(NoteKind.NOTICED, what, before=f"{place}: {name}"))
            elif PurePosixPath(path).suffix.lower() not in _BIBTEX:
                what = "a bibliography that is no BibTeX; write it as BibTeX, then import again"
                notes.append(Note(NoteKind.NOTICED, what, before=f"{place}: {name}"))
            else:
                yield path
        if page.front.values.get("references"):
            what = "works in front matter are in no bibliography; write them as BibTeX, then import again"
            notes.append(Note(NoteKind.NOTICED, what, before=f"{place}: references"))

    def _works_in(self, path: str, notes: list[Note]) -> Mapping[str, Work]:
        if path in self._read:
            return self._read[path]
        place = self._files.place(path)
        try:
            found = bibtex.read(tree.text_of(self._files, path)[0])
        except PostdocsError as error:
            notes.append(Note(NoteKind.NOTICED, "a bibliography that can't be read", before=str(error)))
            found = bibtex.Bibliography()
        what = "an entry of a bibliography that can't be read is left out; correct it, then import again"
        notes += [
            Note(NoteKind.NOTICED, what, before=f"{place}:{line}: {text}") for line, text in found.unreadable
        ]
        self._read[path] = found.works
        return found.works

    def _key(self, key: str, work: Work) -> str:
        base = new = _UNSAFE.sub("-", key)
        number = 1
        while not _is_same(self._works.setdefault(new.lower(), (new, work))[1], work):
            number += 1
            new = f"{base}-{number}"
        return self._works[new.lower()][0]


def _is_same(one: Work, other: Work) -> bool:
    return (one.kind, one.fields) == (other.kind, other.fields)


def _texts(page: Page, key: str) -> Sequence[str]:
    value = page.front.values.get(key)
    return texts_of(value if isinstance(value, list) else [value])
