"""Databases of Isso: comments by their threads, and tables that compute, overlap, or are damaged."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import NoteKind
from postdocs.importer.sources import isso
from postdocs.importer.sources.registry import read


def database(tmp_path: Path, *statements: str) -> bytes:
    """Return the bytes of a database of Isso."""
    file = tmp_path / "isso.db"
    file.unlink(missing_ok=True)
    connection = sqlite3.connect(file)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.execute("pragma journal_mode = wal")
    connection.close()
    return file.read_bytes()


THREADS = "create table threads (id integer primary key, uri varchar unique, title varchar)"
COMMENTS = (
    "create table comments (tid integer, id integer primary key, parent integer, created float,"
    " modified float, mode integer, remote_addr varchar, text varchar,"
    " author varchar, email varchar, website varchar)"
)
ROWS = (
    "insert into threads values (1, '/tea/', 'Tea')",
    "insert into comments values (1, 1, null, 1556782200.5, null, 1, '203.0.113.9',"
    " 'Is *it*?\n\n<script>x</script>', 'Ada', 'ada@secret.example', 'https://ada.example/')",
    "insert into comments values (1, 2, 1, 1556782300.0, null, 1, '203.0.113.9', 'No', null, null, null)",
    "insert into comments values (1, 3, 1, 1556782300.0, null, 2, '203.0.113.9', 'Wait', 'Bo', null, null)",
    "insert into comments values (1, 4, 1, 1556782300.0, null, 4, '203.0.113.9', '', null, null, null)",
)


def test_isso(tmp_path: Path) -> None:
    """The database of Isso is read from memory; comments that nobody could read stay out."""
    source = read(database(tmp_path, THREADS, COMMENTS, *ROWS), "isso.db")
    (thread,) = source.threads
    first, second = thread.comments
    assert thread.address == "/tea/"
    assert (first.id, first.author, first.website) == ("1", "Ada", "https://ada.example/")
    assert first.content.startswith("<p>Is <em>it</em>?</p>")
    assert str(first.date) == "2019-05-02 07:30:00+00:00"
    assert (second.author, second.parent) == ("Anonymous", "1")
    left = [note.what for note in source.notes if note.kind is NoteKind.LEFT_OUT]
    assert left == ["1 of type comment, not approved", "1 of type comment, deleted"]
    assert "secret" not in repr(source)


@pytest.mark.parametrize(
    "statements",
    [
        ("create table other (a)",),
        (THREADS, "create view comments as select 1 as tid, load_extension('x') as id"),
        (THREADS, "create table comments (tid, id)"),
    ],
    ids=["other", "view", "columns"],
)
def test_databases_that_are_not_of_isso(statements: tuple[str, ...], tmp_path: Path) -> None:
    """Another database, or one whose tables would run something, is refused."""
    with pytest.raises(PostdocsError, match="it is no database of Isso"):
        read(database(tmp_path, *statements), "isso.db")


@pytest.mark.parametrize(
    ("statements", "why"),
    [
        ((THREADS, "create table comments (tid, id, text as (hex(zeroblob(100000000))))"), "computes values"),
        ((THREADS, "create virtual table comments using fts5(tid, id, text)"), "no table of comments"),
        (("create table threads (id, uri)", *["insert into threads values (1, '/a/')"] * 2), "two threads"),
        ((COMMENTS, "create view threads as select 1 as id, '/a/' as uri"), "no table of threads"),
    ],
    ids=["generated", "virtual", "twice", "view"],
)
def test_databases_that_compute(statements: tuple[str, ...], why: str, tmp_path: Path) -> None:
    """A table whose values are made when it is read, and threads that can't be told apart, are refused."""
    with pytest.raises(PostdocsError, match=f"it is no database of Isso .*{why}"):
        read(database(tmp_path, *statements), "isso.db")


def test_values_of_any_type(tmp_path: Path) -> None:
    """Bytes are read as text, dates that are none are left out, and a thread that is gone has a number."""
    columns = "insert into comments (tid, id, created, mode, text, author) values "
    source = read(
        database(
            tmp_path,
            THREADS,
            COMMENTS.replace("text varchar", "text").replace("created float", "created"),
            ROWS[0],
            f"{columns} (1, 1, 'x', 1, x'c3a4ff', x'ff'), (1, 2, 9e999, 1, zeroblob(2000000), 7)",
            f"{columns} (5, 3, -1, 1, 'z', null)",
        ),
        "isso.db",
    )
    gone, tea = source.threads
    assert (tea.address, gone.address) == ("/tea/", "thread 5")
    assert [(one.author, one.date, one.content.strip()) for one in tea.comments] == [
        ("\ufffd", None, "<p>ä\ufffd</p>"),
        ("7", None, ""),
    ]


@pytest.mark.parametrize("length", [17, 100, 2000, 5000])
def test_a_damaged_database_is_refused(length: int, tmp_path: Path) -> None:
    """A database that is cut off gives one line and no crash."""
    data = database(tmp_path, THREADS, COMMENTS, *ROWS)[:length]
    with pytest.raises(PostdocsError, match="it is no database of Isso"):
        isso.read(data, "isso.db")
