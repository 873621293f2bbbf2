"""The files of a Pelican blog that become pages, with their dates and addresses."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatch
from pathlib import PurePosixPath
from urllib.parse import quote

from postdocs.core.errors import PostdocsError
from postdocs.core.permalink import PATH_CHARACTERS
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import front_matter, included_files, notebooks, restructuredtext, tree
from postdocs.importer.folders.front_matter import FrontMatter, Written
from postdocs.importer.folders.notebooks import Notebook
from postdocs.importer.folders.systems.pelican import metadata
from postdocs.importer.folders.systems.pelican.settings import Settings
from postdocs.importer.folders.unread import Unread
from postdocs.importer.sources.archive import Files

MARKDOWN = frozenset({".md", ".markdown", ".mkd", ".mdown"})
_REST, _HTML = ".rst", frozenset({".html", ".htm"})
_LISTS = frozenset({"tags", "authors"})
_OTHER = {".org": "Org", ".adoc": "AsciiDoc", ".asc": "AsciiDoc"}
_IGNORED = ("**/.*",)
_BESIDE = (".nbdata", ".ipynb-meta")  # of pelican-jupyter, once pelican-ipynb


@dataclass(frozen=True)
class File:
    """A file that becomes a page.

    path: from the folder of sources. address: from the root of the blog, None where it can't be known. text:
    the author's, where it is Markdown; else "". html: what else it is. notes: on it. notebook: where it
    is one.
    """

    path: str
    is_page: bool
    front: FrontMatter
    date: datetime | None
    address: str | None
    text: str
    html: str
    notes: tuple[Note, ...]
    notebook: Notebook | None = None


def read(files: Files, settings: Settings, notes: list[Note]) -> Iterator[File]:
    """Yield the files of a blog that become pages. notes: where those are told that do not."""
    unread = Unread(files, "Pelican", _OTHER, MARKDOWN | _HTML | {_REST})
    for path in files.paths:
        suffix = PurePosixPath(path).suffix.lower()
        is_page = _kind(path, settings)
        if is_page is None or _is_ignored(path, settings):
            continue
        if suffix in _OTHER:
            notes.append(unread.note(path))
        if suffix not in MARKDOWN | _HTML | {_REST, notebooks.SUFFIX} or _is_off(suffix, settings):
            continue
        try:
            file = _file(files, path, settings, is_page=is_page)
        except PostdocsError as error:
            notes.append(Note(NoteKind.LOST, "a file that can't be read", before=str(error)))
            continue
        lacking = _lacking(file)
        if lacking:
            what = f"a file without a {lacking}, which Pelican doesn't publish"
            notes.append(Note(NoteKind.LEFT_OUT, what, before=path))
        elif file.front.text("status") == "skip":
            notes.append(Note(NoteKind.LEFT_OUT, "a file that says `status: skip`", before=path))
        else:
            yield file


def _lacking(file: File) -> str:
    if not file.front.text("title"):
        return "title"
    return "" if file.is_page or file.date else "date"


def _kind(path: str, settings: Settings) -> bool | None:
    """Tell whether a file is a page (True) or an article (False); None where it is in no folder of them."""
    values = settings.values
    pages = values.texts("PAGE_PATHS", ("pages",))
    # Of folders that are known in part, those that aren't may hold posts too.
    articles = ("",) if "ARTICLE_PATHS" in values.changed else values.texts("ARTICLE_PATHS", ("",))
    no_pages = values.texts("PAGE_EXCLUDES") + tuple(filter(None, articles))
    no_articles = values.texts("ARTICLE_EXCLUDES") + tuple(filter(None, pages))
    if _is_in(path, articles) and not _is_in(path, no_articles):
        return False
    return True if _is_in(path, pages) and not _is_in(path, no_pages) else None


def _is_in(path: str, folders: Sequence[str]) -> bool:
    names = (folder.strip("/").removeprefix("./") for folder in folders)
    return any(name in {"", "."} or path == name or path.startswith(f"{name}/") for name in names)


def _is_ignored(path: str, settings: Settings) -> bool:
    patterns = settings.values.texts("IGNORE_FILES", _IGNORED)
    parts = PurePosixPath(path).parts
    return any(part.startswith(".") for part in parts) or any(
        fnmatch(path, pattern) or fnmatch(parts[-1], pattern.removeprefix("**/")) for pattern in patterns
    )


def _is_off(suffix: str, settings: Settings) -> bool:
    readers = settings.values.mapping("READERS")
    name = suffix.removeprefix(".")
    return name in readers and readers[name] is None


def _file(files: Files, path: str, settings: Settings, *, is_page: bool) -> File:
    suffix = PurePosixPath(path).suffix.lower()
    if suffix == notebooks.SUFFIX:
        return _notebook(files, path, settings, is_page=is_page)
    text, odd = tree.text_of(files, path)
    notes = [*odd]
    source, front = "", FrontMatter()
    if suffix in MARKDOWN and settings.has_yaml and text.startswith("---"):
        front = front_matter.read(text, files.place(path))
        values = {key.lower(): _as_list(key.lower(), front.texts(key)) for key in front.written}
        source, line, html = front.body, front.body_line, ""
    elif suffix in MARKDOWN:
        values, source, line = metadata.of_markdown(text)
        html = ""
    elif suffix == _REST:
        markup = restructuredtext.Markup(included_files.directives_of(tree.loader(files, path)))
        rendered = restructuredtext.render(text, files.place(path), markup)
        values = {
            key: value if isinstance(value, list) else [value] for key, value in rendered.fields.items()
        }
        values.setdefault("title", [rendered.title])
        notes += rendered.notes
        html, line = rendered.html, 1
    else:
        values, html = metadata.of_html(text)
        line = 1
    written = _written(path, values, settings)
    front = FrontMatter(written, written, source, line, is_there=True)
    date = read_date(front.text("date"), settings, notes)
    address = _address(path, front, date, settings, is_page=is_page)
    return File(path, is_page, front, date, address, source, html, tuple(notes))


def _notebook(files: Files, path: str, settings: Settings, *, is_page: bool) -> File:
    """Read a notebook as the plugin pelican-ipynb does: its metadata are in it, or in a file beside it."""
    notebook = notebooks.of_file(files, path)
    said = notebook.as_front_matter()
    values = {key.lower(): _as_list(key.lower(), said.texts(key)) for key in said.written if said.texts(key)}
    stem = posixpath.splitext(path)[0]
    beside = next((f"{stem}{suffix}" for suffix in _BESIDE if f"{stem}{suffix}" in files.paths), None)
    if beside:
        values |= metadata.of_markdown(tree.text_of(files, beside)[0])[0]
    written = _written(path, values, settings)
    front = FrontMatter(written, written, notebook.text, is_there=True)
    notes = [*notebook.notes]
    date = read_date(front.text("date"), settings, notes)
    address = _address(path, front, date, settings, is_page=is_page)
    return File(path, is_page, front, date, address, notebook.text, "", tuple(notes), notebook)


def _as_list(key: str, values: Sequence[str]) -> list[str]:
    return [", ".join(values)] if key in _LISTS else [*values]


def _written(path: str, values: Mapping[str, list[str]], settings: Settings) -> dict[str, Written]:
    """Return all that is said of a file: by itself, else by its name, its folder, and the settings."""
    written: dict[str, Written] = {}
    defaults = settings.values.mapping("DEFAULT_METADATA")
    extra = settings.values.mapping("EXTRA_PATH_METADATA").get(path)
    for said in (defaults, extra if isinstance(extra, dict) else {}):
        written |= {str(key).lower(): as_text for key, value in said.items() if (as_text := str(value))}
    name = PurePosixPath(path)
    found: dict[str, str] = {}
    for pattern, text in (
        (settings.pattern("FILENAME_METADATA", r"(?P<date>\d{4}-\d{2}-\d{2}).*"), name.stem),
        (settings.pattern("PATH_METADATA", ""), path),
    ):
        for key, value in metadata.named_in(pattern.match(text[:255]) if pattern else None):
            found.setdefault(key, value)
    if settings.values.flag("USE_FOLDER_AS_CATEGORY", default=True) and name.parent.name:
        found.setdefault("category", name.parent.name)
    written |= found
    for key, given in values.items():
        texts = metadata.listed(given) if key in _LISTS else [" ".join(given)]
        if key in {"author", "authors"}:
            texts = [metadata.without_mail(text) for text in texts]
        if any(texts):
            written[key] = [*texts] if key in _LISTS else texts[0]
    if not written.get("author") and not written.get("authors"):
        written["author"] = metadata.without_mail(settings.values.text("AUTHOR"))
    written.setdefault("category", settings.values.text("DEFAULT_CATEGORY", "misc"))
    return {key: value for key, value in written.items() if value}


def read_date(text: str, settings: Settings, notes: list[Note]) -> datetime | None:
    """Read a date as Pelican does, in the time zone of the blog. notes: where it is told that it can't be."""
    return front_matter.read_date(text.replace("_", " "), notes, settings.zone, front_matter.date_of_python)


