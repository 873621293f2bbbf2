"""The files of a Jekyll blog that become pages, with their dates and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import PurePosixPath

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import front_matter, notebooks, tree
from postdocs.importer.folders.front_matter import FrontMatter
from postdocs.importer.folders.notebooks import Notebook
from postdocs.importer.folders.systems.jekyll import permalinks
from postdocs.importer.folders.systems.jekyll.settings import Settings
from postdocs.importer.folders.unread import Unread
from postdocs.importer.sources import dates
from postdocs.importer.sources.archive import Files

NAME = re.compile(r"(?P<year>\d{2,4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})-(?P<slug>.+)")
HTML = frozenset({".html", ".htm"})
_OTHER = {
    ".textile": "Textile", ".rst": "reStructuredText", ".org": "Org", ".adoc": "AsciiDoc",
    ".asciidoc": "AsciiDoc", ".rmd": "R Markdown", ".qmd": "Quarto", ".haml": "Haml",
}  # fmt: skip
NOTEBOOKS = "_notebooks"  # of fastpages, which makes posts of them
_NO_PAGES = frozenset({"404", "readme", "license", "changelog", "contributing", "code_of_conduct"})


@dataclass(frozen=True)
class File:
    """A file that becomes a page. kind: `posts`, `drafts`, `pages`, or a collection.

    address: from the root of the blog; None for a post without a date, which has none yet. notebook: where it
    is one. key: what its translations have in common; "" for none.
    """

    path: str
    kind: str
    front: FrontMatter
    date: datetime | None
    title: str
    categories: tuple[str, ...]
    address: str | None
    notes: tuple[Note, ...]
    notebook: Notebook | None = None
    key: str = ""


def read(files: Files, settings: Settings, notes: list[Note]) -> Iterator[File]:
    """Yield the files of a blog that become pages. notes: where those are told that do not."""
    collections = settings.collections()
    posts = {PurePosixPath(path).stem for path in files.paths if "_posts" in PurePosixPath(path).parts}
    unread = Unread(files, "Jekyll", _OTHER, settings.extensions | HTML)
    for path in files.paths:
        kind = _kind(path, [*collections], settings.included)
        suffix = PurePosixPath(path).suffix.lower()
        if kind is None:
            continue
        if NOTEBOOKS in PurePosixPath(path).parts and PurePosixPath(path).stem in posts:
            continue  # it is a post already, as fastpages writes it
        is_notebook = suffix == notebooks.SUFFIX and kind != "pages"
        if not is_notebook and suffix not in settings.extensions | (
            HTML if kind in {"posts", "drafts"} else frozenset()
        ):
            if kind != "pages" and suffix in _OTHER:
                notes.append(unread.note(path))
            continue
        notebook: Notebook | None = None
        try:
            if is_notebook:
                notebook = notebooks.of_file(files, path)
                front, odd = notebook.as_front_matter(), notebook.notes
            else:
                text, odd = tree.text_of(files, path)
                front = front_matter.read(text, files.place(path))
        except PostdocsError as error:
            notes.append(Note(NoteKind.LOST, "a file that can't be read", before=str(error)))
            continue
        if kind == "pages" and not (front.is_there and front.body.strip()):
            continue
        front = settings.with_defaults(front, path, kind)
        if front.text("redirect_to"):
            what = "a page that only leads elsewhere"
            notes.append(Note(NoteKind.LEFT_OUT, what, path, front.text("redirect_to")))
            continue
        file = _placed(path, kind, front, settings, odd)
        if file is None:
            what = "a file among posts whose name doesn't begin with a date, which Jekyll doesn't read"
            notes.append(Note(NoteKind.LEFT_OUT, what, before=path))
        else:
            yield replace(file, notebook=notebook)


def _kind(path: str, collections: list[str], included: frozenset[str]) -> str | None:
    parts = PurePosixPath(path).parts
    if "_posts" in parts[:-1] or (NOTEBOOKS in parts[:-1] and path.lower().endswith(notebooks.SUFFIX)):
        return "posts"
    if "_drafts" in parts[:-1]:
        return "drafts"
    for name in collections:
        if f"_{name}" in parts[:-1]:
            return name
    is_page = not any(part.startswith(("_", ".", "#", "~")) and part not in included for part in parts)
    return "pages" if is_page and PurePosixPath(path).stem.lower() not in _NO_PAGES else None


def _placed(
    path: str,
    kind: str,
    front: FrontMatter,
    settings: Settings,
    odd: tuple[Note, ...],
) -> File | None:
    """Return a file with its date and address; None for one among posts that is none."""
    stem = str(PurePosixPath(path).with_suffix(""))
    notes = [*odd]
    name = NAME.fullmatch(PurePosixPath(path).stem)
    if kind == "posts" and name is None:
        return None
    slug = (name["slug"] if name and kind in {"posts", "drafts"} else PurePosixPath(path).stem).rstrip(".")
    date = read_date(front.text("date"), settings, notes) or (_date_of(name, settings) if name else None)
    title = permalinks.slugify(front.text("slug") or slug, pretty=True, cased=True)
    categories = _categories(path, front)
    given = front.text("permalink")
    if kind in {"posts", "drafts"}:
        pattern = f"/{given.lstrip('/')}" if given and given not in permalinks.STYLES else given
        local = _local(date, settings)
        address = (
            permalinks.of_post(
                pattern or settings.permalink, local, title, permalinks.slugify(slug), categories
            )
            if local
            else None
        )
    elif kind == "pages":
        address = permalinks.given(given) if given else permalinks.of_page(settings.permalink, stem)
    else:
        pattern = given or str(
            settings.collections()[kind].get("permalink") or "/:collection/:path:output_ext"
        )
        inner = stem.partition(f"_{kind}/")[2]
        address = permalinks.of_document(pattern, kind, inner, title)
    return _in_language(File(path, kind, front, date, slug, categories, address, tuple(notes)), settings)


def _in_language(file: File, settings: Settings) -> File:
    """Return a file at its address in its language: https://polyglot.untra.io/ has each in a folder."""
    language = file.front.text("lang")
    if language not in settings.languages or not file.address:
        return file
    top = "" if language == settings.language else f"/{language}"
    return replace(file, key=file.address, address=f"{top}{file.address}")


