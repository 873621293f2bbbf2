"""Dates as authors write them, and as machines read them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postdocs.core.dates import parse, rfc3339, shortest

_OFFSETS = st.timedeltas(timedelta(hours=-23), timedelta(hours=23)).map(timezone)
_DATES = st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=_OFFSETS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2013-07-05T12:28:00-07:00", "2013-07-05T12:28:00-07:00"),
        ("2013-07-05 12:28z", "2013-07-05T12:28:00+00:00"),
        ("2013-07-05 12:28:00.5 +0530", "2013-07-05T12:28:00.500000+05:30"),
        ("2013-07-05", "2013-07-05T00:00:00"),
        ("Jul 5, 2013", "2013-07-05T00:00:00"),
        ("5. july 2013", "2013-07-05T00:00:00"),
    ],
)
def test_dates_are_read_with_the_offset_that_they_name(text: str, expected: str) -> None:
    """A day alone is its midnight, and what names no offset has none."""
    assert parse(text).isoformat() == expected


@pytest.mark.parametrize("text", ["", "soon", "2013", "2013-07", "2013-02-30", "Ju 5, 2013", "Jug 5, 2013"])
def test_what_is_no_date_is_refused(text: str) -> None:
    """Neither words nor half a date nor a day that the calendar lacks is a date."""
    with pytest.raises(ValueError, match=r"^$|day (30 must be in|is out of) range"):
        parse(text)


@given(_DATES)
def test_a_written_date_is_the_same_instant_when_it_is_read(date: datetime) -> None:
    """Offsets that RFC 3339 can't hold become UTC; the instant stays."""
    written = rfc3339(date)
    assert parse(written) == date
    assert abs(parse(written).utcoffset() or timedelta()) <= timedelta(hours=14)


@pytest.mark.parametrize(
    ("text", "zone", "written"),
    [
        ("2013-11-21T00:00:00-08:00", "America/Los_Angeles", "2013-11-21"),
        ("2013-07-21T00:00:00-08:00", "America/Los_Angeles", "2013-07-21T00:00:00-08:00"),
        ("2013-11-21T00:00:00+00:00", "UTC", "2013-11-21"),
        ("2013-11-21T00:00:01+00:00", "UTC", "2013-11-21T00:00:01+00:00"),
        ("2013-11-21T00:00:00+00:00", None, "2013-11-21T00:00:00+00:00"),
    ],
)
def test_midnight_is_written_as_a_day(text: str, zone: str | None, written: str) -> None:
    """Where the time zone of the site gives it back with the same offset."""
    date = datetime.fromisoformat(text)
    assert shortest(date, ZoneInfo(zone) if zone else None) == written
