"""The one place of the importer that writes: whole files, and never outside the target folder."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from postdocs.errors import PostdocsError
from postdocs.importer.plan import LEDGER, Action, Do, Existing, digest, dump_ledger


def apply(folder: Path, actions: Iterable[Action], existing: Mapping[str, Existing]) -> None:
    """Carry out a plan. Killed at any moment, it leaves whole files, and can be carried out again.

    Raises
    ------
    PostdocsError
        A file can't be written; those before it have been.

    """
    written = {path: post.written for path, post in existing.items() if post.written}
    for action in actions:
        if action.text is not None:
            write(folder, action.target, action.text.encode())
        if action.do in {Do.CREATE, Do.UPDATE} and action.text is not None:
            written[action.path] = digest(action.text)
    ledger = dump_ledger(written)
    if written and (
        not (folder / LEDGER).is_file() or (folder / LEDGER).read_text(encoding="utf-8") != ledger
    ):
        write(folder, LEDGER, ledger.encode())


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
        remedy = "make room, or name another folder with --into"
        raise PostdocsError(target, None, f"it can't be written ({error.strerror})", remedy) from None
