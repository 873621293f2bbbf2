"""Dates as feeds write them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postdocs.importer.sources.dates import parse

_offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
_moments = st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31), timezones=st.one_of(st.none(), _offsets))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2013-07-05T12:28:00-07:00", "2013-07-05T12:28:00-07:00"),
        ("2013-07-05T12:28:00.123456789Z", "2013-07-05T12:28:00.123456+00:00"),
        ("2013-07-05 12:28:00 -0700", "2013-07-05T12:28:00-07:00"),
        ("2013-07-05 12:28:00 UTC", "2013-07-05T12:28:00+00:00"),
        ("2013-07-05t12:28z", "2013-07-05T12:28:00+00:00"),
        ("20130705T122800+02", "2013-07-05T12:28:00+02:00"),
        ("2013-07-05T12:28:00", "2013-07-05T12:28:00"),
        ("2013-07-05", "2013-07-05T00:00:00"),
        ("2013-07", "2013-07-01T00:00:00"),
        ("2013", "2013-01-01T00:00:00"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00+00:00"),
        ("2013-07-05T24:00:00Z", "2013-07-06T00:00:00+00:00"),
        ("Fri, 05 Jul 2013 12:28:00 -0700", "2013-07-05T12:28:00-07:00"),
        ("Fri, 05 Jul 2013 12:28:00 -07:00", "2013-07-05T12:28:00-07:00"),
        ("Fri, 05 Jul 2013 12:28:00 EST", "2013-07-05T12:28:00-05:00"),
        ("Fri, 05 Jul 2013 12:28:00 PDT", "2013-07-05T12:28:00-07:00"),
        ("Fri, 05 Jul 2013 12:28:00 GMT+2", "2013-07-05T12:28:00+02:00"),
        ("Fri, 05 Jul 2013 12:28:00 +0000 (UTC)", "2013-07-05T12:28:00+00:00"),
        ("Fri, 05 Jul 2013 12:28:00 -0000", "2013-07-05T12:28:00+00:00"),
        ("Fri, 05 Jul 2013 12:28:00 +0545", "2013-07-05T12:28:00+05:45"),
        ("Fri, 05 Jul 2013 12:28:00 IST", "2013-07-05T12:28:00"),
        ("Fri, 05 Jul 2013 12:28:00", "2013-07-05T12:28:00"),
        ("5 Jul 13 12:28 GMT", "2013-07-05T12:28:00+00:00"),
        ("05 Jul 99 12:28:00 Z", "1999-07-05T12:28:00+00:00"),
        ("July 5, 2013", "2013-07-05T00:00:00"),
        ("5 July 2013", "2013-07-05T00:00:00"),
        ("2013/07/05 12:28", "2013-07-05T12:28:00"),
        ("July 5, 2013 1:28 PM", "2013-07-05T13:28:00"),
        ("Fri Jul  5 12:28:00 2013", "2013-07-05T12:28:00"),
        ("07/05/2013 01:28:00 PM", "2013-07-05T13:28:00"),
        ("2013-07-05 01:28 PM", "2013-07-05T13:28:00"),
        ("2013-07-05 12:28:00AM", "2013-07-05T00:28:00"),
    ],
)
def test_forms(text: str, expected: str) -> None:
    """Each form is read with the offset that it names, and with none where it names none."""
    date = parse(text)

    assert date is not None
    assert date.isoformat() == expected


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "2013-02-30", "0000-00-00 00:00:00", "Mon, 30 Nov -0001 00:00:00 +0000", "13", "12:30",
     "Mon, 01 Jan 0001 00:00:00 +0000", "Fri, 32 Jul 2013 12:28:00 GMT", "2013-07-05T25:00:00Z",
     "9999-12-31T24:00:00Z", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00",
     "2013-07-05T12:28:00+99:00"],
)  # fmt: skip
def test_no_dates(text: str) -> None:
    """What is no date of the calendar is none."""
    assert parse(text) is None


@given(_moments)
def test_iso(date: datetime) -> None:
    """Whatever Python writes as ISO 8601 comes back with the same offset."""
    found = parse(date.isoformat())

    assert found is not None
    assert found.isoformat() == date.isoformat()


@given(st.text(alphabet="0123456789 -+:,/TZGMTJanFeb()", max_size=40))
def test_never_fails(text: str) -> None:
    """No text makes it fail."""
    parse(text)
