"""Pelican: https://docs.getpelican.com/en/latest/content.html."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.folders import fields, list_addresses, python_dialect, translations, tree
from postdocs.importer.folders.systems.pelican import dialect, liquid_tags, lists, pages
from postdocs.importer.folders.systems.pelican import settings as pelican_settings
from postdocs.importer.folders.systems.pelican.dialect import Links
from postdocs.importer.folders.systems.pelican.pages import File
from postdocs.importer.folders.systems.pelican.settings import Settings
from postdocs.importer.sources.archive import Files
from postdocs.importer.sources.model import SiteSettings, Source, settle
from postdocs.importer.sources.site_settings import language_of, links_in, people, plain_text
from postdocs.importer.sources.text import plain

TABLE: fields.Table = {
    "title": ("title",),
    "updated": ("modified", "updated"),
    "authors": ("authors", "author"),
    "category": ("category",),
    "tags": ("tags", "keywords"),
    "summary": ("summary", "description"),
    "subtitle": ("subtitle",),
    "image": ("image", "cover", "og_image", "thumbnail", "featured_image", "banner", "header_cover"),
    "language": ("lang",),
    "aliases": ("alias", "aliases", "redirect_from"),
}
# What Pelican, its plugins, and themes read, and no page shows.
IGNORED = frozenset({
    "date", "slug", "status", "url", "save_as", "template", "translation", "sortorder", "private", "path",
    "password", "visibility", "published", "draft", "id", "robots", "viewport",
    "comments", "generator",
})  # fmt: skip

THEME: tuple[str, ...] = ("plugins", "theme", "themes")
"""Folders of its theme, and of what makes pages of its sources."""


def detect(files: Files) -> bool:
    """Tell whether a folder is a Pelican blog, by its settings."""
    return any(name in files.paths for name in pelican_settings.FILES)


def read(files: Files, url: str | None, now: datetime) -> Source:
    """Read a blog: articles, drafts, and pages.

    Raises
    ------
    PostdocsError
        Its settings can't be read.

    """
    settings = pelican_settings.read(files, url)
    notes = [*settings.notes]
    content = _without_output(tree.under(files, settings.content), settings)
    read_files = [*pages.read(content, settings, notes)]
    sources = {file.path for file in read_files}
    root = settings.url or tree.UNKNOWN
    links = Links(
        {file.path: file.address for file in read_files if file.address},
        frozenset(path for path in content.paths if path not in sources),
        settings,
        urlsplit(root).path,
    )
    attached = {
        place: path
        for file in read_files
        for place, path in links.attached(file.text or file.html, file.path)
    }
    served = _served(content, settings, sources, attached)
    entries = [
        (_entry(file, content, settings, links, position), pages.translation_key(file, settings))
        for position, file in enumerate(files.reading(read_files), 1)
    ]
    if not settings.url:
        notes.append(tree.NO_ADDRESS)
    read_entries = [entry for entry, _ in entries]
    posts = list_addresses.Posts(read_entries, now)
    return Source(
        files.name,
        "Pelican site",
        settings.values.text("SITENAME"),
        settings.url or None,
        tuple(translations.with_originals(entries, settings.values.text("DEFAULT_LANG", "en"))),
        tuple(notes),
        served,
        settings=_site_settings(settings),
        lists=list_addresses.under(settings.url, lists.places(posts, read_entries, settings)),
    )


def _site_settings(settings: Settings) -> SiteSettings:
    values = settings.values.values
    return SiteSettings(
        plain_text(values.get("SITENAME")),
        plain_text(values.get("SITEDESCRIPTION") or values.get("SITESUBTITLE")),
        settings.url,
        people(values.get("AUTHOR")),
        language_of(values.get("DEFAULT_LANG")),
        settings.zone.key if settings.zone and "TIMEZONE" in values else "",
        links_in(values.get("MENUITEMS"), values.get("SOCIAL")),
    )


def _without_output(files: Files, settings: Settings) -> Files:
    """Return the sources without the settings and the pages that were made of them."""
    if settings.content:
        return files
    paths = (
        path
        for path in files.paths
        if path not in pelican_settings.FILES and not path.startswith(f"{settings.output}/")
    )
    return replace(files, paths=tuple(paths))


def _served(content: Files, settings: Settings, sources: set[str], attached: Mapping[str, str]) -> Files:
    """Return the files of a blog under the paths at which Pelican serves them."""
    moved = settings.values.mapping("EXTRA_PATH_METADATA")
    paths = {**attached}
    for path in content.paths:
        if path not in sources:
            said = moved.get(path)
            given = said.get("path") if isinstance(said, dict) else None
            paths[path] = path
            if isinstance(given, str):
                paths[given.lstrip("/")] = path
    return tree.published(content, paths, settings.url or tree.UNKNOWN)


def _entry(file: File, content: Files, settings: Settings, links: Links, position: int) -> Entry:
    notes = [*file.notes]
    front = file.front
    root = settings.url or tree.UNKNOWN
    url = f"{root}{file.address}" if file.address else None
    if url is None:
        notes.append(tree.unknown_address(file.path))
    text = dialect.resolved(file.text, file.path, links) if file.text else ""
    markup = dialect.resolved_html(file.html, file.path, links)
    expanded = liquid_tags.expand("" if file.notebook else text, content, settings)
    notes += expanded.notes
    left = "" if file.notebook else text or markup
    for what, line, said in dialect.unknown(left, file.path, links, expanded.known):
        at = f":{front.body_line + line}" if text else ""
        where = f"{content.place(file.path)}{at}: {said}"
        notes.append(Note(NoteKind.NOTICED, what, before=where, in_text=True))
    if file.notebook:
        notebook = replace(file.notebook, text=text)
        rendered, markdown = notebook.html(), notebook.own_text
    else:
        text = dialect.without_contents(expanded.text, settings)
        rendered = expanded.html(dialect.render(text, settings)) if text else markup
        markdown = expanded.own_text(python_dialect.to_myst(text, settings.extensions))
    is_hidden = front.text("status").lower() == "hidden" and not file.is_page
    if front.text("status").lower() == "hidden":  # it is public, and in no list
        front = replace(front, written={key: said for key, said in front.written.items() if key != "status"})
    if is_hidden:
        what = "it is hidden there, in no list but at its address; it is a page here, and not in the search"
        notes.append(Note(NoteKind.NOTICED, what))
    if url and settings.url and fields.is_draft(front):
        notes.append(tree.shown_draft(url))
    values = fields.values_of(front, TABLE, IGNORED, lambda said: pages.read_date(said, settings, notes), {})
    image = values["image"]
    entry = Entry(
        source=content.place(file.path),
        position=position,
        id=_feed_id(url, file) if settings.url else None,
        url=url,
        published=file.date,
        content=rendered,
        markdown=markdown or None,
        written=file.notebook.own_text if file.notebook else expanded.written(file.text),
        base=url or f"{root}/",
        page=file.is_page or is_hidden,
        notebook=file.notebook.kept if file.notebook else None,
        **values,
    )
    return settle(
        replace(
            entry,
            summary=plain(dialect.render(entry.summary, settings)) if entry.summary else None,
            extra={**entry.extra, "nosearch": True} if is_hidden else entry.extra,
            image=fields.address(image and _image(image, file, links), f"{root}/"),
            notes=(*entry.notes, *notes),
        ),
        has_id=False,
    )


def _image(path: str, file: File, links: Links) -> str:
    """Return where a picture is served that the head of a file names."""
    match = dialect.LINK.fullmatch(path)
    found = links.address(match["what"], match["value"], file.path) if match else None
    return (found or path).removeprefix(links.base) if found else path


def _feed_id(url: str | None, file: File) -> str | None:
    """Return the id of an article in Pelican's feeds, a tag of RFC 4151."""
    if url is None or file.is_page or file.date is None:
        return None
    parts = urlsplit(url)
    return f"tag:{parts.hostname},{file.date:%Y-%m-%d}:{parts.path}"
