"""The one place of the commands that writes: whole files, and never outside the target folder."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from postdocs.core.errors import PostdocsError


def write(folder: Path, path: str, data: bytes) -> None:
    """Write a file below a folder, atomically; who may read one that is there stays as it is.

    Raises
    ------
    PostdocsError
        The path leads out of the folder, or the file can't be written.

    """
    target = _inside(folder, path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        mode = target.stat().st_mode & 0o777 if target.is_file() else 0o644
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(mode)
            Path(temporary).replace(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
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
        raise PostdocsError(
            target, None, "it is there already", "choose another name, or remove it"
        ) from None
    except OSError as error:
        raise _unwritable(target, error) from None


def _inside(folder: Path, path: str) -> Path:
    target = folder / path
    if not target.parent.resolve().is_relative_to(folder.resolve()):
        wrong, remedy = "it would be outside of the target folder", "remove the link or `..` that leads there"
        raise PostdocsError(target, None, wrong, remedy)
    return target


def _unwritable(target: Path, error: OSError) -> PostdocsError:
    remedy = "make room, or choose another place"
    return PostdocsError(target, None, f"it can't be written ({error.strerror})", remedy)
