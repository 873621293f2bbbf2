"""Nikola: https://getnikola.com/handbook.html."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.folders import (
    fields,
    included_files,
    list_addresses,
    python_dialect,
    python_markdown,
    restructuredtext,
    translations,
    tree,
)
from postdocs.importer.folders.systems.nikola import lists, pages, shortcodes
from postdocs.importer.folders.systems.nikola import settings as nikola_settings
from postdocs.importer.folders.systems.nikola.pages import File
from postdocs.importer.folders.systems.nikola.settings import Settings
from postdocs.importer.folders.systems.nikola.shortcodes import Links
from postdocs.importer.sources.archive import Files
from postdocs.importer.sources.model import SiteSettings, Source, settle
from postdocs.importer.sources.site_settings import language_of, links_in, people, plain_text

TABLE: fields.Table = {
    "title": ("title",),
    "updated": ("updated",),
    "authors": ("author", "authors"),
    "category": ("category", "section"),
    "tags": ("tags",),
    "summary": ("description", "summary"),
    "subtitle": ("subtitle",),
    "image": ("previewimage", "image"),
}
# What Nikola and its themes read, and no page shows.
IGNORED = frozenset({
    "date", "slug", "status", "link", "type", "guid", "has_math", "hidetitle", "pretty_url", "template",
    "password", "private", "nocomments", "hyphenate", "url_type", "lang", "wp-status", "author_email", "data",
    "visibility", "published", "draft", "filters", "depends", "id", "path", "title_image",
})  # fmt: skip
# Folders of the site itself, beside those of posts and files.
_OF_SITE = frozenset({"conf.py", "cache", "data", "output", "plugins", "shortcodes", "templates", "themes"})

THEME: tuple[str, ...] = ("plugins", "templates", "themes")
"""Folders of its theme, and of what makes pages of its sources."""


def detect(files: Files) -> bool:
    """Tell whether a folder is a Nikola blog, by the names that its settings have."""
    if nikola_settings.FILE not in files.paths:
        return False
    text = files.load(nikola_settings.FILE)
    return b"NIKOLA" in text.upper() or (b"BLOG_TITLE" in text and b"POSTS" in text)


def read(files: Files, url: str | None, now: datetime) -> Source:
    """Read a blog: posts and pages, in all its languages.

    Raises
    ------
    PostdocsError
        Its settings can't be read.

    """
    settings = nikola_settings.read(files, url)
    notes = [*settings.notes]
    found = [*pages.read(files, settings, notes)]
    root = settings.url or tree.UNKNOWN
    own = [file for file in found if file.language == settings.language]
    links = Links(
        {file.slug: file.address for file in own if file.address},
        {file.path: file.address for file in found if file.address},
        {file.slug: file.front.text("title") for file in own},
        urlsplit(root).path,
        partial(lists.address, settings=settings),
    )
    entries: list[tuple[Entry, str]] = []
    for position, file in enumerate(files.reading(found), 1):
        try:
            entry = _entry(file, files, settings, links, position)
            entries.append((entry, pages.parted(file.path, settings)[0]))
        except PostdocsError as error:
            notes.append(Note(NoteKind.LOST, "a file that can't be read", before=str(error)))
    if not settings.url:
        notes.append(tree.NO_ADDRESS)
    posts = list_addresses.Posts((entry for entry, _ in entries), now)
    served = _served(files, settings)
    return Source(
        files.name,
        "Nikola site",
        settings.text("BLOG_TITLE"),
        settings.url or None,
        tuple(translations.with_originals(entries, settings.language)),
        tuple(notes),
        tree.published(files, served, root),
        settings=_site_settings(settings),
        lists=list_addresses.under(settings.url, lists.places(posts, found, [*served], settings)),
    )


def _site_settings(settings: Settings) -> SiteSettings:
    menus = settings.values.mapping("NAVIGATION_LINKS").get(settings.language)
    return SiteSettings(
        plain_text(settings.text("BLOG_TITLE")),
        plain_text(settings.text("BLOG_DESCRIPTION")),
        settings.url,
        people(settings.text("BLOG_AUTHOR")),
        language_of(settings.language),
        settings.zone.key if settings.zone and settings.values.text("TIMEZONE") else "",
        links_in(list(menus) if isinstance(menus, list | tuple) else None),
    )


def _served(files: Files, settings: Settings) -> dict[str, str]:
    """Return the paths of files by those at which Nikola serves them."""
    folders = {"files": "", "images": "", "galleries": "galleries", "listings": "listings"}
    for name in ("FILES_FOLDERS", "IMAGE_FOLDERS"):
        given = settings.values.mapping(name)
        folders |= {
            key: value.strip("/")
            for key, value in given.items()
            if isinstance(key, str) and isinstance(value, str)
        }
    served = {path: path for path in files.paths if path.partition("/")[0] not in _OF_SITE}
    for source, target in folders.items():
        for path in files.paths:
            if path.startswith(f"{source}/"):
                inner = path.removeprefix(f"{source}/")
                served[f"{target}/{inner}" if target else inner] = path
    return served


def _entry(file: File, files: Files, settings: Settings, links: Links, position: int) -> Entry:
    notes = [*file.notes]
    front = file.front
    root = settings.url or tree.UNKNOWN
    url = f"{root}{file.address}" if file.address else None
    if url is None:
        notes.append(tree.unknown_address(file.path))
    is_markdown = file.notebook is not None or file.suffix in pages.MARKDOWN
    text = front.body
    values = fields.values_of(front, TABLE, IGNORED, lambda said: pages.read_date(said, settings, notes), {})
    author = settings.text("BLOG_AUTHOR", file.language)
    if file.suffix in pages.REST:
        markup = restructuredtext.Markup(included_files.directives_of(tree.loader(files, file.path)))
        rendered = restructuredtext.render(shortcodes.with_roles(text, links), files.place(file.path), markup)
        text = rendered.html
        notes += rendered.notes
    text = shortcodes.resolved(text, links, is_markdown=is_markdown)
    text = shortcodes.expanded(text, links, is_markdown=is_markdown)
    for what, line, said in shortcodes.unknown(text, is_markdown=is_markdown):
        at = f":{front.body_line + line}" if file.suffix in pages.MARKDOWN else ""
        notes.append(Note(NoteKind.NOTICED, what, before=f"{files.place(file.path)}{at}: {said}"))
    notebook = replace(file.notebook, text=text) if file.notebook else None
    content, markdown = (notebook.html(), notebook.own_text) if notebook else (text, None)
    if file.suffix in pages.MARKDOWN:
        content = python_markdown.render(text, settings.extensions)
        markdown = python_dialect.to_myst(text, settings.extensions)
    image = values["image"]
    if url and settings.url and values["draft"]:
        notes.append(tree.shown_draft(url))
    entry = Entry(
        source=files.place(file.path),
        position=position,
        id=(front.text("guid") or url) if settings.url and not file.is_page else None,
        url=url,
        published=file.date,
        content=content,
        markdown=markdown,
        written=file.notebook.own_text if file.notebook else front.body,
        base=url or f"{root}/",
        page=file.is_page,
        notebook=file.notebook.kept if file.notebook else None,
        **values,
    )
    return settle(
        replace(
            entry,
            aliases=(*entry.aliases, *(settings.redirected(file.address) if file.address else ())),
            authors=entry.authors or ((author,) if author else ()),
            image=fields.address(image, f"{root}/"),
            language=file.language if len(settings.languages) > 1 else entry.language,
            notes=(*entry.notes, *notes),
        ),
        has_id=False,
    )
