"""Files of SQLite: a database, and what may stand beside it."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from postdocs.core.errors import PostdocsError

MAGIC = b"SQLite format 3\x00"  # "Database File Format", §1.3.1
_JOURNAL = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"  # §3: how one begins that is not finished


def complete(data: bytes, file: Path) -> bytes:
    """Return a database with the newest changes, which a write-ahead log beside it may hold.

    data: of the database. file: where it is. SQLite joins both in a temporary folder, so neither changes.

    Raises
    ------
    PostdocsError
        A program writes to it, or was stopped while it did; or the log can't be read.

    """
    try:
        journal, log = (_beside(file, suffix) for suffix in ("-journal", "-wal"))
    except OSError as error:
        wrong = f"what stands beside it can't be read ({error.strerror})"
        raise PostdocsError(file, None, wrong, "check that you may read it") from None
    if journal.startswith(_JOURNAL):
        # Not played back here: a journal may name other files, which SQLite then deletes.
        wrong = f"a program writes to it, or was stopped while it did: {file.name}-journal is beside it"
        remedy = f"stop the program, run `sqlite3 {file.name} .tables`, and import it again"
        raise PostdocsError(file, None, wrong, remedy)
    return _joined(data, log, file) if log else data


def _beside(file: Path, suffix: str) -> bytes:
    other = file.with_name(f"{file.name}{suffix}")
    return other.read_bytes() if other.is_file() else b""


def _joined(data: bytes, log: bytes, file: Path) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "copy.db")
        copy.write_bytes(data)
        copy.with_name("copy.db-wal").write_bytes(log)
        try:
            with closing(sqlite3.connect(copy)) as connection:
                connection.execute("pragma trusted_schema = off")
                connection.execute("pragma wal_checkpoint(truncate)")
        except sqlite3.Error as error:
            wrong = f"its log {file.name}-wal can't be read ({error})"
            remedy = f"stop the program that writes to it, and copy {file.name} again"
            raise PostdocsError(file, None, wrong, remedy) from None
        return copy.read_bytes()
