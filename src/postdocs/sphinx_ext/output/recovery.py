"""Which files of an output are those of a site of ours, where no record of the build before says so.

What can't be told to be ours is somebody else's, and stays: a server's settings, a demonstration beside the
blog, another site, even a repository whose root is the output.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

_FOLDERS = {"_downloads", "_images", "_search", "_sources", "_static"}  # at the root; only builds write there
_NAMES = re.compile(r"objects\.inv|sitemap(-\d+)?\.xml")  # at the root as well
_ENTRY = "_search/index.json"  # what every site of ours has, and no other
# What our pages, redirects and Atom feeds say of themselves, and JSON feeds can't.
_MARK = re.compile(rb'<meta name="generator" content="Postdocs">|<generator\b[^>]*>Postdocs</generator>')
_JSON_FEED = b'"https://jsonfeed.org/version/'
_BEGINNING = 16_384  # bytes of a file in which it says so


def has_site(out: Path) -> bool:
    """Tell whether a site of ours was built into a folder."""
    return (out / _ENTRY).is_file()


def files_of_site(out: Path, paths: Iterable[str]) -> set[str]:
    """Return those of the files of a folder that a build of ours has written.

    out: the folder. paths: its files, by POSIX path from there. Those whose name, or that of a folder above
    them, begins with a dot are for servers and version control, and not among what is returned.
    """
    visible = [path for path in map(PurePosixPath, paths) if not any(part[0] == "." for part in path.parts)]
    others = {path for path in visible if not _is_named_so(path)}
    beginnings = {path: _beginning(out / path) for path in others if path.suffix != ".json"}
    marked = {path for path, text in beginnings.items() if _MARK.search(text)}
    feeds = {path.parent for path in marked if path.suffix == ".xml"}
    return {
        *(path.as_posix() for path in visible if path not in others),
        *(path.as_posix() for path in marked),
        *(path.as_posix() for path in _json_feeds(out, others, feeds)),
    }


def _is_named_so(path: PurePosixPath) -> bool:
    first, *rest = path.parts
    return first in _FOLDERS if rest else bool(_NAMES.fullmatch(first))


def _json_feeds(
    out: Path, paths: Iterable[PurePosixPath], folders: set[PurePosixPath]
) -> Iterator[PurePosixPath]:
    """Yield the JSON feeds in folders; ours stand beside feeds of Atom."""
    for path in paths:
        if path.suffix == ".json" and path.parent in folders and _JSON_FEED in _beginning(out / path):
            yield path


def _beginning(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(_BEGINNING)
    except OSError:  # a link that leads nowhere, or what nobody may read
        return b""
