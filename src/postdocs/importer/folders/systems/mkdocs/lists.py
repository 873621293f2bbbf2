"""The addresses of the lists that the blog of Material for MkDocs makes, and of feeds.

https://squidfunk.github.io/mkdocs-material/plugins/blog/, https://guts.github.io/mkdocs-rss-plugin/.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from postdocs.importer.entry import OldList
from postdocs.importer.folders.list_addresses import Place, Posts, pages
from postdocs.importer.folders.systems.mkdocs.pages import address_of, formatted, slug_of
from postdocs.importer.folders.systems.mkdocs.settings import Blog, Settings

_FEEDS = {
    "rss_created": "feed_rss_created.xml", "rss_updated": "feed_rss_updated.xml",
    "json_created": "feed_json_created.json", "json_updated": "feed_json_updated.json",
}  # fmt: skip


def places(
    posts: Posts, others: Iterable[str], authors: Mapping[str, str], settings: Settings
) -> Iterator[Place]:
    """Yield the paths of lists and feeds.

    others: documents of which the import makes no page. authors: names by their short names.
    """
    for path in others:
        yield address_of(path, settings), None
    yield "/sitemap.xml.gz", None
    tags = settings.plugins.get("tags", settings.plugins.get("material/tags"))
    if tags is not None and tags.get("export") is not False:
        yield f"/{_said(tags, 'export_file', 'tags.json')}", None
    if (rss := settings.plugins.get("rss")) is not None:
        names = rss.get("feeds_filenames")
        for name, default in _FEEDS.items():
            said = names.get(name) if isinstance(names, dict) else None
            yield f"/{said if isinstance(said, str) else default}", OldList(is_feed=True)
    if settings.blog:
        for path, one in _views(
            posts, settings.blog, {name: key for key, name in authors.items()}, settings.language
        ):
            yield address_of(f"{path}.md", settings), one


def _views(posts: Posts, blog: Blog, authors: Mapping[str, str], language: str) -> Iterator[Place]:
    """Yield the paths that the documents of lists would have. authors: short names by names."""
    given = blog.given
    yield posixpath.join(blog.folder, "index"), OldList()
    yield from _later(blog.folder, posts.number, OldList(), given, "")
    if given.get("archive") is not False:
        dates: dict[str, tuple[str, int]] = {}
        for date, number in posts.dates().items():
            name = formatted(date, _said(given, "archive_url_date_format", "yyyy"), language)
            dates[name] = (f"{date:%Y}", dates.get(name, ("", 0))[1] + number)
        for name, (year, number) in dates.items():
            pattern = _said(given, "archive_url_format", "archive/{date}")
            path = posixpath.join(blog.folder, pattern.replace("{date}", name))
            yield path, OldList("archive", year)
            yield from _later(path, number, OldList("archive", year), given, "archive_")
    of_labels = {
        "category": ("categories", "categories_"),
        "author": ("authors_profiles", "authors_profiles_"),
    }
    for kind, (switch, prefix) in of_labels.items():
        if given.get(switch, kind == "category") is not True:
            continue
        separator = _said(given, f"{prefix}slugify_separator", "-")
        for label, number in posts.labels(kind).items():
            slug = (
                authors.get(label, slug_of(label, separator))
                if kind == "author"
                else slug_of(label, separator)
            )
            pattern = _said(given, f"{prefix}url_format", f"{kind}/{{slug}}")
            path = posixpath.join(blog.folder, pattern.replace("{slug}", slug))
            yield path, OldList(kind, label)
            yield from _later(path, number, OldList(kind, label), given, prefix)


def _said(given: Mapping[str, Any], name: str, default: str) -> str:
    value = given.get(name)
    return value if isinstance(value, str) else default


def _later(path: str, number: int, one: OldList, given: Mapping[str, Any], prefix: str) -> Iterator[Place]:
    """Yield the pages of a list after the first."""
    if given.get(f"{prefix}pagination", given.get("pagination")) is False:
        return
    size = given.get(f"{prefix}pagination_per_page", given.get("pagination_per_page", 10))
    pattern = _said(given, "pagination_url_format", "page/{page}")
    for at in pages(number, size if isinstance(size, int) else 0):
        yield posixpath.join(path, pattern.replace("{page}", str(at))), one
