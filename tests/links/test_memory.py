"""What the check remembers, as text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postdocs.core.errors import PostdocsError
from postdocs.links.ledger import Entry, Verdict
from postdocs.links.memory import Memory, dump, load

DAY = date(2026, 1, 1)
DAYS = st.none() | st.dates()
WORDS = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=9)
ENTRIES = st.builds(
    Entry,
    verdict=st.sampled_from(Verdict),
    fine=DAYS,
    since=DAYS,
    failures=st.integers(0, 9),
    asked=DAYS,
    answer=WORDS,
    moved=WORDS,
)
URLS = st.integers(0, 99).map(lambda number: f"https://example.org/{number}?q=%22%5C[x]")


@given(st.dictionaries(URLS, ENTRIES), DAYS)
def test_what_is_written_is_read_again(entries: dict[str, Entry], run: date | None) -> None:
    """Any entries survive, a line each, in the order of their addresses."""
    text = dump(Memory(entries=entries, run=run))
    assert load(text, "links.tsv") == Memory(entries=entries, run=run)
    lines = text.splitlines()[2 + bool(run) :]
    assert [line.split("\t")[0] for line in lines] == sorted(entries)


def test_a_memory_reads_well_in_a_diff() -> None:
    """One line a link, only with what is known of it; what is only decided has none."""
    entries = {
        "https://b.org/": Entry(verdict=Verdict.FINE, fine=DAY, reason="x"),
        "http://a.org/": Entry(
            verdict=Verdict.DEAD, since=DAY, failures=1, asked=DAY, answer="404 Not Found"
        ),
        "https://c.org/": Entry(),
        "https://d.org/": Entry(reason="x"),
    }
    head, columns, *lines = dump(Memory(entries=entries, run=DAY)).splitlines()
    assert head.startswith("# What the link check remembers")
    assert columns == "# url verdict fine since failures asked answer moved"
    assert lines == [
        "run\t2026-01-01",
        "http://a.org/\tdead\t\t2026-01-01\t1\t2026-01-01\t404 Not Found",
        "https://b.org/\tfine\t2026-01-01",
        "https://c.org/\tnever asked",
    ]


def test_both_sides_of_a_merge_are_read() -> None:
    """Of a link that two branches asked the later answer counts, and of their runs the earlier one."""
    text = (
        "run\t2026-02-02\nrun\t2026-01-05\n"
        "https://a.org/\tunknown\t\t\t\t2026-02-01\nhttps://a.org/\tfine\t2026-01-01\n"
    )
    memory = load(text, "links.tsv")
    assert memory.run == date(2026, 1, 5)
    assert memory.entries["https://a.org/"].verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("<<<<<<< HEAD", "it is not a URL"),
        ("https://a.org/", "not a valid Verdict"),
        ("https://a.org/\tgood", "not a valid Verdict"),
        ("https://a.org/\tfine\tyesterday", "Invalid isoformat"),
        ("https://a.org/\tdead\t\t\tthrice", "invalid literal"),
        ("HTTPS://a.org\tfine", "kept under the address that the check requests: https://a.org/"),
        ("https://a.org/\tfine" + "\t" * 9, "too many columns"),
        ("run\tMonday", "Invalid isoformat"),
        ("run", "Invalid isoformat"),
    ],
)
def test_a_line_that_is_none_is_named(line: str, wrong: str) -> None:
    """With its number, and how to go on."""
    with pytest.raises(PostdocsError, match=wrong) as raised:
        load(f"# head\n\n{line}\n", "links.tsv")
    assert raised.value.line == 3
    assert "delete the line; the check requests the link again" in str(raised.value)
