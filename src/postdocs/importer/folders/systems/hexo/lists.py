"""The addresses of the lists and feeds that Hexo's generators make of posts."""

from __future__ import annotations

from collections.abc import Iterator

from postdocs.importer.entry import OldList
from postdocs.importer.folders.list_addresses import Place, Posts, pages
from postdocs.importer.folders.systems.hexo.pages import File
from postdocs.importer.folders.systems.hexo.settings import Settings


def places(posts: Posts, found: list[File], settings: Settings) -> Iterator[Place]:
    """Yield the paths of lists and feeds, from the root of the blog."""
    inner = settings.folder("pagination_dir", "page")
    for at in pages(posts.number, settings.per_page):
        yield f"/{inner}/{at}/", OldList()
    if feed := feed_path(settings):
        yield feed, OldList(is_feed=True)
    archive = settings.folder("archive_dir", "archives")
    yield f"/{archive}/", OldList("archive")
    for at in pages(posts.number, settings.per_page):
        yield f"/{archive}/{inner}/{at}/", OldList("archive")
    for date in posts.dates():
        for period in (f"{date:%Y}", f"{date:%Y/%m}"):
            yield f"/{archive}/{period}/", OldList("archive", f"{date:%Y}")
    yield from _of_labels(posts, found, settings, inner)


def feed_path(settings: Settings) -> str:
    """Return the path of the feed of hexo-generator-feed; "" where the blog doesn't have that."""
    said = settings.table("feed")
    if "hexo-generator-feed" not in settings.program and not said:
        return ""
    path, kind = said.get("path"), said.get("type")
    first = path[0] if isinstance(path, list) and path else path
    is_rss = kind in ("rss2", ["rss2"])
    return f"/{str(first or ('rss2.xml' if is_rss else 'atom.xml')).lstrip('/')}"


def _of_labels(posts: Posts, found: list[File], settings: Settings, inner: str) -> Iterator[Place]:
    tags, categories = settings.folder("tag_dir", "tags"), settings.folder("category_dir", "categories")
    for tag, number in posts.labels("tag").items():
        top = f"/{tags}/{settings.slug(tag, 'tag_map')}/"
        yield top, OldList("tag", tag)
        for at in pages(number, settings.per_page):
            yield f"{top}{inner}/{at}/", OldList("tag", tag)
    for line in dict.fromkeys(line for file in found for line in file.lines):
        for end in range(1, len(line) + 1):
            slugs = [settings.slug(name, "category_map") for name in line[:end]]
            yield f"/{categories}/{'/'.join(slugs)}/", OldList("category", line[end - 1])
    yield f"/{tags}/", OldList("tag")
    yield f"/{categories}/", OldList("category")
