"""Markdown with front matter, and notebooks: of Astro, Eleventy, Gatsby, Docusaurus, or no generator."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.folders import (
    fences,
    fields,
    front_matter,
    list_addresses,
    markdown,
    marking_comments,
    mdx,
    notebooks,
    translations,
    tree,
)
from postdocs.importer.folders.markdown import Dialect
from postdocs.importer.folders.systems.plain import (
    boxes,
    eleventy,
    heading_ids,
    lists,
    pages,
    settings,
    templates,
    vue,
)
from postdocs.importer.folders.systems.plain.pages import (
    DATES,
    DOCUSAURUS,
    ELEVENTY,
    MDX,
    Page,
    title_of,
)
from postdocs.importer.folders.systems.plain.vue import Vue
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
# What data of Eleventy's folders may say for the pages in them.
_OF_DATA = frozenset({*DATES, "draft", *(key for keys in TABLE.values() for key in keys)})
# Those of https://github.com/11ty/eleventy-base-blog, which each post may name itself.
_COLLECTIONS = frozenset({"all", "nav", "post", "posts"})
_STATIC = ("public/", "static/")
# Folders of templates and of code that builds a site.
_OF_CODE = frozenset(
    {"components", "layouts", "templates", "includes", "plugins", "utils", "styles", "theme"}
)
_SOURCE = re.compile(
    r"(?P<before><[a-z]+[ \t][^<>]*?\b(?:src|href|poster)=[\"'])(?P<path>[^\"'<>\s:]+)(?=[\"'])"
)
# https://www.11ty.dev/docs/filters/url/, for an address that is written out.
_URL_FILTER = re.compile(
    r"\{\{-?[ \t]*(?P<mark>['\"])(?P<path>[^'\"{}\n]+)(?P=mark)[ \t]*\|[ \t]*url[ \t]*-?\}\}"
)
_LOOKED_AT = 200  # files, in which front matter must be


@dataclass(frozen=True)
class _Site:
    """What all pages of a folder share.

    addresses: of pages, by the paths of their files. authors: names. generator: what builds it; "" where
    that is not known. vue: where that is VuePress or VitePress.
    tops: folders from which links name the files of pages, with a slash.
    """

    files: Files
    addresses: Mapping[str, str]
    root: str
    authors: Mapping[str, str]
    generator: str
    vue: Vue | None = None
    tops: tuple[str, ...] = ()


THEME: tuple[str, ...] = ("_includes", "_layouts", "layouts")
"""Folders of its theme, and of what makes pages of its sources."""


def detect(files: Files) -> bool:
    """Tell whether a folder has notebooks or texts with a title in front matter, and is no built site."""
    site = settings.vue_of(files)
    if site and any(path.startswith(site.top) for path in pages.texts(files)):
        return True
    if "index.html" in files.paths and not any(name in files.paths for name in settings.FILES):
        return False
    for path in pages.texts(files)[:_LOOKED_AT]:
        try:
            if path.lower().endswith(notebooks.SUFFIX):
                notebooks.read_notebook(files.load(path), path)
                return True
            if front_matter.read(tree.text_of(files, path)[0], path).text("title"):
                return True
        except PostdocsError:
            continue
    return False


def read(files: Files, url: str | None, now: datetime) -> Source:
    """Read a folder: texts with a date are posts, others pages."""
    notes: list[Note] = []
    text = settings.text_of(files)
    root = settings.root_of(files, text, url)
    found = [*pages.read(files, notes, _OF_DATA)]
    authors = settings.authors(files, notes)
    made_by = eleventy.read(files) if settings.name_of(files) == ELEVENTY else None
    site = _Site(
        files,
        {page.path: page.address for page in found},
        root or tree.UNKNOWN,
        authors,
        settings.name_of(files),
        settings.vue_of(files),
        ("", made_by.top or "") if made_by else (),
    )
    entries = [_entry(page, site, position) for position, page in enumerate(files.reading(found), 1)]
    if root is None:
        what = "nothing says the address of the blog; import it again with --url"
        notes.append(Note(NoteKind.NOTICED, what))
    said = settings.site_settings(files, text, root)
    entries = translations.with_originals(
        zip(entries, (page.key for page in found), strict=True), said.language.replace("_", "-")
    )
    posts = list_addresses.Posts(entries, now)  # with all tags, of which each has a list
    entries = _without_collections(entries, [page.collections for page in found], notes)
    made = {
        path: front
        for path, front in templates.read(files).items()
        if not (made_by and made_by.leaves_out(path))
    }
    notes += templates.notes(made, files, DATES)
    copied = eleventy.served(made_by) if made_by else {}
    tops = site.vue.public_folders() if site.vue else _STATIC
    static = {path.removeprefix(top): path for top in tops for path in files.paths if path.startswith(top)}
    own = {
        path: path
        for path in files.paths
        if not (_is_of_templates(path) or (made_by and made_by.is_of_data(path)))
    }
    served = tree.published(files, own | static | copied, root or tree.UNKNOWN)
    return Source(
        files.name,
        f"{site.generator} site" if site.generator else "Markdown with front matter",
        said.title,
        root,
        tuple(entries),
        tuple(notes),
        served,
        settings=said,
        lists=list_addresses.under(root or "", lists.places(posts, files, made, text)),
    )


def _without_collections(
    entries: Sequence[Entry], collections: Sequence[frozenset[str]], notes: list[Note]
) -> list[Entry]:
    """Return entries without the tags that all posts have, where the data of folders gave them these.

    They are names of collections of Eleventy (https://www.11ty.dev/docs/collections/), and tell no two posts
    apart. collections: such tags of each entry.
    """
    posts = [entry for entry in entries if not entry.page]
    shared = (
        frozenset[str].intersection(*(frozenset(post.tags) for post in posts)) if posts[1:] else frozenset()
    )
    shared &= _COLLECTIONS.union(*collections)
    if not shared:
        return [*entries]
    what = "tags that all posts have, which name collections of Eleventy"
    notes.append(Note(NoteKind.LEFT_OUT, what, before=", ".join(sorted(shared))))
    return [replace(entry, tags=tuple(tag for tag in entry.tags if tag not in shared)) for entry in entries]


def _is_of_templates(path: str) -> bool:
    """Tell whether a file is of the settings, data, or templates of a site, which no page shows."""
    parts = PurePosixPath(path).parts
    return (
        path in settings.FILES
        or any(part.startswith(("_", ".")) for part in parts)
        or not _OF_CODE.isdisjoint(parts[:-1])
    )


def _with_sources(text: str, address: Callable[[str], str | None]) -> str:
    """Let elements of HTML show the files beside a text."""
    return markdown.in_prose(
        text, _SOURCE, lambda match: f"{match['before']}{address(match['path']) or match['path']}"
    )


def _with_prefix(path: str, base: str) -> str:
    return f"{base}{path}" if path.startswith("/") else path


def _entry(page: Page, site: _Site, position: int) -> Entry:
    front, notes = page.front, [*page.notes]
    files = site.files
    if page.language and not front.text(*TABLE["language"]):
        front = replace(front, written={**front.written, "language": page.language})
    values = fields.values_of(
        front, TABLE, IGNORED, lambda text: front_matter.read_date(text, notes), site.authors
    )
    base = urlsplit(site.root).path

    def address(name: str) -> str | None:
        """Return where a file beside the text is served; None for what is no such file."""
        path, mark, fragment = name.partition("#")
        inside = path.removeprefix(site.root) if path.startswith(f"{site.root}/") else path
        if site.vue and path and "://" not in inside:
            near = site.vue.target(inside, page.path, site.addresses) or ""
            if near or path.startswith("/"):
                return f"{base}{site.addresses.get(near, path)}{mark}{fragment}"
        near = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path))
        # https://www.11ty.dev/docs/plugins/inputpath-to-url/
        named = (posixpath.normpath(f"{top}{path.lstrip('/')}") for top in site.tops)
        if near not in site.addresses and (inner := next(filter(site.addresses.get, named), "")):
            return f"{base}{site.addresses[inner]}{mark}{fragment}"
        if path.startswith("/") or "://" in path or near not in files.paths:
            return None
        return f"{base}{site.addresses.get(near, '/' + quote(near))}{mark}{fragment}"

    body = front.body
    if site.vue and page.notebook is None:
        body = vue.plain(body)
    is_mdx = page.path.lower().endswith(MDX) or (site.generator == DOCUSAURUS and page.notebook is None)
    if is_mdx or (site.vue and page.notebook is None):
        place = files.place(page.path)
        body, odd = mdx.translate(body, place, front.body_line, has_modules=is_mdx)
        notes += odd
    body = markdown.in_prose(body, _URL_FILTER, lambda match: _with_prefix(match["path"], base))
    if page.notebook is None:
        body = marking_comments.to_info(body)
        found = [*templates.unknown(body, has_values=site.generator == ELEVENTY)]
        for said in found + (vue.unknown(body) if site.vue else []):
            what = "a template that is not known here came along as text"
            where = f"{files.place(page.path)}: {said[:80]}"
            notes.append(Note(NoteKind.NOTICED, what, before=where, in_text=True))
    if site.generator in {"", ELEVENTY}:
        body = templates.shown(body)
    text = markdown.with_addresses(_with_sources(body, address), address)
    notebook = replace(page.notebook, text=text) if page.notebook else None
    shown, attributes = boxes.translate(text), dict[int, dict[str, str]]()
    if site.vue or site.generator == DOCUSAURUS:
        slug = heading_ids.slug_of_vue if site.vue else None
        shown, attributes = heading_ids.parted(shown, slug)
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
        else markdown.render(shown, Dialect(links=True, indents=not is_mdx, fences=fences.read), attributes),
        markdown=notebook.own_text if notebook else fences.to_myst(text, fences.read),
        written=page.notebook.own_text if page.notebook else front.body,
        base=url,
        page=page.date is None and not draft and not front.said_date(*DATES),
        notebook=notebook.kept if notebook else None,
        **values,
    )
    return settle(
        replace(
            entry,
            title=entry.title or title_of(page, front.body),
            image=fields.address(image and (address(image) or image).removeprefix(base), f"{site.root}/"),
            notes=(*entry.notes, *notes),
        ),
        has_id=False,
    )
