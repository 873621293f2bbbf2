"""Pages of built sites that are lists of posts, although titles are the least that they show."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from postdocs.importer.built.kinds import Kind
from postdocs.importer.built.model import BuiltPage
from postdocs.importer.built.repeated import without_lists
from postdocs.importer.entry import Entry

from .shapes import BASE

_LONG = "a summary of more words than any of the titles beside it has, as some themes write them"
_OWN = "<p>These are words of the author alone, which stand on no other page of the site.</p>"
_DAY = datetime(2021, 3, 4, tzinfo=UTC)


def _page(path: str, content: str, published: datetime | None = None) -> BuiltPage:
    url = f"{BASE}/{path.removesuffix('index.html')}"
    entry = Entry(source="site", position=1, title=path, url=url, content=content, published=published)
    return BuiltPage(path, url, Kind.ARTICLE, entry)


def _summaries(*numbers: int) -> str:
    return "".join(f"<h2>Post {number}</h2><p>Number {number} has {_LONG}.</p>" for number in numbers)


@pytest.mark.parametrize(
    ("page", "is_list"),
    [
        (_page("blog/page/2/index.html", _summaries(0, 1)), True),
        (_page("blog/tag/water/index.html", _summaries(2)), True),
        (_page("tags/reeds.html", f"{_OWN}{_summaries(0, 1, 2)}"), True),
        (_page("tags/about/index.html", _OWN), False),
        (_page("tags/own/index.html", f"{_OWN * 2}{_summaries(0)}"), False),
        (_page("notes/two/index.html", _summaries(0, 1)), False),
        (_page("series/two/index.html", _summaries(0, 1), _DAY), False),
    ],
)
def test_pages_that_repeat_others_are_lists(page: BuiltPage, *, is_list: bool) -> None:
    """Those of a tag, and parts of lists; one with words of its own in such a folder stays, and a post."""
    others = [_page(f"post-{number}/index.html", _summaries(number), _DAY) for number in range(3)]
    *kept, marked = without_lists([*others, page])
    assert kept == others
    assert (marked.kind, marked.entry) == ((Kind.LIST, None) if is_list else (page.kind, page.entry))
