"""The year of a ledger that the benchmark models."""

from __future__ import annotations

import ledger


def test_a_week_of_3000_links_is_a_diff_that_one_can_read() -> None:
    """Under 60 lines, also in the weeks in which all links of the first check come up again."""
    counts = ledger.year(3000, weeks=13)
    assert len(counts) == 13
    assert all(0 < count < 60 for count in counts)


def test_lines_are_counted_as_git_does() -> None:
    """A line that changes goes and comes; its place does not matter."""
    assert ledger.changed("a\nb\nc\n", "a\nB\nc\nd\n") == 3
    assert ledger.changed("a\nb\n", "b\na\n") == 0
