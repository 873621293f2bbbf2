"""The bibliographies of a Quarto site: https://quarto.org/docs/authoring/citations.html."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from postdocs.importer import csl
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import tree
from postdocs.importer.folders.front_matter import texts_of
from postdocs.importer.folders.library import BIBTEX, CSL, Library, told
from postdocs.importer.folders.systems.quarto.pages import Page
from postdocs.importer.sources.archive import Files


def keys_of(page: Page, library: Library, files: Files, notes: list[Note]) -> Mapping[str, str]:
    """Return the keys of the works that a page can cite, by its own. notes: on what can't be read."""
    paths = tuple(_paths(page, files, notes))
    references = page.front.values.get("references")
    if not references:
        return library.keys_in(paths, notes)
    place = f"{files.place(page.path)}: references"
    own = told(csl.read(references), place, notes)  # which go first in pandoc
    return library.keys_of_works({**library.works_in(paths, notes), **own})


def notes_on(page: Page, files: Files) -> Iterator[Note]:
    """Yield what a page asks for that the site decides for all its pages."""
    place = files.place(page.path)
    if said := _texts(page, "nocite"):
        what = "works that a text doesn't cite are not listed"
        yield Note(NoteKind.NOTICED, what, before=f"{place}: nocite: {said[0]}", in_text=True)
    if said := _texts(page, "csl"):
        what = "citations have the style of the site (bibtex_reference_style)"
        yield Note(NoteKind.NOTICED, what, before=f"{place}: csl: {said[0]}", in_text=True)


def _paths(page: Page, files: Files, notes: list[Note]) -> Iterator[str]:
    """Yield the paths of the bibliographies of a page, which are near it or what says so of all pages."""
    place = files.place(page.path)
    for name in _texts(page, "bibliography"):
        folders = (tree.near(name, str(folder / "x")) for folder in PurePosixPath(page.path).parents)
        path = next((path for path in folders if path in files.paths), None)
        if path is None:
            what = "a bibliography that is not in the folder"
            notes.append(Note(NoteKind.NOTICED, what, before=f"{place}: {name}"))
        elif PurePosixPath(path).suffix.lower() not in BIBTEX | CSL:
            what = "a bibliography that is no BibTeX or CSL; write it as BibTeX, then import again"
            notes.append(Note(NoteKind.NOTICED, what, before=f"{place}: {name}"))
        else:
            yield path


def _texts(page: Page, key: str) -> Sequence[str]:
    value = page.front.values.get(key)
    return texts_of(value if isinstance(value, list) else [value])
