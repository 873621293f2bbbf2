"""Jekyll: https://jekyllrb.com/docs/structure/."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.folders import fields, list_addresses, notebooks, translations, tree
from postdocs.importer.folders.systems.jekyll import kramdown, lists, pages
from postdocs.importer.folders.systems.jekyll import settings as jekyll_settings
from postdocs.importer.folders.systems.jekyll.liquid import Liquid, liquid
from postdocs.importer.folders.systems.jekyll.pages import HTML, NAME, File
from postdocs.importer.folders.systems.jekyll.scholar import Scholar, as_roles
from postdocs.importer.folders.systems.jekyll.settings import Settings
from postdocs.importer.folders.systems.jekyll.tags import Addresses, PluginTag
from postdocs.importer.sources.archive import Files
from postdocs.importer.sources.model import SiteSettings, Source, settle
from postdocs.importer.sources.site_settings import language_of, links_in, people, plain_text

TABLE: fields.Table = {
    "title": ("title",),
    "updated": ("last_modified_at", "last-modified-at", "last_modified", "modified", "updated", "lastmod"),
    "authors": ("author", "authors"),
    "category": ("categories", "category"),
    "tags": ("tags", "tag"),
    "summary": ("description", "excerpt", "summary"),
    "subtitle": ("subtitle",),
    "image": ("image", "cover", "thumbnail", "header", "feature-img", "banner"),
    "language": ("lang", "language", "locale"),
    "aliases": ("redirect_from", "aliases"),
}
# What Jekyll, its plugins, and themes read, and no page shows.
IGNORED = frozenset({
    "layout", "date", "permalink", "slug", "published", "draft", "comments", "toc", "share", "related",
    "author_profile", "read_time", "classes", "sidebar", "excerpt_separator", "sitemap", "pin", "math",
    "mathjax", "mermaid", "use_math", "usemathjax", "katex", "render_with_liquid", "status", "type",
    "nav_order", "guid", "id", "hidden", "search", "toc_sticky", "toc_label", "show_date", "redirect_to",
    "private", "password", "visibility", "collection", "ref", "tagline", "meta", "parent", "nav_exclude",
})  # fmt: skip
_FRONT_MATTER = re.compile(rb"---[ \t]*\r?\n(?:.*\n)*?---[ \t]*\r?(?:\n|\Z)")

THEME: tuple[str, ...] = ("_includes", "_layouts", "_plugins", "_sass")
"""Folders of its theme, and of what makes pages of its sources."""


def detect(files: Files) -> bool:
    """Tell whether a folder is a Jekyll blog: posts in `_posts`, or its settings with its folders."""
    has_settings = any(name in files.paths for name in jekyll_settings.FILES)
    folders = {part for path in files.paths for part in PurePosixPath(path).parts[:-1]}
    is_dated = any(_is_post(path) and NAME.match(PurePosixPath(path).stem) for path in files.paths)
    return is_dated or (has_settings and bool(folders & {"_posts", "_drafts", "_layouts", "_includes"}))


def _is_post(path: str) -> bool:
    return "_posts" in PurePosixPath(path).parts[:-1]


def read(files: Files, url: str | None, now: datetime) -> Source:
    """Read a blog: posts, drafts, pages, and collections that have pages.

    Raises
    ------
    PostdocsError
        Its settings can't be read.

    """
    source = tree.settings_of(files, *jekyll_settings.FILES).text("source")
    files = tree.under(files, "" if source in {".", "./"} else source)
    settings = jekyll_settings.read(files, url)
    notes = [*settings.notes]
    data = jekyll_settings.data(files, notes)
    read_files = [*pages.read(files, settings, notes)]
    scholar = Scholar(files, settings, notes)
    templates = _templates(files, settings, data, read_files, notes, tags=scholar.tags, now=now)
    site = _Site(files, settings, templates, scholar, jekyll_settings.authors(data))
    entries = translations.with_originals(
        [
            (_entry(file, site, position), file.key)
            for position, file in enumerate(files.reading(read_files), 1)
        ],
        settings.language,
    )
    if not settings.url:
        notes.append(tree.NO_ADDRESS)
    posts = list_addresses.Posts(entries, now)
    root = settings.root if settings.url else f"{tree.UNKNOWN}{settings.base}"
    return Source(
        files.name,
        "Jekyll site",
        settings.values.text("title", "name"),
        settings.root if settings.url else None,
        tuple(entries),
        tuple(notes),
        _published(files, settings, root),
        settings=_site_settings(settings, data),
        lists=list_addresses.under(
            settings.root if settings.url else "", lists.places(posts, files, settings)
        ),
        works=scholar.library.cited,
    )


def _published(files: Files, settings: Settings, root: str) -> Files:
    """Return the files that Jekyll serves as they are, and those beside posts, which plugins add.

    Data, templates, and what the settings exclude are none of them. A file that begins with front matter is
    a template too, which shows when it is loaded.
    """
    with_posts = {"_posts", "_drafts", *(f"_{name}" for name in settings.collections())}
    excluded = tuple(name.strip("/") for name in settings.values.texts("exclude"))

    def is_served(path: str) -> bool:
        parts = [part for part in PurePosixPath(path).parts if part not in with_posts]
        above = {path, *map(str, PurePosixPath(path).parents)}
        hidden = (part for part in parts if part.startswith(("_", "#", "~")))
        return above.isdisjoint(excluded) and settings.included.issuperset(hidden)

    def load(path: str) -> bytes:
        data = files.load(path)
        if _FRONT_MATTER.match(data):
            wrong, remedy = "it is a template", "build the blog, and name its pages with --built"
            raise PostdocsError(files.place(path), None, wrong, remedy)
        return data

    own = {path: path for path in files.paths if is_served(path)}
    beside = f"{pages.NOTEBOOKS}/"  # fastpages copies pictures from there
    own |= {
        f"images/copied_from_nb/{path.removeprefix(beside)}": path
        for path in files.paths
        if path.startswith(beside) and not path.lower().endswith(notebooks.SUFFIX)
    }
    return tree.published(replace(files, load=load), own, root)


def _site_settings(settings: Settings, data: Mapping[str, Any]) -> SiteSettings:
    values = settings.values.values
    author = values.get("author") or values.get("authors")
    menus = data.get("navigation")
    return SiteSettings(
        plain_text(values.get("title") or values.get("name")),
        plain_text(values.get("description") or values.get("tagline") or values.get("subtitle")),
        settings.root if settings.url else "",
        people(author, named=jekyll_settings.authors(data)),
        language_of(
            values.get("lang"), values.get("locale"), values.get("language"), values.get("default_lang")
        ),
        settings.zone.key if settings.zone else "",
        links_in(
            *(menus.values() if isinstance(menus, dict) else [menus]),
            author.get("links") if isinstance(author, dict) else None,
        ),
    )


@dataclass(frozen=True)
class _Site:
    """What all posts of a blog share. authors: names, by the short names of the blog's data."""

    files: Files
    settings: Settings
    templates: Liquid
    scholar: Scholar
    authors: Mapping[str, str]


