"""Hexo: https://hexo.io/docs/setup."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.folders import fences, fields, front_matter, list_addresses, markdown, tree
from postdocs.importer.folders.markdown import Dialect
from postdocs.importer.folders.systems.hexo import lists, pages, permalinks
from postdocs.importer.folders.systems.hexo import settings as hexo_settings
from postdocs.importer.folders.systems.hexo.expansion import expand
from postdocs.importer.folders.systems.hexo.pages import HTML, MARKDOWN, File
from postdocs.importer.folders.systems.hexo.settings import Settings
from postdocs.importer.folders.systems.hexo.tags import Place, fence_of
from postdocs.importer.sources.archive import Files
from postdocs.importer.sources.model import SiteSettings, Source, settle
from postdocs.importer.sources.site_settings import language_of, people, plain_text

TABLE: fields.Table = {
    "title": ("title",),
    "updated": ("updated", "update", "lastmod", "modified"),
    "authors": ("author", "authors"),
    "tags": ("tags", "tag"),
    "summary": ("description", "excerpt", "summary", "abstract"),
    "subtitle": ("subtitle",),
    "image": (
        "cover", "index_img", "image", "img", "thumbnail", "banner_img", "banner", "top_img", "cover_image",
        "photos",
    ),
    "language": ("lang", "language"),
    "aliases": ("alias", "aliases", "redirect_from"),
}  # fmt: skip
# What Hexo, its plugins, and themes read, and no page shows.
IGNORED = frozenset({
    "layout", "date", "permalink", "categories", "category", "comments", "comment", "toc", "toc_number",
    "mathjax", "math", "katex", "mermaid", "top", "sticky", "abbrlink", "urlname", "id", "slug", "published",
    "draft", "password", "disableNunjucks", "reward", "copyright", "keywords", "type", "hide", "hidden",
    "excerpt_type", "aside", "toc_style_simple", "highlight_shrink", "aplayer", "typora-root-url",
    "typora-copy-images-to", "noindex", "sitemap", "feed", "message", "theme", "archive", "leancloud",
})  # fmt: skip
THEME: tuple[str, ...] = ("themes", "scaffolds")
"""Folders of its theme, and of what makes pages of its sources."""

_ABSENT = Note(NoteKind.NOTICED, "nothing says its date; Hexo shows that of its file, which isn't kept here")


@dataclass(frozen=True)
class _Site:
    """What all posts of a blog share.

    files: those of the folder of sources, and their names. paths: its posts and pages, by the paths of their
    files. posts: by the names that tags call them by.
    """

    files: Files
    settings: Settings
    names: frozenset[str]
    paths: Mapping[str, File]
    posts: Mapping[str, File]


def detect(files: Files) -> bool:
    """Tell whether a folder is a Hexo blog, by its settings; those of Jekyll have the same name."""
    return hexo_settings.is_hexo(files)


def read(files: Files, url: str | None, now: datetime) -> Source:
    """Read a blog: posts, drafts, and pages.

    Raises
    ------
    PostdocsError
        Its settings can't be read.

    """
    settings = hexo_settings.read(files, url)
    notes = [*settings.notes]
    sources = tree.under(files, settings.folder("source_dir", "source"))
    found = (*pages.read(sources, settings, notes),)
    by_slug = {file.slug: file for file in found if file.kind == "posts"}
    by_name = {posixpath.basename(file.slug): file for file in by_slug.values()}
    paths = {file.path: file for file in found}
    site = _Site(sources, settings, frozenset(sources.paths), paths, {**by_name, **by_slug})
    entries = [_entry(file, site, position) for position, file in enumerate(sources.reading([*found]), 1)]
    if not settings.url:
        notes.append(tree.NO_ADDRESS)
    posts = list_addresses.Posts(entries, now)
    values = settings.values
    root = settings.root if settings.url else ""
    return Source(
        files.name,
        "Hexo site",
        values.text("title"),
        root or None,
        tuple(entries),
        tuple(notes),
        _published(site),
        settings=SiteSettings(
            plain_text(values.values.get("title")),
            plain_text(values.values.get("description") or values.values.get("subtitle")),
            root,
            people(values.values.get("author")),
            language_of(*values.texts("language")),
            settings.zone.key if settings.zone else "",
        ),
        lists=list_addresses.under(root, lists.places(posts, [*found], settings)),
    )


def _published(site: _Site) -> Files:
    """Return the files that Hexo serves as they are, and those beside posts."""
    served = {
        path: path
        for path in site.files.paths
        if not any(part.startswith(("_", ".")) for part in path.split("/"))
        and not path.lower().endswith(MARKDOWN)
    }
    owners = {file.assets: file for file in site.paths.values() if file.kind != "pages" and file.address}
    for path in site.files.paths:
        above = (f"{folder}/" for folder in PurePosixPath(path).parents)
        owner = next((owners[folder] for folder in above if folder in owners), None)
        if owner is not None and owner.address:
            top = unquote(permalinks.folder(owner.address)).lstrip("/")
            served.setdefault(f"{top}{path.removeprefix(owner.assets)}", path)
    return tree.published(site.files, served, site.settings.root)


def _entry(file: File, site: _Site, position: int) -> Entry:
    settings, front, notes = site.settings, file.front, [*file.notes]
    place = site.files.place(file.path)
    values = fields.values_of(
        front, TABLE, IGNORED, lambda text: front_matter.read_date(text, notes, settings.zone), {}
    )
    body = front.body
    if front.flag("disableNunjucks") is not True:
        body, odd = expand(body, _place(file, site), place, front.body_line)
        notes += odd
    is_html = file.path.lower().endswith(HTML)
    text = body if is_html else markdown.with_addresses(body, lambda path: _address(path, file, site))
    if not (is_html or settings.knows_formulas):
        text = markdown.with_dollars(markdown.without_escapes(text))
    url = f"{settings.root}{file.address}" if file.address else None
    is_post = file.kind != "pages"
    if file.kind == "posts" and not file.address:
        notes.append(_ABSENT if file.date is None else tree.unknown_address(place))
    dialect = Dialect(links=True, breaks=settings.has_breaks, fences=fence_of)
    entry = Entry(
        source=place,
        position=position,
        id=url if lists.feed_path(settings) and settings.url and is_post else None,
        url=url,
        published=file.date,
        content=text if is_html else markdown.render(text, dialect, {}),
        markdown=None if is_html else fences.to_myst(text, fence_of),
        written=front.body,
        base=url or f"{settings.root}/",
        page=not is_post,
        **values,
    )
    is_beside = entry.image and _asset(entry.image, file, site) is not None
    return settle(
        replace(
            entry,
            title=entry.title or posixpath.basename(file.slug),
            category=file.categories,
            image=fields.address(
                entry.image, entry.base if is_beside and entry.base else f"{settings.root}/"
            ),
            draft=entry.draft or file.kind == "drafts",
            notes=(*entry.notes, *notes),
        ),
        has_id=False,
    )


def _place(file: File, site: _Site) -> Place:
    """Return what the tags of a file can refer to."""

    def post(name: str) -> tuple[str, str] | None:
        other = site.posts.get(name)
        if other is None or not other.address:
            return None
        return f"{site.settings.base}{other.address}", other.front.text("title") or name

    def code(name: str) -> str | None:
        folder = site.settings.folder("code_dir", "downloads/code")
        path = posixpath.normpath(f"{folder}/{name}")
        try:
            return tree.text_of(site.files, path)[0] if path in site.names else None
        except PostdocsError:
            return None

    def path(name: str) -> str:
        return _address(name, file, site) or name

    return Place(post, lambda name: _asset(name, file, site), code, path)


def _asset(name: str, file: File, site: _Site) -> str | None:
    """Return the address of a file beside a post, as seen from the post; None for what is none."""
    path = posixpath.normpath(f"{file.assets}{name}")
    is_there = path.startswith(file.assets) and path in site.names
    return quote(path.removeprefix(file.assets)) if is_there and file.kind != "pages" else None


def _address(name: str, file: File, site: _Site) -> str | None:
    """Return the address of a file that a text names; None for what is no file of the folder.

    A name is from the address of the post, as readers' browsers see it, or from the file, as editors do. One
    with a slash at its start is from the root of the blog, which may be in a folder of the site.
    """
    path, mark, fragment = name.partition("#")
    base = site.settings.base
    plain = unquote(path)
    if not path or "://" in path or plain.startswith((f"{base}/" if base else "//", "//")):
        return None
    if plain.startswith("/"):
        return f"{base}{name}" if base and plain.lstrip("/") in site.names else None
    if _asset(plain, file, site) is not None:
        return None  # it is found where it is
    near = posixpath.normpath(posixpath.join(posixpath.dirname(file.path), plain))
    if near.startswith(file.assets):
        return _asset(near.removeprefix(file.assets), file, site)
    other = site.paths.get(near)
    if other is not None and other.address:
        return f"{base}{other.address}{mark}{fragment}"
    is_served = near in site.names and not near.startswith(("_", "."))
    return f"{base}/{quote(near)}{mark}{fragment}" if is_served else None
