"""The addresses of Nikola's lists of posts: https://getnikola.com/path_handlers.html."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from urllib.parse import quote

from postdocs.core.permalink import PATH_CHARACTERS
from postdocs.importer.entry import OldList
from postdocs.importer.folders.list_addresses import KINDS, Place, Posts, pages, periods
from postdocs.importer.folders.systems.nikola.pages import File, slugify
from postdocs.importer.folders.systems.nikola.settings import Settings

# The setting of the folder that each kind of list is in, and its default.
_FOLDERS = {
    "tag": ("TAG_PATH", "categories"),
    "category": ("CATEGORY_PATH", "categories"),
    "author": ("AUTHOR_PATH", "authors"),
    "gallery": ("GALLERY_PATH", "galleries"),
    "archive": ("ARCHIVE_PATH", ""),
}
_TOPS = frozenset({"root", "index"})
# The settings that ask for archives of a time, and the times that each has.
_ARCHIVES = {
    "CREATE_FULL_ARCHIVES": ("year", "month", "day"),
    "CREATE_SINGLE_ARCHIVE": (),
    "CREATE_MONTHLY_ARCHIVE": ("year", "month"),
    "CREATE_DAILY_ARCHIVE": ("year", "month", "day"),
}
_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".svg", ".svgz", ".bmp", ".webp"})


def address(kind: str, name: str, settings: Settings) -> str | None:
    """Return the address of a list from the root of the blog; None where it is none that is known.

    kind, name: those of `link://kind/name`.
    """
    if kind in _TOPS:
        return "/"
    if kind == "rss":
        return _feed(settings)
    if kind not in _FOLDERS:
        return None
    folder = _folder(kind, settings)
    if kind in KINDS:
        slug = _slug(kind, name, settings)
        if not slug:
            return None
        is_pretty = settings.values.flag("PRETTY_URLS", default=True)
        page = slug + ("/" if is_pretty else ".html")
    elif kind == "archive" and not name:
        page = settings.values.text("ARCHIVE_FILENAME", "archive.html")
    else:
        page = f"{name.strip('/')}/" if name.strip("/") else ""
    return _path(folder, page)


def _folder(kind: str, settings: Settings) -> str:
    setting, default = _FOLDERS[kind]
    if kind == "category" and not settings.text(setting):
        return _folder("tag", settings)  # as Nikola has it where nothing is said
    return settings.text(setting) if setting in settings.values.values else default


def _slug(kind: str, name: str, settings: Settings) -> str:
    slug = "/".join(slugify(part, settings) for part in name.split("/"))
    prefix = settings.values.text("CATEGORY_PREFIX", "cat_") if kind == "category" else ""
    return f"{prefix}{slug}" if slug.strip("/") else ""


def _path(folder: str, page: str) -> str:
    path = "/".join(part for part in (folder.strip("/"), page) if part)
    return quote(f"/{path}", safe=f"{PATH_CHARACTERS}%")


def _feed(settings: Settings) -> str:
    name = settings.text("RSS_FILENAME_BASE") or "rss"
    return _path(settings.text("RSS_PATH"), f"{name}{settings.values.text('RSS_EXTENSION', '.xml')}")


def places(posts: Posts, found: Sequence[File], paths: Sequence[str], settings: Settings) -> Iterator[Place]:
    """Yield the paths of lists and feeds, of sources, and of small copies of pictures.

    found: the files that become pages. paths: of files as the site serves them.
    """
    for folder in settings.languages.values():
        top = "" if folder == "." else f"/{folder}"
        yield from ((f"{top}{path}", one) for path, one in _lists(posts, settings))
    if settings.values.flag("COPY_SOURCES", default=True):
        for file in found:
            if file.address and file.address != "/":
                stem = f"{file.address}index" if file.address.endswith("/") else file.address[: -len(".html")]
                yield f"{stem}{file.suffix}", None
    pattern = settings.values.text("IMAGE_THUMBNAIL_FORMAT", "{name}.thumbnail{ext}")
    given = {"images": "images", **settings.values.mapping("IMAGE_FOLDERS")}
    tops = tuple(f"{top}/" if (top := str(target).strip("/")) else "" for target in given.values())
    for path in paths:
        name = PurePosixPath(path)
        if path.startswith(tops) and name.suffix.lower() in _PICTURES:
            inner = pattern.replace("{name}", name.stem).replace("{ext}", name.suffix)
            yield f"/{name.parent}/{inner}", None


def _lists(posts: Posts, settings: Settings) -> Iterator[Place]:
    values = settings.values
    has_feeds = values.flag("GENERATE_RSS", default=True)
    if has_feeds and not values.flag("DISABLE_MAIN_RSS_FEED", default=False):
        yield _feed(settings), OldList(is_feed=True)
    yield "/sitemapindex.xml", None
    size = values.values.get("INDEX_DISPLAY_POST_COUNT", 10)
    for at in pages(posts.number, size if isinstance(size, int) else 0):
        yield _path(settings.text("INDEX_PATH"), f"index-{at - 1}.html"), OldList()
    for kind in KINDS:
        labels = posts.labels(kind)
        if kind == "author" and len(labels) == 1:
            continue  # Nikola makes no lists then
        folder = _folder(kind, settings)
        for label in labels:
            if path := address(kind, label, settings):
                yield path, OldList(kind, label)
                if has_feeds:
                    extension = values.text("RSS_EXTENSION", ".xml")
                    feed = _path(folder, f"{_slug(kind, label, settings)}{extension}")
                    yield feed, OldList(kind, label, is_feed=True)
        if labels:
            yield f"{_path(folder, '').rstrip('/')}/", OldList(kind)
    yield address("archive", "", settings) or "", OldList("archive")
    asked = (of for name, of in _ARCHIVES.items() if values.flag(name, default=False))
    times = next(asked, ("year",))
    for date in posts.dates():
        for time, name in periods(date):
            if time in times:
                yield address("archive", name, settings) or "", OldList("archive", f"{date:%Y}")
