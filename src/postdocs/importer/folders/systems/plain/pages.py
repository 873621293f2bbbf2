"""The texts and notebooks of a folder of Markdown, with their dates and addresses."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import quote

from postdocs.core.errors import PostdocsError
from postdocs.core.permalink import PATH_CHARACTERS
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import front_matter, notebooks, tree
from postdocs.importer.folders.front_matter import FrontMatter
from postdocs.importer.folders.notebooks import Notebook
from postdocs.importer.folders.systems.plain import docusaurus, settings
from postdocs.importer.sources.archive import Files

DOCUSAURUS, ELEVENTY = "Docusaurus", "Eleventy"
DATES = ("date", "pubDate", "pubDatetime", "publishDate", "published")
MDX = ".mdx"
SPECIAL = frozenset({"readme", "license", "changelog", "contributing", "code_of_conduct", "404"})
_MARKDOWN = (".md", ".markdown", MDX)
_DATED = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2})-(?P<slug>.+)")
_TOPS = re.compile(r"^(?:src/(?:content/|pages/)?|content/)")  # folders that are in no address
_HEADING = re.compile(r"^#[ \t]+(?P<title>[^\s#`*_\[<][^\n`*_\[<]*?)[ \t]*#*$", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """A file that becomes a page. notebook: where it is one; the front matter has its text then."""

    path: str
    front: FrontMatter
    date: datetime | None
    address: str
    notes: tuple[Note, ...]
    notebook: Notebook | None = None


def texts(files: Files) -> list[str]:
    """Return the paths of texts and notebooks that may be pages."""
    return [
        path
        for path in files.ending(*_MARKDOWN, notebooks.SUFFIX)
        if not any(part.startswith(("_", ".")) for part in PurePosixPath(path).parts)
        and PurePosixPath(path).stem.lower() not in SPECIAL
    ]


def read(files: Files, notes: list[Note]) -> Iterator[Page]:
    """Yield the pages of a folder. notes: where what is none of them is told, and why."""
    is_docusaurus, code = settings.name_of(files) == DOCUSAURUS, settings.text_of(files)
    tops = settings.folders_of_gatsby(files)
    for path in texts(files):
        notebook: Notebook | None = None
        odd: tuple[Note, ...] = ()
        try:
            if path.lower().endswith(notebooks.SUFFIX):
                notebook = notebooks.of_file(files, path)
                front, odd = notebook.as_front_matter(), notebook.notes
            else:
                text, odd = tree.text_of(files, path)
                front = front_matter.read(text, files.place(path))
        except PostdocsError as error:
            notes.append(Note(NoteKind.LOST, "a file that can't be read", before=str(error)))
            continue
        if not front.is_there and path.lower().endswith(MDX):
            what = "a page in MDX without front matter, which the import doesn't read"
            notes.append(Note(NoteKind.LOST, what, before=files.place(path)))
        elif not front.is_there and front.body.strip():
            what = "a text without front matter, which is no page"
            notes.append(Note(NoteKind.LEFT_OUT, what, before=files.place(path)))
        if front.text("permalink") == "false" and front.body.strip():
            what = "a text that says `permalink: false`, of which the old site has no page"
            notes.append(Note(NoteKind.LEFT_OUT, what, before=files.place(path)))
            continue
        if notebook and not front.body.strip():
            notes.append(Note(NoteKind.LEFT_OUT, "a notebook that shows nothing", before=files.place(path)))
        if not front.is_there or not front.body.strip():
            continue
        said = [*odd]
        name = (
            PurePosixPath(path).parent.name
            if PurePosixPath(path).stem == "index"
            else PurePosixPath(path).stem
        )
        place = docusaurus.place_of(path, code) if is_docusaurus else None
        dated = _DATED.fullmatch(name)
        said_date = place.date if place and place.date else dated["date"] if dated else ""
        date = front_matter.read_date(front.text(*DATES) or said_date, said)
        inner = path.removeprefix(next(filter(path.startswith, tops), ""))
        address = (
            quote(docusaurus.address_of(place, front.text("slug")), safe=f"{PATH_CHARACTERS}%")
            if place
            else _address(inner, front, dated["slug"] if dated else name)
        )
        yield Page(path, front, date, address, tuple(said), notebook)


def _address(path: str, front: FrontMatter, name: str) -> str:
    """Return the path of a page from the root of the site."""
    given = next((text for text in map(front.text, ("permalink", "path", "url")) if text.startswith("/")), "")
    if given and "{" not in given:
        return quote(given, safe=f"{PATH_CHARACTERS}%")
    slug = front.text("slug")
    folder = posixpath.dirname(_TOPS.sub("", path))
    folder = posixpath.dirname(folder) if PurePosixPath(path).stem == "index" else folder
    inner = slug if slug.startswith("/") else f"{folder}/{slug or (name if name != 'index' else '')}"
    return quote(re.sub("/{2,}", "/", f"/{inner}/"), safe=f"{PATH_CHARACTERS}%")


def title_of(page: Page, text: str) -> str:
    """Return the title of a page whose front matter has none: its first heading, or the name of its file."""
    heading = _HEADING.search(text.partition("```")[0])
    name = PurePosixPath(page.path).stem
    dated = _DATED.fullmatch(name)
    return heading["title"] if heading else (dated["slug"] if dated else name).replace("-", " ").capitalize()
