"""Markdown with front matter, and notebooks: of Astro, Eleventy, Gatsby, Docusaurus, or no generator."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit

from postdocs.core.errors import PostdocsError
from postdocs.core.permalink import PATH_CHARACTERS
from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.folders import fields, front_matter, list_addresses, markdown, mdx, notebooks, tree
from postdocs.importer.folders.front_matter import FrontMatter
from postdocs.importer.folders.markdown import Dialect
from postdocs.importer.folders.notebooks import Notebook
from postdocs.importer.folders.systems.plain import lists, settings, templates
from postdocs.importer.sources.archive import Files
from postdocs.importer.sources.model import Source, settle

TABLE: fields.Table = {
    "title": ("title",),
    "updated": (
        "updated", "updatedDate", "modDatetime", "lastmod", "last_modified_at", "modified", "last_update",
    ),
    "authors": ("authors", "author"),
    "category": ("categories", "category"),
    "tags": ("tags", "tag", "keywords"),
    "summary": ("description", "summary", "excerpt"),
    "subtitle": ("subtitle",),
    "image": ("image", "heroImage", "ogImage", "cover", "featuredImage", "thumbnail", "hero"),
    "language": ("lang", "language", "locale"),
    "aliases": ("aliases", "redirect_from"),
}  # fmt: skip
# What generators and themes read, and no page shows.
IGNORED = frozenset({
    "date", "pubDate", "pubDatetime", "publishDate", "published", "slug", "permalink", "path", "url",
    "layout", "draft", "type", "template", "eleventyNavigation", "eleventyExcludeFromCollections",
    "hide_table_of_contents", "sidebar_position", "toc", "featured", "private", "password", "id",
    "hide_title", "unlisted",
})  # fmt: skip
_DATES = ("date", "pubDate", "pubDatetime", "publishDate", "published")
_MDX = ".mdx"
_MARKDOWN = (".md", ".markdown", _MDX)
_DATED = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2})-(?P<slug>.+)")
_TOPS = re.compile(r"^(?:src/(?:content/|pages/)?|content/)")  # folders that are in no address
_STATIC = ("public/", "static/")
# Folders of templates and of code that builds a site.
_OF_CODE = frozenset(
    {"components", "layouts", "templates", "includes", "plugins", "utils", "styles", "theme"}
)
_BOX = re.compile(
    r"^:::(?P<kind>\w++)[ \t]*+(?P<title>[^\n{]*+)\n(?P<inner>(?:(?!^:::\w).)*?)\n:::[ \t]*+$",
    re.MULTILINE | re.DOTALL,
)
_HEADING = re.compile(r"^#[ \t]+(?P<title>[^\s#`*_\[<][^\n`*_\[<]*?)[ \t]*#*$", re.MULTILINE)
_TEMPLATE = re.compile(r"\{%(?:(?!\{%).)*?%\}", re.DOTALL)
# https://www.11ty.dev/docs/filters/url/, for an address that is written out.
_URL_FILTER = re.compile(
    r"\{\{-?[ \t]*(?P<mark>['\"])(?P<path>[^'\"{}\n]+)(?P=mark)[ \t]*\|[ \t]*url[ \t]*-?\}\}"
)
_LOOKED_AT = 200  # files, in which front matter must be
SPECIAL = frozenset({"readme", "license", "changelog", "contributing", "code_of_conduct", "404"})


@dataclass(frozen=True)
class _Page:
    """A file that becomes a page. notebook: where it is one; the front matter has its text then."""

    path: str
    front: FrontMatter
    date: datetime | None
    address: str
    notes: tuple[Note, ...]
    notebook: Notebook | None = None


@dataclass(frozen=True)
class _Site:
    """What all pages of a folder share.

    addresses: of pages, by the paths of their files. authors: names. is_docusaurus: whether Docusaurus builds
    it, which reads all Markdown as MDX.
    """

    files: Files
    addresses: Mapping[str, str]
    root: str
    authors: Mapping[str, str]
    is_docusaurus: bool


THEME: tuple[str, ...] = ("_includes", "_layouts", "layouts")
"""Folders of its theme, and of what makes pages of its sources."""


def detect(files: Files) -> bool:
    """Tell whether a folder has notebooks or texts with a title in front matter, and is no built site."""
    if "index.html" in files.paths and not any(name in files.paths for name in settings.FILES):
        return False
    for path in _texts(files)[:_LOOKED_AT]:
        try:
            if path.lower().endswith(notebooks.SUFFIX):
                notebooks.read_notebook(files.load(path), path)
                return True
            if front_matter.read(tree.text_of(files, path)[0], path).text("title"):
                return True
        except PostdocsError:
            continue
    return False


def _texts(files: Files) -> list[str]:
    return [
        path
        for path in files.ending(*_MARKDOWN, notebooks.SUFFIX)
        if not any(part.startswith(("_", ".")) for part in PurePosixPath(path).parts)
        and PurePosixPath(path).stem.lower() not in SPECIAL
    ]


def read(files: Files, url: str | None, now: datetime) -> Source:
    """Read a folder: texts with a date are posts, others pages."""
    notes: list[Note] = []
    text = "\n".join(tree.text_of(files, name)[0] for name in settings.FILES if name in files.paths)
    root = settings.root_of(files, text, url)
    found = [*_pages(files, notes)]
    authors = settings.authors(files, notes)
    site = _Site(
        files,
        {page.path: page.address for page in found},
        root or tree.UNKNOWN,
        authors,
        _is_docusaurus(files),
    )
    entries = [_entry(page, site, position) for position, page in enumerate(files.reading(found), 1)]
    if root is None:
        what = "nothing says the address of the blog; import it again with --url"
        notes.append(Note(NoteKind.NOTICED, what))
    posts = list_addresses.Posts(entries, now)
    made = templates.read(files)
    notes += templates.notes(made, files, _DATES)
    said = settings.site_settings(files, text, root)
    names = (name for path in files.paths for mark, name in settings.NAMES.items() if path.startswith(mark))
    name = next(names, "")
    static = {path.removeprefix(top): path for top in _STATIC for path in files.paths if path.startswith(top)}
    own = {path: path for path in files.paths if not _is_of_templates(path)}
    served = tree.published(files, own | static, root or tree.UNKNOWN)
    return Source(
        files.name,
        f"{name} site" if name else "Markdown with front matter",
        said.title,
        root,
        tuple(entries),
        tuple(notes),
        served,
        settings=said,
        lists=list_addresses.under(root or "", lists.places(posts, files, made, text)),
    )


def _is_of_templates(path: str) -> bool:
    """Tell whether a file is of the settings, data, or templates of a site, which no page shows."""
    parts = PurePosixPath(path).parts
    return (
        path in settings.FILES
        or any(part.startswith("_") for part in parts)
        or not _OF_CODE.isdisjoint(parts[:-1])
    )


def _is_docusaurus(files: Files) -> bool:
    return any(path.startswith("docusaurus.config") for path in files.paths)


def _pages(files: Files, notes: list[Note]) -> Iterator[_Page]:
    is_docusaurus = _is_docusaurus(files)
    tops = settings.folders_of_gatsby(files)
    for path in _texts(files):
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
        if not front.is_there and path.lower().endswith(_MDX):
            what = "a page in MDX without front matter, which the import doesn't read"
            notes.append(Note(NoteKind.LOST, what, before=files.place(path)))
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
        dated = _DATED.fullmatch(name)
        date = front_matter.read_date(front.text(*_DATES), said) or (
            front_matter.read_date(dated["date"], said) if dated else None
        )
        dates = date if is_docusaurus and path.startswith("blog/") and dated else None
        inner = path.removeprefix(next(filter(path.startswith, tops), ""))
        address = _address(inner, front, dated["slug"] if dated else name, dates)
        yield _Page(path, front, date, address, tuple(said), notebook)


def _address(path: str, front: FrontMatter, name: str, date: datetime | None) -> str:
    """Return the path of a page from the root of the site. date: where it is a part of that."""
    given = next((text for text in map(front.text, ("permalink", "path", "url")) if text.startswith("/")), "")
    if given and "{" not in given:
        return quote(given, safe=f"{PATH_CHARACTERS}%")
    slug = front.text("slug")
    folder = posixpath.dirname(_TOPS.sub("", path))
    folder = posixpath.dirname(folder) if PurePosixPath(path).stem == "index" else folder
    if slug.startswith("/"):
        inner = slug
    elif date:
        inner = f"{folder}/{slug}" if slug else f"{folder}/{date:%Y/%m/%d}/{name}"
    else:
        inner = f"{folder}/{slug or (name if name != 'index' else '')}"
    return quote(re.sub("/{2,}", "/", f"/{inner}/"), safe=f"{PATH_CHARACTERS}%")


def _with_prefix(path: str, base: str) -> str:
    return f"{base}{path}" if path.startswith("/") else path


def _entry(page: _Page, site: _Site, position: int) -> Entry:
    front, notes = page.front, [*page.notes]
    files = site.files
    values = fields.values_of(
        front, TABLE, IGNORED, lambda text: front_matter.read_date(text, notes), site.authors
    )
    base = urlsplit(site.root).path

    def address(name: str) -> str | None:
        """Return where a file beside the text is served; None for what is no such file."""
        path, mark, fragment = name.partition("#")
        near = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path))
        if path.startswith("/") or "://" in path or near not in files.paths:
            return None
        return f"{base}{site.addresses.get(near, '/' + quote(near))}{mark}{fragment}"

    body = front.body
    is_mdx = page.path.lower().endswith(_MDX) or (site.is_docusaurus and page.notebook is None)
    if is_mdx:
        body, odd = mdx.translate(body, files.place(page.path), front.body_line)
        notes += odd
    body = markdown.in_prose(body, _URL_FILTER, lambda match: _with_prefix(match["path"], base))
    text = markdown.with_addresses(body, address)
    notebook = replace(page.notebook, text=text) if page.notebook else None
    for match in _TEMPLATE.finditer("" if notebook else text):
        what = "a template that is not known here came along as text"
        notes.append(Note(NoteKind.NOTICED, what, before=f"{files.place(page.path)}: {match[0][:80]}"))
    url = f"{site.root}{page.address}"
    image = values["image"]
    draft = values["draft"]
    entry = Entry(
        source=files.place(page.path),
        position=position,
        url=url,
        published=page.date,
        content=notebook.html()
        if notebook
        else markdown.render(_BOX.sub(_box, text), Dialect(links=True, indents=not is_mdx), {}),
        markdown=notebook.own_text if notebook else text,
        written=page.notebook.own_text if page.notebook else front.body,
        base=url,
        page=page.date is None and not draft,
        notebook=notebook.kept if notebook else None,
        **values,
    )
    return settle(
        replace(
            entry,
            title=entry.title or _title(page, front.body),
            image=fields.address(image and (address(image) or image).removeprefix(base), f"{site.root}/"),
            notes=(*entry.notes, *notes),
        ),
        has_id=False,
    )


def _title(page: _Page, text: str) -> str:
    """Return the title of a page whose front matter has none: its first heading, or the name of its file."""
    heading = _HEADING.search(text.partition("```")[0])
    name = PurePosixPath(page.path).stem
    dated = _DATED.fullmatch(name)
    return heading["title"] if heading else (dated["slug"] if dated else name).replace("-", " ").capitalize()


def _box(match: re.Match[str]) -> str:
    """Write a box of Docusaurus as HTML with Markdown in it."""
    title = markdown.inline(match["title"].strip(" []")) or match["kind"].capitalize()
    heading = f'<p class="admonition-title">{title}</p>'
    return f'<div class="admonition {match["kind"].lower()}">{heading}\n\n{match["inner"].strip()}\n\n</div>'
