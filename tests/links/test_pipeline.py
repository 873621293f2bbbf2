"""A built site checked as a whole: its links, the ledger, and servers that answer."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from ledgers import read_ledger, write_ledger
from lxml import etree
from servers import Server

from postdocs.links import formats, markdown, report
from postdocs.links.ledger import Entry, Verdict
from postdocs.links.pipeline import Options, check, tidied
from postdocs.links.refresh import Network
from postdocs.links.report import Report, Rule
from postdocs.links.source_map import Place

DAY = date(2026, 1, 1)
FEED = """\
<feed xmlns="http://www.w3.org/2005/Atom">
<entry><link href="https://blog.test/a/"/><published>2013-07-05T12:00:00Z</published></entry>
</feed>"""


@contextmanager
def in_silence(_stage: str, _total: int) -> Iterator[Callable[[], None]]:
    """Show no progress."""
    yield lambda: None


@dataclass
class Blog:
    """A site of one post, its source, a ledger, and the servers that it links to."""

    root: Path
    server: Server

    def write(self, *links: str) -> None:
        """Write the post, with links, its page, and the feed."""
        (self.root / "site" / "a").mkdir(parents=True, exist_ok=True)
        (self.root / "a.md").write_text("".join(f"[x]({link})\n" for link in links), encoding="utf-8")
        page = '<link rel=canonical href="https://blog.test/"><a href="/">home</a>'
        (self.root / "site" / "index.html").write_text(page, encoding="utf-8")
        (self.root / "site" / "atom.xml").write_text(FEED, encoding="utf-8")
        body = "".join(f'<p>\n<a href="{link}">x</a>' for link in links)
        (self.root / "site" / "a" / "index.html").write_text(f"<main>{body}", encoding="utf-8")

    def url(self, path: str, host: str = "one.test") -> str:
        """Return the address of a path of a server."""
        return self.server.url(path, host)

    @property
    def ledger(self) -> dict[str, Entry]:
        """What the ledger holds."""
        return read_ledger(self.root / "links.toml")

    @ledger.setter
    def ledger(self, entries: dict[str, Entry]) -> None:
        write_ledger(self.root / "links.toml", entries, run=DAY - timedelta(days=99))

    def check(
        self, day: date = DAY, *, offline: bool = False, refresh: bool = False, is_ci: bool = False
    ) -> Report:
        """Check the site on a day. Hosts below .test are on this machine; others do not exist."""

        async def resolve(host: str, _: int) -> Sequence[str]:
            if host.endswith(".test") or host == "example.com":
                return ["127.0.0.1"]
            raise socket.gaierror(-2, "no such name")

        allowed = {f"{name}.test" for name in ("one", "two", "three", "archive")}
        archive = self.server.url("", "archive.test")
        network = Network(allowed=allowed, budget=30, pause=0, resolve=resolve, archive=archive)
        options = Options(
            base=None,
            ledger=self.root / "links.toml",
            sources=self.root,
            here=self.root,
            today=day,
            refresh=refresh,
            network=None if offline else lambda: network,
            is_ci=is_ci,
            redirects=True,
        )
        return check(self.root / "site", options, in_silence)


@pytest.fixture
def blog(tmp_path: Path, server: Server) -> Blog:
    """A blog without links yet, and with a ledger."""
    made = Blog(tmp_path, server)
    made.write()
    made.ledger = {}
    return made


@pytest.fixture
def new_blog(tmp_path: Path, server: Server) -> Blog:
    """A blog that was never checked."""
    made = Blog(tmp_path, server)
    made.write()
    return made


def faults(result: Report) -> list[tuple[Rule, list[str], str]]:
    """Return rule, places and address of each finding."""
    return [(finding.rule, [*map(str, finding.main_places)], finding.url) for finding in result.findings]


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


def test_a_new_link_that_failed_once_heals_in_the_next_run(blog: Blog) -> None:
    """Whatever that run is for: it is asked again as long as it breaks the check."""
    url = blog.url("/flaky/404-1")
    blog.write(url)
    assert [url for _, _, url in faults(blog.check())] == [url]
    assert faults(blog.check(DAY + timedelta(days=1))) == []
    assert blog.ledger == {url: Entry(verdict=Verdict.FINE, fine=DAY + timedelta(days=1))}


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


def test_links_that_moved_are_reported(blog: Blog) -> None:
    """Where they are written is told to those who want to follow them."""
    url = blog.url("/for-good//200")
    blog.write(url)
    result = blog.check()
    assert blog.ledger[url].moved == blog.url("/200")
    moved = "1 link moved for good (--json lists them): --fix --redirects follows them"
    assert moved in [*report.lines(result)]
    assert [(old, new, [*map(str, places)]) for old, new, places in result.replacements] == [
        (url, blog.url("/200"), ["a.md:1"])
    ]


def test_a_link_is_one_however_often_it_is_written(blog: Blog) -> None:
    """Fragments, ports and encodings apart: it is asked once, and found at each place."""
    url = blog.url("/404")
    blog.write(f"{url}#a", url, url.replace("one.test", "ONE.test"))
    result = blog.check()
    assert faults(result) == [(Rule.DEAD, ["a.md:1", "a.md:2", "a.md:3"], url)]
    assert blog.server.paths() == ["HEAD /404", "GET /404"]


def test_passwords_reach_neither_ledger_nor_reports(blog: Blog) -> None:
    """A link with credentials is asked for and remembered without them; so is one that is broken."""
    blog.write(blog.url("/404").replace("one.test", "me:secret@one.test"), "https://me:secret@exa mple/")
    result = blog.check()
    texts = [*report.lines(result), *formats.as_annotations(result), formats.as_json(result).decode()]
    texts += [formats.as_junit(result).decode(), formats.as_gitlab(result).decode()]
    texts += [markdown.summary(result).decode(), markdown.changes(result).decode()]
    texts += [path.read_text(encoding="utf-8") for path in blog.root.glob("links.*")]
    assert len(result.findings) == 2
    assert not any("secret" in text for text in texts)


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


def test_the_reports_say_the_same(blog: Blog) -> None:
    """For people, as JSON, as JUnit's XML, for GitHub and GitLab; faults of the site come first."""
    blog.write(blog.url("/404"), blog.url("/403"), "/gone/")
    result = blog.check()
    url = blog.url("/404")
    wrong = f"{url}: dead (404 Not Found); correct it, or give it an `archive` or a `reason` in links.toml"
    assert [*report.lines(result)] == [
        "a.md:3: /gone/: there is no such page or file",
        f"a.md:1: {wrong}",
        "4 internal links in 3 files checked",
        "2 outgoing addresses: 1 unknown, 1 dead",
        "--refresh looks for archived copies of dead links, and keeps in the ledger where they are",
        "2 faults",
    ]
    assert [*formats.as_annotations(result)] == [
        "::error file=a.md,line=3,title=broken-link::/gone/: there is no such page or file",
        f"::error file=a.md,line=1,title=dead-link::{wrong}",
    ]
    data = json.loads(formats.as_json(result))
    assert [finding["places"] for finding in data["findings"]] == [
        [{"path": "a.md", "line": 3}],
        [{"path": "a.md", "line": 1}],
    ]
    assert data["links"][url]["verdict"] == "dead"
    assert data["links"][url]["pages"] == ["a/index.html:2"]
    assert data["changes"] == [{"url": url, "change": "newly dead", "places": [{"path": "a.md", "line": 1}]}]
    (suite,) = etree.fromstring(formats.as_junit(result))
    assert dict(suite.attrib) == {
        "name": "links",
        "tests": "3",
        "failures": "2",
        "errors": "0",
        "skipped": "1",
    }
    assert len(suite.findall("testcase/failure")) == 2
    for_gitlab = json.loads(formats.as_gitlab(result))
    assert [(finding["check_name"], finding["location"]) for finding in for_gitlab] == [
        ("broken-link", {"path": "a.md", "lines": {"begin": 3}}),
        ("dead-link", {"path": "a.md", "lines": {"begin": 1}}),
    ]
    assert len({finding["fingerprint"] for finding in for_gitlab}) == 2
    assert {*for_gitlab[0]} == {"description", "check_name", "fingerprint", "severity", "location"}


