"""The file that remembers links."""

from __future__ import annotations

import multiprocessing
import os
import signal
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postdocs.core.errors import PostdocsError
from postdocs.links.ledger import Entry, Verdict, dump, load
from postdocs.links.ledger_file import Store
from postdocs.links.outcome import Outcome
from postdocs.links.policy import Observation

DAY = date(2026, 1, 1)
TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
DAYS = st.none() | st.dates()
ENTRIES = st.builds(
    Entry,
    verdict=st.sampled_from(Verdict),
    fine=DAYS,
    asked=DAYS,
    failures=st.integers(0, 9),
    since=DAYS,
    answer=TEXT,
    archive=TEXT,
    reason=TEXT,
)
URLS = st.integers(0, 99).map(lambda number: f"https://example.org/{number}?q=%22%5C[x]'#"[:-1])


@given(st.dictionaries(URLS.map(lambda url: url.replace("'", "%27")), ENTRIES))
def test_what_is_written_is_read_again(entries: dict[str, Entry]) -> None:
    """Any entries survive the file; lines are those of their tables."""
    text = dump(entries)
    ledger = load(text, "links.toml")
    assert ledger.entries == entries
    for url, line in ledger.lines.items():
        assert text.splitlines()[line - 1].startswith(f'["{url.split("?")[0]}')
    assert set(ledger.lines) == set(entries)


def test_a_ledger_reads_well_in_a_diff() -> None:
    """Sorted, one table a link, and only what is known of it."""
    entries = {
        "https://b.org/": Entry(verdict=Verdict.FINE, fine=DAY),
        "http://a.org/": Entry(
            verdict=Verdict.DEAD, asked=DAY, failures=1, since=DAY, answer="404 Not Found"
        ),
    }
    assert dump(entries).split("\n\n", 1)[1] == (
        '["http://a.org/"]\nverdict = "dead"\nasked = 2026-01-01\nfailures = 1\nsince = 2026-01-01\n'
        'answer = "404 Not Found"\n\n["https://b.org/"]\nverdict = "fine"\nfine = 2026-01-01\n'
    )
    assert load(dump({}), "links.toml").entries == {}


@pytest.mark.parametrize(
    ("text", "line", "wrong"),
    [
        ("<<<<<<< HEAD\n", 1, "not TOML"),
        ('["https://a.org/"]\nverdict = "fine"\n["https://a.org/"]\n', 3, "not TOML"),
        ('# x\n["https://a.org/"]\nverdict = "good"\n', 2, "`verdict` has to be one of fine, unknown"),
        ('["https://a.org/"]\n', 1, "`verdict` has to be one of"),
        ('["https://a.org/"]\nverdict = "fine"\nwhy = "x"\n', 1, "`why` is not a key of an entry"),
        ('["https://a.org/"]\nverdict = "fine"\nfine = "2024-01-01"\n', 1, "has to be a day"),
        ('["https://a.org/"]\nverdict = "fine"\nfine = 2024-01-01T00:00:00\n', 1, "has to be a day"),
        ('["https://a.org/"]\nverdict = "fine"\nfailures = true\n', 1, "has to be a whole number"),
        ('["HTTPS://a.org"]\nverdict = "fine"\n', 1, "kept under the address that is asked: https://a.org/"),
        ('["mailto:a@b.org"]\nverdict = "fine"\n', 1, "kept under the address"),
        ('"https://a.org/" = "fine"\n', None, "an entry is a table"),
    ],
)
def test_mistakes_in_a_ledger_are_named(text: str, line: int | None, wrong: str) -> None:
    """With the line where the entry begins, and what to write."""
    with pytest.raises(PostdocsError, match=wrong) as raised:
        load(text, "links.toml")
    assert raised.value.line == line


def seen(number: int, outcome: Outcome = Outcome.FINE) -> Observation:
    """Return an observation of a link of its own."""
    return Observation(f"https://example.org/{number}", DAY, outcome, "")


def test_a_killed_run_loses_nothing(tmp_path: Path) -> None:
    """What was learned before is there for the next run, though nothing was settled."""

    def die() -> None:
        store = Store(tmp_path / "links.toml")
        for number in range(50):
            store.note(seen(number))
        os.kill(os.getpid(), signal.SIGKILL)

    process = multiprocessing.get_context("fork").Process(target=die)
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    store = Store(tmp_path / "links.toml")
    assert len(store.read().entries) == 50
    assert len(store.settle(dict).entries) == 50
    assert len(load((tmp_path / "links.toml").read_text(encoding="utf-8"), "").entries) == 50
    assert not (tmp_path / ".links.toml.journal").exists()


def test_a_torn_line_of_the_journal_is_passed_over(tmp_path: Path) -> None:
    """A machine that goes down may leave half a line; the whole ones count."""
    store = Store(tmp_path / "links.toml")
    store.note(seen(1))
    with (tmp_path / ".links.toml.journal").open("a", encoding="utf-8") as journal:
        journal.write('["https://example.org/2", "2026-0')
    assert set(store.read().entries) == {"https://example.org/1"}


def test_runs_side_by_side_lose_nothing(tmp_path: Path) -> None:
    """Several processes note and settle at once; in the end all that each has learned is there."""

    def work(worker: int) -> None:
        store = Store(tmp_path / "links.toml")
        for number in range(25):
            store.note(seen(1000 * worker + number))
            if number % 5 == worker % 5:
                store.settle(dict)

    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=work, args=(worker,)) for worker in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 4
    assert len(Store(tmp_path / "links.toml").settle(dict).entries) == 100


def test_a_ledger_that_says_the_same_is_not_written(tmp_path: Path) -> None:
    """Comments and order are an author's until something is learned; no ledger is made of nothing."""
    path = tmp_path / "links.toml"
    store = Store(path)
    store.settle(dict)
    assert not path.exists()
    text = '# mine\n["https://example.org/1"]\nfine = 2026-01-01\nverdict = "fine"\n'
    path.write_text(text, encoding="utf-8")
    store.note(seen(1))
    store.settle(dict)
    assert path.read_text(encoding="utf-8") == text


def test_a_folder_without_room_is_one_clear_line(tmp_path: Path) -> None:
    """What cannot be kept ends the run, with the name of the ledger."""
    (tmp_path / "nowhere").write_text("a file", encoding="utf-8")
    with pytest.raises(PostdocsError, match=r"nowhere/links\.toml: its journal cannot be written"):
        Store(tmp_path / "nowhere" / "links.toml").note(seen(1))
