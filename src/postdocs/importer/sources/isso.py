"""The database of Isso: SQLite, read from memory."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from typing import Any

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Thread
from postdocs.importer.sources.comments import Listed, comment, from_markdown, public
from postdocs.importer.sources.model import Source

_VERSIONS = slice(18, 20)  # §1.3.3: 2 for a write-ahead log, which no database in memory has
_STEPS = 100_000_000  # instructions of its virtual machine; a million comments take a tenth
_STEPS_BETWEEN = 100_000
_MODES = {1: "", 2: "not approved", 4: "deleted"}
_QUERY = """
select threads.uri, comments.id, comments.parent, comments.created, comments.mode, comments.text,
       comments.author, comments.website
from comments join threads on comments.tid = threads.id order by comments.created, comments.id
"""
_REMEDY = "give the database that `dbpath` of Isso's settings names, and stop Isso before you copy it"


def read(data: bytes, name: str) -> Source:
    """Read a database. It is opened in memory, reaches no file, and can't run for long.

    Raises
    ------
    PostdocsError
        It is no database of Isso, or is damaged.

    """
    try:
        rows = _rows(data)
    except (sqlite3.Error, OverflowError, MemoryError) as error:
        raise PostdocsError(name, None, f"it is no database of Isso ({error})", _REMEDY) from None
    comments, notes = public(map(_listed, rows))
    threads = tuple(Thread(uri, of_page, (uri,)) for uri, of_page in comments.items())
    return Source(name, "Isso database", "", None, (), notes, threads=threads)


def _listed(row: tuple[Any, ...]) -> Listed:
    uri, id_, parent, created, mode, text, author, website = row
    one = comment(
        str(id_),
        str(author or ""),
        from_markdown(str(text or "")),
        date=_date(created),
        parent="" if parent is None else str(parent),
        website=str(website or ""),
    )
    return Listed(str(uri), one, _MODES.get(mode, "not public"))


def _rows(data: bytes) -> list[tuple[Any, ...]]:
    content = bytearray(data)
    content[_VERSIONS] = b"\x01\x01"
    steps = iter(range(_STEPS // _STEPS_BETWEEN))
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(bytes(content))
        connection.text_factory = lambda text: text.decode(errors="replace")
        connection.set_progress_handler(lambda: next(steps, None) is None, _STEPS_BETWEEN)
        connection.execute("pragma trusted_schema = off")
        connection.execute("pragma query_only = on")
        kinds = dict(connection.execute("select name, type from sqlite_master"))
        if kinds.get("comments") != "table" or kinds.get("threads") != "table":
            raise sqlite3.DatabaseError("it has no tables of comments and threads")
        return connection.execute(_QUERY).fetchall()
    finally:
        connection.close()


def _date(seconds: object) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(str(seconds)), UTC).replace(microsecond=0)
    except (ValueError, OverflowError, OSError):
        return None
