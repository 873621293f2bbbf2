"""Dates of feeds with their original offsets."""

from __future__ import annotations

import email.utils
import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from postdocs.core import dates

# RFC 822 §5.1, and the abbreviations in use that mean one offset only. In hours.
_ZONES = {
    "UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "MET": 1, "MEST": 2,
    "EET": 2, "EEST": 3, "MSK": 3, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
    "AST": -4, "ADT": -3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8,
    "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10,
}  # fmt: skip
_ISO = re.compile(
    r"(?P<day>\d{4}(?:-\d{2}(?:-\d{2})?)?|\d{8})"
    r"(?:[T ](?P<time>\d{2}:?\d{2}(?::?\d{2}(?:[.,]\d+)?)?)"
    r" ?(?P<zone>(?!AM|PM)[A-Z]{1,5}|(?:GMT|UTC)?[+-]\d{2}(?::?\d{2})?)?)?",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"\s*(?<=[\d\sMm])(?P<zone>[A-Z]{1,5}|(?:GMT|UTC?)?[+-]\d{1,2}(?::?\d{2})?)$", re.IGNORECASE
)
_NO_YEAR = re.compile(r"\b00\d\d\b(?!:)")
_ZERO = re.compile(r"0001-01-01|(?:Mon, )?0?1 Jan 0001\b")  # how Go, and so Hugo, says that there is none
_FIRST_YEAR, _LAST_YEAR = 2, 9998
_COMMENT = re.compile(r"\s*\([^()]*\)")  # RFC 5322 §3.2.2: "+0000 (UTC)"
_HALF_OF_DAY = re.compile(r"(?<=\d)(?=[AP]M\b)", re.IGNORECASE)
_FORMATS = (
    "%Y/%m/%d", "%Y/%m/%d %H:%M", "%Y/%m/%d %H:%M:%S",
    "%Y-%m-%d %I:%M %p", "%Y-%m-%d %I:%M:%S %p",
    "%B %d, %Y %I:%M %p", "%b %d, %Y %I:%M %p", "%B %d, %Y %H:%M", "%m/%d/%Y %I:%M:%S %p",
)  # fmt: skip


def is_none(text: str) -> bool:
    """Tell whether a date is empty, or that with which programs say that there is none."""
    return not text.strip() or _ZERO.match(text.strip()) is not None


def parse(text: str) -> datetime | None:
    """Read a date as front matter has it, or as W3CDTF, RFC 822 to 5322, asctime and some people write it.

    The result has the offset of the text, and none where the text names none, or a zone that no standard
    gives one meaning (`IST`). None is returned for what is no date of the calendar in all time zones.
    """
    date = _parse(_COMMENT.sub("", " ".join(text.split())))
    return date if date and is_possible(date.year) else None


def is_possible(year: int) -> bool:
    """Tell whether the dates of a year are dates in all time zones; Hugo writes `0001-01-01` for none."""
    return _FIRST_YEAR <= year <= _LAST_YEAR


def _parse(text: str) -> datetime | None:
    with suppress(ValueError):
        return dates.parse(text)
    try:
        match = _ISO.fullmatch(text)
        return _iso(match) if match else _other(text)
    except (ValueError, OverflowError):
        return None


def _iso(match: re.Match[str]) -> datetime:
    """Read ISO 8601 with the short forms of W3CDTF: a year or a month is its first day."""
    day = match["day"]
    digits = day.replace("-", "") + (
        "0101" if len(day) == len("2013") else "01" if len(day) == len("2013-07") else ""
    )
    time = (match["time"] or "0000").replace(":", "").replace(",", ".")
    clock, _, fraction = time.partition(".")
    clock = clock.ljust(6, "0")
    clock, leap = (clock[:4] + "59", 1) if clock.endswith("60") else (clock, 0)
    clock, next_day = ("000000", 1) if clock == "240000" else (clock, 0)
    date = datetime.strptime(f"{digits}{clock}+0000", "%Y%m%d%H%M%S%z") + timedelta(
        days=next_day, seconds=leap
    )
    return date.replace(microsecond=int(fraction[:6].ljust(6, "0")), tzinfo=_zone(match["zone"] or ""))


def _other(text: str) -> datetime | None:
    text = _HALF_OF_DAY.sub(" ", text)
    for form in _FORMATS:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 - it names no offset, so it has none
        except ValueError:
            continue
    match = _ZONE.search(text)
    zone = match["zone"] if match and match["zone"].upper() not in {"AM", "PM"} else ""
    rest = text.removesuffix(zone).rstrip()
    # RFC 5322 §4.3 gives the rule for years of two and three digits; email.utils has it.
    parts = email.utils.parsedate(rest)
    if parts is None or _NO_YEAR.search(rest):
        return None
    second = min(parts[5], 59)  # a leap second
    return datetime(*parts[:5], second, tzinfo=_zone(zone))


def _zone(name: str) -> tzinfo | None:
    """Return the zone of an offset or abbreviation.

    `-0000` is UTC by RFC 5322 §3.3, and so are the military letters by §4.3: the instant is known, if not the
    place.
    """
    name = name.upper()
    match = re.fullmatch(r"(?:GMT|UTC?)?([+-])(\d{1,2}):?(\d{2})?", name)
    if match:
        offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        return timezone(offset if match[1] == "+" else -offset) if offset else UTC
    if re.fullmatch("[A-IK-Z]", name):
        return UTC
    return timezone(timedelta(hours=_ZONES[name])) if name in _ZONES else None
