"""Links to what is not there, on sites that an import reads whole."""

from __future__ import annotations

import pytest

from postdocs.importer.dead_links import OldSites, old_sites
from postdocs.importer.entry import Entry
from postdocs.importer.html.parse import parse
from postdocs.importer.list_links import Lists

ROOT = "https://tides.example/log"
ENTRIES = [
    Entry(source="a", position=1, url=f"{ROOT}/2021/ebb/", aliases=("/log/old/ebb.html",)),
    Entry(source="b", position=2, url=f"{ROOT}/about.html"),
]
LISTS = Lists(
    frozenset({"tides.example"}), f"{ROOT}/blog", years=frozenset({"2021"}), folders=frozenset({"log/2021"})
)


def said(sites: OldSites, html: str) -> list[tuple[str, int]]:
    """Return the addresses that are named, each with its line."""
    document, _ = parse(html, f"{ROOT}/2021/ebb/")
    links = (f"[x]({part})" for part in html.split('"')[1::2])
    return [(note.before, note.line) for note in sites.notes(document, "\n".join(links), LISTS)]


@pytest.mark.parametrize(
    "url",
    ["", "/2021/ebb/", "/about.html#part", "/old/ebb.html", "/mine/", "/sitemap.xml", "/blog/tag/moon/",
     "/blog/", "/2021/", "/feed.xml"],
)  # fmt: skip
def test_what_answers_in_the_new_site_is_not_named(url: str) -> None:
    """Pages of the import, their aliases, other pages of the site, what it makes itself, and lists."""
    sites = old_sites([ROOT], ENTRIES, ["/log/mine/"], f"{ROOT}/")
    assert said(sites, f'<a href="{ROOT}{url}">x</a><a href="https://other.example/gone">y</a>') == []


def test_what_does_not_answer_is_named_once_with_its_line() -> None:
    """A page or file that is not there, and a part of the post that it hasn't."""
    sites = old_sites([ROOT], ENTRIES, [], f"{ROOT}/")
    gone = f"{ROOT}/gone/"
    html = f'<h2>The part</h2><a href="#the-part">a</a><a href="{gone}">b</a><a href="#no">c</a>'
    assert said(sites, f'{html}<a href="{gone}">d</a><a href="#top">e</a>') == [(gone, 2), ("#no", 3)]


def test_nothing_is_named_where_the_site_is_not_read_whole() -> None:
    """A feed lacks older posts, and an address outside of the site is another one."""
    assert said(old_sites([], ENTRIES, [], ROOT), f'<a href="{ROOT}/gone/">x</a>') == []
    assert not old_sites([ROOT], ENTRIES, [], ROOT).is_missing("https://tides.example/logs/gone/")


def test_old_addresses_without_an_answer_are_named_with_the_new_one() -> None:
    """Lists and feeds move, and pages of the theme end; what has the same address in both is not named."""
    sites = old_sites([ROOT], ENTRIES, [], f"{ROOT}/")
    paths = ("2021/", "index.xml", "demo/", "data.xml", "2021/ebb/", "old/ebb.html", "blog/")
    notes = [*sites.unanswered([f"{ROOT}/{path}" for path in paths], LISTS)]
    assert [(note.before, note.after) for note in notes] == [
        (f"{ROOT}/2021/", f"{ROOT}/blog/2021/"),
        (f"{ROOT}/index.xml", f"{ROOT}/blog/atom.xml"),
        (f"{ROOT}/demo/", ""),
        (f"{ROOT}/data.xml", ""),
    ]
