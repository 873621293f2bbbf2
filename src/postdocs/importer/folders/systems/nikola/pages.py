"""The files of a Nikola blog that become pages, with their dates and addresses."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import quote

from postdocs.core.errors import PostdocsError
from postdocs.core.permalink import PATH_CHARACTERS
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import front_matter, latin, notebooks, tree
from postdocs.importer.folders.front_matter import FrontMatter, Written
from postdocs.importer.folders.notebooks import Notebook
from postdocs.importer.folders.systems.nikola.settings import Folder, Settings
from postdocs.importer.folders.unread import Unread
from postdocs.importer.sources.archive import Files

MARKDOWN = frozenset({".md", ".mdown", ".markdown"})
REST = frozenset({".rst", ".txt"})
HTML = frozenset({".html", ".htm"})
_OTHER = {
    ".org": "Org",
    ".textile": "Textile",
    ".adoc": "AsciiDoc",
    ".wiki": "a wiki's text",
}
_FIELD = re.compile(r"\s*\.\. (?P<key>[^\n:]+): (?P<value>.*)")
_COMMENT = re.compile(r"\s*<!--\s*(?P<inner>\.\. [^\n]*(?:\n\s*\.\. [^\n]*)*?)\s*-->\n?")
_TAGS_THAT_TELL = {
    "draft": ("status", "draft"),
    "private": ("status", "private"),
    "mathjax": ("has_math", "true"),
}
_INDEX = "index"


@dataclass(frozen=True)
class File:
    """A file that becomes a page.

    language: as the settings name it. date: None for pages without one. address: from the root of the blog,
    None where it can't be known. notebook: where it is one; the body of its front matter is its text then.
    """

    path: str
    is_page: bool
    language: str
    front: FrontMatter
    date: datetime | None
    slug: str
    address: str | None
    notes: tuple[Note, ...]
    notebook: Notebook | None = None

    @property
    def suffix(self) -> str:
        """The suffix of the file, with its dot."""
        return PurePosixPath(self.path).suffix.lower()


def read(files: Files, settings: Settings, notes: list[Note]) -> Iterator[File]:
    """Yield the files of a blog that become pages. notes: where those are told that do not."""
    unread = Unread(files, "Nikola", _OTHER, MARKDOWN | REST | HTML)
    for path in files.paths:
        folder = _folder(path, settings)
        suffix = PurePosixPath(path).suffix.lower()
        if folder is None or any(part.startswith(".") for part in PurePosixPath(path).parts):
            continue
        if suffix not in MARKDOWN | REST | HTML | {notebooks.SUFFIX}:
            notes.append(unread.note(path))
            continue
        try:
            file = _file(files, path, folder, settings)
        except PostdocsError as error:
            notes.append(Note(NoteKind.LOST, "a file that can't be read", before=str(error)))
            continue
        lacking = "" if file.front.text("title") else "title"
        lacking = lacking or ("" if folder.is_page or file.date else "date")
        if lacking:
            what = f"a file without a {lacking}, which Nikola doesn't publish"
            notes.append(Note(NoteKind.LEFT_OUT, what, before=path))
        else:
            yield file


def _folder(path: str, settings: Settings) -> Folder | None:
    for folder in settings.folders:
        is_in = not folder.source or path.startswith(f"{folder.source}/")
        if is_in and path.lower().endswith(f".{folder.suffix}"):
            return folder
    return None


def _file(files: Files, path: str, folder: Folder, settings: Settings) -> File:
    stem, language = parted(path, settings)
    notebook: Notebook | None = None
    if path.lower().endswith(notebooks.SUFFIX):
        notebook = notebooks.of_file(files, path)
        front, notes = notebook.as_front_matter(), [*notebook.notes]
    else:
        text, odd = tree.text_of(files, path)
        front, notes = front_of(text, files.place(path)), [*odd]
    beside = f"{posixpath.splitext(path)[0]}.meta"
    shared = f"{stem}.meta"
    for meta in dict.fromkeys((beside, shared)):
        if meta in files.paths:
            said = front_of(tree.text_of(files, meta)[0].rstrip() + "\n\n", files.place(meta))
            if notebook:  # the title may be only the first heading of its text
                front = replace(front, written={**front.written, **said.written})
            written, values = {**said.written, **front.written}, {**said.values, **front.values}
            front = FrontMatter(written, values, front.body, front.body_line, is_there=True)
            break
    front = _settled(front)
    date = read_date(front.text("date"), settings, notes)
    slug = front.text("slug") or slugify(posixpath.basename(stem), settings)
    address = _address(stem, slug, front, settings, folder=folder, language=language) if slug else None
    return File(path, folder.is_page, language, front, date, slug, address, tuple(notes), notebook)


def parted(path: str, settings: Settings) -> tuple[str, str]:
    """Return a path without its suffix and its language, and that language."""
    stem = posixpath.splitext(path)[0]
    inner, _, language = stem.rpartition(".")
    if inner and language in settings.languages:
        return inner, language
    return stem, settings.language


def front_of(text: str, place: str) -> FrontMatter:
    """Part a text into its head, in any of the forms that Nikola reads, and its body."""
    front = front_matter.read(text, place) if text.startswith(("---\n", "+++\n")) else FrontMatter()
    if front.is_there:
        return front
    comment = _COMMENT.match(text)
    head = comment["inner"] if comment else re.split(r"\n[ \t]*\n", text.lstrip("\n"), maxsplit=1)[0]
    lines = [line for line in head.split("\n") if line.strip()]
    matches = [match for line in lines if (match := _FIELD.fullmatch(line))]
    if not matches or (not comment and not all(line.lstrip().startswith("..") for line in lines)):
        return FrontMatter(body=text)
    if comment:
        body = text[comment.end() :]
    else:
        start = len(text) - len(text.lstrip("\n"))
        body = text[start + len(head) :]
    body = body.lstrip("\n")
    values: dict[str, Written] = {match["key"].strip().lower(): match["value"].strip() for match in matches}
    return FrontMatter(values, values, body, text.count("\n") - body.count("\n") + 1, is_there=True)


def _settled(front: FrontMatter) -> FrontMatter:
    """Return front matter with lists of tags, without those that only say something of the post."""
    written = {key.lower(): value for key, value in front.written.items()}
    values = {key.lower(): value for key, value in front.values.items()}
    given = written.get("tags")
    texts = given.split(",") if isinstance(given, str) else list(front.texts("tags"))
    tags = [tag for text in texts if (tag := text.strip())]
    for tag in tags:
        if tag.lower() in _TAGS_THAT_TELL:
            key, value = _TAGS_THAT_TELL[tag.lower()]
            written[key] = value  # whatever else the head says of it, a draft stays one
    kept: list[Written] = [tag for tag in tags if tag.lower() not in _TAGS_THAT_TELL]
    if written.get("status") == "featured":
        del written["status"]  # it is public, and stands on the home page
    written["tags"] = kept
    values = {key: value for key, value in values.items() if key in written} | {"tags": kept}
    return FrontMatter(written, values, front.body, front.body_line, is_there=True)


def read_date(text: str, settings: Settings, notes: list[Note]) -> datetime | None:
    """Read a date as Nikola does, in the time zone of the blog. notes: where it is told that it can't be."""
    return front_matter.read_date(
        re.sub(r"\s*UTC(?=[+-]\d)", " ", text), notes, settings.zone, front_matter.date_of_python
    )


