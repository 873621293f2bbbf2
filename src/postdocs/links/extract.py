"""Reads the files of a built site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath

from postdocs.core.errors import PostdocsError
from postdocs.links.css import read_css
from postdocs.links.feeds import read_xml
from postdocs.links.html import read_html
from postdocs.links.json_files import read_json
from postdocs.links.model import Page

# Each takes the bytes of a file and its path; None is a file without links.
_READERS: dict[str, Callable[[bytes, str], Page | None]] = {
    **dict.fromkeys((".html", ".htm", ".xhtml"), read_html),
    **dict.fromkeys((".xml", ".atom", ".rss", ".rdf", ".svg"), read_xml),
    **dict.fromkeys((".json", ".webmanifest"), read_json),
    ".css": read_css,
}


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


def collect(root: Path, files: Iterable[str]) -> Iterator[Page]:
    """Read the pages, feeds, sitemaps, style sheets, manifests and SVG pictures among the files of a folder.

    Raises
    ------
    PostdocsError
        A file cannot be read.

    """
    for name in files:
        read = _READERS.get(PurePosixPath(name).suffix.lower())
        if read is None:
            continue
        try:
            data = (root / name).read_bytes()
        except OSError as error:
            raise _unreadable(name, error) from None
        if page := read(data, name):
            yield page
