"""Dates as authors write them, and as machines read them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo

from dateutil import parser

_ISO = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})"
    r"(?:[Tt ](?P<time>\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?) ?(?P<offset>[Zz]|[+-]\d{2}:?\d{2})?)?"
)
_NAMED_MONTH = re.compile(
    r"(?:(?P<day>\d{1,2})\.? (?P<month>[A-Za-z]+)\.?|(?P<Month>[A-Za-z]+)\.? (?P<Day>\d{1,2})),? "
    r"(?P<year>\d{4})"
)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_YEAR_FIRST = re.compile(r"\s*\d{4}\b")
_SHORTEST_MONTH = 3  # letters of a month's name
# Hours east of Greenwich, by the names of RFC 2822 §4.3.
_ZONES = {
    **dict.fromkeys(("UT", "UTC", "GMT", "Z"), 0),
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}
_LONGEST_OFFSET = "23"  # hours, which Python can hold
_FURTHEST = timedelta(hours=14)  # XML Schema 1.1 §3.3.7: no time zone is further from UTC


def parse(text: str) -> datetime:
    """Read a date and time of RFC 3339 §5.6, one without seconds or offset, or a day alone: its midnight.

    A day may also name its month in English, as ablog's manual has it: `Mar 15, 2019`. The result has the
    offset of the text, and none where the text names none.

    Raises
    ------
    ValueError
        The text is no such date, or no date of the calendar; then the message says why.

    """
    match = _ISO.fullmatch(_with_number(text.strip()))
    if match is None:
        raise ValueError
    offset = (match["offset"] or "").upper()
    if offset[1:3] > _LONGEST_OFFSET:
        raise ValueError("its offset is longer than a day")
    return datetime.fromisoformat(f"{match['day']}T{match['time'] or '00:00'}{offset}")


def parse_format(text: str, form: str) -> datetime:
    """Read a date in a form of `strptime`; "" is none. Raises ValueError where the text is another."""
    if not form:
        raise ValueError
    return datetime.strptime(text, form)  # noqa: DTZ007 - the form decides whether there is an offset


def parse_any(text: str) -> datetime:
    """Read a date as dateutil does: in words, with slashes, the month first where either could be.

    The result has the offset of the text, and none where the text names none. A month or a day that the text
    leaves out is the first one, never today's. Names of time zones are those of RFC 2822 §4.3; no other is
    read, for it would be that of the machine.

    Raises
    ------
    ValueError
        The text is no date, or does not say of which year.

    """
    return _parse_any(text, day_first=False)


def parse_clear(text: str) -> datetime:
    """Read a date as `parse_any` does, unless another day is meant where the day stands before the month.

    After the year, the month stands first everywhere.
    """
    date = _parse_any(text, day_first=False)
    if not _YEAR_FIRST.match(text) and date != _parse_any(text, day_first=True):
        raise ValueError
    return date


def _parse_any(text: str, *, day_first: bool) -> datetime:
    defaults = datetime(1904, 1, 1), datetime(1908, 1, 1)  # noqa: DTZ001 - replaced
    first, second = (_with_default(text, default, day_first=day_first) for default in defaults)
    if first != second:
        raise ValueError
    return first


def _with_default(text: str, default: datetime, *, day_first: bool) -> datetime:
    try:
        return parser.parse(text, default=default, dayfirst=day_first, tzinfos=_zone)
    except (OverflowError, TypeError, AttributeError, RecursionError) as error:  # dateutil's, of odd text
        raise ValueError from error


def _zone(name: str | None, offset: int | None) -> tzinfo | None:
    """Return the time zone of a name or of an offset in seconds; None for a name that means nothing."""
    if offset is not None:
        return timezone(timedelta(seconds=offset))
    return timezone(timedelta(hours=_ZONES[name])) if name in _ZONES else None


def rfc3339(date: datetime) -> str:
    """Write an aware date in its own offset, or in UTC where RFC 3339 and XML Schema can't hold that."""
    offset = date.utcoffset() or timedelta()
    if offset % timedelta(minutes=1) or abs(offset) > _FURTHEST:
        date = date.astimezone(UTC)
    return date.isoformat()


def shortest(date: datetime, zone: tzinfo | None) -> str:
    """Write an aware date: as a day where it is midnight in a time zone with its offset, else with its time.

    Fractions of a second have as many digits as they need.
    """
    is_day = zone and date.time() == time() and date.replace(tzinfo=zone).utcoffset() == date.utcoffset()
    if is_day:
        return date.date().isoformat()
    return re.sub(r"(\.\d+?)0+(?!\d)", r"\1", rfc3339(date))


def _with_number(text: str) -> str:
    """Return a date that names its month as YYYY-MM-DD, and any other text as it is."""
    match = _NAMED_MONTH.fullmatch(text)
    if match is None:
        return text
    name = (match["month"] or match["Month"]).lower()
    if len(name) < _SHORTEST_MONTH:
        return text
    number = next((number for number, month in enumerate(_MONTHS, 1) if month.startswith(name)), None)
    return f"{match['year']}-{number:02}-{int(match['day'] or match['Day']):02}" if number else text
