"""The files of a folder or archive, without unpacking and without paths to the outside."""

from __future__ import annotations

import gzip
import io
import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TypeVar

from postdocs.core.errors import PostdocsError
from postdocs.core.plural import count
from postdocs.core.progress import Progress, silent, steps
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.sources.encoding import LARGEST

_T = TypeVar("_T")
MAGIC = (b"PK\x03\x04", b"PK\x05\x06")  # how archives begin, the second without a file
GZIP = b"\x1f\x8b"  # RFC 1952 §2.3.1
_MOST = 100_000  # files
# What operating systems put into folders and archives.
_CLUTTER = frozenset({"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"})
# Folders of version control, packages, caches, and environments, in which no author writes.
_SKIPPED = frozenset({
    ".git", ".hg", ".svn", "node_modules", "bower_components", "vendor", ".bundle", ".jekyll-cache",
    ".sass-cache", ".cache", ".astro", ".next", ".docusaurus", ".quarto", "__pycache__",
    ".venv", "venv", ".tox", ".nox", ".mypy_cache", ".ipynb_checkpoints", ".idea", ".vscode",
})  # fmt: skip
_ABSOLUTE = re.compile(r"[/\\]|[A-Za-z]:[/\\]")
_ENCRYPTED = 0x1  # APPNOTE.TXT 4.4.4, general purpose bit 0


@dataclass(frozen=True)
class Files:
    """The files of an export, or of the sources of a blog.

    name: as the user named it. paths: POSIX paths from its top, sorted. load: returns the bytes of one.
    notes: on what is there and is none of them. progress: told while they are read. root: the address at
    which a site serves these paths; "" where they are no site's. built: those that its built pages have; None
    where these are not known. keeps_notebooks: whether posts that are notebooks stay such.
    """

    name: str
    paths: tuple[str, ...]
    load: Callable[[str], bytes]
    notes: tuple[Note, ...] = ()
    progress: Progress = silent
    root: str = ""
    built: frozenset[str] | None = None
    keeps_notebooks: bool = False

    @property
    def served(self) -> tuple[str, ...]:
        """The paths of those that the site served, as far as that is known."""
        return self.paths if self.built is None else tuple(path for path in self.paths if path in self.built)

    def reading(self, items: Sequence[_T]) -> Iterator[_T]:
        """Yield what is read from the files, and tell how far that is."""
        return steps(self.progress, "Reading", items, len(items))

    def named(self, *names: str) -> list[str]:
        """Return the paths whose last part is one of these names, whatever the case."""
        return [path for path in self.paths if PurePosixPath(path).name.lower() in names]

    def ending(self, *suffixes: str) -> list[str]:
        """Return the paths with one of these suffixes, whatever the case."""
        return [path for path in self.paths if PurePosixPath(path).suffix.lower() in suffixes]

    def place(self, path: str) -> str:
        """Return how messages name one of the files."""
        return f"{self.name}/{path}"


def of_folder(folder: Path) -> Files:
    """Return the files of a folder.

    Symbolic links are none of them, for they may lead outside or in a circle; a note counts them. Nor are
    the folders of tools, such as `.git` and `node_modules`.

    Raises
    ------
    PostdocsError
        It has too many files; `load`, where one can't be read or is too large.

    """
    name = str(folder)
    paths: list[str] = []
    links: list[str] = []
    for path, is_link in _walk(folder):
        (links if is_link else paths).append(path)
        if len(paths) > _MOST:
            break

    def load(path: str) -> bytes:
        file = folder / path
        try:
            if file.stat().st_size > LARGEST:
                raise _too_large(f"{name}/{path}")
            return file.read_bytes()
        except OSError as error:
            wrong = f"it can't be read ({error.strerror})"
            raise PostdocsError(f"{name}/{path}", None, wrong, "check that you may read it") from None

    what = f"{count(len(links), 'symbolic link')}, which the import doesn't follow"
    notes = (Note(NoteKind.LEFT_OUT, what, before=min(links)),) if links else ()
    return Files(name, _usual(name, sorted(paths)), load, notes)


def _walk(folder: Path) -> Iterator[tuple[str, bool]]:
    """Yield the path of each file in a folder, and whether it is a symbolic link."""
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted({*folders} - _SKIPPED)
        at = Path(parent)
        for name in (*folders, *files):
            file = at / name
            if file.is_symlink():
                yield file.relative_to(folder).as_posix(), True
            elif name not in folders and file.is_file():
                yield file.relative_to(folder).as_posix(), False


def of_zip(data: bytes, name: str) -> Files:
    """Return the files of a zip archive.

    Raises
    ------
    PostdocsError
        It is damaged or encrypted, or has too many files, too large ones, or names that lead outside of it.

    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise _damaged(name) from None
    infos = {info.filename: info for info in archive.infolist() if not info.is_dir()}
    for path, info in infos.items():
        if ".." in PurePosixPath(path.replace("\\", "/")).parts or _ABSOLUTE.match(path):
            wrong = f"it contains a path to the outside: {path[:80]}"
            raise PostdocsError(name, None, wrong, "export it again, and check where the file comes from")
        if info.flag_bits & _ENCRYPTED:
            raise PostdocsError(name, None, "it is encrypted", "unpack it, and give the folder")
    if sum(info.file_size for info in infos.values()) > LARGEST:
        raise _too_large(name)

    def load(path: str) -> bytes:
        size = infos[path].file_size
        try:
            with archive.open(infos[path]) as file:
                content = file.read(size + 1)  # what a header says may be less than what is there
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError):
            raise _damaged(f"{name}/{path}") from None
        if len(content) > size:
            raise _damaged(f"{name}/{path}")
        return content

    return Files(name, _usual(name, sorted(infos)), load)


def of_gzip(data: bytes, name: str) -> bytes:
    """Return what is in a gzip file, as Disqus sends its exports.

    Raises
    ------
    PostdocsError
        It is damaged, or has too much in it.

    """
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            content = file.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error):
        wrong = "it is a gzip file that can't be read"
        raise PostdocsError(name, None, wrong, "download or export it again") from None
    if len(content) > LARGEST:
        raise _too_large(name)
    return content


def _usual(name: str, paths: list[str]) -> tuple[str, ...]:
    """Return the paths of what people put there."""
    if len(paths) > _MOST:
        wrong = f"it has more than {_MOST:,} files, too many for a blog"
        raise PostdocsError(name, None, wrong, "name the folder of the posts in it")
    parts = {path: PurePosixPath(path).parts for path in paths}
    return tuple(
        path
        for path in paths
        if (_CLUTTER | _SKIPPED).isdisjoint(parts[path]) and not parts[path][-1].startswith("._")
    )


def _damaged(name: str) -> PostdocsError:
    return PostdocsError(name, None, "it is a ZIP archive that can't be read", "download or export it again")


def _too_large(name: str) -> PostdocsError:
    return PostdocsError(name, None, f"it has more than {LARGEST // 2**20} MiB", "export it in parts")
