"""The addresses of Pelican's lists and feeds: https://docs.getpelican.com/en/latest/settings.html."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from postdocs.importer.entry import Entry, OldList
from postdocs.importer.folders.list_addresses import KINDS, Place, Posts, pages
from postdocs.importer.folders.systems.pelican import metadata
from postdocs.importer.folders.systems.pelican.pages import slug_of
from postdocs.importer.folders.systems.pelican.settings import Settings

# Feeds of all posts and of labels, with their defaults.
_OF_ALL = {"FEED_ALL_ATOM": "feeds/all.atom.xml", "FEED_ALL_RSS": "", "FEED_ATOM": "", "FEED_RSS": ""}
_OF_LABEL = {
    "category": {"CATEGORY_FEED_ATOM": "feeds/{slug}.atom.xml", "CATEGORY_FEED_RSS": ""},
    "author": {"AUTHOR_FEED_ATOM": "feeds/{slug}.atom.xml", "AUTHOR_FEED_RSS": "feeds/{slug}.rss.xml"},
    "tag": {"TAG_FEED_ATOM": "", "TAG_FEED_RSS": ""},
}
_OF_LANGUAGE = {"TRANSLATION_FEED_ATOM": "feeds/all-{lang}.atom.xml", "TRANSLATION_FEED_RSS": ""}
_DIRECT = ("index", "tags", "categories", "authors", "archives")
_PAGINATED = ("index", "tag", "category", "author")
_INDEXES = {name: OldList(kind) for kind, name in KINDS.items()} | {"archives": OldList("archive")}
_PATTERN = "{name}{number}{extension}"


def places(posts: Posts, entries: Sequence[Entry], settings: Settings) -> Iterator[Place]:
    """Yield the paths of lists and feeds."""
    yield from _feeds(posts, entries, settings)
    for name in settings.values.texts("DIRECT_TEMPLATES", _DIRECT):
        path = _said(settings, f"{name.upper()}_SAVE_AS", f"{name}.html")
        if name == "index":
            yield from _later(path, posts.number, name, OldList(), settings)
        elif path:
            yield path, _INDEXES.get(name)
    for kind in KINDS:
        pattern = _said(settings, f"{kind.upper()}_SAVE_AS", f"{kind}/{{slug}}.html")
        for label, number in posts.labels(kind).items():
            path = _of(pattern, label, settings)
            if path:
                yield path, OldList(kind, label)
                yield from _later(path, number, kind, OldList(kind, label), settings)
    for period in ("YEAR", "MONTH", "DAY"):
        pattern = _said(settings, f"{period}_ARCHIVE_SAVE_AS", "")
        for date in posts.dates():
            if path := _expanded(pattern, {}, date):
                yield path, OldList("archive", f"{date:%Y}")


def _feeds(posts: Posts, entries: Sequence[Entry], settings: Settings) -> Iterator[Place]:
    for name, default in _OF_ALL.items():
        if path := _said(settings, name, default):
            yield path, OldList(is_feed=True)
    for kind, patterns in _OF_LABEL.items():
        for name, default in patterns.items():
            for label in posts.labels(kind):
                if path := _of(_said(settings, name, default), label, settings):
                    yield path, OldList(kind, label, is_feed=True)
    languages = {entry.language for entry in entries if entry.language and not entry.page}
    for name, default in _OF_LANGUAGE.items():
        pattern = _said(settings, name, default).replace("%s", "{lang}")
        for language in sorted({*languages, settings.values.text("DEFAULT_LANG", "en")}):
            if path := _expanded(pattern, {"lang": language}):
                yield path, OldList(is_feed=True)


def _said(settings: Settings, name: str, default: str) -> str:
    """Return a path that the settings say; "" where they say that there is none."""
    value = settings.values.values.get(name, default)
    return value if isinstance(value, str) else ""


def _of(pattern: str, label: str, settings: Settings) -> str:
    return _expanded(pattern.replace("%s", "{slug}"), {"slug": slug_of(label, settings)})


def _expanded(pattern: str, values: Mapping[str, str], date: datetime | None = None) -> str:
    """Return a path that a pattern makes; "" where it makes none."""
    return metadata.expand(pattern, values, date) or ""


def _later(path: str, number: int, template: str, one: OldList, settings: Settings) -> Iterator[Place]:
    """Yield the pages of a list after the first."""
    sizes = settings.values.values.get("PAGINATED_TEMPLATES", dict.fromkeys(_PAGINATED))
    if not path or not isinstance(sizes, dict) or template not in sizes:
        return
    size = sizes[template] or settings.values.values.get("DEFAULT_PAGINATION")
    orphans = settings.values.values.get("DEFAULT_ORPHANS")
    left = number - (orphans if isinstance(orphans, int) else 0)
    name, extension = posixpath.splitext(path)
    is_index = posixpath.basename(path) in {"index.html", "index.htm"}
    values = {"name": name, "extension": extension, "save_as": path}
    values["base_name"] = posixpath.dirname(path) if is_index else name
    for at in pages(left, size if isinstance(size, int) and not isinstance(size, bool) else 0):
        later = _rule(settings, at)
        for field, value in {**values, "number": str(at)}.items():
            later = later.replace(f"{{{field}}}", value)
        if "{" not in later:
            yield later, one


def _rule(settings: Settings, number: int) -> str:
    """Return the pattern of the path of a page of a list."""
    given: Any = settings.values.values.get("PAGINATION_PATTERNS")
    pattern = _PATTERN
    for rule in given if isinstance(given, list | tuple) else ():
        match rule:
            case (int(first), _, str(said)) if 0 < first <= number:
                pattern = said
    return pattern
