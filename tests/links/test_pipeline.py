"""A built site checked as a whole: its links, the ledger, and servers that answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from linked_blog import DAY, Blog, faults

from postdocs.links import report
from postdocs.links.ledger import Entry, Verdict
from postdocs.links.pipeline import tidied
from postdocs.links.report import Rule


def test_offline_nothing_is_asked_and_nothing_written(blog: Blog) -> None:
    """What was never asked is counted as such, and not called fine."""
    blog.write(blog.url("/200"), blog.url("/404"))
    result = blog.check(offline=True)
    assert (faults(result), blog.server.asked, blog.ledger) == ([], [], {})
    assert set(result.links.values()) == {Entry()}
    assert "2 outgoing addresses: 2 never asked" in [*report.lines(result)]


def test_a_new_dead_link_fails_and_is_remembered(blog: Blog) -> None:
    """With file and line in the source; it fails offline as well, until something is done about it."""
    blog.write(blog.url("/200"), blog.url("/404"), blog.url("/500"), blog.url("/x", "gone.test.invalid"))
    result = blog.check()
    dead = [blog.url("/x", "gone.test.invalid"), blog.url("/404")]
    assert faults(result) == [(Rule.DEAD, ["a.md:2"], dead[1]), (Rule.DEAD, ["a.md:4"], dead[0])]
    assert {url: entry.verdict for url, entry in blog.ledger.items()} == {
        blog.url("/200"): Verdict.FINE,
        blog.url("/404"): Verdict.DEAD,
        blog.url("/500"): Verdict.UNKNOWN,
        blog.url("/x", "gone.test.invalid"): Verdict.DEAD,
    }
    assert faults(blog.check(offline=True)) == faults(result)


def test_only_new_links_are_asked(blog: Blog) -> None:
    """A commit's check needs the network for nothing that the ledger knows, however old."""
    blog.write(blog.url("/200"), blog.url("/404"))
    blog.ledger = {
        blog.url("/200"): Entry(verdict=Verdict.FINE, fine=DAY - timedelta(days=999)),
        blog.url("/404"): Entry(verdict=Verdict.DEAD, asked=DAY - timedelta(days=999), reason="kept"),
    }
    before = blog.ledger
    assert faults(blog.check()) == []
    assert (blog.server.asked, blog.ledger) == ([], before)


def test_old_rot_never_breaks_a_commit(blog: Blog) -> None:
    """Dead links with an archived copy or a reason leave the check green, refreshed or not."""
    blog.write(blog.url("/404"), blog.url("/410"))
    blog.ledger = {
        blog.url("/404"): Entry(verdict=Verdict.DEAD, asked=DAY, failures=3, since=DAY, reason="x"),
        blog.url("/410"): Entry(verdict=Verdict.DEAD, asked=DAY, failures=3, since=DAY, archive="https://a/"),
    }
    assert faults(blog.check()) == []
    assert faults(blog.check(DAY + timedelta(days=60), refresh=True)) == []
    assert len(blog.server.asked) == 4


def test_an_old_link_is_dead_after_the_third_failure_in_14_days(blog: Blog) -> None:
    """Week after week, as the scheduled job does it; only then a copy is looked for."""
    url = blog.url("/404/unsaved")
    blog.write(url)
    blog.ledger = {url: Entry(verdict=Verdict.FINE, fine=DAY - timedelta(days=60))}
    for week in range(2):
        assert faults(blog.check(DAY + timedelta(weeks=week), refresh=True)) == []
    assert blog.ledger[url].verdict is Verdict.FAILING
    assert faults(blog.check(DAY + timedelta(weeks=2), refresh=True)) == [(Rule.DEAD, ["a.md:1"], url)]
    assert sum("/cdx/" in path for path in blog.server.paths()) == 1


def test_a_decision_that_no_page_uses_fails(blog: Blog) -> None:
    """With its line; a refresh removes what the check itself wrote, and never a reason. Memory just goes."""
    copied = Entry(verdict=Verdict.DEAD, since=DAY, asked=DAY, archive="https://archive.example/")
    blog.write("https://one.test/")
    blog.ledger = {
        "https://seen.org/": Entry(verdict=Verdict.FINE, fine=DAY),
        "https://copied.org/": copied,
        "https://kept.org/": replace(copied, reason="kept"),
    }
    lines = (blog.root / "links.toml").read_text(encoding="utf-8").splitlines()
    numbers = {url: lines.index(f'["{url}"]') + 1 for url in ("https://copied.org/", "https://kept.org/")}
    unused = [(Rule.UNUSED, [f"{blog.root}/links.toml:{number}"], url) for url, number in numbers.items()]
    assert faults(blog.check(offline=True)) == unused
    assert [url for _, _, url in faults(blog.check(refresh=True))] == ["https://kept.org/"]
    assert set(blog.ledger) == {"https://one.test/", "https://kept.org/"}


def test_a_new_link_that_failed_heals_in_the_next_run(blog: Blog) -> None:
    """Whatever that run is for: it is asked again as long as it breaks the check."""
    url = blog.url("/flaky/404-2")
    blog.write(url)
    assert [url for _, _, url in faults(blog.check())] == [url]
    assert faults(blog.check(DAY + timedelta(days=1))) == []
    assert blog.ledger == {url: Entry(verdict=Verdict.FINE, fine=DAY + timedelta(days=1))}


def test_links_that_are_no_pages_have_their_verdicts(blog: Blog) -> None:
    """Some are counted, some are mistakes; none is asked."""
    blog.write("mailto:a@b.org", "tel:+1", "data:,x", "javascript:x()", "mailto:nobody", "htps://x.org")
    result = blog.check()
    assert sorted(result.others) == ["data", "mail", "phone", "script"]
    assert [(rule, places) for rule, places, _ in faults(result)] == [
        (Rule.INTERNAL, ["a.md:5"]),
        (Rule.INTERNAL, ["a.md:6"]),
    ]
    assert blog.server.asked == []


def test_a_reason_outlives_the_link_that_it_is_about() -> None:
    """What a person wrote is for a person to remove; the copy that a fix has used goes."""
    reason, copy = "quoted as evidence", "https://archive.example/x"
    entries = {
        "https://a.example/": Entry(verdict=Verdict.DEAD, asked=DAY, archive=copy, reason=reason),
        "https://b.example/": Entry(verdict=Verdict.DEAD, asked=DAY, archive=copy),
    }
    assert tidied(entries, ()) == {"https://a.example/": Entry(archive=copy, reason=reason)}


def test_what_is_ignored_is_left_out(blog: Blog) -> None:
    """With its reason in the file of decisions; a pattern without use is named with its line."""
    blog.write(blog.url("/404"), "/app/one")
    text = '[[ignore]]\nurl = "/app/*"\nreason = "x"\n\n[[ignore]]\nurl = "http://one.test*"\nreason = "y"\n'
    text += '\n[[ignore]]\nurl = "/idle"\nreason = "z"\n'
    (blog.root / "links.toml").write_text(text, encoding="utf-8")
    result = blog.check()
    assert [(rule, url) for rule, _, url in faults(result)] == [(Rule.UNUSED, "/idle")]
    assert result.findings[0].main_places[0].line == 9
    assert blog.server.asked == []
    assert "2 links ignored, as links.toml says" in [*report.lines(result)]
