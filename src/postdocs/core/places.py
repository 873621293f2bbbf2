"""Paths in the output: two pages can't share one, and a file can't replace a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from postdocs.core.permalink import Permalink

INDEX_FOLDER = "_search"  # what a search reads
# What a build writes wherever pages are: folders, files, and pages that have no source.
FOLDERS = frozenset({"_static", "_images", "_sources", "_downloads", "_modules", INDEX_FOLDER})
FILES = frozenset({"objects.inv", "sitemap.xml", "robots.txt"})
PAGES = frozenset({"search", "genindex"})
NOT_FOUND = "404.html"  # the page that web servers show where there is none
QUERIES = "queries.js"  # the script for addresses with a query, in the folder of the blog

Owner = str | Callable[[], str]  # how messages name what is in a place; most are never asked


class Places:
    """The places of the output that are taken, by their POSIX paths from its root."""

    def __init__(self) -> None:
        self._files: dict[str, Owner] = {}
        self._folders: dict[str, Owner] = {}

    def add(self, file: str, what: Owner) -> None:
        """Note that a file is taken."""
        claim = Permalink(file, "").claim
        self._files[claim] = what
        for folder in _above(claim):
            self._folders.setdefault(folder, what)

    def add_folder(self, folder: str, what: Owner) -> None:
        """Note that a folder is taken, with all that is in it."""
        self._files[Permalink(folder, "").claim] = what

    def owner(self, file: str) -> str | None:
        """Return what is where a file should be, or in its way."""
        there = self._files.get(Permalink(file, "").claim)
        return self.in_the_way(file) if there is None else _named(there)

    def in_the_way(self, file: str) -> str | None:
        """Return what has a file where this one needs a folder, or a folder where this one should be."""
        claim = Permalink(file, "").claim
        owner = self._folders.get(claim)
        for folder in _above(claim):
            owner = owner or self._files.get(folder)
        return None if owner is None else _named(owner)


def _named(owner: Owner) -> str:
    return owner if isinstance(owner, str) else owner()


def _above(file: str) -> Iterator[str]:
    """Yield the folders that a file is in, from the innermost to that of the site, which is `.`."""
    while "/" in file:
        file = file.rpartition("/")[0]
        yield file
    yield "."