def _date_of(name: re.Match[str], settings: Settings) -> datetime | None:
    year = int(name["year"]) + (2000 if len(name["year"]) == 2 else 0)  # noqa: PLR2004 - digits of a year
    if not dates.is_possible(year):
        return None
    try:
        return datetime(year, int(name["month"]), int(name["day"]), tzinfo=settings.zone)
    except ValueError:
        return None


def read_date(text: str, settings: Settings, notes: list[Note]) -> datetime | None:
    """Read a date without an offset as YAML and Jekyll do: one with seconds is in UTC, others are local.

    notes: where it is told that it can't be read.
    """
    date = front_matter.read_date(text, notes)
    if date and date.tzinfo is None and settings.zone:
        has_seconds = re.search(r"\d:\d\d:\d\d", text) is not None
        return (
            date.replace(tzinfo=UTC).astimezone(settings.zone)
            if has_seconds
            else date.replace(tzinfo=settings.zone)
        )
    return date


def _local(date: datetime | None, settings: Settings) -> datetime | None:
    """Return a date as the blog's addresses have it."""
    return date.astimezone(settings.zone) if date and date.tzinfo and settings.zone else date


def _categories(path: str, front: FrontMatter) -> tuple[str, ...]:
    """Return the categories: those of the folders above `_posts`, and those of the front matter."""
    parts = PurePosixPath(path).parts
    marker = next((name for name in ("_posts", "_drafts") if name in parts), "")
    above = parts[: parts.index(marker)] if marker else ()
    given = front.texts("categories")
    listed = tuple(given[0].split()) if given and isinstance(front.written["categories"], str) else given
    return tuple(dict.fromkeys((*above, *(listed or front.texts("category")))))


def tags(front: FrontMatter) -> tuple[str, ...]:
    """Return the tags: those of a list, or the words of a text."""
    given = front.texts("tags")
    if given and isinstance(front.written["tags"], str):
        return tuple(dict.fromkeys(re.split(r"\s*,\s*" if "," in given[0] else r"\s+", given[0])))
    return given or front.texts("tag")
