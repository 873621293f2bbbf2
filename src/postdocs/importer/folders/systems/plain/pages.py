"""The texts and notebooks of a folder of Markdown, with their dates and addresses."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from postdocs.core.errors import PostdocsError
from postdocs.core.permalink import PATH_CHARACTERS
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import front_matter, markdown, notebooks, tree
from postdocs.importer.folders.front_matter import FrontMatter
from postdocs.importer.folders.notebooks import Notebook
from postdocs.importer.folders.systems.plain import docusaurus, eleventy, settings, templated, vue
from postdocs.importer.folders.systems.plain.eleventy import Eleventy
from postdocs.importer.folders.systems.plain.vue import Vue
from postdocs.importer.sources.archive import Files

DOCUSAURUS, ELEVENTY = "Docusaurus", "Eleventy"
DATES = ("date", "pubDate", "pubDatetime", "publishDate", "published")
MDX = ".mdx"
SPECIAL = frozenset({"readme", "license", "changelog", "contributing", "code_of_conduct", "404"})
_MARKDOWN = (".md", ".markdown", MDX)
_DATED = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2})-(?P<slug>.+)")
_TOPS = re.compile(r"^(?:src/(?:content/|pages/)?|content/)")  # folders that are in no address
_HEADING = re.compile(r"#[ \t]+\S")
# The head of an article: lines with a key, among them a title and a date.
_KEYS = r"(?:[A-Za-z][\w-]*:[ \t]*\S[^\n]*\n)*?"
_OF_PELICAN = re.compile(rf"\s*(?={_KEYS}title:[ \t]*\S){_KEYS}date:[ \t]*\d{{4}}-\d", re.IGNORECASE)
_WITHOUT_SETTINGS = (
    "a text with a head as Pelican has it, without the settings; give the folder with pelicanconf.py, or put "
    "`---` above and below the head"
)


@dataclass(frozen=True)
class Page:
    """A file that becomes a page. notebook: where it is one; the front matter has its text then.

    language: that its folder says. key: what its translations have in common; both "" for none. collections:
    tags that data of its folders give it.
    """

    path: str
    front: FrontMatter
    date: datetime | None
    address: str
    notes: tuple[Note, ...]
    notebook: Notebook | None = None
    language: str = ""
    key: str = ""
    collections: frozenset[str] = frozenset()


def texts(files: Files) -> list[str]:
    """Return the paths of texts and notebooks that may be pages."""
    site = settings.vue_of(files)
    return [
        path for path in files.ending(*_MARKDOWN, notebooks.SUFFIX) if _may_be_page(PurePosixPath(path), site)
    ]


def _may_be_page(path: PurePosixPath, site: Vue | None) -> bool:
    """Tell whether a file may be a page: VuePress has indexes of folders, and posts, that others have not."""
    is_of_vuepress = site is not None and site.name == vue.VUEPRESS and str(path).startswith(site.top)
    hidden = [part for part in path.parts if part.startswith(("_", "."))]
    if hidden and not (is_of_vuepress and hidden == ["_posts"]):
        return False
    return path.stem.lower() not in SPECIAL or (is_of_vuepress and path.stem.lower() == "readme")


def read(files: Files, notes: list[Note], keys: frozenset[str]) -> Iterator[Page]:
    """Yield the pages of a folder.

    notes: where what is none of them is told, and why. keys: those of front matter that data of folders may
    have for it.
    """
    places = _Places(files)
    notes += eleventy.unread(places.eleventy) if places.eleventy else ()
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
        data: dict[str, Any] = {}
        own = front.texts("tags")
        if places.eleventy:
            data = places.eleventy.data_of(path, front)
            front = eleventy.with_data(front, data, keys)
        said = [*odd]
        where = places.of(path, front, data, said)
        if why := _why_none(path, front, where, is_notebook=notebook is not None):
            notes.append(replace(why, before=files.place(path)))
        elif front.body.strip():
            yield Page(
                path,
                front,
                where.date,
                where.address or "",
                tuple(said),
                notebook,
                where.language,
                where.key,
                frozenset(front.texts("tags")).difference(own),
            )


@dataclass(frozen=True)
class _Where:
    """When and where a page is.

    address: None for one that the site doesn't have, "" for a text that is no page at all. is_page: whether
    one without front matter is one too. language, key: see `Page`.
    """

    date: datetime | None
    address: str | None
    is_page: bool = False
    language: str = ""
    key: str = ""


class _Places:
    """How the generator of a folder makes addresses of its files."""

    def __init__(self, files: Files) -> None:
        self._generator, self._code = settings.name_of(files), settings.text_of(files)
        self._files, self._tops = files, settings.folders_of_gatsby(files)
        self.eleventy = eleventy.read(files) if self._generator == ELEVENTY else None
        self.vue = settings.vue_of(files)

    def of(self, path: str, front: FrontMatter, data: Mapping[str, Any], notes: list[Note]) -> _Where:
        """Return when and where a page is. data: of Eleventy. notes: on what can't be known of that."""
        if self.eleventy and self.eleventy.top is not None:
            return self._of_eleventy(self.eleventy, path, front, data, notes)
        is_index = PurePosixPath(path).stem == "index"
        name = PurePosixPath(path).parent.name if is_index else PurePosixPath(path).stem
        place = docusaurus.place_of(path, self._code) if self._generator == DOCUSAURUS else None
        dated = _DATED.fullmatch(name)
        said_date = place.date if place and place.date else dated["date"] if dated else ""
        date = front_matter.read_date(front.said_date(*DATES) or said_date, notes)
        if self.vue:
            given = front.text("permalink")
            address = given if given.startswith("/") and ":" not in given else self.vue.address(path)
            return _Where(date, address if path.startswith(self.vue.top) else "", is_page=True)
        inner = path.removeprefix(next(filter(path.startswith, self._tops), ""))
        address = (
            quote(docusaurus.address_of(place, front.text("slug")), safe=f"{PATH_CHARACTERS}%")
            if place
            else _address(inner, front, dated["slug"] if dated else name)
        )
        return _Where(
            date,
            None if front.text("permalink") == "false" else address,
            language=place.language if place else "",
            key=place.key if place else "",
        )

    def _of_eleventy(
        self, site: Eleventy, path: str, front: FrontMatter, data: Mapping[str, Any], notes: list[Note]
    ) -> _Where:
        date = front_matter.read_date(front.said_date(*DATES) or templated.date_in(path), notes)
        inner = path.removeprefix(site.top or "")
        if (inner == path and site.top) or site.leaves_out(path):
            return _Where(date, "")
        address = templated.of_permalink(inner, data, site, date)
        if address is None:
            notes.append(tree.unknown_address(self._files.place(path)))
            address = templated.by_path(inner)
        return _Where(date, address or None, is_page=True)


