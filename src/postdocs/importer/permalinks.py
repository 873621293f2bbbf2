"""Which pages keep the paths of their old addresses: no two, and none that the site needs itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from urllib.parse import quote, urlsplit

from postdocs.core import permalink, places
from postdocs.core.permalink import Permalink
from postdocs.core.places import Places
from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.plan import Existing

_LABELS = ("tag", "category", "author", "location", "language", "series")  # each has a list of its own
FEEDS = ("atom.xml", "feed.json")
_REMEDY = "choose another `permalink`"


def taken_by(place: Permalink, site: Path, posts: Path, lists: str) -> str | None:
    """Return why no imported page can be at an address: the site has a page of its own there.

    site: the folder of conf.py. posts: that of imported pages. lists: the path of the blog's own pages.
    """
    folder = place.file.removesuffix("/index.html")
    if folder != place.file and is_list(
        folder.casefold(), lists.casefold()
    ):  # as file systems that know no case
        return "is that of a list of posts"
    names = (f"{name}{suffix}" for name in (folder, f"{folder}/index") for suffix in (".md", ".rst"))
    pages = (name for name in names if folder != place.file and (site / name).is_file())
    page = next((name for name in pages if not (site / name).is_relative_to(site / posts)), None)
    return page and f"is that of {page}; move the text of one into the other"


def is_list(path: str, lists: str) -> bool:
    """Tell whether a path is that of a list of posts, or a part of it. lists: that of the blog's pages."""
    labels = "|".join(_LABELS)
    lists = re.escape(lists)
    inner = rf"archive|drafts|\d{{4}}|(?:{labels})(?:/[^/]+)?"
    return re.fullmatch(rf"{lists}(?:/(?:{inner}))?(?:/page/\d+)?", path) is not None


def site_places(lists: str, permalinks: Mapping[str, str], folder: str = "") -> Places:
    """Return the places that imported pages can't have.

    lists: the path of the blog's own pages. permalinks: of posts that are there already, by their paths.
    folder: see `permalink.parse`.
    """
    taken = Places()
    for name in places.FOLDERS:
        taken.add_folder(name, f"the folder '{name}', which the site needs")
    files = {*places.FILES, places.NOT_FOUND, *(f"{page}/index.html" for page in places.PAGES)}
    for file in {*files, *(f"{lists}/{name}" for name in (*FEEDS, places.QUERIES))}:
        taken.add(file, f"'{file.removesuffix('/index.html')}', which the site has itself")
    taken.add("index.html", "index.md")
    for path, text in permalinks.items():
        place = _parse(text, folder)
        if isinstance(place, Permalink) and not place.query:
            taken.add(place.file, path)
    return taken


def with_permalinks(
    entries: Sequence[Entry],
    files: Sequence[str],
    taken: Places,
    taken_by: Callable[[Permalink], str | None] = lambda _: None,
    folder: str = "",
) -> list[Entry]:
    """Let each entry keep its path, but for the home page, and where no page can be or another is.

    files: where the page of each entry is without a permalink, in the output. taken: the places that no entry
    can have; those of the entries are added. taken_by: says what else the site has at a place. folder: see
    `permalink.parse`.
    """
    granted = _Granted(taken, taken_by, folder)
    placed = [_with_permalink(entry, granted) for entry in entries]
    while True:  # a page that keeps no address is where its file says, which may be the address of another
        by_file = {file: entry for file, entry in zip(files, placed, strict=True) if not entry.permalink}
        again = [
            _refused(entry, f"is where '{other.title}' is now; {_REMEDY}")
            if (other := by_file.get(_file_of(entry, folder))) and other is not entry
            else entry
            for entry in placed
        ]
        if again == placed:
            return placed
        placed = again


