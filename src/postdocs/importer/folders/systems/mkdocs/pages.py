"""The documents of a MkDocs site, with their dates and addresses."""

from __future__ import annotations

import html
import posixpath
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import quote

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime

from postdocs.core.errors import PostdocsError
from postdocs.core.permalink import PATH_CHARACTERS
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import front_matter, markdown, notebooks, tree
from postdocs.importer.folders.front_matter import FrontMatter, Written
from postdocs.importer.folders.notebooks import Notebook
from postdocs.importer.folders.patterns import matches
from postdocs.importer.folders.systems.mkdocs.settings import HIDDEN, Blog, Settings
from postdocs.importer.sources.archive import Files

_MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
_INDEX = frozenset({"index", "README"})
_HEADING = re.compile(r"^#[ \t]+(?P<title>[^\n]+?)(?:[ \t]+#+)?(?:[ \t]*\{[^{}\n]*\})?[ \t]*$", re.MULTILINE)
_UNDERLINE = re.compile(r"=+[ \t]*")
_HOME = "Home"
_LIST = re.compile(r"<!--\s*material/\w+(?:(?!-->).)*-->|^\[TAGS\][ \t]*$", re.MULTILINE | re.DOTALL)
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|!?\[([^\[\]]*)\]\([^()]*\)|[*_`]+")
_NOT_IN_SLUGS = re.compile(r"[^\w\- ]")
_PRESETS = frozenset({"full", "long", "medium", "short"})


@dataclass(frozen=True)
class Page:
    """A document. path: from the folder of documents. address: from the root of the site.

    updated: the date that a post of the blog says beside its own, as text. notes: on it. notebook: where it
    is one; the body of its front matter is its text then.
    """

    path: str
    front: FrontMatter
    title: str
    date: datetime | None
    updated: str
    is_post: bool
    address: str
    notes: tuple[Note, ...]
    notebook: Notebook | None = None


def read(files: Files, settings: Settings, notes: list[Note]) -> Iterator[Page]:
    """Yield the documents of a site. notes: where those are told that can't be read or are left out."""
    paths = {*files.paths}
    for path in files.ending(*_MARKDOWN, notebooks.SUFFIX):
        if matches(path, HIDDEN):
            continue
        if matches(path, settings.left_out):
            notes.append(Note(NoteKind.LEFT_OUT, "a document that the settings leave out", before=path))
            continue
        if _is_notebook(path) and not (settings.notebooks and settings.notebooks.shows(path)):
            what = "a notebook of which no plugin in the settings makes a page"
            notes.append(Note(NoteKind.LEFT_OUT, what, before=path))
            continue
        if (
            PurePosixPath(path).stem == "README"
            and posixpath.join(posixpath.dirname(path), "index.md") in paths
        ):
            what = "a README beside an index, which MkDocs doesn't publish"
            notes.append(Note(NoteKind.LEFT_OUT, what, before=path))
            continue
        try:
            page = _page(files, path, settings)
        except PostdocsError as error:
            notes.append(Note(NoteKind.LOST, "a file that can't be read", before=str(error)))
            continue
        if _is_list(page, settings):
            notes.append(Note(NoteKind.LEFT_OUT, "a page that only lists others", before=path))
        elif page.front.body.strip():
            yield page
        elif page.notebook:
            notes.append(Note(NoteKind.LEFT_OUT, "a notebook that shows nothing", before=path))


def documents(files: Files, settings: Settings) -> set[str]:
    """Return the paths of the Markdown of which MkDocs makes pages, but for the posts of a blog."""
    found = {path for path in files.ending(*_MARKDOWN) if not matches(path, (*HIDDEN, *settings.left_out))}
    found -= {path for path in found if matches(path, settings.drafts)}
    beside = {path for path in found if PurePosixPath(path).stem == "README"}
    found -= {path for path in beside if posixpath.join(posixpath.dirname(path), "index.md") in found}
    return {path for path in found if not (settings.blog and path.startswith(f"{settings.blog.posts}/"))}


def _is_notebook(path: str) -> bool:
    return path.lower().endswith(notebooks.SUFFIX)


def _is_list(page: Page, settings: Settings) -> bool:
    """Tell whether a page has a heading at most, and the lists that plugins make."""
    body = _LIST.sub("", page.front.body)
    is_blog = settings.blog is not None and page.path in {
        posixpath.join(settings.blog.folder, f"{name}.md") for name in _INDEX
    }
    return (is_blog or body != page.front.body) and not _HEADING.sub("", body).strip()


def _page(files: Files, path: str, settings: Settings) -> Page:
    notebook: Notebook | None = None
    if settings.notebooks and _is_notebook(path):
        notebook = notebooks.of_file(files, path, settings.notebooks.hidden)
        has_title = settings.notebooks.has_titles or bool(notebook.front.text("title"))
        front, odd = replace(notebook.front, body=notebook.text), notebook.notes
        heading = notebook.title if has_title else ""
    else:
        text, odd = tree.text_of(files, path)
        front = front_matter.read(text, files.place(path))
        heading = _heading(front.body)
        # Without a heading, its name in the navigation is the title that the theme shows.
        heading = ("" if heading else settings.names.get(path, "")) or front.text("title") or heading
    notes = [*odd]
    created, updated = _dates(front)
    date = front_matter.read_date(created, notes)
    title = heading or _of_name(path)
    blog = settings.blog
    is_post = date is not None if blog is None else path.startswith(f"{blog.posts}/") or blog.posts == "."
    page = Page(path, front, title, date, updated, is_post, "", tuple(notes), notebook)
    inner = _path_of_post(page, date, blog, settings.language) if blog and is_post and date else path
    return replace(page, address=address_of(inner, settings))


def _dates(front: FrontMatter) -> tuple[str, str]:
    """Return the dates of a document: one, or `created` and `updated` in one key."""
    value: Written = front.written.get("date")
    if isinstance(value, dict):
        created, updated = value.get("created"), value.get("updated")
        return created if isinstance(created, str) else "", updated if isinstance(updated, str) else ""
    return front.text("date"), ""


def _heading(body: str) -> str:
    """Return the first heading of the first level, as text; "" where there is none."""
    lines = body.split("\n")
    for line, after, is_code in zip(lines, [*lines[1:], ""], markdown.in_code(lines), strict=True):
        match = None if is_code else _HEADING.fullmatch(line)
        said = match["title"] if match else ""
        if not is_code and line.strip() and _UNDERLINE.fullmatch(after):
            said = line
        if said:
            return html.unescape(_MARKUP.sub(lambda found: found[1] or "", said)).strip()
    return ""


def _of_name(path: str) -> str:
    """Return the title of a document that says none, as MkDocs has it; that of a folder is its name here.

    https://www.mkdocs.org/user-guide/writing-your-docs/#meta-data
    """
    name = PurePosixPath(path)
    if name.stem in _INDEX and not name.parent.name:
        return _HOME
    words = (name.parent.name if name.stem in _INDEX else name.stem).replace("-", " ").replace("_", " ")
    return words.capitalize() if words == words.lower() else words


def _path_of_post(page: Page, date: datetime, blog: Blog, language: str) -> str:
    """Return where a post would be among the documents, were its address made of that."""
    front, name = page.front, PurePosixPath(page.path)
    categories = front.texts("categories")[: max(blog.categories, 0)]
    values = {
        "categories": "/".join(slug_of(category, "-") for category in categories),
        "date": formatted(date, blog.date, language),
        "file": name.parent.name if name.stem in _INDEX and name.parent.name else name.stem,
        "slug": front.text("slug") or slug_of(page.title, blog.separator),
    }
    inner = re.sub(r"\{(\w+)\}", lambda match: values.get(match[1], match[0]), blog.url).strip("/")
    return posixpath.join(blog.folder, f"{posixpath.normpath(inner)}.md")


def formatted(date: datetime, pattern: str, language: str) -> str:
    """Return a date in a pattern of UTS 35."""
    try:
        locale = Locale.parse((language or "en").replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        locale = Locale("en")
    try:
        return (
            format_date(date, pattern, locale)
            if pattern in _PRESETS
            else format_datetime(date, pattern, locale=locale)
        )
    except (AttributeError, KeyError, ValueError, TypeError):  # what is no pattern of UTS 35
        return f"{date:%Y/%m/%d}"


def slug_of(text: str, separator: str) -> str:
    """Return what stands for a text in addresses, as `pymdownx.slugs.slugify(case="lower")` makes it."""
    plain = re.sub(r"</?[^>]*>", "", unicodedata.normalize("NFC", text)).strip().lower()
    return _NOT_IN_SLUGS.sub("", plain).replace(" ", separator)


def address_of(path: str, settings: Settings) -> str:
    """Return the address of a document, from the root of the site."""
    name = PurePosixPath(path)
    folder = "" if str(name.parent) == "." else f"{name.parent}/"
    if name.stem in _INDEX:
        inner = folder if settings.is_folders else f"{folder}index.html"
    else:
        inner = f"{folder}{name.stem}/" if settings.is_folders else f"{folder}{name.stem}.html"
    return quote(f"/{inner}", safe=PATH_CHARACTERS)
