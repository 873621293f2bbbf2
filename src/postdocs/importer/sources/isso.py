"""The database of Isso: SQLite, read from memory."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Thread
from postdocs.importer.sources.comments import Listed, comment, from_markdown, public
from postdocs.importer.sources.model import Source

_VERSIONS = slice(18, 20)  # §1.3.3: 2 for a write-ahead log, which no database in memory has
_STEPS = 20_000_000  # instructions of its virtual machine; a million comments take a half
_STEPS_BETWEEN = 100_000
_EXCERPT = 60
_LARGEST = 2**31 - 1  # bytes of a value ("Limits In SQLite", 1)
_MODES = {1: "", 2: "not approved", 4: "deleted"}
_REMEDY = "give the database that `dbpath` of Isso's settings names, and stop Isso before you copy it"


def read(data: bytes, name: str) -> Source:
    """Read a database. It is opened in memory, reaches no file, and can't run for long.

    Raises
    ------
    PostdocsError
        It is no database of Isso, or is damaged.

    """
    try:
        uris, rows = _tables(data)
    except (sqlite3.Error, OverflowError, MemoryError) as error:
        raise PostdocsError(name, None, f"it is no database of Isso ({error})", _REMEDY) from None
    comments, notes = public(_listed(row, uris) for row in rows)
    threads = tuple(Thread(uri, of_page, (uri,)) for uri, of_page in comments.items())
    return Source(name, "Isso database", "", None, (), notes, threads=threads)


def _listed(row: tuple[Any, ...], uris: dict[object, str]) -> Listed:
    thread, id_, parent, created, mode, text, author, website = row
    one = comment(
        _text(id_),
        _text(author),
        from_markdown(_text(text)),
        date=_date(created),
        parent=_text(parent),
        website=_text(website),
    )
    return Listed(uris.get(thread, f"thread {_text(thread)}"), one, _MODES.get(mode, "not public"))


def _text(value: object) -> str:
    """Return a value as text: SQLite keeps values of any type in any column ("Datatypes", §3)."""
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    return "" if value is None else str(value)


def _tables(data: bytes) -> tuple[dict[object, str], list[tuple[Any, ...]]]:
    """Return the addresses of threads by their ids, and the rows of comments by their dates."""
    content = bytearray(data)
    content[_VERSIONS] = b"\x01\x01"
    steps = iter(range(_STEPS // _STEPS_BETWEEN))
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(bytes(content))
        connection.text_factory = lambda text: text.decode(errors="replace")
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _room(data))
        connection.set_progress_handler(lambda: next(steps, None) is None, _STEPS_BETWEEN)
        connection.execute("pragma trusted_schema = off")
        connection.execute("pragma query_only = on")
        uris: dict[object, str] = {}
        for id_, uri in _rows(connection, "threads", "id, uri", _room(data)):
            if id_ in uris:
                raise sqlite3.DatabaseError(f"two threads have the id {_text(id_)[:_EXCERPT]}")
            uris[id_] = _text(uri)
        columns = "tid, id, parent, created, mode, text, author, website"
        return uris, sorted(_rows(connection, "comments", columns, _room(data)), key=_order)
    finally:
        connection.close()


def _room(data: bytes) -> int:
    """Return how much text a database can hold: UTF-8 may take more than the UTF-16 that it is stored in."""
    return min(2 * len(data), _LARGEST)


def _rows(connection: sqlite3.Connection, table: str, columns: str, room: int) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a table that holds values, and computes none. room: for their text.

    Raises
    ------
    sqlite3.Error
        It is no such table, or its rows share what is stored once, as those of a damaged file may.

    """
    found = connection.execute("select type, rootpage from sqlite_master where name = ?", (table,)).fetchone()
    if found is None or found[0] != "table" or not found[1]:  # a virtual table has no page
        raise sqlite3.DatabaseError(f"it has no table of {table}")
    if any(hidden for *_, hidden in connection.execute(f"pragma table_xinfo({table})")):
        raise sqlite3.DatabaseError(f"its table of {table} computes values")
    for row in connection.execute(f"select {columns} from {table} not indexed"):  # noqa: S608 - both are ours
        room -= sum(len(value) for value in row if isinstance(value, str | bytes))
        if room < 0:
            raise sqlite3.DatabaseError(f"its table of {table} holds more than the file")
        yield row


def _order(row: tuple[Any, ...]) -> tuple[float, float]:
    _, id_, _, created, *_ = row
    date, number = (value if isinstance(value, int | float) else math.inf for value in (created, id_))
    return date, number


def _date(seconds: object) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(_text(seconds)), UTC).replace(microsecond=0)
    except (ValueError, OverflowError, OSError):
        return None