def with_aliases(
    entries: Sequence[Entry], files: Sequence[str], taken: Places, folder: str = ""
) -> list[Entry]:
    """Let each entry keep those other paths that no page has, and no entry before it.

    files: where the page of each entry is without a permalink, in the output. taken: the places that no entry
    can have, those of the entries among them. folder: see `permalink.parse`.
    """
    claimed = {_file_of(entry, folder) or file for entry, file in zip(entries, files, strict=True)}
    placed: list[Entry] = []
    for entry, file in zip(entries, files, strict=True):
        kept: list[str] = []
        notes: list[Note] = []
        for alias in entry.aliases:
            place = _parse(alias, folder)
            if isinstance(place, Permalink) and place.file == (_file_of(entry, folder) or file):
                continue
            if isinstance(place, str):
                why = place
            elif place.query or place.file in claimed or taken.owner(place.file):
                why = "is that of another page"
            else:
                claimed.add(place.file)
                kept.append(alias)
                continue
            notes.append(Note(NoteKind.NOTICED, f"it can't keep an alias, whose path {why}", before=alias))
        placed.append(replace(entry, aliases=tuple(kept), notes=(*entry.notes, *notes)))
    return placed


def page_file(path: str, posts: PurePosixPath) -> str:
    """Return where the page of a post is that has no permalink. posts: the folder of posts in the site."""
    return permalink.parse(default_path(path, posts)).file


def default_path(path: str, posts: PurePosixPath) -> str:
    """Return the permalink that the path of a file says. posts: the folder of posts in the site."""
    return quote(f"/{posts / path}".removesuffix(PurePosixPath(path).suffix) + "/")


def is_default(entry: Entry, path: str, posts: PurePosixPath) -> bool:
    """Tell whether the path of a file says the permalink of its entry. posts: as of `default_path`."""
    return entry.permalink is not None and _parse(entry.permalink) == _parse(default_path(path, posts))


class _Granted:
    """The places of entries, as they are granted one by one."""

    def __init__(self, taken: Places, taken_by: Callable[[Permalink], str | None], folder: str) -> None:
        self.folder = folder
        self._taken = taken
        self._taken_by = taken_by
        self._entries: dict[tuple[str, str], Entry] = {}
        self._forwarded: set[str] = set()  # files of addresses with a query, which lead elsewhere

    def refuse(self, place: Permalink, entry: Entry) -> str | None:
        """Grant a place to an entry, or return why it can't have it."""
        first = self._entries.setdefault((place.claim, place.query), entry)
        if first is not entry:
            return f"is that of '{first.title}' too"
        blocking, owner = self._taken.in_the_way(place.file), self._taken.owner(place.file)
        # A script on a page leads on from its address with a query.
        may_share = place.claim in self._forwarded or (place.query and self._has_page(place))
        why = None
        if blocking:
            why = f"is in the way of {blocking}; {_REMEDY}"
        elif owner and not may_share:
            why = f"is that of {owner}; {_REMEDY}"
        elif not place.query:
            why = self._taken_by(place)
        if why:
            del self._entries[place.claim, place.query]
        else:
            self._taken.add(place.file, f"'{entry.title}'")
            if place.query:
                self._forwarded.add(place.claim)
        return why

    def _has_page(self, place: Permalink) -> bool:
        return place.file == "index.html" or (place.claim, "") in self._entries


def _with_permalink(entry: Entry, granted: _Granted) -> Entry:
    parts = urlsplit(entry.url or "")
    path = parts._replace(scheme="", netloc="", fragment="").geturl()
    if not path.strip("/") or path.strip("/") == granted.folder:
        home = Note(NoteKind.NOTICED, "it was the home page, which is index.md here; move its text there")
        return replace(entry, notes=(*entry.notes, home)) if entry.page and parts.netloc else entry
    place = _parse(path, granted.folder)
    why = place if isinstance(place, str) else granted.refuse(place, entry)
    return _refused(entry, why) if why else replace(entry, permalink=path)


def _refused(entry: Entry, why: str) -> Entry:
    note = Note(NoteKind.NOTICED, f"it can't keep its address, whose path {why}", entry.url or "")
    return replace(entry, permalink=None, notes=(*entry.notes, note))


def _file_of(entry: Entry, folder: str) -> str:
    place = _parse(entry.permalink or "", folder)
    return place.file if isinstance(place, Permalink) and not place.query else ""


def _parse(path: str, folder: str = "") -> Permalink | str:
    """Return the place of a path, or why no page can be there."""
    try:
        return permalink.parse(path, folder)
    except ValueError as error:
        return str(error)


def others(paths: Sequence[str], existing: Mapping[str, Existing], posts: PurePosixPath) -> dict[str, str]:
    """Return the permalinks of posts that are there and not of the import, by their paths."""
    return {
        path: post.permalink or default_path(path, posts)
        for path, post in existing.items()
        if path not in {*paths}
    }
