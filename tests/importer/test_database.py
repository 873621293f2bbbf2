"""Databases of SQLite, with what stands beside them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from postdocs.core.errors import PostdocsError
from postdocs.importer.sources.database import complete


def test_the_log_belongs_to_the_database(tmp_path: Path) -> None:
    """What the write-ahead log holds is in the database that is read; the files stay as they are."""
    file = tmp_path / "comments.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("pragma journal_mode = wal")
        connection.execute("create table cups (a)")
        connection.commit()
        before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
        data = complete(file.read_bytes(), file)
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert b"cups" in data
    assert b"cups" not in before["comments.db"]
    assert complete(data, tmp_path / "other.db") == data


def test_an_unfinished_journal_is_refused(tmp_path: Path) -> None:
    """A database that a program is writing to gives one line that says what to do."""
    file = tmp_path / "comments.db"
    (tmp_path / "comments.db-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(600))
    with pytest.raises(PostdocsError, match=r"comments\.db-journal is beside it; stop the program"):
        complete(b"SQLite format 3\x00", file)


def test_a_log_of_something_else_changes_nothing(tmp_path: Path) -> None:
    """A log that is none, or belongs to another database, is what SQLite makes of it: nothing."""
    file = tmp_path / "comments.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("create table cups (a)")
    (tmp_path / "comments.db-wal").write_bytes(b"no log" * 100)
    assert complete(file.read_bytes(), file) == file.read_bytes()
    (tmp_path / "cut.db-wal").write_bytes(b"no log" * 100)
    with pytest.raises(PostdocsError, match=r"its log cut\.db-wal can't be read"):
        complete(b"SQLite format 3\x00", tmp_path / "cut.db")