def _templates(
    files: Files,
    settings: Settings,
    data: Mapping[str, Any],
    found: Sequence[File],
    notes: list[Note],
    *,
    tags: Mapping[str, PluginTag],
    now: datetime,
) -> Liquid:
    includes: dict[str, str] = {}
    for path in files.paths:
        if path.startswith("_includes/"):
            try:
                includes[path.removeprefix("_includes/")] = tree.text_of(files, path)[0]
            except PostdocsError as error:
                notes.append(Note(NoteKind.NOTICED, "a template that can't be read", before=str(error)))
    addresses = Addresses(
        {path: f"/{path}" for path in files.paths if not path.startswith(("_", "."))}
        | {file.path: file.address for file in found if file.address},
        {
            PurePosixPath(file.path).stem: file.address
            for file in found
            if file.address and file.kind == "posts"
        },
        settings.base,
    )
    posts = [
        _page_values(file)
        for file in reversed(found)
        if file.kind == "posts"
        and not fields.is_draft(file.front)
        and (settings.has_future or not _is_later(file.date, now))
    ]
    values = {**settings.values.values, "data": data, "posts": posts, "baseurl": settings.base}
    return liquid(includes, {**values, "url": settings.url}, addresses, settings.url, tags)


def _is_later(date: datetime | None, now: datetime) -> bool:
    return date is not None and (date if date.tzinfo else date.replace(tzinfo=UTC)) > now


def _page_values(file: File) -> dict[str, object]:
    """Return what templates see of a page."""
    return {
        **file.front.values,
        "title": file.front.text("title"),
        "url": file.address,
        "date": str(file.date or ""),
        "categories": list(file.categories),
        "path": file.path,
        "slug": file.title,
    }


def _entry(file: File, site: _Site, position: int) -> Entry:
    settings, front, notes = site.settings, file.front, [*file.notes]
    place = site.files.place(file.path)
    values = fields.values_of(
        front, TABLE, IGNORED, lambda text: pages.read_date(text, settings, notes), site.authors
    )
    body = front.body
    if front.flag("render_with_liquid") is not False and not file.notebook:
        body, odd = site.templates.expand(body, _page_values(file), place, front.body_line)
        notes += odd
    body = site.scholar.with_distill(body, front.text("bibliography"))
    is_html = PurePosixPath(file.path).suffix.lower() in HTML
    text = None if is_html or file.notebook else kramdown.translate(body)
    content, author = (kramdown.render(text), as_roles(text.author)) if text else (body, None)
    if file.notebook:
        content, author = file.notebook.html(), file.notebook.own_text
    root = settings.root if settings.url else f"{tree.UNKNOWN}{settings.base}"
    url = f"{root}{file.address}" if file.address else None
    entry = Entry(
        source=place,
        position=position,
        id=_feed_id(file, settings),
        url=url,
        published=file.date,
        content=content,
        markdown=author,
        written=file.notebook.own_text if file.notebook else front.body,
        base=url or f"{root}/",
        page=file.kind not in {"posts", "drafts"},
        notebook=file.notebook.kept if file.notebook else None,
        **values,
    )
    return settle(
        replace(
            entry,
            title=entry.title or _title(file.title),
            category=file.categories,
            tags=pages.tags(front),
            aliases=tuple(f"{settings.base}/{alias.lstrip('/')}" for alias in entry.aliases),
            image=fields.address(entry.image, f"{root}/"),
            draft=entry.draft or file.kind == "drafts",
            notes=(*entry.notes, *notes),
        ),
        has_id=False,
    )


def _feed_id(file: File, settings: Settings) -> str | None:
    """Return the id of a post in the feed of jekyll-feed, which is its address without the extension."""
    given = file.front.text("guid")
    if given or not (settings.url and file.address and file.kind == "posts" and settings.has_feed):
        return given or None
    folder = file.address.rstrip("/").rpartition("/")[0]
    return f"{settings.root}{folder}/{quote(file.title)}"


def _title(slug: str) -> str:
    """Return the title that Jekyll gives a post without one."""
    return " ".join(word.capitalize() for word in slug.split("-"))
