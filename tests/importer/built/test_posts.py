"""Which of the dated pages of a site are posts."""

from __future__ import annotations

import re

import pytest

from postdocs.importer.built import site
from postdocs.importer.entry import Entry

from .shapes import BASE, POSTS, files, minima
from .shapes import site as files_of

META = '<meta property="article:published_time" content="2021-03-03T09:30:00+02:00">'
ARTICLE = '<meta property="og:type" content="article">'


def about(head: str, shown: str = "", path: str = "about/", pages: dict[str, str] | None = None) -> Entry:
    """Return what becomes of the page about the author. shown: what it shows where posts show their dates."""
    all_pages = pages or files_of(minima)
    html = all_pages["about/index.html"].replace(META.replace("2021-03-03T09:30:00+02:00", ""), "")
    html = (
        re.sub(r"<time.*?</time>", shown, html)
        .replace(ARTICLE, head)
        .replace(f"{BASE}/about/", f"{BASE}/{path}")
    )
    others = {name: text for name, text in all_pages.items() if name != "about/index.html"}
    read = site.read(files({**others, f"{path}index.html": html}), None)
    return next(entry for entry in read.entries if entry.title == "About the walker")


@pytest.mark.parametrize(
    "head",
    [
        f'<meta property="og:type" content="website">{META}',
        f'{META}<script type="application/ld+json">{{"@type": "AboutPage", "name": "About"}}</script>',
    ],
)
def test_a_page_that_says_it_is_no_article_is_a_page(head: str) -> None:
    """Hexo puts a date into the metadata of any page, and shows it; posts say that they are articles."""
    entry = about(head, '<time datetime="2021-03-03T09:30:00+02:00">3 March</time>')
    assert entry.page
    assert entry.published is None


def test_a_date_that_no_reader_sees_makes_no_post() -> None:
    """Where posts show their dates, one in the metadata alone is that of the file."""
    entry = about(ARTICLE + META)
    assert entry.page
    assert entry.published is None
    assert [note.before for note in entry.notes if "instead of a post" in note.what] == [
        "2021-03-03T09:30:00+02:00"
    ]


def test_a_dated_article_is_a_post() -> None:
    """It says and shows what the others do."""
    entry = about(ARTICLE + META, '<time datetime="2021-03-03T09:30:00+02:00">3 March</time>')
    assert not entry.page
    assert entry.published is not None


def test_an_address_with_a_day_is_that_of_a_post() -> None:
    """Whatever a theme leaves out on its page."""
    assert not about(f'<meta property="og:type" content="website">{META}', path="2021/03/03/about/").page


def test_a_theme_that_shows_no_dates_tells_nothing() -> None:
    """If no post shows its date, and all say that they are websites, the metadata alone dates posts."""
    website = '<meta property="og:type" content="website">'
    pages = {
        path: re.sub(r"<time.*?</time>", "", text).replace(ARTICLE, website)
        for path, text in files_of(minima).items()
    }
    head = website + META
    pages["about/index.html"] = pages["about/index.html"].replace(website, head)
    read = site.read(files(pages), None)
    assert sum(not entry.page for entry in read.entries) == len(POSTS) + 1
