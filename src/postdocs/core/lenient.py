"""Values that the schema refuses, read as ablog reads them, so that existing sites keep working.

Keys that ablog does not know are ignored where they can't be read: without Postdocs they had no effect.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime, tzinfo
from typing import Any

from postdocs.core import dates, languages
from postdocs.core.values import WrongValueError, parse_date, read_text, show

AS_SET = "as the settings have it"  # how a value is read that is nothing unusual after all
# Keys that docutils reads in any case, and MyST's own, by what the schema calls them.
KEYS: Mapping[str, str] = {"date": "date", "author": "author", "authors": "author"}
_FLAGS = dict.fromkeys(("true", "yes", "on", "1"), True) | dict.fromkeys(("false", "no", "off", "0"), False)
_IGNORED = (None, "ignored")


def read(key: str, written: Any, timezone: tzinfo, date_format: str) -> tuple[Any, str]:
    """Return what a value of a key means, or None if nothing, and what a message adds of that, or "".

    written: text, None, or lists and mappings of them, as the file has them. timezone: of dates that name no
    offset. date_format: of `strptime`, in which the site writes dates besides; or "".

    Raises
    ------
    ValueError
        It has no meaning, and the post can't do without it.

    """
    if written == "":
        return _IGNORED
    if key in {"date", "updated"}:
        with suppress(*([ValueError] if key == "updated" else [])):  # which ablog does not know
            return read_date(written if isinstance(written, str) else "", timezone, date_format)
    if key in {"draft", "blogpost"}:
        flag = _FLAGS.get(written.lower()) if isinstance(written, str) else None
        if flag is None:
            raise WrongValueError(f"{show(written)} is neither true nor false", "write true or false")
        return flag, ""
    if key in {"author", "category", "tags", "language"}:
        labels = tuple(dict.fromkeys(_labels(written)))
        return _language(", ".join(labels)) if key == "language" else (labels, "")
    if key in {"title", "summary", "translation_of", "series"} and isinstance(written, str):
        return read_text(written, timezone), ""
    if key == "title":
        raise WrongValueError(f"{show(written)} is not text", "write text")
    return _IGNORED


def read_date(text: str, timezone: tzinfo, date_format: str) -> tuple[datetime, str]:
    """Read a date as ablog does: in the form of the settings, then as the schema, then as dateutil.

    Return it, and what a message says of how it is read. The arguments are those of `read`.

    Raises
    ------
    ValueError
        It is no date.

    """
    with suppress(ValueError):
        date = dates.parse_format(text, date_format)
        return date if date.tzinfo else date.replace(tzinfo=timezone), AS_SET
    with suppress(ValueError):
        return parse_date(text, timezone), AS_SET
    date = parse_date(dates.parse_any(text).isoformat(), timezone)
    return date, f"read as {date.isoformat(' ', 'minutes')}"


def _language(names: str) -> tuple[str, str]:
    """Return a language tag, or names of languages as ablog lists posts by them, and how they are read."""
    try:
        tag = languages.canonical(names)
    except ValueError:
        return names, "only a name in the list of languages"
    return tag, f"read as '{tag}'"


def _labels(written: Any) -> Iterator[str]:
    """Yield labels: of text with commas, or of a list; MyST's authors are mappings with a name or an id."""
    if isinstance(written, str):
        yield from filter(None, (" ".join(part.split()) for part in written.split(",")))
        return
    items = written if isinstance(written, list) else [written]
    for item in items:
        for value in item if isinstance(item, list) else [item]:
            if text := _label(value):
                yield text


def _label(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("name") or value.get("id") or _pair(value)
    if not isinstance(value, str | None):
        raise WrongValueError(f"{show(value)} is not text", "write text")
    return " ".join((value or "").split())


def _pair(value: Mapping[str, Any]) -> str:
    """Return the text that a colon has made a mapping: `- C++: a tour`."""
    pairs = [*value.items()]
    if len(pairs) != 1 or not isinstance(pairs[0][1], str | None):
        raise WrongValueError("it is a mapping, not text", "write text")
    return f"{pairs[0][0]}: {pairs[0][1] or ''}".strip()
