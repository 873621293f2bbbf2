"""Hugo: https://gohugo.io/getting-started/directory-structure/."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from postdocs.core.errors import PostdocsError
from postdocs.importer.addresses import names_thread
from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.folders import fields, list_addresses, markdown, translations, tree
from postdocs.importer.folders.emoji import with_emoji
from postdocs.importer.folders.front_matter import texts_of
from postdocs.importer.folders.systems.hugo import goldmark, lists, pages, raw, readers, shortcodes
from postdocs.importer.folders.systems.hugo import settings as hugo_settings
from postdocs.importer.folders.systems.hugo.pages import HTML, MARKDOWN, Links, Page
from postdocs.importer.folders.systems.hugo.settings import Settings
from postdocs.importer.sources.archive import Files
from postdocs.importer.sources.model import SiteSettings, Source, settle
from postdocs.importer.sources.site_settings import language_of, links_in, people, plain_text

TABLE: fields.Table = {
    "title": ("title", "linktitle"),
    "updated": ("lastmod", "modified", "updated"),
    "authors": ("authors", "author"),
    "category": ("categories", "category"),
    "tags": ("tags", "tag", "keywords"),
    "summary": ("description", "summary"),
    "subtitle": ("subtitle",),
    "image": (
        "images", "image", "cover", "featured_image", "featuredimage", "featureimage", "thumbnail", "header",
    ),
    "language": ("lang", "language"),
    "aliases": ("aliases",),
}  # fmt: skip
# What Hugo and its themes read, and no page shows.
IGNORED = frozenset({
    "date", "publishdate", "pubdate", "published", "expirydate", "slug", "url", "draft", "type", "layout",
    "weight", "menu", "menus", "markup", "math", "mathjax", "katex", "mermaid", "toc", "tableofcontents",
    "showtoc", "tocopen", "comments", "disablecomments", "resources", "outputs", "cascade", "build", "_build",
    "headless", "iscjklanguage", "sitemap", "params", "share", "disableshare", "hidemeta", "hiddeninhomelist",
    "searchhidden", "showreadingtime", "showbreadcrumbs", "showpostnavlinks", "showcodecopybuttons",
    "translationkey", "lastmod", "hidesummary", "usepagebundles", "featured", "private", "password",
    "robotsnoindex", "editpost", "canonicalurl", "id", "guid",
})  # fmt: skip
_PARTS = frozenset({"archetypes", "layouts", "themes", "static", "assets"})

THEME: tuple[str, ...] = ("archetypes", "layouts", "themes")
"""Folders of its theme, and of what makes pages of its sources."""


def is_zola(files: Files) -> bool:
    """Tell whether a folder is a Zola site, whose settings have the name of Hugo's."""
    if "config.toml" not in files.paths:
        return False
    try:
        return "base_url" in tree.settings_of(files, "config.toml").values
    except PostdocsError:
        return False


def detect(files: Files) -> bool:
    """Tell whether a folder is a Hugo site: its settings, with texts, and folders that only it has."""
    settings = hugo_settings.files_of(files)
    tops = {path.partition("/")[0] for path in files.paths if "/" in path}
    is_named = any(PurePosixPath(path).name.startswith("hugo.") for path in settings)
    has_texts = any(PurePosixPath(path).suffix.lower() in MARKDOWN | HTML for path in files.paths)
    is_jekyll = "_posts" in tops and any(name in files.paths for name in ("_config.yml", "_config.yaml"))
    if not has_texts or is_zola(files) or is_jekyll:
        return False
    if not settings:  # some repositories make them from a template of their own
        return {"archetypes", "content", "layouts"} <= tops
    if is_named:
        return True
    if "content" not in tops:
        return False
    try:
        read = hugo_settings.read(files, None)
    except PostdocsError:
        return bool(tops & _PARTS)
    return "baseurl" in read.values or bool(tops & _PARTS)