def slug_of(text: str, settings: Settings) -> str:
    """Return what stands for a title, category, tag, or author in addresses."""
    return metadata.slugify(
        text,
        settings.slug,
        is_unicode=settings.values.flag("SLUGIFY_USE_UNICODE", default=False),
        is_cased=settings.values.flag("SLUGIFY_PRESERVE_CASE", default=False),
    )


def translation_key(file: File, settings: Settings) -> str:
    """Return what the translations of an article or page have in common: their slug."""
    return f"{'page' if file.is_page else 'article'} {_slug(file.path, file.front, settings)}"


def _slug(path: str, front: FrontMatter, settings: Settings) -> str:
    is_by_name = settings.values.text("SLUGIFY_SOURCE", "title") == "basename"
    source = PurePosixPath(path).stem if is_by_name else front.text("title")
    return front.text("slug") or slug_of(source, settings)


def _address(
    path: str, front: FrontMatter, date: datetime | None, settings: Settings, *, is_page: bool
) -> str | None:
    """Return the address of a file, from the root of the blog."""
    slug = _slug(path, front, settings)
    default = settings.values.text("DEFAULT_LANG", "en")
    language = front.text("lang") or default
    is_draft = front.text("status") == "draft"
    values = {key: value for key, value in front.written.items() if isinstance(value, str)} | {
        "slug": slug,
        "lang": language,
        "path": path,
        "category": slug_of(front.text("category"), settings),
        "author": slug_of(next(iter(front.texts("authors", "author")), ""), settings),
    }
    given = front.text("url") or front.text("save_as")
    pattern = given or _pattern(
        settings, is_page=is_page, is_draft=is_draft, in_language=language.lower() != default.lower()
    )
    address = metadata.expand(pattern, values, date)
    if not slug or address is None:
        return None
    clean = re.sub(r"(?:^|(?<=/))index\.html$", "", address.lstrip("/"))
    return "/" + quote(clean, safe=f"{PATH_CHARACTERS}%")


def _pattern(settings: Settings, *, is_page: bool, is_draft: bool, in_language: bool) -> str:
    kind = "DRAFT_PAGE" if is_page and is_draft else "DRAFT" if is_draft else "PAGE" if is_page else "ARTICLE"
    name = f"{kind}_LANG" if in_language else kind
    folder = {"DRAFT_PAGE": "drafts/pages/", "DRAFT": "drafts/", "PAGE": "pages/", "ARTICLE": ""}[kind]
    default = f"{folder}{{slug}}{'-{lang}' if in_language else ''}.html"
    said = settings.values.text(f"{name}_URL", settings.values.text(f"{name}_SAVE_AS", default))
    return said or settings.values.text(f"{name}_SAVE_AS", default)
