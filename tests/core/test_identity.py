"""What a post is called where its address may change."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from postdocs.core.identity import entry_id, name_of

_DATE = datetime(2013, 7, 5, 23, 28, tzinfo=timezone(-timedelta(hours=7)))


@pytest.mark.parametrize(
    ("docname", "section", "id_"),
    [
        ("posts/2013/recap", "", "tag:example.org,2013-07-05:recap"),
        ("posts/2013/recap/index", "", "tag:example.org,2013-07-05:recap"),
        ("posts/2013/été", "", "tag:example.org,2013-07-05:%C3%A9t%C3%A9"),
        ("news", "part two", "tag:example.org,2013-07-05:news#part%20two"),
    ],
)
def test_an_entry_id_names_host_day_and_post(docname: str, section: str, id_: str) -> None:
    """It holds neither the folder nor the path of the site, so moving the post doesn't change it."""
    assert entry_id("https://example.org/blog/", docname, _DATE, section) == id_


def test_a_post_without_a_date_has_an_entry_id() -> None:
    """The day of a draft is left empty."""
    assert entry_id("https://example.org/", "a", None) == "tag:example.org,:a"


def test_an_index_has_the_name_of_its_folder() -> None:
    """`recap.md` and `recap/index.md` are both called `recap`."""
    assert [name_of(name) for name in ("a/recap", "a/recap/index", "recap")] == ["recap"] * 3
