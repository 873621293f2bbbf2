"""Quarto websites and blogs: https://quarto.org/docs/websites/."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, urlsplit

from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.folders import fields, front_matter, markdown, tree
from postdocs.importer.folders.front_matter import FrontMatter
from postdocs.importer.folders.library import Library
from postdocs.importer.folders.systems.quarto import (
    bibliography,
    dialect,
    pages,
    pieces,
    rendering,
    shortcodes,
)
from postdocs.importer.folders.systems.quarto import settings as quarto_settings
from postdocs.importer.folders.systems.quarto.dialect import Context
from postdocs.importer.folders.systems.quarto.pages import Page
from postdocs.importer.folders.systems.quarto.settings import Settings, mapping
from postdocs.importer.sources.archive import Files
from postdocs.importer.sources.model import SiteSettings, Source, settle
from postdocs.importer.sources.site_settings import language_of, links_in, people, plain_text

TABLE: fields.Table = {
    "title": ("title", "pagetitle"),
    "updated": ("date-modified",),
    "authors": ("author", "authors"),
    "tags": ("categories", "tags", "keywords"),
    "summary": ("description", "summary", "abstract"),
    "subtitle": ("subtitle",),
    "image": ("image",),
    "language": ("lang",),
    "aliases": ("aliases",),
}
# What Quarto, pandoc, and their themes read, and no page shows.
IGNORED = frozenset({
    "image-alt", "doi",
    "date", "language", "date-format", "draft", "draft-mode", "format", "execute", "engine", "jupyter",
    "knitr", "editor", "editor_options", "output", "output-file", "output-dir", "freeze", "cache", "params",
    "project", "website", "book", "listing", "about", "sidebar", "page-layout", "page-navigation",
    "title-block-banner", "title-block-style", "title-block-banner-color", "title-block-categories", "toc",
    "toc-depth", "toc-title", "toc-location", "toc-expand", "number-sections", "number-depth", "code-fold",
    "code-tools", "code-line-numbers", "code-overflow", "code-link", "code-copy", "code-block-bg",
    "code-annotations", "highlight-style", "theme", "css", "grid", "fontsize", "mainfont", "linestretch",
    "references", "bibliography", "csl", "nocite", "citation", "citation-location", "citations-hover",
    "link-citations", "link-external-icon", "link-external-newwindow", "reference-location",
    "reference-section-title", "suppress-bibliography", "footnotes-hover", "crossref", "appendix-style",
    "appendix-cite-as", "comments",
    "google-scholar", "twitter-card", "open-graph", "search", "filters", "shortcodes", "resources",
    "include-in-header", "include-before-body", "include-after-body", "image-height", "image-width",
    "image-lazy-loading", "lightbox", "html-math-method", "fig-width", "fig-height", "fig-align",
    "fig-cap-location", "tbl-cap-location", "fig-format", "fig-dpi", "fig-responsive", "df-print",
    "embed-resources", "self-contained", "standalone", "mermaid", "mermaid-format", "webr", "order",
    "order-by", "author-meta", "author-title", "affiliation", "affiliations", "metadata-files", "metadata",
    "profile", "server", "runtime", "validate-yaml", "published-title", "anchor-sections", "smooth-scroll",
    "layout", "shift-heading-level-by", "abstract-title", "description-meta", "license", "copyright",
    "funding", "private", "password", "id", "slug", "type", "url", "weight", "lof", "lot", "pdf-engine",
    "documentclass", "geometry", "preview", "canonical-url", "other-links", "code-links", "repo-actions",
    "back-to-top-navigation", "group",
})  # fmt: skip

_SPAN = re.compile(r"\[([^\[\]]*)\]\{[^{}]*\}")
_DOI = re.compile(r"10\.\d{4,9}/\S+$")


@dataclass(frozen=True)
class _Site:
    """What all pages share. addresses: of documents, by their paths. library: of the works that they cite."""

    files: Files
    settings: Settings
    addresses: Mapping[str, str]
    library: Library

    @property
    def root(self) -> str:
        return self.settings.url or tree.UNKNOWN


THEME: tuple[str, ...] = ("_extensions",)
"""Folders of its theme, and of what makes pages of its sources."""


def detect(files: Files) -> bool:
    """Tell whether a folder is a Quarto project, by its settings."""
    return any(name in files.paths for name in quarto_settings.FILES)


def read(files: Files, url: str | None, _: datetime) -> Source:
    """Read a site: documents with a date are posts, others pages.

    Raises
    ------
    PostdocsError
        Its settings can't be read.

    """
    settings = quarto_settings.read(files, url)
    notes = [*settings.notes]
    documents = [*pages.read(files, settings, notes)]
    site = _Site(files, settings, {page.path: page.address for page in documents}, Library(files))
    entries = [_entry(page, site, position) for position, page in enumerate(files.reading(documents), 1)]
    if not settings.url:
        notes.append(tree.NO_ADDRESS)
    said = _site_settings(settings)
    return Source(
        files.name,
        "Quarto site",
        said.title,
        settings.url or None,
        tuple(entries),
        tuple(notes),
        tree.published(files, pages.served(files)),
        settings=said,
        works=site.library.cited,
    )


def _site_settings(settings: Settings) -> SiteSettings:
    front, site = settings.front.values, settings.site
    bars = [mapping(site.get("navbar")), mapping(site.get("sidebar"))]
    items = [item for bar in bars for key in ("left", "right", "tools") for item in bar.get(key) or ()]
    links = [_named(item) for item in items if isinstance(item, dict)]
    return SiteSettings(
        plain_text(site.get("title") or front.get("title")),
        plain_text(site.get("description")),
        settings.url,
        people(site.get("author"), front.get("author")),
        language_of(front.get("lang")),
        links=links_in(links),
    )


def _named(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an item of a menu with a name: its text without icons, or what its icon is called."""
    text = shortcodes.CODE.sub("", str(item.get("text") or "")).strip()
    icon = str(item.get("icon") or "").replace("-", " ").capitalize()
    return {**item, "text": text or str(item.get("aria-label") or "") or icon}


