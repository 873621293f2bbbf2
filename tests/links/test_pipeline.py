"""A built site checked as a whole: its links, the ledger, and servers that answer."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from lxml import etree
from servers import Server

from postdocs.links import report
from postdocs.links.ledger import Entry, Verdict, dump, load
from postdocs.links.pipeline import Options, check
from postdocs.links.refresh import Network
from postdocs.links.report import Report, Rule

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
        path = self.root / "links.toml"
        return dict(load(path.read_text(encoding="utf-8"), path).entries) if path.exists() else {}

    @ledger.setter
    def ledger(self, entries: dict[str, Entry]) -> None:
        (self.root / "links.toml").write_text(dump(entries), encoding="utf-8")

    def check(self, day: date = DAY, *, offline: bool = False, refresh: bool = False) -> Report:
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
            today=day,
            refresh=refresh,
            network=None if offline else network,
        )
        return check(self.root / "site", options, in_silence)


@pytest.fixture
def blog(tmp_path: Path, server: Server) -> Blog:
    """A blog without links yet."""
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
    assert set(result.links.values()) == {None}
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


def test_an_entry_that_no_page_uses_fails(blog: Blog) -> None:
    """With its line in the ledger; a refresh removes it."""
    blog.ledger = {"https://old.org/": Entry(verdict=Verdict.FINE, fine=DAY)}
    line = (blog.root / "links.toml").read_text(encoding="utf-8").splitlines().index(
        '["https://old.org/"]'
    ) + 1
    assert faults(blog.check(offline=True)) == [
        (Rule.UNUSED, [f"{blog.root}/links.toml:{line}"], "https://old.org/")
    ]
    assert faults(blog.check(refresh=True)) == []
    assert blog.ledger == {}


def test_a_link_that_came_back_is_cleared(blog: Blog) -> None:
    """Its entry says that it is fine, and nothing else."""
    blog.write(blog.url("/200"))
    blog.ledger = {blog.url("/200"): Entry(verdict=Verdict.DEAD, asked=DAY, archive="https://a/", reason="x")}
    assert faults(blog.check(DAY + timedelta(days=60), refresh=True)) == []
    assert blog.ledger == {blog.url("/200"): Entry(verdict=Verdict.FINE, fine=DAY + timedelta(days=60))}


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
    texts = [*report.lines(result), *report.as_annotations(result), report.as_json(result).decode()]
    texts += [report.as_junit(result).decode(), (blog.root / "links.toml").read_text(encoding="utf-8")]
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
    """For people, as JSON, as JUnit's XML, and as annotations of GitHub."""
    blog.write(blog.url("/404"), blog.url("/403"), "/gone/")
    result = blog.check()
    url = blog.url("/404")
    wrong = f"{url}: dead (404 Not Found); correct it, or give it an `archive` or a `reason` in links.toml"
    assert [*report.lines(result)] == [
        f"a.md:1: {wrong}",
        "a.md:3: /gone/: there is no such page or file",
        "4 internal links in 3 files checked",
        "2 outgoing addresses: 1 unknown, 1 dead",
        "--refresh looks for archived copies of dead links, and keeps in the ledger where they are",
        "2 faults",
    ]
    assert [*report.as_annotations(result)] == [
        f"::error file=a.md,line=1,title=dead-link::{wrong}",
        "::error file=a.md,line=3,title=broken-link::/gone/: there is no such page or file",
    ]
    data = json.loads(report.as_json(result))
    assert [finding["places"] for finding in data["findings"]] == [
        [{"path": "a.md", "line": 1}],
        [{"path": "a.md", "line": 3}],
    ]
    assert data["links"][url]["verdict"] == "dead"
    assert data["links"][url]["pages"] == ["a/index.html:2"]
    (suite,) = etree.fromstring(report.as_junit(result))
    assert dict(suite.attrib) == {
        "name": "links",
        "tests": "3",
        "failures": "2",
        "errors": "0",
        "skipped": "1",
    }
    assert len(suite.findall("testcase/failure")) == 2


def test_what_was_not_asked_is_listed(blog: Blog) -> None:
    """By its reason; a few for people, all of them for programs."""
    blog.write(*(blog.url(f"/200/{number}") for number in range(18)))
    result = blog.check()
    lines = [*report.lines(result)]
    assert lines[0] == "8 not asked, because 10 of its host were asked:"
    assert lines[6] == "  and 3 more (--json lists all)"
    assert sum("not_asked" in link for link in json.loads(report.as_json(result))["links"].values()) == 8
