"""The one place of the commands that writes: whole files, and never outside the target folder."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from postdocs.errors import PostdocsError


def write(folder: Path, path: str, data: bytes) -> None:
    """Write a file below a folder, atomically.

    Raises
    ------
    PostdocsError
        The path leads out of the folder, or the file can't be written.

    """
    target = folder / path
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.parent.resolve().is_relative_to(folder.resolve()):
            raise PostdocsError(
                target, None, "it would be outside of the target folder", "remove the link that leads there"
            )
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(0o644)
            Path(temporary).replace(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        remedy = "make room, or choose another place"
        raise PostdocsError(target, None, f"it can't be written ({error.strerror})", remedy) from None
