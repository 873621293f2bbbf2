"""Where in a site an author's text looks for its images and files, and which of these places are free."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from postdocs.importer import assets
from postdocs.importer.entry import Entry
from postdocs.importer.own_text import destinations

# What every file system stores, and Markdown reads, to the letter; no part of it is hidden.
_PLAIN = re.compile(r"(?:/|(?:\./)?(?:\.\./)*)(?P<path>(?:\w[\w.-]*/)*\w[\w.-]*)")
_LONGEST = 200  # characters
_BUILT = "_build"  # where builds go, which Git ignores and authors delete


def looked_for(entry: Entry, files: Mapping[str, bool]) -> dict[str, str]:
    """Return how an author's text names files, by their addresses; "" where it doesn't.

    That is the longest path in the text that the address of a file ends with; generators differ in where
    their sources lie. What HTML plays or links to has to be beside a post, or is not published.

    files: see `assets.of_entry`.
    """
    if entry.markdown is None:
        return dict.fromkeys(files, "")
    names: dict[str, dict[str, str]] = {}  # by the last part of a path: what is behind `/` and `../`
    for written in (*destinations(entry.written), *destinations(entry.markdown)):
        if match := _PLAIN.fullmatch(written):
            names.setdefault(PurePosixPath(written).name, {}).setdefault(match["path"], written)

    def name(url: str) -> str:
        path = _path(url)
        paths = names.get(PurePosixPath(path).name, {})
        ends = [inner for inner in paths if path == inner or path.endswith(f"/{inner}")]
        return paths[max(ends, key=len)] if ends else ""

    return {url: "" if in_html else name(url) for url, in_html in files.items()}


def place_of(name: str, post: PurePosixPath) -> str:
    """Return the path of a file from the folder of the site.

    name: as a post has it, from the root of the site where it begins with a slash, else from the post.
    """
    return posixpath.normpath(name[1:] if name.startswith("/") else str(post.parent / name))


class Taken:
    """The places of files in a site, those that are there and those that come.

    data: the bytes of those that come, by path.
    """

    def __init__(self, site: Path) -> None:
        self._site = site
        self._files: dict[str, bytes] = {}  # some file systems know no case
        self._folders: set[str] = set()
        self._beside: dict[PurePosixPath, dict[str, bytes]] = {}
        self.data: dict[str, bytes] = {}

    def add(self, place: str, data: bytes) -> None:
        """Take a place."""
        self.data[place] = self._files[place.casefold()] = data
        self._folders |= _folders(place)
        path = PurePosixPath(place)
        if path.parent in self._beside:
            self._beside[path.parent][path.name] = data

    def take(self, place: str, data: bytes) -> bool:
        """Take a place that a text looks in, and tell whether it may be had.

        It is below a folder of the site, holds nothing else, and no program there reads or runs the file.
        """
        is_free = _may_be(place) and self._is_free(place, data)
        if is_free:
            self.add(place, data)
        return is_free

    def beside(self, post: PurePosixPath) -> Mapping[str, bytes]:
        """Return the files in the folder of a post, by name."""
        if post.parent not in self._beside:
            folder = self._site / post.parent
            there = folder.iterdir() if folder.is_dir() else ()
            files = {file.name: file.read_bytes() for file in there if file.is_file()}
            come = {PurePosixPath(place): data for place, data in self.data.items()}
            files |= {path.name: data for path, data in come.items() if path.parent == post.parent}
            self._beside[post.parent] = files
        return self._beside[post.parent]

    def _is_free(self, place: str, data: bytes) -> bool:
        name = place.casefold()
        if self._files.get(name, data) != data or name in self._folders:
            return False
        if not self._files.keys().isdisjoint(_folders(place)):
            return False
        file = self._site / place
        folders = [parent for parent in file.parents if parent.is_relative_to(self._site) and parent.exists()]
        root = self._site.resolve()
        if not all(folder.is_dir() and folder.resolve().is_relative_to(root) for folder in folders):
            return False
        return (file.is_file() and file.read_bytes() == data) if file.exists() else not file.is_symlink()


def _path(url: str) -> str:
    try:
        return unquote(urlsplit(url).path)
    except ValueError:
        return ""


def _folders(place: str) -> set[str]:
    return {str(folder).casefold() for folder in PurePosixPath(place).parents}


def _may_be(place: str) -> bool:
    parts = place.split("/")
    is_plain = len(place) <= _LONGEST and _PLAIN.fullmatch(place) and unicodedata.is_normalized("NFC", place)
    return (
        bool(is_plain)
        and len(parts) > 1
        and ".." not in parts
        and parts[0].casefold() != _BUILT
        and assets.is_for_readers(place)
    )
