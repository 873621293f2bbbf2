"""MkDocs, also with the blog of Material for MkDocs: https://squidfunk.github.io/mkdocs-material/plugins/blog/."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote, urlsplit

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.folders import fields, front_matter, list_addresses, python_dialect, tree
from postdocs.importer.folders.front_matter import as_written, texts_of
from postdocs.importer.folders.patterns import matches
from postdocs.importer.folders.systems.mkdocs import dialect, lists, pages
from postdocs.importer.folders.systems.mkdocs import settings as mkdocs_settings
from postdocs.importer.folders.systems.mkdocs.pages import Page
from postdocs.importer.folders.systems.mkdocs.settings import Settings
from postdocs.importer.sources.archive import Files
from postdocs.importer.sources.model import SiteSettings, Source, settle
from postdocs.importer.sources.site_settings import language_of, people, plain_text

TABLE: fields.Table = {
    "title": ("title",),
    "updated": ("updated", "modified", "revision_date"),
    "authors": ("authors", "author"),
    "category": ("categories", "category"),
    "tags": ("tags",),
    "summary": ("description", "summary"),
    "subtitle": ("subtitle",),
    "image": ("image", "cover"),
    "language": ("lang", "language"),
    "aliases": ("aliases", "redirect_from"),
}
# What MkDocs, its plugins, and themes read, and no page shows.
IGNORED = frozenset({
    "date", "slug", "draft", "template", "hide", "icon", "status", "search", "social", "comments", "pin",
    "links", "readtime", "render_macros", "id", "path", "private", "password", "published", "visibility",
    "edit_url", "exclude_from_blog", "blog",
})  # fmt: skip


@dataclass(frozen=True)
class _Site:
    """What all pages share. files: of the whole folder. addresses: of documents and files. authors: names."""

    files: Files
    content: Files
    settings: Settings
    addresses: Mapping[str, str]
    authors: Mapping[str, str]

    @property
    def root(self) -> str:
        return self.settings.url or tree.UNKNOWN


THEME: tuple[str, ...] = ("overrides", "theme")
"""Folders of its theme, and of what makes pages of its sources."""


def detect(files: Files) -> bool:
    """Tell whether a folder is a MkDocs site, by its settings."""
    return any(name in files.paths for name in mkdocs_settings.FILES)


def read(files: Files, url: str | None, now: datetime) -> Source:
    """Read a site: the posts of its blog, and its other documents as pages.

    Raises
    ------
    PostdocsError
        Its settings can't be read.

    """
    settings = mkdocs_settings.read(files, url)
    notes = [*settings.notes]
    content = tree.under(files, settings.docs)
    documents = [*pages.read(content, settings, notes)]
    sources = {page.path: page.address for page in documents}
    others = {path: f"/{quote(path)}" for path in content.paths if path not in sources}
    site = _Site(files, content, settings, others | sources, _authors(content, settings, notes))
    entries = [_entry(page, site, position) for position, page in enumerate(files.reading(documents), 1)]
    if not settings.url:
        notes.append(tree.NO_ADDRESS)
    posts = list_addresses.Posts(entries, now)
    lacking = pages.documents(content, settings) - sources.keys()
    return Source(
        files.name,
        "MkDocs site",
        settings.values.text("site_name"),
        settings.url or None,
        tuple(entries),
        tuple(notes),
        tree.published(content, {path: path for path in content.paths}, settings.url or tree.UNKNOWN),
        settings=_site_settings(settings),
        lists=list_addresses.under(
            settings.url, lists.places(posts, sorted(lacking), site.authors, settings)
        ),
    )


def _site_settings(settings: Settings) -> SiteSettings:
    values = settings.values.values
    return SiteSettings(
        plain_text(values.get("site_name")),
        plain_text(values.get("site_description")),
        settings.url,
        people(values.get("site_author")),
        language_of(settings.language),
    )


def _authors(content: Files, settings: Settings, notes: list[Note]) -> dict[str, str]:
    """Return the names of authors by their short names."""
    path = settings.blog.authors if settings.blog else ""
    if path not in content.paths:
        return {}
    try:
        values = front_matter.settings(tree.text_of(content, path)[0], content.place(path)).values
    except PostdocsError as error:
        notes.append(Note(NoteKind.NOTICED, "a data file that can't be read", before=str(error)))
        return {}
    people = values.get("authors")
    named = (
        {key: texts_of(as_written(person)) for key, person in people.items()}
        if isinstance(people, dict)
        else {}
    )
    return {key: names[0] for key, names in named.items() if names}


def _entry(page: Page, site: _Site, position: int) -> Entry:
    settings, front, notes = site.settings, page.front, [*page.notes]
    url = f"{site.root}{page.address}"
    base = urlsplit(site.root).path
    if page.notebook:
        text = dialect.resolved(front.body, page.path, site.addresses, base)
        notebook = replace(page.notebook, text=text)
        content, own = notebook.html(), notebook.own_text
    else:
        body = dialect.resolved(_whole(page, site, notes), page.path, site.addresses, base)
        content, own = dialect.render(body, settings), python_dialect.to_myst(body, settings.extensions)

    def date(said: str) -> datetime | None:
        return front_matter.read_date(said, notes)

    values = fields.values_of(front, TABLE, IGNORED, date, site.authors)
    image = values["image"]
    is_draft = values["draft"] or matches(page.path, settings.drafts)
    entry = Entry(
        source=site.content.place(page.path),
        position=position,
        url=url,
        published=page.date,
        content=content,
        markdown=own,
        written=front.body,
        base=url,
        page=not page.is_post,
        notebook=page.notebook.kept if page.notebook else None,
        **values | {"draft": is_draft, "title": page.title},
    )
    aliases = [pages.address_of(old, settings) for old in settings.redirects.get(page.path, ())]
    return settle(
        replace(
            entry,
            updated=(date(page.updated) if page.updated else None) or entry.updated,
            aliases=(*entry.aliases, *aliases),
            image=fields.address(image, f"{site.root}/"),
            notes=(*entry.notes, *notes),
        ),
        has_id=False,
    )


def _whole(page: Page, site: _Site, notes: list[Note]) -> str:
    """Return the text of a page with that of other files in it. notes: where is told what stays unknown."""
    shown = dialect.with_snippets(page.front.body, site.files, site.settings)
    for what, line, said in dialect.unknown(shown, site.settings):
        place = f"{site.content.place(page.path)}:{page.front.body_line + line}"
        notes.append(Note(NoteKind.NOTICED, what, before=f"{place}: {said}", in_text=True))
    whole = f"{shown.body.rstrip()}\n\n{shown.appended}\n" if shown.appended else shown.body
    return dialect.without_contents(whole)