def test_names_that_are_no_text_reach_gitlab(blog: Blog) -> None:
    """A file system may hold bytes that are no UTF-8; the fingerprint of a fault stands all the same."""
    blog.write("/nowhere/")
    result = blog.check(offline=True)
    (finding,) = result.findings
    odd = replace(finding, places=(Place("b\udcff.md", 1),))
    (for_gitlab,) = json.loads(formats.as_gitlab(replace(result, findings=(odd,))))
    assert for_gitlab["location"]["path"] == "b\udcff.md"


def test_a_reason_outlives_the_link_that_it_is_about() -> None:
    """What a person wrote is for a person to remove; the copy that a fix has used goes."""
    reason, copy = "quoted as evidence", "https://archive.example/x"
    entries = {
        "https://a.example/": Entry(verdict=Verdict.DEAD, asked=DAY, archive=copy, reason=reason),
        "https://b.example/": Entry(verdict=Verdict.DEAD, asked=DAY, archive=copy),
    }
    assert tidied(entries, ()) == {"https://a.example/": Entry(archive=copy, reason=reason)}


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


def test_what_was_not_asked_is_listed(blog: Blog) -> None:
    """By its reason; a few for people, all of them for programs."""
    urls = [blog.url(f"/200/{number}") for number in range(18)]
    blog.write(*urls)
    blog.ledger = dict.fromkeys(urls, Entry(verdict=Verdict.FINE, fine=DAY - timedelta(days=40)))
    result = blog.check(refresh=True)
    lines = [*report.lines(result)]
    assert lines[0] == "8 not asked, because 10 of its host were asked:"
    assert lines[6] == "  and 3 more (--json lists all)"
    assert sum("not_asked" in link for link in json.loads(formats.as_json(result))["links"].values()) == 8


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


def test_a_fault_that_a_feed_repeats_is_told_once(blog: Blog) -> None:
    """Where the sources have it; a feed has the address in full, which nobody wrote."""
    blog.write("#gone", "/gone/")
    feed = blog.root / "site" / "atom.xml"
    urls = ("https://blog.test/a/#gone", "https://blog.test/gone/", "https://blog.test/lost/")
    links = "".join(f'<link href="{url}"/>' for url in urls)
    feed.write_text(FEED.replace("<entry>", f"{links}<entry>"), encoding="utf-8")
    assert [(places, url) for _, places, url in faults(blog.check(offline=True))] == [
        (["a.md:1"], "#gone"),
        (["a.md:2"], "/gone/"),
        (["site/atom.xml:2"], "https://blog.test/lost/"),
    ]


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
