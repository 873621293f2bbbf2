"""The first check of a site, which finds what died before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from linked_blog import DAY, Blog, faults

from postdocs.links import report
from postdocs.links.ledger import Entry, Verdict
from postdocs.links.report import Rule


def test_a_commit_is_no_time_for_a_first_check(new_blog: Blog) -> None:
    """A service that builds a commit asks for nothing yet, and says what to do; internal faults fail."""
    new_blog.write(new_blog.url("/404"), new_blog.url("/200"), "/gone/")
    result = new_blog.check(is_ci=True)
    assert [rule for rule, _, _ in faults(result)] == [Rule.INTERNAL]
    assert new_blog.server.asked == []
    assert [*report.lines(result)][2:4] == [
        "2 outgoing addresses: 2 never asked",
        "Outgoing links aren't checked yet: run the check once with --refresh, and commit links.toml and "
        "links.tsv; what is dead by then warns, what dies later fails",
    ]
    assert sorted(path.name for path in new_blog.root.glob("links.*")) == []


@pytest.mark.parametrize("refresh", [True, False])
def test_what_a_first_check_finds_dead_warns(new_blog: Blog, refresh: bool) -> None:
    """Each place is told once, later their number; what dies afterwards, and a new dead link, fail."""
    url = new_blog.url("/404/unsaved")
    new_blog.write(url, new_blog.url("/200"))
    result = new_blog.check(refresh=refresh)
    assert faults(result) == []
    assert next(report.lines(result)) == (
        f"a.md:1: {url}: dead before the first check (404 Not Found), a warning"
    )
    assert new_blog.ledger[url].verdict is Verdict.DEBT
    new_blog.write(url, new_blog.url("/200"), new_blog.url("/410"))
    result = new_blog.check(DAY + timedelta(days=1), is_ci=True)
    assert [url for _, _, url in faults(result)] == [new_blog.url("/410")]
    assert [*report.lines(result)][1] == (
        "1 link dead before the first check, without an archived copy or a reason (--json lists them)"
    )


def test_a_first_check_may_take_several_runs(blog: Blog) -> None:
    """What was on the site when the first began counts as old, also if only a later one asks for it."""
    url = blog.url("/404/unsaved")
    blog.write(url, blog.url("/200"))
    blog.ledger = {url: Entry(), blog.url("/200"): Entry(verdict=Verdict.FINE, fine=DAY)}
    blog.check(DAY + timedelta(days=1), is_ci=True)
    assert blog.server.asked == []
    result = blog.check(DAY + timedelta(days=7), refresh=True)
    assert blog.ledger[url].verdict is Verdict.DEBT
    assert faults(result) == []