@dataclass(frozen=True)
class _Site:
    """What all pages of a site share. posts: whether a page is one. files: by their published paths.

    templates: of shortcodes.
    """

    files: Files
    settings: Settings
    links: Links
    posts: frozenset[str]
    published: Files
    templates: raw.Templates


def read(files: Files, url: str | None, _: datetime) -> Source:
    """Read a site: its posts, drafts, and pages.

    Raises
    ------
    PostdocsError
        Its settings can't be read.

    """
    settings = hugo_settings.read(files, url)
    notes = [*settings.notes]
    found = [*pages.read(files, settings, notes)]
    site = _Site(
        files,
        settings,
        Links(found, settings),
        _posts(found, settings),
        _published(files, found, settings),
        raw.Templates(files),
    )
    entries = [
        (_entry(page, site, position), pages.translation_key(page, settings))
        for position, page in enumerate(files.reading(found), 1)
    ]
    if not settings.url:
        notes.append(tree.NO_ADDRESS)
    root = f"{settings.url}{settings.base}" if settings.url else None
    return Source(
        files.name,
        "Hugo site",
        settings.text("title"),
        root,
        tuple(translations.with_originals(entries, settings.language)),
        tuple(notes),
        site.published,
        settings=_site_settings(settings, root),
        lists=list_addresses.under(root or "", lists.places(found, settings)),
    )


def _site_settings(settings: Settings, root: str | None) -> SiteSettings:
    """Return what the settings say; those of the language at the root go first, as in Hugo."""
    given = settings.mapping("languages").get(settings.language)
    language = {str(key).lower(): value for key, value in given.items()} if isinstance(given, dict) else {}
    params = settings.mapping("params") | {
        key.lower(): value for key, value in _table(language.get("params")).items()
    }
    values = {**settings.values, **language}
    menus = _table(values.get("menus") or values.get("menu"))
    return SiteSettings(
        plain_text(values.get("title")),
        plain_text(params.get("description") or params.get("subtitle") or values.get("description")),
        root or "",
        people(params.get("author"), params.get("authors"), values.get("author")),
        language_of(values.get("languagecode"), values.get("locale"), settings.language),
        settings.zone.key if settings.text("timezone") else "",
        links_in(*menus.values(), params.get("social"), params.get("socialicons")),
    )


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _posts(found: Sequence[Page], settings: Settings) -> frozenset[str]:
    """Return the paths of those pages that are posts.

    They are in the main sections; where the site names none, they have a date and are in any section, or at
    the top of a site where no section has dates.
    """
    named = texts_of(settings.mapping("params").get("mainsections")) or texts_of(
        settings.values.get("mainsections")
    )
    if named:
        return frozenset(page.path for page in found if page.section in named and not _is_list(page))
    dated = Counter(bool(page.section) for page in found if page.date and not _is_list(page))
    return frozenset(
        page.path for page in found if page.date and not _is_list(page) and (page.section or not dated[True])
    ) | frozenset(
        page.path for page in found if page.section and fields.is_draft(page.front) and not _is_list(page)
    )


def _is_list(page: Page) -> bool:
    return PurePosixPath(page.path).name.startswith("_index.")


def _published(files: Files, found: Sequence[Page], settings: Settings) -> Files:
    """Return the files of a site under the paths at which it serves them."""
    bundles = {
        str(PurePosixPath(page.path).parent): page.address.strip("/")
        for page in found
        if PurePosixPath(page.path).name.startswith(("index.", "_index."))
    }
    paths: dict[str, str] = {}
    for path in files.paths:
        for top in (settings.text("assetdir", "assets"), settings.text("staticdir", "static")):
            if path.startswith(f"{top}/"):
                paths[path.removeprefix(f"{top}/")] = path
        if path.startswith(f"{settings.content}/") and PurePosixPath(path).suffix.lower() not in MARKDOWN:
            paths.setdefault(path.removeprefix(f"{settings.content}/"), path)
            for parent in PurePosixPath(path).parents:
                if str(parent) in bundles:
                    inner = path.removeprefix(f"{parent}/")
                    paths[f"{bundles[str(parent)]}/{inner}".lstrip("/")] = path
                    break
    return tree.published(files, paths, f"{settings.url or tree.UNKNOWN}{settings.base}")


