"""Reads the files of a built site."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path, PurePosixPath

from postdocs.core.errors import PostdocsError
from postdocs.links import cache, robots
from postdocs.links.cache import Row
from postdocs.links.css import read_css
from postdocs.links.feeds import read_xml
from postdocs.links.html import read_html
from postdocs.links.json_files import read_json
from postdocs.links.model import Page
from postdocs.links.robots import read_robots

# Takes the bytes of a file and its path; None is a file without links.
Reader = Callable[[bytes, str], Page | None]
READERS: dict[str, Reader] = {
    **dict.fromkeys((".html", ".htm", ".xhtml"), read_html),
    **dict.fromkeys((".xml", ".atom", ".rss", ".rdf", ".svg"), read_xml),
    **dict.fromkeys((".json", ".webmanifest"), read_json),
    ".css": read_css,
}

_MUCH = 16 * 2**20  # bytes; what is less is read sooner than other processes have started


def list_files(root: Path) -> list[str]:
    """Return the POSIX paths of all files below a folder, from there, in order.

    Links to folders are followed, as web servers do.

    Raises
    ------
    PostdocsError
        A folder cannot be read.

    """
    try:
        return sorted(_walk(root, "", root.resolve(), frozenset()))
    except OSError as error:
        raise _unreadable(error.filename or root, error) from None


def _walk(folder: Path, prefix: str, real: Path, above: frozenset[Path]) -> Iterator[str]:
    if real in above:  # a link to a folder that it is in has no end
        return
    for entry in os.scandir(folder):
        if entry.name == ".doctrees":  # Sphinx's own, which it keeps there if nothing else is said
            continue
        path = folder / entry.name
        if path.is_dir() if entry.is_symlink() else entry.is_dir():
            target = path.resolve() if entry.is_symlink() else real / entry.name
            yield from _walk(path, f"{prefix}{entry.name}/", target, above | {real})
        elif path.is_file() if entry.is_symlink() else entry.is_file():
            yield f"{prefix}{entry.name}"


def _unreadable(path: str | Path, error: OSError) -> PostdocsError:
    return PostdocsError(path, None, f"it cannot be read: {error.strerror}", "make it readable")


def collect(
    root: Path, names: Iterable[str], kept: Mapping[str, Row | None] | None = None
) -> dict[str, Page | None]:
    """Read pages, feeds, sitemaps, robots.txt, style sheets, manifests and SVG pictures among some files.

    Uses all cores where there is much to read. kept: what an earlier run has read. Returns the pages by the
    keys of `cache`, in the order of the names; None is a file without links.

    Raises
    ------
    PostdocsError
        A file cannot be read.

    """
    kept = kept or {}
    pages: dict[str, Page | None] = {}
    unread: dict[str, str] = {}
    size = 0
    for name in filter(_reader, names):
        key, data = _bytes_of(root, name)
        row = kept.get(key)
        pages[key] = None if row is None else cache.page_of(name, row)
        if key not in kept:  # its bytes are not held: all together may be too much
            unread[name] = key
            size += len(data)
    for name, (key, page) in zip(unread, _read_all(root, [*unread], size), strict=True):
        if key != unread[name]:  # it changed a moment ago
            del pages[unread[name]]
        pages[key] = page
    return pages


def _bytes_of(root: Path, name: str) -> tuple[str, bytes]:
    """Return a file with the key of what is in it."""
    try:
        data = (root / name).read_bytes()
    except OSError as error:
        raise _unreadable(name, error) from None
    return cache.key_of(name, data), data


def _read_all(root: Path, names: Sequence[str], size: int) -> Iterator[tuple[str, Page | None]]:
    if size < _MUCH:
        for name in names:
            key, data = _bytes_of(root, name)
            yield key, _read(name, data)
        return
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        rows = pool.map(partial(_row_of, root), names, chunksize=32)
        try:
            for name, (key, row) in zip(names, rows, strict=True):
                yield key, None if row is None else cache.page_of(name, row)
        except OSError as error:
            raise _unreadable(error.filename or root, error) from None


def _row_of(root: Path, name: str) -> tuple[str, Row | None]:
    data = (root / name).read_bytes()
    page = _read(name, data)
    return cache.key_of(name, data), None if page is None else cache.row_of(page)


def _read(name: str, data: bytes) -> Page | None:
    read = _reader(name)
    return read(data, name) if read else None


def _reader(name: str) -> Reader | None:
    return read_robots if name == robots.NAME else READERS.get(PurePosixPath(name).suffix.lower())
