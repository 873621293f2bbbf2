"""A plan of posts, carried out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from postdocs.core.files import write
from postdocs.importer.plan import LEDGER, Action, Do, Existing, digest, dump_ledger


def carry_out(folder: Path, actions: Iterable[Action], existing: Mapping[str, Existing]) -> None:
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
