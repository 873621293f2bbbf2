"""The ledger on disk: two files, a journal, and several runs at once."""

from __future__ import annotations

import multiprocessing
import os
import signal
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from postdocs.core.errors import PostdocsError
from postdocs.links import memory
from postdocs.links.ledger import Entry, Verdict
from postdocs.links.ledger_file import Store
from postdocs.links.outcome import Outcome
from postdocs.links.policy import Observation

DAY = date(2026, 1, 1)
MEMORY = "links.tsv"


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
    assert len(memory.load((tmp_path / MEMORY).read_text(encoding="utf-8"), "").entries) == 50
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


def test_files_that_say_the_same_are_not_written(tmp_path: Path) -> None:
    """Comments and order are an author's; no ledger is made of nothing."""
    store = Store(tmp_path / "links.toml")
    store.settle(dict)
    assert not list(tmp_path.glob("links.*"))
    text = '# mine\n["https://example.org/1"]\n\n# why\nreason = "kept"   # by Ann\n'
    store.path.write_text(text, encoding="utf-8")
    store.note(seen(1))
    ledger = store.settle(dict)
    assert store.path.read_text(encoding="utf-8") == text
    lines = store.memory.read_text(encoding="utf-8").splitlines()
    assert lines[2:] == ["https://example.org/1\tfine\t2026-01-01"]
    assert ledger.entries["https://example.org/1"] == Entry(verdict=Verdict.FINE, fine=DAY, reason="kept")
    store.memory.chmod(0o444)
    before = store.memory.stat().st_mtime_ns
    store.note(seen(1))
    store.settle(dict)
    assert store.memory.stat().st_mtime_ns == before


OLD = """\
# What we know of links.

# The talk of 2013; Ann keeps the slides.
["https://example.org/1"]
verdict = "dead"
fine = 2025-01-01
asked = 2025-03-01 # by hand
failures = 3
since = 2025-02-01
answer = "404 Not Found"
reason = "kept as evidence"

["https://example.org/2"]
verdict = "fine"
fine = 2025-03-01

# Below: the wiki.
["https://example.org/3"]
verdict = "dead"
asked = 2025-03-01
failures = 1
since = 2025-03-01
answer = "410 Gone"
archive = "https://archive.example/3"
"""
NEW = """\
# What we know of links.

# The talk of 2013; Ann keeps the slides.
["https://example.org/1"]
# by hand
reason = "kept as evidence"

# Below: the wiki.
["https://example.org/3"]
archive = "https://archive.example/3"
"""


def test_the_ledger_of_an_older_version_is_parted_once(tmp_path: Path) -> None:
    """What it remembered goes to the memory; decisions, comments and verdicts stay what they are."""
    store = Store(tmp_path / "links.toml")
    store.path.write_text(OLD, encoding="utf-8")
    before = store.read()
    assert store.path.read_text(encoding="utf-8") == OLD
    after = store.settle(dict)
    assert after.entries == before.entries
    assert after.entries["https://example.org/1"] == Entry(
        verdict=Verdict.DEAD,
        fine=date(2025, 1, 1),
        asked=date(2025, 3, 1),
        failures=3,
        since=date(2025, 2, 1),
        answer="404 Not Found",
        reason="kept as evidence",
    )
    assert store.path.read_text(encoding="utf-8") == NEW
    files = {path.name: path.read_bytes() for path in (store.path, store.memory)}
    assert Store(store.path).settle(dict) == after
    assert {path.name: path.read_bytes() for path in (store.path, store.memory)} == files


def test_an_archived_copy_is_a_decision(tmp_path: Path) -> None:
    """It is added to what people wrote, of which each byte stays."""
    store = Store(tmp_path / "links.toml")
    text = '["https://z.example/"]\nreason = "mine" # really'
    store.path.write_text(text, encoding="utf-8")
    store.note(seen(1, Outcome.GONE))
    store.note(replace(seen(1, Outcome.ARCHIVED), text="https://archive.example/1"))
    store.settle(dict)
    assert store.path.read_text(encoding="utf-8") == (
        f'{text}\n\n["https://example.org/1"]\narchive = "https://archive.example/1"\n'
    )


def test_a_memory_is_no_ledger(tmp_path: Path) -> None:
    """Who names the wrong one of the two files is told."""
    with pytest.raises(PostdocsError, match="it is the memory of the check"):
        Store(tmp_path / MEMORY)


def test_a_folder_without_room_is_one_clear_line(tmp_path: Path) -> None:
    """What cannot be kept ends the run, with the name of the ledger."""
    (tmp_path / "nowhere").write_text("a file", encoding="utf-8")
    with pytest.raises(PostdocsError, match=r"nowhere/links\.toml: its journal cannot be written"):
        Store(tmp_path / "nowhere" / "links.toml").note(seen(1))
