"""What the theme of a built site shows of a post."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup

from postdocs.importer.built.facts import date_in, date_in_feed
from postdocs.importer.entry import Entry


@pytest.mark.parametrize(
    ("shown", "day"),
    [
        ("on March 4, 2021", date(2021, 3, 4)),
        ("4th Mar 2021", date(2021, 3, 4)),
        ("2021/03/04", date(2021, 3, 4)),
        ("January 1, 0001", None),
        ("1 Jan 0001", None),
        ("0001-01-01 00:00:00 +0000 UTC", None),
        ("no day", None),
    ],
)
def test_the_date_that_a_theme_shows(shown: str, day: date | None) -> None:
    """As people write it; Hugo shows the first day of the year 1 where a page has none."""
    tag = BeautifulSoup(f"<p>{shown}</p>", "html.parser").p
    assert tag is not None
    moment = date_in([tag])
    assert (moment.date() if moment else None) == day


@pytest.mark.parametrize(
    ("in_feed", "in_address", "expected"),
    [
        (datetime(2016, 5, 8), datetime(2013, 8, 24), None),
        (datetime(2013, 8, 24, 9), datetime(2013, 8, 24), datetime(2013, 8, 24, 9)),
        (datetime(2016, 5, 8, tzinfo=UTC), datetime(2013, 8, 24), datetime(2016, 5, 8, tzinfo=UTC)),
        (datetime(2016, 5, 8), None, datetime(2016, 5, 8)),
    ],
)
def test_a_feed_that_contradicts_the_address_names_a_change(
    in_feed: datetime, in_address: datetime | None, expected: datetime | None
) -> None:
    """Unless it names an instant: Emacs writes the day of the last change into its feeds."""
    entry = Entry(source="", position=1, title="Low water", published=in_feed)
    assert date_in_feed(entry, in_address) == expected
