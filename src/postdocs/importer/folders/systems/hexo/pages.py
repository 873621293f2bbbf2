"""The posts, drafts, and pages of a Hexo blog: https://hexo.io/docs/front-matter."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import front_matter, tree
from postdocs.importer.folders.front_matter import FrontMatter, Written
from postdocs.importer.folders.systems.hexo import permalinks
from postdocs.importer.folders.systems.hexo.settings import Settings
from postdocs.importer.folders.unread import Unread
from postdocs.importer.sources.archive import Files

POSTS, DRAFTS = "_posts/", "_drafts/"
MARKDOWN = (".md", ".markdown", ".mkd", ".mkdn", ".mdown", ".mdwn", ".mkdown")
HTML = (".html", ".htm")
_OTHER = {".ejs": "EJS", ".njk": "Nunjucks", ".swig": "Swig", ".pug": "Pug", ".adoc": "AsciiDoc",
          ".org": "Org", ".rst": "reStructuredText"}  # fmt: skip
_OPENED = re.compile(r"-{3,}[ \t]*\n")
_CLOSED = re.compile(r"^-{3,}[ \t]*$", re.MULTILINE)
# Hexo also reads front matter whose first line of dashes is missing.
_UNOPENED = re.compile(
    r"(?=[A-Za-z])(?:[A-Za-z][\w-]*[ \t]*:[^\n]*\n|[ \t]+\S[^\n]*\n|-[ \t][^\n]*\n)+-{3,}[ \t]*(?:\n|\Z)"
)
_TABS = re.compile(r"^\t+", re.MULTILINE)
_DEFAULT_NAME = ":title.md"
_NO_PAGES = frozenset({"readme", "license", "changelog"})


@dataclass(frozen=True)
class File:
    """A file that becomes a page.

    path: from the folder of sources. kind: `posts`, `drafts`, or `pages`. slug: what its path says. lines:
    its categories, each with those above it first. address: from the root of the blog; None where it can't
    be known.
    """

    path: str
    kind: str
    front: FrontMatter
    date: datetime | None
    slug: str
    lines: tuple[tuple[str, ...], ...]
    address: str | None
    notes: tuple[Note, ...]

    @property
    def categories(self) -> tuple[str, ...]:
        """The names of its categories."""
        return tuple(dict.fromkeys(name for line in self.lines for name in line))

    @property
    def assets(self) -> str:
        """The path of the folder that may hold its files, with a slash at its end."""
        return f"{posixpath.splitext(self.path)[0]}/"


def read(files: Files, settings: Settings, notes: list[Note]) -> Iterator[File]:
    """Yield the files of posts, drafts, and pages. notes: where those are told that can't be read."""
    unread = Unread(files, "Hexo", _OTHER, {*MARKDOWN, *HTML})
    for path in files.paths:
        kind = _kind(path)
        suffix = posixpath.splitext(path)[1].lower()
        if kind is None:
            continue
        if suffix not in MARKDOWN and (suffix not in HTML or kind == "drafts"):
            if kind == "posts" and suffix in _OTHER:
                notes.append(unread.note(path))
            continue
        try:
            text, odd = tree.text_of(files, path)
            front = _front_matter(text, files.place(path))
        except PostdocsError as error:
            notes.append(Note(NoteKind.LOST, "a file that can't be read", before=str(error)))
            continue
        if kind == "pages" and (not front.body.strip() or (suffix in HTML and not front.is_there)):
            continue
        yield _placed(path, kind, front, settings, odd)


def _kind(path: str) -> str | None:
    if path.startswith((POSTS, DRAFTS)):
        inner = path.partition("/")[2].split("/")
        return None if any(part.startswith(".") for part in inner) else path[1:].partition("/")[0]
    is_page = not any(part.startswith(("_", ".")) for part in path.split("/"))
    stem = posixpath.splitext(posixpath.basename(path))[0].lower()
    return "pages" if is_page and stem not in _NO_PAGES else None


def _front_matter(text: str, place: str) -> FrontMatter:
    """Read a file; the lines around front matter have three dashes or more, and a tab in it is two spaces."""
    opened = _OPENED.match(text)
    start = opened.end() if opened else 0
    closed = _CLOSED.search(text, start)
    if closed is None or not (opened or _UNOPENED.match(text)):
        return front_matter.read(text, place)
    head = _TABS.sub(lambda tabs: "  " * len(tabs[0]), text[start : closed.start()])
    front = front_matter.read(f"---\n{head}---{text[closed.end() :]}", place)
    return front if opened else replace(front, body_line=front.body_line - 1)


def _placed(path: str, kind: str, front: FrontMatter, settings: Settings, odd: tuple[Note, ...]) -> File:
    notes = [*odd]
    date = front_matter.read_date(front.text("date"), notes, settings.zone)
    if kind == "pages":
        pattern = front.text("permalink")
        place = permalinks.given(pattern, is_page=True) if pattern else permalinks.of_page(path)
        return File(path, kind, front, None, posixpath.splitext(path)[0], (), place, tuple(notes))
    named = permalinks.of_file(settings.values.text("new_post_name") or _DEFAULT_NAME, path.partition("/")[2])
    date = date or _date_in(named, settings)
    lines = _lines_of(front.written.get("categories") or front.written.get("category"))
    slug = named["title"]
    values = _values(front, settings, lines[-1] if lines else [])
    local = date.astimezone(settings.zone) if date and date.tzinfo and settings.zone else date
    given = front.text("permalink")
    address = (
        permalinks.given(given, is_page=False)
        if given
        else permalinks.of_post(settings.permalink, slug, local, values)
    )
    if address and settings.values.flag("post_asset_folder") and not address.endswith(("/", *HTML)):
        address += "/"
    return File(path, kind, front, date, slug, tuple(map(tuple, lines)), address, tuple(notes))


def _date_in(named: Mapping[str, str], settings: Settings) -> datetime | None:
    month, day = (named.get(key) or named.get(f"i_{key}") for key in ("month", "day"))
    try:
        date = datetime(int(named["year"]), int(month or ""), int(day or ""), tzinfo=settings.zone)
    except (KeyError, ValueError):
        return None
    return date


def _lines_of(value: Written) -> list[list[str]]:
    """Return the categories of a post: each line of them from the top; a list in a list is a line."""
    if not isinstance(value, list):
        return [[value.strip()]] if isinstance(value, str) and value.strip() else []
    if any(isinstance(item, list) for item in value):
        return [line for item in value for line in _lines_of([item] if isinstance(item, str) else item)]
    names = [item.strip() for item in value if isinstance(item, str) and item.strip()]
    return [names] if names else []


def _values(front: FrontMatter, settings: Settings, line: list[str]) -> dict[str, str]:
    """Return what a pattern may name beside the date and the path of a post."""
    slugs = [settings.slug(name, "category_map") for name in line]
    defaults = settings.table("permalink_defaults")
    category = "/".join(slugs) or settings.values.text("default_category") or "uncategorized"
    own = {key: value for key in front.written if (value := front.text(key))}
    title = permalinks.slugify(front.text("title"), 1)
    return {
        **{key: str(value) for key, value in defaults.items()},
        **own,
        "category": category,
        "post_title": title,
    }
