"""What a check of a whole site reports."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from linked_blog import DAY, FEED, Blog, faults
from lxml import etree

from postdocs.links import formats, markdown, report
from postdocs.links.ledger import Entry, Verdict
from postdocs.links.report import Rule
from postdocs.links.source_map import Place


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


def test_a_link_is_one_however_often_it_is_written(blog: Blog) -> None:
    """Fragments, ports and encodings apart: it is asked as one, and found at each place."""
    url = blog.url("/404")
    blog.write(f"{url}#a", url, url.replace("one.test", "ONE.test"))
    result = blog.check()
    assert faults(result) == [(Rule.DEAD, ["a.md:1", "a.md:2", "a.md:3"], url)]
    assert blog.server.paths() == ["HEAD /404", "GET /404"] * 2  # the second time to be sure
