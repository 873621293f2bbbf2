"""Nikola: https://getnikola.com/handbook.html."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from datetime import datetime
from functools import partial
from urllib.parse import quote, urlsplit

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.folders import (
    fields,
    list_addresses,
    python_dialect,
    python_markdown,
    translations,
    tree,
)
from postdocs.importer.folders.systems.nikola import links as nikola_links
from postdocs.importer.folders.systems.nikola import lists, pages, rest, shortcodes
from postdocs.importer.folders.systems.nikola import settings as nikola_settings
from postdocs.importer.folders.systems.nikola.links import Links
from postdocs.importer.folders.systems.nikola.pages import File
from postdocs.importer.folders.systems.nikola.readers import Shortcode, Site
from postdocs.importer.folders.systems.nikola.settings import Settings
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
_FOLDERS = ("FILES_FOLDERS", "IMAGE_FOLDERS", "GALLERY_FOLDERS", "LISTINGS_FOLDERS")
_LONGEST = 80  # characters of what a note shows

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
    site = Site(links, lambda name: _listing(name, files, settings, links.base))
    entries: list[tuple[Entry, str]] = []
    for position, file in enumerate(files.reading(found), 1):
        try:
            entry = _entry(file, files, settings, site, position)
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
    folders = {source: target for name in _FOLDERS for source, target in settings.places(name).items()}
    served = {path: path for path in files.paths if path.partition("/")[0] not in _OF_SITE}
    for source, target in folders.items():
        for path in files.paths:
            if path.startswith(f"{source}/"):
                inner = path.removeprefix(f"{source}/")
                served[f"{target}/{inner}" if target else inner] = path
    return served


def _listing(name: str, files: Files, settings: Settings, base: str) -> tuple[str, str] | None:
    """Return the address and the text of a file of code; with one folder of these, its name needs none."""
    folders = settings.places("LISTINGS_FOLDERS")
    names = [name, *(f"{folder}/{name}" for folder in folders if len(folders) == 1)]
    for path in map(posixpath.normpath, names):
        for source, target in folders.items():
            if path in files.paths and path.startswith(f"{source}/"):
                served = posixpath.join(target, path.removeprefix(f"{source}/"))
                return f"{base}/{quote(served)}", tree.text_of(files, path)[0]
    return None


def _shown(file: File, files: Files, site: Site, notes: list[Note]) -> tuple[str, list[Shortcode]]:
    """Return the text of a file, as HTML unless it is Markdown, and the shortcodes that are not known."""
    front = file.front
    if file.notebook or file.suffix in pages.MARKDOWN:
        text = nikola_links.resolved(front.body, site.links)
        return shortcodes.expanded(text, site, is_markdown=True)
    if file.suffix in pages.REST:
        lifted = shortcodes.lifted(front.body)
        rendered = rest.render(
            rest.Text(
                lifted.text,
                files.place(file.path),
                front.text("title"),
                lambda name: tree.loader(files, file.path)(name) or tree.loader(files, "")(name),
                lambda line: lifted.line(line) + front.body_line - 1,
            ),
            site,
        )
        notes += rendered.notes
        markup, unknown = shortcodes.restored(rendered.html, lifted.codes, site)
    else:
        markup, unknown = shortcodes.expanded(front.body, site, is_markdown=False)
    return nikola_links.resolved_html(markup, site.links), unknown


def _in_text(what: str, place: str, line: int, said: str) -> Note:
    shown = " ".join(said.split())[:_LONGEST]
    return Note(NoteKind.NOTICED, what, before=f"{place}:{line}: {shown}", in_text=True)


def _entry(file: File, files: Files, settings: Settings, site: Site, position: int) -> Entry:
    notes = [*file.notes]
    front = file.front
    root = settings.url or tree.UNKNOWN
    url = f"{root}{file.address}" if file.address else None
    if url is None:
        notes.append(tree.unknown_address(file.path))
    is_markdown = file.notebook is not None or file.suffix in pages.MARKDOWN
    values = fields.values_of(front, TABLE, IGNORED, lambda said: pages.read_date(said, settings, notes), {})
    author = settings.text("BLOG_AUTHOR", file.language)
    text, unknown = _shown(file, files, site, notes)
    place, line = files.place(file.path), front.body_line
    what = "a shortcode that is not known here came along as text"
    notes += [_in_text(what, place, line + one.line, one.source) for one in unknown]
    what = "a link to a page that is not there"
    left = (
        nikola_links.unknown(front.body, site.links)
        if is_markdown
        else nikola_links.unknown_html(text, front.body)
    )
    notes += [_in_text(what, place, line + at, said) for at, said in left]
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
