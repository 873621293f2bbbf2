"""Sphinx, with ablog or without: https://www.sphinx-doc.org/ and https://ablog.readthedocs.io/."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from myst_parser.parsers.docutils_ import Parser as MystParser

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.folders import fields, front_matter, markdown, restructuredtext, tree
from postdocs.importer.folders.front_matter import FrontMatter, Written
from postdocs.importer.folders.notebooks import Notebook
from postdocs.importer.folders.restructuredtext import Markup, Rendered
from postdocs.importer.folders.systems.sphinx import external_roles, links, markup, pages
from postdocs.importer.folders.systems.sphinx import settings as sphinx_settings
from postdocs.importer.folders.systems.sphinx.pages import Document, Targets
from postdocs.importer.folders.systems.sphinx.projects import projects_of
from postdocs.importer.folders.systems.sphinx.reading import Reading
from postdocs.importer.folders.systems.sphinx.settings import Settings
from postdocs.importer.sources.archive import Files
from postdocs.importer.sources.model import SiteSettings, Source, settle
from postdocs.importer.sources.site_settings import language_of, links_in, people, plain_text

TABLE: fields.Table = {
    "title": ("title",),
    "updated": ("updated",),
    "authors": ("author", "authors"),
    "category": ("category",),
    "tags": ("tags", "keywords"),
    "summary": ("description", "summary"),
    "subtitle": ("subtitle",),
    "image": ("thumbnail",),
    "language": ("language",),
    "aliases": ("redirect",),
}
# What Sphinx and ablog read, and no page shows.
IGNORED = frozenset({
    "date", "blogpost", "exclude", "excerpt", "image", "nocomments", "orphan", "tocdepth", "myst",
    "html_theme", "jupytext", "kernelspec", "file_format", "html_meta", "substitutions", "id", "permalink",
    "draft",
})  # fmt: skip
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
_LISTS = ("tags", "category", "author", "language", "redirect")
_MYST = frozenset({
    "alert", "amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist",
    "html_admonition", "html_image", "linkify", "replacements", "smartquotes", "strikethrough",
    "substitution", "tasklist",
})  # fmt: skip
_DATE = "%d %B %Y"  # ablog's default


@dataclass(frozen=True)
class _Site:
    """What all documents share."""

    files: Files
    settings: Settings
    targets: Targets
    root: str


THEME: tuple[str, ...] = ("_templates", "_themes")
"""Folders of its theme, and of what makes pages of its sources."""


def detect(files: Files) -> bool:
    """Tell whether a folder is a Sphinx project, by its settings and its documents."""
    folder = sphinx_settings.folder(files)
    if folder is None:
        return False
    return any(path.endswith((".rst", ".md")) for path in tree.under(files, folder).paths)


def read(files: Files, url: str | None, _: datetime) -> Source:
    """Read a site: posts of ablog, drafts, and pages.

    Raises
    ------
    PostdocsError
        Its settings can't be read.

    """
    inner = tree.under(files, sphinx_settings.folder(files) or "")
    settings = sphinx_settings.read(inner, files, url)
    return read_project(inner, settings, "Sphinx site", files.name)


def read_project(inner: Files, settings: Settings, kind: str, name: str) -> Source:
    """Read the documents of a project. inner: its folder. kind, name: of the source."""
    notes = [*settings.notes]
    documents = [*pages.read(inner, settings, notes)]
    root = settings.url or tree.UNKNOWN
    site = _Site(
        inner, settings, pages.targets(documents, inner, urlsplit(root).path, projects_of(settings)), root
    )
    entries = []
    for position, document in enumerate(inner.reading(documents), 1):
        try:
            entries.append(_entry(document, site, position))
        except PostdocsError as error:
            notes.append(Note(NoteKind.LOST, "a file that can't be read", before=str(error)))
    if not settings.url:
        notes.append(tree.NO_ADDRESS)
    of_site = (
        "conf.py",
        *sphinx_settings.BUILT,
        *(f"{name.strip('/')}/" for name in settings.values.texts("templates_path")),
    )
    # Hidden files are for other programs; Sphinx serves them from `html_extra_path` only.
    shown = (path for path in inner.paths if not path.startswith((*of_site, ".")) and "/." not in path)
    paths = {path: path for path in shown}
    for top in settings.values.texts("html_extra_path"):
        prefix = f"{top.strip('/')}/"
        paths |= {path.removeprefix(prefix): path for path in inner.paths if path.startswith(prefix)}
    return Source(
        name,
        kind,
        settings.values.text("blog_title") or settings.values.text("project"),
        settings.url or None,
        tuple(entries),
        tuple(notes),
        tree.published(inner, paths, root),
        settings=_site_settings(settings),
    )


def _site_settings(settings: Settings) -> SiteSettings:
    values = settings.values
    named = [
        {"name": said[0], "url": said[1]}
        for said in values.mapping("blog_authors").values()
        if isinstance(said, list | tuple) and len(said) == 2  # noqa: PLR2004 - a name and an address
    ]
    zone = tree.zone_of(values.text("postdocs_timezone"), [])
    return SiteSettings(
        plain_text(values.text("blog_title") or values.text("project")),
        plain_text(values.text("blog_feed_subtitle")),
        settings.url,
        people(named, values.text("author")),
        language_of(values.text("language")),
        zone.key if zone else "",
        links_in(values.values.get("postdocs_links")),
    )


def _with_rest(notebook: Notebook, document: Document, site: _Site, reading: Reading) -> Notebook:
    """Return a notebook with the reStructuredText of its raw cells as outputs, as nbsphinx shows it."""
    dialect = _markup(document, site, reading, "\n".join(notebook.rest.values()))
    outputs = {**notebook.outputs}
    for mark, source in notebook.rest.items():
        rendered = restructuredtext.render(source, reading.place, dialect)
        title = f"<h2>{html.escape(rendered.title, quote=False)}</h2>" if rendered.title else ""
        outputs[mark] = f"{title}{rendered.html}"
        reading.notes += rendered.notes
    return replace(notebook, outputs=outputs)


def _markup(document: Document, site: _Site, reading: Reading, text: str) -> Markup:
    roles = markup.roles_of(reading)
    return Markup(
        markup.directives_of(reading),
        roles | external_roles.roles_in(text, roles),
        lambda target: site.targets.address(target, document.path),
        has_sections=True,
        title=markdown.words(document.front.text("title")),
    )


def _rendered(document: Document, text: str, site: _Site, reading: Reading) -> Rendered:
    dialect = _markup(document, site, reading, text)
    if document.is_markdown:
        names = site.settings.values.texts("myst_enable_extensions")
        extensions = [name for name in names if name in _MYST]
        others, spans = markup.unknown_of(text, reading)
        dialect = replace(
            dialect,
            directives={**others, **dialect.directives},
            roles={**spans, **dialect.roles},
            parser=MystParser(),
            settings={
                "myst_enable_extensions": extensions,
                "myst_footnote_transition": False,
                "myst_all_links_external": True,
                "myst_highlight_code_blocks": False,
                "myst_suppress_warnings": ["myst.header", "myst.xref_missing"],
            },
        )
        text = "\n" * (document.front.body_line - 1) + text  # so that messages name lines of the file
        dialect = replace(dialect, source=markup.source_in(text))
    return restructuredtext.render(text, site.files.place(document.path), dialect)


def _entry(document: Document, site: _Site, position: int) -> Entry:
    settings, targets = site.settings, site.targets
    place = site.files.place(document.path)
    reading = Reading(
        place,
        lambda role, target: targets.link(role, target, document.path),
        tree.loader(site.files, document.path),
    )
    body = document.front.body
    if document.is_markdown:
        body = links.with_titles(body, lambda target: targets.named(target, document.path))
    text = markdown.with_addresses(body, lambda target: targets.address(target, document.path))
    rendered = _rendered(document, text, site, reading)
    notebook = document.notebook and _with_rest(document.notebook, document, site, reading)
    notes = [*document.notes, *rendered.notes, *reading.notes]
    said = {**document.front.values, **rendered.fields}
    is_dated = settings.is_dated and bool(said.get("date"))
    is_post = bool(reading.posts) or "blogpost" in said or is_dated or settings.is_post(document.path)
    if len(reading.posts) > 1:
        what = "a page with several posts comes as one, with the date of the first"
        notes.append(Note(NoteKind.NOTICED, what, before=place))
    if reading.posts:
        said |= {key: value for key, value in reading.posts[0].items() if value}
    front = _front(said, settings, is_post=is_post)
    values = fields.values_of(
        front, TABLE, IGNORED, lambda day: _date(day, settings, notes), settings.authors
    )
    published = _date(front.text("date"), settings, notes) if is_post else None
    updates = [day for day in (_date(text, settings, notes) for text in reading.updates) if day]
    url = f"{site.root}{document.address}"
    linked = links.with_links(text, reading.link) if document.is_markdown else None
    notebook = replace(notebook, text=linked) if notebook and linked else None
    entry = Entry(
        source=place,
        position=position,
        id=url if settings.url and is_post else None,
        url=url,
        published=published,
        content=notebook.complete(rendered.html) if notebook else rendered.html,
        markdown=notebook.own_text if notebook else linked,
        written=document.notebook.own_text if document.notebook else document.front.body,
        base=url,
        page=not is_post,
        notebook=notebook.kept if notebook else None,
        **values,
    )
    said_title = markdown.words(entry.title) if document.is_markdown else entry.title
    return settle(
        replace(
            entry,
            title=said_title or rendered.title or document.title or document.name,
            updated=entry.updated or max(updates, default=None),
            draft=entry.draft or (is_post and published is None),
            aliases=tuple(f"{targets.base}{settings.address(name.strip('/'))}" for name in entry.aliases),
            notes=(*entry.notes, *notes),
        ),
        has_id=False,
    )


def _front(said: Mapping[str, Any], settings: Settings, *, is_post: bool) -> FrontMatter:
    """Return what a document says of itself, with lists where ablog has them."""
    values = dict(said)
    for key in _LISTS:
        given = values.get(key)
        if isinstance(given, str):
            values[key] = [part for item in given.strip("[] ").split(",") if (part := item.strip(" '\""))]
    for key in ("author", "authors"):
        if isinstance(given := values.get(key), list):
            values[key] = [
                one.get("name") or one.get("id") if isinstance(one, dict) else one for one in given
            ]
    default = settings.values.text("blog_default_author")
    if not (values.get("author") or values.get("authors")) and default and is_post:
        values["author"] = [default]
    written: dict[str, Written] = {key: front_matter.as_written(value) for key, value in values.items()}
    return FrontMatter(written, values, is_there=True)


def _date(text: str, settings: Settings, notes: list[Note]) -> datetime | None:
    """Read a date in the form that the settings name, or in another that is known."""
    if not text:
        return None
    text = _ORDINAL.sub("", text)
    try:
        return datetime.strptime(text, settings.values.text("post_date_format", _DATE))  # noqa: DTZ007 - of no zone
    except ValueError:
        return front_matter.read_date(text, notes)
