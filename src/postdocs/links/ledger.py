"""The ledger: what is known of each outgoing link, in a file that is committed and read in diffs."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import tomli_w

from postdocs.core.errors import PostdocsError
from postdocs.core.http.address import request_url
from postdocs.links.external import Kind, kind_of

_HEAD = """\
# What the link check knows of the links that leave this site; the manual says more (docs/links.md).
# It is kept by `nox -s linkcheck` and by hand: a dead link needs an `archive` or a `reason`.
"""


class Verdict(StrEnum):
    """What is held of a link.

    FINE: it was there. UNKNOWN: its server gave no clear answer. FAILING: it was gone, but not often and long
    enough. DEAD: it is gone.
    """

    FINE = "fine"
    UNKNOWN = "unknown"
    FAILING = "failing"
    DEAD = "dead"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What is known of a link. Days are those of UTC.

    fine: the last day on which it was. asked: the last day on which it was asked, if not fine then. failures:
    on how many days in a row it was gone. since: the first of them. answer: what was said last, if not fine.
    archive: address of an archived copy. reason: why a person is content with it as it is.
    """

    verdict: Verdict
    fine: date | None = None
    asked: date | None = None
    failures: int = 0
    since: date | None = None
    answer: str = ""
    archive: str = ""
    reason: str = ""

    @property
    def last_asked(self) -> date:
        """The last day on which it was asked; long ago if never."""
        return max(self.fine or date.min, self.asked or date.min)


@dataclass(frozen=True)
class Ledger:
    """The entries by address (`request_url`), and the 1-based line on which each begins."""

    entries: Mapping[str, Entry]
    lines: Mapping[str, int]


_KEYS = {field.name: field for field in fields(Entry)}
_TYPES: dict[str, type] = {"failures": int, "fine": date, "asked": date, "since": date}


def dump(entries: Mapping[str, Entry]) -> str:
    """Write a ledger, sorted by address, so that each change of it is a small difference."""
    tables = {
        url: {name: value for name in _KEYS if (value := getattr(entries[url], name))}
        for url in sorted(entries)
    }
    text = tomli_w.dumps(tables) if tables else ""
    return f"{_HEAD}\n{text}" if text else _HEAD


def load(text: str, path: str | Path) -> Ledger:
    """Read a ledger. path: how messages name the file.

    Raises
    ------
    PostdocsError
        It is not one; the error names the line.

    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = getattr(error, "lineno", None) or _line_in(str(error))
        remedy = "correct it; after a merge, keep either side of each conflict"
        raise PostdocsError(path, line, f"it is not TOML ({error})", remedy) from None
    lines = _lines(text)
    entries = {}
    for url, table in tables.items():
        try:
            entries[url] = _entry(url, table)
        except ValueError as error:
            raise PostdocsError(path, lines.get(url), f"{url}: {error}", "correct it") from None
    return Ledger(entries, lines)


def _line_in(message: str) -> int | None:
    _, separator, rest = message.partition("(at line ")
    number = rest.partition(",")[0]
    return int(number) if separator and number.isdigit() else None


def _lines(text: str) -> dict[str, int]:
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("["):
            try:
                lines |= dict.fromkeys(tomllib.loads(line), number)
            except tomllib.TOMLDecodeError:  # the rest of a value
                continue
    return lines


def _entry(url: str, table: Any) -> Entry:
    if not isinstance(table, dict):
        raise ValueError('an entry is a table, like ["https://example.org/"]')  # noqa: TRY004 - one kind of error
    if kind_of(url) is not Kind.WEB or request_url(url) != url:
        raise ValueError(f"links are kept under the address that is asked: {request_url(url)}")
    values: dict[str, Any] = {}
    for name, value in table.items():
        type_ = _TYPES.get(name, str)
        if name not in _KEYS:
            raise ValueError(f"`{name}` is not a key of an entry; those are {', '.join(_KEYS)}")
        if type(value) is not type_:
            kind = {str: "text in quotes", int: "a whole number", date: "a day, like 2024-05-31"}[type_]
            raise ValueError(f"`{name}` is {value!r}; it has to be {kind}")
        values[name] = value
    try:
        values["verdict"] = Verdict(values.get("verdict", ""))
    except ValueError:
        raise ValueError(f"`verdict` has to be one of {', '.join(Verdict)}") from None
    return Entry(**values)
