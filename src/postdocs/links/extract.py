"""Reads the files of a built site."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
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

_MUCH = 30 * 2**20  # bytes; what is less is read sooner than other processes have started


def list_files(root: Path) -> list[str]:
    """Return the POSIX paths of all files below a folder, from there, in order.

    Links to folders are followed, as web servers do.

    Raises
    ------
    PostdocsError
        A folder cannot be read.

    """
    try:
        return sorted(_walk(root, "", frozenset()))
    except OSError as error:
        raise _unreadable(error.filename or root, error) from None


def _walk(folder: Path, prefix: str, above: frozenset[Path]) -> Iterator[str]:
    real = folder.resolve()
    if real in above:  # a link to a folder that it is in has no end
        return
    for path in folder.iterdir():
        if path.name == ".doctrees":  # Sphinx's own, which it keeps there if nothing else is said
            continue
        if path.is_dir():
            yield from _walk(path, f"{prefix}{path.name}/", above | {real})
        elif path.is_file():
            yield f"{prefix}{path.name}"


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
    unread: dict[str, tuple[str, bytes]] = {}
    for name in names:
        if _reader(name) is None:
            continue
        try:
            data = (root / name).read_bytes()
        except OSError as error:
            raise _unreadable(name, error) from None
        key = cache.key_of(name, data)
        row = kept.get(key)
        pages[key] = None if row is None else cache.page_of(name, row)
        if key not in kept:
            unread[key] = name, data
    size = sum(len(data) for _, data in unread.values())
    return pages | dict(zip(unread, _read_all([*unread.values()], size), strict=True))


def _read_all(files: Sequence[tuple[str, bytes]], size: int) -> Iterator[Page | None]:
    if size < _MUCH:
        yield from (_read(name, data) for name, data in files)
        return
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        rows = pool.map(_row_of, files, chunksize=32)
        for (name, _), row in zip(files, rows, strict=True):
            yield None if row is None else cache.page_of(name, row)


def _row_of(file: tuple[str, bytes]) -> Row | None:
    page = _read(*file)
    return None if page is None else cache.row_of(page)


def _read(name: str, data: bytes) -> Page | None:
    read = _reader(name)
    return read(data, name) if read else None


def _reader(name: str) -> Reader | None:
    return read_robots if name == robots.NAME else READERS.get(PurePosixPath(name).suffix.lower())