def _entry(page: Page, site: _Site, position: int) -> Entry:
    front, notes = page.front, [*page.notes]
    place = site.files.place(page.path)
    base = urlsplit(site.root).path
    url = f"{site.root}{page.address}"
    context, notebook = _context(page, site, notes), page.notebook
    text = dialect.translate(page.body, context)
    author = dialect.translate(notebook.own_text, context).author if notebook else text.author
    for what, line, said in text.odd:
        where = f"{place}:{page.body_line + line}" if page.body_line else place
        kind = NoteKind.LEFT_OUT if what == pieces.ICON else NoteKind.NOTICED
        notes.append(Note(kind, what, before=f"{where}: {said}", in_text=True))
    if text.cited:
        notes += bibliography.notes_on(page, site.files)
        site.library.cite(text.cited)
    address = partial(_address, page.path, site, base)
    values = fields.values_of(front, TABLE, IGNORED, lambda text: front_matter.read_date(text, []), {})
    image = values["image"]
    content = rendering.render(markdown.with_addresses(text.markdown, address))
    entry = Entry(
        source=place,
        position=position,
        url=url,
        published=page.date,
        content=notebook.complete(content) if notebook else content,
        markdown=markdown.with_addresses(author, address),
        written=notebook.own_text if notebook else front.body,
        base=url,
        page=page.date is None and not values["draft"],
        notebook=notebook.kept if notebook else None,
        **values
        | {key: _plain(values[key]) for key in ("subtitle", "summary")}
        | {"title": _plain(values["title"]) or _title(page), "authors": _authors(front)},
    )
    return settle(
        replace(
            entry,
            updated=page.updated,
            extra={**entry.extra, **_ours(front)},
            aliases=tuple(_alias(old, page.path, base) for old in entry.aliases),
            image=fields.address(image and (_address(page.path, site, "", image) or image), f"{site.root}/"),
            notes=(*entry.notes, *notes),
        ),
        has_id=False,
    )


def _context(page: Page, site: _Site, notes: list[Note]) -> Context:
    values = page.front.values
    execute, crossref = mapping(values.get("execute")), mapping(values.get("crossref"))
    knitr = mapping(mapping(values.get("knitr")).get("opts_chunk"))
    formats = mapping(mapping(values.get("format")).get("html"))
    options = {key: str(value) for said in (knitr, formats, execute) for key, value in said.items()}
    names = {
        key.removesuffix("-title"): value
        for key, value in crossref.items()
        if key.endswith("-title") and isinstance(value, str)
    }
    include = tree.loader(site.files, page.path)
    works = bibliography.keys_of(page, site.library, site.files, notes)
    return Context(include, values, site.settings.variables, options, names, works)


def _address(path: str, site: _Site, base: str, name: str) -> str | None:
    """Return the address of a document or file of the site, as the text of one names it; None for others."""
    target, mark, fragment = name.partition("#")
    if not target or "://" in target or target.startswith(("mailto:", "//")):
        return None
    near = tree.near(target, path)
    address = site.addresses.get(near) or site.addresses.get(posixpath.join(near, "index.qmd"))
    if address is None and (target.startswith("/") or near in site.files.paths):
        address = f"/{quote(near)}{'/' if target.endswith('/') and near != '.' else ''}"
    return None if address is None else f"{base}{address}{mark}{fragment}"


def _alias(old: str, path: str, base: str) -> str:
    """Return the path of an old address, which is from the folder of the document or from the root."""
    is_folder = old.endswith("/")
    near = tree.near(old, path)
    return f"{base}/{'' if near == '.' else near}{'/' if is_folder and near != '.' else ''}"


def _authors(front: FrontMatter) -> tuple[str, ...]:
    """Return the names of authors, which may be in parts: https://quarto.org/docs/journals/authors.html."""
    value: Any = front.written.get("author") or front.written.get("authors")
    items = value if isinstance(value, list) else [value]
    names = []
    for item in items:
        name: Any = item.get("name") if isinstance(item, dict) else item
        if isinstance(name, dict):
            parts = [
                name.get(key) for key in ("given", "dropping-particle", "non-dropping-particle", "family")
            ]
            name = name.get("literal") or " ".join(part for part in parts if isinstance(part, str) and part)
        names.append(name)
    return front_matter.texts_of(names)


def _ours(front: FrontMatter) -> dict[str, object]:
    """Return the keys that have another name here, or mean the same."""
    said = {"image_alt": front.text("image-alt"), "doi": front.text("doi")}
    doi = _DOI.search(said["doi"])
    said["doi"] = doi[0] if doi else ""
    return {key: text for key, text in said.items() if text}


def _plain(text: str | None) -> str | None:
    """Return Markdown of the front matter as plain text."""
    return markdown.words(_SPAN.sub(r"\1", text)) if text else None


def _title(page: Page) -> str:
    """Return a title for a page that has none."""
    path = PurePosixPath(page.path)
    name = path.parent.name if path.stem == "index" else path.stem
    return name.replace("-", " ").replace("_", " ").capitalize()
