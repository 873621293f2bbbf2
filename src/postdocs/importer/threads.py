"""Comments that a source names by the address of their page, and the posts that they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from postdocs.core.plural import count
from postdocs.importer.addresses import key_of, post_slug, thread_names
from postdocs.importer.entry import Entry, Note, NoteKind, SourceComment, Thread
from postdocs.importer.folders.tree import UNKNOWN
from postdocs.importer.plan import Existing
from postdocs.importer.sources.comments import each_once, in_time

_FILE = re.compile(r"(?:/(?:index|default))?\.(?:x?html?|php|aspx?)$", re.IGNORECASE)
_LOST = "on a page that is no post of the sources or of the site"


@dataclass(frozen=True)
class Attached:
    """Entries with their comments. others: those of posts of the site, by path. notes: on the rest."""

    entries: tuple[Entry, ...]
    others: Mapping[str, tuple[SourceComment, ...]]
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class _Page:
    """What threads may name a post by.

    place: of an entry in its list, or the path of a post of the site. keys: `key_of` its addresses. urls: its
    addresses. aliases: other paths that lead to it. names: of its thread, by its front matter.
    """

    place: int | str
    keys: frozenset[str]
    urls: tuple[str, ...]
    aliases: tuple[str, ...]
    names: frozenset[str]


def attach(entries: Sequence[Entry], threads: Iterable[Thread], existing: Mapping[str, Existing]) -> Attached:
    """Give threads to the posts of their addresses: to entries, else to posts of the site.

    What names the post most clearly counts: the name of its thread in front matter, its address, then its
    path alone, as of a blog that has moved. existing: the posts of the site, by path. Comments of a page that
    is none of them, or may be several, are a note of kind LOST.
    """
    pages = [[_of_entry(at, entry) for at, entry in enumerate(entries)]]
    pages.append([_of_site(path, post) for path, post in existing.items()])
    find = _Finder(pages)
    groups: dict[int | str, list[Sequence[SourceComment]]] = {
        at: [entry.comments] for at, entry in enumerate(entries) if entry.comments
    }
    notes: list[Note] = []
    for thread in threads:
        page = find(thread)
        number = count(len(thread.comments), "comment")
        if page is None:
            notes.append(Note(NoteKind.LOST, f"{number} {_LOST}", thread.address))
            continue
        groups.setdefault(page.place, []).append(thread.comments)
        if elsewhere := _elsewhere(thread, page):
            what = f"{number} of a page on another host, given to the post with its path"
            notes.append(Note(NoteKind.NOTICED, what, thread.address, elsewhere))
    comments = {place: _joined(of_post) for place, of_post in groups.items()}
    others = {path: more for path, more in comments.items() if isinstance(path, str)}
    complete = (replace(entry, comments=comments.get(at, ())) for at, entry in enumerate(entries))
    return Attached(tuple(complete), others, tuple(notes))


def _joined(groups: Sequence[Sequence[SourceComment]]) -> tuple[SourceComment, ...]:
    """Return the comments of a post: those of one thread in its order, of several by their dates."""
    comments: tuple[SourceComment, ...] = ()
    for group in groups:
        comments = each_once(group, comments)
    return comments if len(groups) == 1 else in_time(comments)


def _of_entry(at: int, entry: Entry) -> _Page:
    names = thread_names(entry.extra)
    keys = frozenset(filter(None, map(key_of, (entry.url or "", entry.id or "", *names))))
    return _Page(at, keys, (entry.url,) if entry.url else (), entry.aliases, names)


def _of_site(path: str, post: Existing) -> _Page:
    urls = (*(f"https://{key}" for key in sorted(post.keys)), post.permalink)
    keys = post.keys.union(filter(None, map(key_of, (*post.keys, *post.threads))))
    return _Page(path, keys, urls, post.aliases, post.threads)


class _Finder:
    """The posts by what threads may name them by; what several have leads to none."""

    def __init__(self, groups: Sequence[Sequence[_Page]]) -> None:
        """Index posts. groups: those of the first go before those of the next."""
        self._names = [_index((name, page) for page in pages for name in page.names) for pages in groups]
        self._keys = [_index((key, page) for page in pages for key in page.keys) for pages in groups]
        self._paths = [_index((_path(url), page) for page in pages for url in page.urls) for pages in groups]
        self._aliases = [
            _index((_path(alias), page) for page in pages for alias in page.aliases) for pages in groups
        ]
        self._slugs = [
            _index((post_slug(url, ""), page) for page in pages for url in page.urls[:1]) for pages in groups
        ]

    def __call__(self, thread: Thread) -> _Page | None:
        """Return the post of a thread, None where that can't be told."""
        addresses = _addresses(thread)
        paths = [_path(address) for address in addresses]
        without_query = [path.partition("?")[0] for path in paths]
        for indices, looked_up in (
            (self._names, [thread.address, *thread.names]),
            (self._keys, [key_of(address) or "" for address in addresses]),
            (self._paths, paths),
            (self._aliases, paths),
            (self._paths, without_query),
            (self._aliases, without_query),
            (self._slugs, thread.names),
        ):
            places = (index[key] for key in looked_up if key for index in indices if key in index)
            page = next(places, None)
            if page is not None:
                return page
        return None


def _index(pages: Iterable[tuple[str, _Page]]) -> dict[str, _Page]:
    by_key: dict[str, dict[int | str, _Page]] = {}
    for key, page in pages:
        if key:
            by_key.setdefault(key, {})[page.place] = page
    return {key: next(iter(of_key.values())) for key, of_key in by_key.items() if len(of_key) == 1}


def _addresses(thread: Thread) -> list[str]:
    """Return the address of a thread, and those and the paths in its names.

    WordPress names a thread `12 https://host/?p=12`.
    """
    addresses = [thread.address]
    for parts in map(str.split, thread.names):
        addresses += (part for part in parts if (len(parts) == 1 and not part.isdecimal()) or _host(part))
    return addresses


def _elsewhere(thread: Thread, page: _Page) -> str:
    """Return the address of a post on another host than its thread, if only its path named the post."""
    host = _host(thread.address)
    hosts = {_host(url): url for url in page.urls}
    is_named = not page.names.isdisjoint({thread.address, *thread.names})
    if not host or is_named or host in hosts or not page.keys.isdisjoint(map(key_of, _addresses(thread))):
        return ""
    return next((url for of_url, url in hosts.items() if of_url not in {"", _host(UNKNOWN)}), "")


def _host(address: str) -> str:
    return (key_of(address) or "").partition("/")[0].partition("?")[0]


def _path(address: str) -> str:
    """Return the path of an address as two spellings of it have it; "" for the root, and for none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    path = _FILE.sub("", unquote(parts.path)).rstrip("/")
    return f"/{path.lstrip('/')}{'?' if parts.query else ''}{parts.query}" if path or parts.query else ""
