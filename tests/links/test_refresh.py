"""A weekly check of a site: copies, links that come back, and second looks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from linked_blog import DAY, Blog, faults

from postdocs.links import markdown, report
from postdocs.links.ledger import Entry, Verdict


def test_a_refresh_finds_the_copy_nearest_to_the_post(blog: Blog) -> None:
    """What was dead before the first check is settled so, and the day asked for is that of the post."""
    url = blog.url("/404")
    blog.write(url)
    result = blog.check(refresh=True)
    assert faults(result) == []
    assert blog.ledger[url].archive == f"{blog.url('', 'archive.test')}/web/20130707010203/{url}"
    (asked,) = (path for path in blog.server.paths() if "/cdx/" in path)
    assert "closest=20130705" in asked
    assert "filter=statuscode%3A200" in asked
    assert [str(place) for place in result.copies[url]] == ["a.md:1"]


def test_a_link_that_came_back_is_reported(blog: Blog) -> None:
    """It may be another page now, so that what was decided stays until somebody has looked."""
    url = blog.url("/200")
    blog.write(url)
    blog.ledger = {url: Entry(verdict=Verdict.DEAD, asked=DAY, archive="https://a/", reason="x")}
    text = (blog.root / "links.toml").read_text(encoding="utf-8")
    result = blog.check(DAY + timedelta(days=60), refresh=True)
    assert faults(result) == []
    assert blog.ledger == {
        url: Entry(verdict=Verdict.FINE, fine=DAY + timedelta(days=60), archive="https://a/", reason="x")
    }
    assert (blog.root / "links.toml").read_text(encoding="utf-8") == text
    again = f"{url}: answers again: look at it, and if all is well remove its entry in links.toml"
    for later in (result, blog.check(offline=True)):
        assert again in [*report.lines(later)]
    assert b"### Back: 1\n" in markdown.changes(result)


@pytest.mark.parametrize("answer", ["404", "500"])
def test_a_fine_link_that_seems_to_be_gone_gets_a_second_look(blog: Blog, answer: str) -> None:
    """At the end of the run; what was only a moment's trouble is no news."""
    url, gone = blog.url(f"/flaky/{answer}-1"), blog.url("/404/unsaved")
    blog.write(url, gone)
    fine = Entry(verdict=Verdict.FINE, fine=DAY - timedelta(days=40))
    blog.ledger = {url: fine, gone: fine}
    result = blog.check(refresh=True)
    assert blog.ledger[url] == fine
    assert blog.ledger[gone].verdict is Verdict.FAILING
    assert [(change.kind, change.url) for change in result.changes] == [(report.Kind.FAILING, gone)]
    assert len([path for path in blog.server.paths() if "/404/" in path]) == 4


def test_a_new_link_that_seems_to_be_gone_gets_a_second_look(blog: Blog) -> None:
    """A server's bad moment fails no commit."""
    url = blog.url("/flaky/404-1")
    blog.write(url)
    assert faults(blog.check()) == []
    assert blog.ledger == {url: Entry(verdict=Verdict.FINE, fine=DAY)}


def test_a_doubtful_link_warns_once_and_is_remembered(blog: Blog) -> None:
    """It fails nothing; where a dead link had been, it stays dead."""
    sold, dead = blog.url("/ferns"), blog.url("/moss")
    blog.server.pages = {"*": "<title>For sale</title><p>Make an offer."}
    blog.write(sold, dead)
    decided = Entry(verdict=Verdict.DEAD, asked=DAY, reason="quoted")
    blog.ledger = {dead: decided}
    result = blog.check(refresh=True)
    why = "doubtful, a warning (its host answers alike for an address that can't exist); look at it"
    counted = "2 outgoing addresses: 1 doubtful, 1 dead (1 with an archived copy or a reason)"
    assert {f"a.md:1: {sold}: {why}", counted} <= {*report.lines(result)}
    assert "### Newly doubtful: 1\n" in markdown.changes(result).decode()
    assert (faults(result), blog.ledger[sold].verdict) == ([], Verdict.DOUBTFUL)
    assert blog.ledger[dead] == decided
    assert not any(why in line for line in report.lines(blog.check(DAY + timedelta(days=60), refresh=True)))


@pytest.mark.parametrize("answer", ["reset", "garbage", "503", "page", "endless-body", "busy/120"])
def test_a_look_up_that_fails_holds_up_no_other(blog: Blog, answer: str) -> None:
    """It is reported with its reason; the copies of the other links are found."""
    urls = [blog.url(f"/404/{name}") for name in ("a", f"cdx-{answer.replace('/', '~')}", "b")]
    blog.write(*urls)
    result = blog.check(refresh=True)
    assert [*result.missed.looked_up] == [urls[1]]
    assert [bool(blog.ledger[url].archive) for url in urls] == [True, False, True]
    assert any(line.startswith("1 not looked up, because the archive") for line in report.lines(result))


def test_an_archive_that_never_answers_is_left_alone(blog: Blog) -> None:
    """After some look-ups that fail in a row; each day others come first."""
    urls = [blog.url(f"/404/cdx-503/{number}") for number in range(9)]
    blog.write(*urls)
    result = blog.check(refresh=True)
    assert sum("/cdx/" in path for path in blog.server.paths()) == 4
    assert sorted(result.missed.looked_up) == urls
    assert "5 not looked up, because the archive does not answer:" in [*report.lines(result)]
    first = [path for path in blog.server.paths() if "/cdx/" in path]
    blog.check(DAY + timedelta(days=7), refresh=True)
    assert first != [path for path in blog.server.paths() if "/cdx/" in path][4:]