def _entry(page: Page, site: _Site, position: int) -> Entry:
    settings, front, notes = site.settings, page.front, [*page.notes]
    place = site.files.place(page.path)
    values = fields.values_of(front, TABLE, IGNORED, lambda text: pages.read_date(text, settings, notes), {})
    known = readers.Page(
        lambda name: site.links.of(page, settings, name), _params(page, settings), site.templates.of
    )
    body, odd = shortcodes.expand(front.body, known, place, front.body_line)
    is_html = PurePosixPath(page.path).suffix.lower() in HTML
    if settings.values.get("enableemoji") is True and not is_html:
        body = with_emoji(body)
    if not is_html:
        body = (markdown.with_plain_dollars if settings.knows_formulas else markdown.without_escapes)(body)
    text = None if is_html else goldmark.translate(body, lambda name: _link(name, page, site))
    root = f"{settings.url or tree.UNKNOWN}{settings.base}"
    url = f"{root}{page.address}"
    expires = front.text("expirydate")
    if expires:
        notes.append(Note(NoteKind.NOTICED, "it expires there; it is a draft here", before=expires))
    entry = Entry(
        source=place,
        position=position,
        id=url if settings.url and page.path in site.posts else None,
        url=url,
        published=_first_shown(page, settings),
        content=goldmark.render(text) if text else body,
        markdown=text.author if text else None,
        written=front.body,
        base=url,
        page=page.path not in site.posts,
        **values,
    )
    return settle(
        replace(
            entry,
            title=entry.title or _title(page),
            extra={**entry.extra, **_thread(page)},
            aliases=pages.aliases_of(page, entry.aliases, settings.base),
            image=_image(entry.image, page, site, root),
            language=entry.language or (page.language or None),
            draft=entry.draft or bool(expires),
            notes=(*entry.notes, *notes, *odd),
        ),
        has_id=False,
    )


def _thread(page: Page) -> dict[str, Any]:
    """Return the names of the thread of comments that a page has among its `params`."""
    params = _table(page.front.values.get("params"))
    return {key: value for key, value in params.items() if names_thread(key)}


def _first_shown(page: Page, settings: Settings) -> datetime | None:
    """Return the date of a page, or the later one before which Hugo doesn't build it."""
    shown = pages.read_date(page.front.text("publishdate"), settings, [])
    return max(page.date, shown) if page.date and shown else page.date


def _params(page: Page, settings: Settings) -> Mapping[str, str]:
    site = {
        key: str(value)
        for key, value in settings.mapping("params").items()
        if isinstance(value, str | int | float)
    }
    return site | {key: value for key, value in page.front.written.items() if isinstance(value, str)}


def _link(name: str, page: Page, site: _Site) -> str | None:
    """Return the address of a page that a link names by its file; None for other links."""
    is_file = PurePosixPath(name.partition("#")[0]).suffix.lower() in MARKDOWN and "://" not in name
    return site.links.of(page, site.settings, name) if is_file else None


def _image(path: str | None, page: Page, site: _Site, root: str) -> str | None:
    """Return the address of the picture of a post: beside it in its bundle, or from the root of the site."""
    beside = f"{page.address.strip('/')}/{path}"
    is_beside = bool(path) and not (path or "").startswith("/") and beside in site.published.paths
    return fields.address(beside if is_beside else path, f"{root}/")


def _title(page: Page) -> str:
    """Return a title for a page that has none."""
    path = PurePosixPath(page.path)
    name = path.parent.name if path.stem.startswith(("index", "_index")) else path.stem
    return name.replace("-", " ").replace("_", " ").capitalize()
