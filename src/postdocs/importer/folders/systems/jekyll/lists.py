"""The addresses of the lists and feeds that plugins of Jekyll make, and of feeds that are templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import OldList
from postdocs.importer.folders import front_matter, tree
from postdocs.importer.folders.front_matter import as_written, texts_of
from postdocs.importer.folders.list_addresses import FEED, Place, Posts, pages
from postdocs.importer.folders.systems.jekyll import permalinks
from postdocs.importer.folders.systems.jekyll.settings import Settings
from postdocs.importer.sources.archive import Files

# https://github.com/jekyll/jekyll-archives: what is archived, by the name of its pattern, with its default.
_ARCHIVES = {
    "tags": ("tag", "/tag/:name/"),
    "categories": ("category", "/category/:name/"),
    "year": ("year", "/:year/"),
    "month": ("month", "/:year/:month/"),
    "day": ("day", "/:year/:month/:day/"),
}


def places(posts: Posts, files: Files, settings: Settings) -> Iterator[Place]:
    """Yield the paths of lists and feeds, from the root of the blog."""
    if settings.has_feed:
        yield from _feeds(posts, _table(settings, "feed"))
    for path in files.ending(".xml", ".rss", ".atom"):
        if not any(part.startswith(("_", ".")) for part in PurePosixPath(path).parts):
            yield from _template(path, files)
    if settings.has("jekyll-archives"):
        yield from _archives(posts, _table(settings, "jekyll-archives"))
    size = settings.values.values.get("paginate")
    if settings.has("jekyll-paginate") and isinstance(size, int):
        pattern = settings.values.text("paginate_path") or "/page:num/"
        for at in pages(posts.number, size):
            yield pattern.replace(":num", str(at)), OldList()


def _table(settings: Settings, name: str) -> Mapping[str, Any]:
    value = settings.values.values.get(name)
    return value if isinstance(value, dict) else {}


def _feeds(posts: Posts, given: Mapping[str, Any]) -> Iterator[Place]:
    """Yield those of https://github.com/jekyll/jekyll-feed."""
    path = given.get("path")
    yield path if isinstance(path, str) else "/feed.xml", OldList(is_feed=True)
    names = given.get("categories")
    for name in names if isinstance(names, list) else ():
        yield f"/feed/{name}.xml", OldList("category", str(name), is_feed=True)
    tags = given.get("tags")
    options = tags if isinstance(tags, dict) else {}
    only, left_out = (texts_of(as_written(options.get(key))) for key in ("only", "except"))
    top = str(options.get("path") or "/feed/by_tag/").strip("/")
    for tag in posts.labels("tag") if tags else ():
        if (not only or tag in only) and tag not in left_out:
            yield f"/{top}/{permalinks.slugify(tag)}.xml", OldList("tag", tag, is_feed=True)


def _template(path: str, files: Files) -> Iterator[Place]:
    """Yield the path of a feed, or of another list for programs, that is made of a template."""
    try:
        front = front_matter.read(tree.text_of(files, path)[0], files.place(path))
    except PostdocsError:
        return  # it is told of elsewhere
    if front.is_there:
        address = permalinks.given(front.text("permalink") or path)
        is_feed = FEED.fullmatch(PurePosixPath(address).name)
        yield address, OldList(is_feed=True) if is_feed else None


def _archives(posts: Posts, given: Mapping[str, Any]) -> Iterator[Place]:
    enabled = given.get("enabled")
    patterns = given.get("permalinks")
    for name, (key, default) in _ARCHIVES.items():
        is_on = enabled in ("all", True) or (isinstance(enabled, list) and name in enabled)
        said = patterns.get(key) if isinstance(patterns, dict) else None
        pattern = said if isinstance(said, str) else default
        if not is_on:
            continue
        if name in {"tags", "categories"}:
            for label in posts.labels(key):
                yield permalinks.given(pattern, {"name": permalinks.slugify(label)}), OldList(key, label)
        else:
            for date in posts.dates():
                values = {"year": f"{date:%Y}", "month": f"{date:%m}", "day": f"{date:%d}"}
                yield permalinks.given(pattern, values), OldList("archive", values["year"])
