"""The files of an export in a folder or ZIP archive, without unpacking and without paths to the outside."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from postdocs.core.errors import PostdocsError
from postdocs.importer.sources.encoding import LARGEST

MAGIC = (b"PK\x03\x04", b"PK\x05\x06")  # how archives begin, the second without a file
_MOST = 100_000  # files
# What operating systems put into folders and archives.
_CLUTTER = frozenset({"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"})
_ABSOLUTE = re.compile(r"[/\\]|[A-Za-z]:[/\\]")
_ENCRYPTED = 0x1  # APPNOTE.TXT 4.4.4, general purpose bit 0


@dataclass(frozen=True)
class Files:
    """The files of an export.

    name: as the user named it. paths: POSIX paths from its top, sorted. load: returns the bytes of one.
    """

    name: str
    paths: tuple[str, ...]
    load: Callable[[str], bytes]

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
    """Return the files of a folder. Symbolic links are none of them: they may lead outside.

    Raises
    ------
    PostdocsError
        It has too many files; `load`, where one can't be read or is too large.

    """
    name = str(folder)
    paths = [
        file.relative_to(folder).as_posix()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not any(part.is_symlink() for part in (file, *file.relative_to(folder).parents))
    ]

    def load(path: str) -> bytes:
        file = folder / path
        try:
            if file.stat().st_size > LARGEST:
                raise _too_large(f"{name}/{path}")
            return file.read_bytes()
        except OSError as error:
            wrong = f"it can't be read ({error.strerror})"
            raise PostdocsError(f"{name}/{path}", None, wrong, "check that you may read it") from None

    return Files(name, _usual(name, paths), load)


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


def _usual(name: str, paths: list[str]) -> tuple[str, ...]:
    """Return the paths of what people put there."""
    if len(paths) > _MOST:
        wrong = f"it has {len(paths):,} files, too many for an export"
        raise PostdocsError(name, None, wrong, "name the folder of the export in it")
    parts = {path: PurePosixPath(path).parts for path in paths}
    return tuple(
        path for path in paths if _CLUTTER.isdisjoint(parts[path]) and not parts[path][-1].startswith("._")
    )


def _damaged(name: str) -> PostdocsError:
    return PostdocsError(name, None, "it is a ZIP archive that can't be read", "download or export it again")


def _too_large(name: str) -> PostdocsError:
    return PostdocsError(name, None, f"it has more than {LARGEST // 2**20} MiB", "export it in parts")