def slugify(text: str, settings: Settings) -> str:
    """Return what stands for a name in addresses; "" where that can't be known."""
    if not settings.values.flag("USE_SLUGIFY", default=True):
        return re.sub(r"[/\\?#\"'\r\n\t*:<>|]", "-", text)
    plain = latin.to_ascii(text)
    return re.sub(r"[-\s]+", "-", re.sub(r"[^+\w\s-]", "", plain).strip().lower())


def _address(
    stem: str, slug: str, front: FrontMatter, settings: Settings, *, folder: Folder, language: str
) -> str:
    """Return the path of a page from the root of the blog."""
    inner = posixpath.relpath(posixpath.dirname(stem) or ".", folder.source or ".")
    target = folder.target.get(language, folder.target.get("", next(iter(folder.target.values()), "")))
    parts = [settings.languages[language], target, inner]
    above = posixpath.normpath("/".join(part for part in parts if part and part != "."))
    above = "" if above == "." else above.removeprefix("./")
    pretty = front.flag("pretty_url")
    is_pretty = settings.values.flag("PRETTY_URLS", default=True) if pretty is None else pretty
    if is_pretty and slug != _INDEX:
        page = f"{slug}/"
    else:
        page = (
            "" if slug == _INDEX and settings.values.flag("STRIP_INDEXES", default=True) else f"{slug}.html"
        )
    return quote(f"/{above}/{page}" if above else f"/{page}", safe=f"{PATH_CHARACTERS}%")
