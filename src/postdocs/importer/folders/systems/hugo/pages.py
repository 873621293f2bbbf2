"""The pages of a Hugo site, with their dates and addresses."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urljoin

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import front_matter, tree
from postdocs.importer.folders.front_matter import FrontMatter, as_written
from postdocs.importer.folders.systems.hugo import addresses
from postdocs.importer.folders.systems.hugo.settings import Settings
from postdocs.importer.folders.unread import Unread
from postdocs.importer.sources.archive import Files

MARKDOWN = frozenset({".md", ".markdown", ".mdown"})
HTML = frozenset({".html", ".htm"})
_OTHER = {
    ".org": "Org", ".adoc": "AsciiDoc", ".ad": "AsciiDoc", ".asciidoc": "AsciiDoc",
    ".rst": "reStructuredText", ".pdc": "pandoc's Markdown", ".pandoc": "pandoc's Markdown",
    ".rmd": "R Markdown", ".rmarkdown": "R Markdown", ".ipynb": "a notebook",
}  # fmt: skip
_DATES = ("date", "publishdate", "pubdate", "published", "lastmod", "modified")  # as Hugo asks for them
_DATED_NAME = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2})[-_](?P<slug>.+)")
_SECTION = "_index"
_INDEX = re.compile(r"/?(?<![^/])_?index(?:\.[\w-]+)*$", re.IGNORECASE)
_BLOCKS = ("sections", "blocks")  # as Hugo Blox has them


@dataclass(frozen=True)
class Page:
    """A page. path: of its file. address: from the root of the site, without the path that this is under.

    section: the first folder that it is in, "" at the top. language: that of its name, or "".
    """

    path: str
    front: FrontMatter
    date: datetime | None
    section: str
    address: str
    language: str = ""
    notes: tuple[Note, ...] = field(default=())


def read(files: Files, settings: Settings, notes: list[Note]) -> Iterator[Page]:
    """Yield the pages of a site. notes: where files are told that are none."""
    top = f"{settings.content}/"
    pages = (
        path for path in files.paths if PurePosixPath(path).suffix.lower() in MARKDOWN | HTML | {*_OTHER}
    )
    bundles = {str(PurePosixPath(path).parent) for path in pages if _stem(path, settings)[0] == "index"}
    bundles = {folder for folder in bundles if folder.startswith(top)}
    cascades: dict[str, dict[str, Any]] = {}
    unread = Unread(files, "Hugo", _OTHER, MARKDOWN | HTML)
    for path in sorted(files.paths, key=lambda path: (_stem(path, settings)[0] != _SECTION, path)):
        suffix = PurePosixPath(path).suffix.lower()
        if not path.startswith(top) or (suffix not in MARKDOWN | HTML and suffix not in _OTHER):
            continue
        stem, language = _stem(path, settings)
        if stem != "index" and any(str(parent) in bundles for parent in PurePosixPath(path).parents):
            continue  # a file of the page of its folder
        if suffix in _OTHER:
            notes.append(unread.note(path, "page"))
            continue
        try:
            text, odd = tree.text_of(files, path)
            front = _lowered(front_matter.read(text, files.place(path)))
        except PostdocsError as error:
            notes.append(Note(NoteKind.LOST, "a file that can't be read", before=str(error)))
            continue
        folder = posixpath.dirname(path)
        if stem == _SECTION and isinstance(cascade := front.values.get("cascade"), dict):
            cascades[folder] = cascade
        front = _with_cascade(front, [cascades[at] for at in _parents(folder) if at in cascades])
        if stem == _SECTION and not front.body.strip():
            if blocks := next((name for name in _BLOCKS if isinstance(front.values.get(name), list)), ""):
                what = f"a page whose text is in `{blocks}` of its front matter, for its theme; write it anew"
                notes.append(Note(NoteKind.LEFT_OUT, what, before=path))
            continue
        if _is_unbuilt(front):
            notes.append(Note(NoteKind.LEFT_OUT, "a page that the site does not build", before=path))
            continue
        yield _page(path.removeprefix(top), Page(path, front, None, "", "", language, odd), settings)


def _stem(path: str, settings: Settings) -> tuple[str, str]:
    """Return the name of a file without extension and language, and the language."""
    stem, _, language = PurePosixPath(path).stem.rpartition(".")
    is_language = bool(stem) and language.lower() in settings.languages
    return (stem, language.lower()) if is_language else (PurePosixPath(path).stem, "")


def _lowered(front: FrontMatter) -> FrontMatter:
    """Return front matter whose keys are in lower case, for Hugo tells none apart."""
    return replace(
        front,
        written={key.lower(): value for key, value in front.written.items()},
        values={key.lower(): value for key, value in front.values.items()},
    )


def _parents(folder: str) -> list[str]:
    """Return a folder and those around it, the outermost first."""
    parts = folder.split("/")
    return ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]


def _with_cascade(front: FrontMatter, cascades: list[dict[str, Any]]) -> FrontMatter:
    values = {str(key).lower(): value for cascade in cascades for key, value in cascade.items()}
    values = {key: value for key, value in values.items() if key not in {"target", "_target"}}
    written = {key: as_written(value) for key, value in values.items()}
    return replace(front, written=written | {**front.written}, values=values | {**front.values})


def _is_unbuilt(front: FrontMatter) -> bool:
    build = front.values.get("build") or front.values.get("_build")
    render = build.get("render") if isinstance(build, dict) else None
    return front.flag("headless") is True or render in {False, "never", "false"}


def _page(inner: str, page: Page, settings: Settings) -> Page:
    """Complete a page. inner: its path from the folder of texts."""
    front, notes = page.front, [*page.notes]
    stem, language = _stem(page.path, settings)
    folder = posixpath.dirname(inner)
    name = posixpath.join(folder, stem)
    is_list = stem == _SECTION
    if stem in {"index", _SECTION}:
        name = folder
    date = read_date(front.said_date(*_DATES), settings, notes)
    dated = _DATED_NAME.fullmatch(posixpath.basename(name))
    slug = front.text("slug")
    if dated and _dates_by_name(settings):
        date = read_date(dated["date"], settings, notes) or date
        slug = slug or dated["slug"]
    elif dated and date is None:
        date = read_date(dated["date"], settings, notes)
    language = language or front.text("lang", "language")
    prefix = f"/{language}" if language and language != settings.language and page.language else ""
    if url := front.text("url"):
        address = addresses.given(url)
    elif not name:
        address = "/"
    elif is_list:
        lower = settings.values.get("disablepathtolower") is not True
        address = addresses.given(f"{addresses.urlize(name, lower=lower)}/")
    else:
        address = addresses.of_page(name, front.text("title"), slug, date, settings)
    section = inner.partition("/")[0] if "/" in inner and name.count("/") else ""
    return replace(
        page, date=date, section=section, address=f"{prefix}{address}", language=language, notes=tuple(notes)
    )


def translation_key(page: Page, settings: Settings) -> str:
    """Return what the translations of a page have in common: https://gohugo.io/content-management/multilingual/."""
    stem, _ = _stem(page.path, settings)
    return page.front.text("translationkey") or posixpath.join(posixpath.dirname(page.path), stem)


