"""Files: those of a folder, and the one way to write one: whole, or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from pathlib import Path

from postdocs.core.errors import PostdocsError

_NAME_LENGTH = 40  # characters of a file's name that its temporary file repeats; 255 bytes is the limit


def write(folder: Path, path: str, data: bytes) -> None:
    """Write an author's file below a folder, atomically; who may read one that is there stays as it is.

    The data is on the disk before the file has its name, so that a power cut leaves the old file or the new.

    Raises
    ------
    PostdocsError
        The path leads out of the folder, or the file can't be written.

    """
    target = _inside(folder, path)
    try:
        _replace(target, data, is_durable=True)
    except OSError as error:
        raise _unwritable(target, error) from None


def create(folder: Path, path: str, data: bytes) -> None:
    """Write a file below a folder where there is none yet.

    Raises
    ------
    PostdocsError
        It is there already, the path leads out of the folder, or the file can't be written.

    """
    target = _inside(folder, path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            file.write(data)
    except FileExistsError:
        raise PostdocsError(target, None, "it already exists", "choose another name, or remove it") from None
    except OSError as error:
        raise _unwritable(target, error) from None


def change(
    folder: Path, new: Mapping[str, bytes], edited: Mapping[str, bytes], removed: Collection[str]
) -> None:
    """Create, replace and remove files below a folder: all of them, or none.

    Raises
    ------
    PostdocsError
        A new file is there already, a path leads out of the folder, or something can't be written; what was
        done until then is undone.

    """
    undo: list[Callable[[], object]] = []
    try:
        for path, data in new.items():
            create(folder, path, data)
            undo.append((folder / path).unlink)
        for path, data in edited.items():
            before = (folder / path).read_bytes()
            write(folder, path, data)
            undo.append(partial(write, folder, path, before))
        for path in removed:
            before = (folder / path).read_bytes()
            (folder / path).unlink()
            undo.append(partial(write, folder, path, before))
    except BaseException as error:
        for step in reversed(undo):
            step()
        if isinstance(error, OSError):
            raise _unwritable(Path(error.filename or folder), error) from None
        raise


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file of a build's output or caches, atomically, unless it holds the data already.

    The time of a file that stays tells web servers that it is unchanged. The disk isn't waited for: the next
    build makes again what a power cut takes, and waiting for thousands of files takes longer than a build.

    Raises
    ------
    OSError
        The file can't be written.

    """
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - thousands of files: a path object takes as long as its file
            if file.read() == data:
                return
    except OSError:  # it isn't there, or can't be read: writing it says what is wrong
        pass
    _replace(path, data, is_durable=False)


def write_text(path: Path, text: str) -> None:
    """Write a text file of a build's output or caches in UTF-8, as `write_bytes` does."""
    write_bytes(path, text.encode("utf-8", "xmlcharrefreplace"))


def files_below(root: Path) -> Iterator[Path]:
    """Yield the files of a folder, those in linked folders too; or the file, if it is one."""
    if root.is_file():
        yield root
    for folder, _, names in os.walk(root, followlinks=True):
        yield from (path for name in names if (path := Path(folder, name)).is_file())


def names_in(folder: Path) -> set[str]:
    """Return the names in a folder, none if it is not there. Of thousands, paths would take much longer."""
    return {*os.listdir(folder)} if folder.is_dir() else set()  # noqa: PTH208 - as said


def _replace(target: Path, data: bytes, *, is_durable: bool) -> None:
    """Write a temporary file in the same folder, on the same disk therefore, and give it the file's name."""
    try:
        mode = target.stat().st_mode & 0o777
    except FileNotFoundError:
        mode = None
        target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name[:_NAME_LENGTH]}.{secrets.token_hex(4)}")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            if is_durable:
                file.flush()
                os.fsync(file.fileno())
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _inside(folder: Path, path: str) -> Path:
    target = folder / path
    if not target.parent.resolve().is_relative_to(folder.resolve()):
        wrong, remedy = (
            "it would be outside of the target folder",
            "remove the symbolic link or `..` from the path",
        )
        raise PostdocsError(target, None, wrong, remedy)
    return target


def _unwritable(target: Path, error: OSError) -> PostdocsError:
    remedy = "make room, or choose another place"
    return PostdocsError(target, None, f"it can't be written ({error.strerror})", remedy)