def _why_none(path: str, front: FrontMatter, where: _Where, *, is_notebook: bool) -> Note | None:
    """Return the note on a file that is no page; None for one that is, and for one that is empty."""
    has_text = bool(front.body.strip())
    if not (front.is_there or where.is_page) and path.lower().endswith(MDX):
        return Note(NoteKind.LOST, "a page in MDX without front matter, which the import doesn't read")
    if not (front.is_there or where.is_page) and has_text:
        if _OF_PELICAN.match(front.body):
            return Note(NoteKind.LOST, _WITHOUT_SETTINGS)
        return Note(NoteKind.LEFT_OUT, "a text without front matter, which is no page")
    if where.address is None and has_text:
        what = "a text that says `permalink: false`, of which the old site has no page"
        return Note(NoteKind.LEFT_OUT, what)
    if not where.address and has_text:
        return Note(NoteKind.LEFT_OUT, "a text that the site leaves out by its settings, which is no page")
    return Note(NoteKind.LEFT_OUT, "a notebook that shows nothing") if is_notebook and not has_text else None


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
    name = PurePosixPath(page.path).stem
    dated = _DATED.fullmatch(name)
    of_file = (dated["slug"] if dated else name).replace("-", " ").capitalize()
    heading = next((line for line in text.partition("```")[0].split("\n") if _HEADING.match(line)), "")
    words = markdown.words(heading.partition("{#")[0].strip("# \t")).strip()
    return words or of_file