def _dates_by_name(settings: Settings) -> bool:
    """Tell whether the site takes dates from the names of files first."""
    dates = settings.mapping("frontmatter").get("date")
    return isinstance(dates, list) and bool(dates) and str(dates[0]).lower() == ":filename"


def read_date(text: str, settings: Settings, notes: list[Note]) -> datetime | None:
    """Read a date, of the site's time zone where it names no offset. notes: where it can't be read."""
    return front_matter.read_date(text, notes, settings.zone)


class Links:
    """How names of pages, such as `ref` has them, lead to their addresses."""

    def __init__(self, pages: list[Page], settings: Settings) -> None:
        self._base = settings.base
        self._by_path: dict[str, str] = {}
        self._by_name: dict[str, str] = {}
        for page in pages:
            inner = page.path.removeprefix(f"{settings.content}/")
            whole = str(PurePosixPath(inner).with_suffix(""))
            for name in (inner, whole, whole.removesuffix("/index"), whole.removesuffix("/_index")):
                self._by_path.setdefault(name.lower(), page.address)
                if not _INDEX.search(f"/{name}"):
                    self._by_name.setdefault(posixpath.basename(name).lower(), page.address)

    def of(self, page: Page, settings: Settings, name: str) -> str | None:
        """Return the address of a page by its name on another page; None where there is none."""
        path, mark, fragment = name.partition("#")
        if not path:
            return name or None
        folder = posixpath.dirname(page.path.removeprefix(f"{settings.content}/"))
        near = posixpath.normpath(posixpath.join(folder, path)).lower()
        key = path.strip("/").lower()
        named = _INDEX.sub("", key)
        address = self._by_path.get(near) if not path.startswith("/") else None
        address = address or self._by_path.get(key) or self._by_name.get(posixpath.basename(named))
        return None if address is None else f"{self._base}{address}{mark}{fragment}"


def aliases_of(page: Page, aliases: tuple[str, ...], base: str) -> tuple[str, ...]:
    """Return the paths that lead to a page; those without a slash begin beside it."""

    def path(alias: str) -> str:
        try:
            return f"{base}{urljoin(page.address.rstrip('/'), alias)}"
        except ValueError:  # what is no path is for the import to say
            return alias

    return tuple(map(path, aliases))
