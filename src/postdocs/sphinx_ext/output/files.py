"""Files: those of a folder, and how those of the output are written, whole and only where they change."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path


def files_below(root: Path) -> Iterator[Path]:
    """Yield the files of a folder, those in linked folders too; or the file, if it is one."""
    if root.is_file():
        yield root
    for folder, _, names in os.walk(root, followlinks=True):
        yield from (path for name in names if (path := Path(folder, name)).is_file())


def names_in(folder: Path) -> set[str]:
    """Return the names in a folder, none if it is not there. Of thousands, paths would take much longer."""
    return {*os.listdir(folder)} if folder.is_dir() else set()  # noqa: PTH208 - as said


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file, unless it is as it should be already; its time tells web servers that it is unchanged."""
    if path.is_file() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def write_text(path: Path, text: str) -> None:
    """Write a file of text in UTF-8."""
    write_bytes(path, text.encode("utf-8", "xmlcharrefreplace"))
