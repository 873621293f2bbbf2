"""Decisions about links, and addresses of archived copies: a TOML file for people.

Comments, order and spelling stay as they are; only what a decision changes is written.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from postdocs.core.errors import PostdocsError
from postdocs.links.ledger import Entry, Ignored, Verdict, check_key

if TYPE_CHECKING:
    import tomlkit

_HEAD = """\
# What is decided about links that leave this site. It is yours, and committed with the site.
# A dead link needs an `archive`, which the check looks up, or your `reason` to leave it as it is.
"""
_IGNORE = "ignore"
_KEYS = ("archive", "reason")
# What older versions kept here too; it moves to the memory when the file is next written.
_OLD = {"verdict": str, "fine": date, "asked": date, "failures": int, "since": date, "answer": str}
_KINDS = {str: "text in quotes", int: "a whole number", date: "a day, like 2024-05-31"}


@dataclass(frozen=True, kw_only=True)
class Decisions:
    """The decisions by address, each an entry with what an older version remembered here, if anything.

    lines: where each begins, 1-based. ignored: what is left out of the check.
    """

    entries: Mapping[str, Entry] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    ignored: tuple[Ignored, ...] = ()


def load(text: str, path: str | Path) -> Decisions:
    """Read decisions. path: how messages name the file.

    Raises
    ------
    PostdocsError
        They can't be read; the error names the line.

    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = getattr(error, "lineno", None) or _line_in(str(error))
        remedy = "correct it; after a merge, keep either side of each conflict"
        raise PostdocsError(path, line, f"it is not TOML ({error})", remedy) from None
    lines, ignored_lines = _lines(text)
    entries = {}
    ignored = _ignored(tables.pop(_IGNORE, []), ignored_lines, path)
    for url, table in tables.items():
        try:
            entries[url] = _entry(url, table)
        except ValueError as error:
            raise PostdocsError(path, lines.get(url), f"{url}: {error}", "correct it") from None
    return Decisions(entries=entries, lines=lines, ignored=ignored)


def rewrite(text: str, entries: Mapping[str, Entry]) -> str:
    """Return a file with the decisions of entries in place of its own. An empty text begins a new file."""
    import tomlkit  # noqa: PLC0415 - slow, and needed only where a decision changes

    text = text or _HEAD
    document = tomlkit.parse(text if text.endswith("\n") else f"{text}\n")
    before = [url for url in document if url != _IGNORE]
    emptied = []
    for url in before:
        table: Any = document[url]
        values = _values(entries.get(url, Entry()))
        obsolete = [name for name in table if name not in values]
        for name in obsolete:
            _remove(table, name)
        for name, value in values.items():
            if table.get(name) != value:
                table[name] = value
        if obsolete and not table:
            emptied.append(url)
    written = _without(document, emptied)
    for url, entry in sorted(entries.items()):
        if entry.is_decided and url not in before:
            gap = "" if written.endswith("\n\n") else "\n"
            written += gap + tomlkit.dumps({url: _values(entry)})
    return written


def with_ignored(text: str, reasons: Mapping[str, str]) -> str:
    """Return a file in which addresses are left out of the check too. An empty text begins a new file.

    reasons: by the address. What is left out already stays as it is. The text has been read by `load`.
    """
    import tomlkit  # noqa: PLC0415 - as in `rewrite`

    known = {ignored.pattern for ignored in load(text, "").ignored}
    tables = [{"url": url, "reason": reason} for url, reason in reasons.items() if url not in known]
    new = [f"[[{_IGNORE}]]\n{tomlkit.dumps(table)}" for table in tables]
    written = text or _HEAD
    return "\n".join([written if written.endswith("\n") else f"{written}\n", *new]) if new else text


def _values(entry: Entry) -> dict[str, str]:
    return {name: value for name in _KEYS if (value := getattr(entry, name))}


def _remove(table: Any, name: str) -> None:
    """Take a key out of a table, and leave what somebody wrote behind its value, as a line of its own."""
    import tomlkit  # noqa: PLC0415 - see above

    body = table.value.body
    place = next(number for number, (key, _) in enumerate(body) if key is not None and key.key == name)
    comment = body[place][1].trivia.comment
    del table[name]
    if comment:
        body[place] = (None, tomlkit.comment(comment.removeprefix("#").strip()))


def _without(document: tomlkit.TOMLDocument, urls: Iterable[str]) -> str:
    """Return a document without some tables; their comments stay, for many are about what comes next."""
    comments = {url: _comments(document.item(url)) for url in urls}
    lines = document.as_string().splitlines(keepends=True)
    headers, ignored = _lines("".join(lines))
    ends = sorted([*headers.values(), *ignored, len(lines) + 1])
    for url in sorted(comments, key=lambda url: -headers[url]):
        start = headers[url]
        end = next(line for line in ends if line > start)
        lines[start - 1 : end - 1] = [comments[url]]
    return "".join(lines)


def _comments(table: Any) -> str:
    """Return the comments of a table without keys as lines, blank ones between them included."""
    lines = [f"{table.trivia.comment}\n"] if table.trivia.comment else []
    lines += [item.as_string() for _, item in table.value.body]
    text = "".join(lines)
    return text.lstrip("\n") if text.strip() else ""


def _lines(text: str) -> tuple[dict[str, int], list[int]]:
    """Return the 1-based lines on which the tables of links and of ignored ones begin."""
    links: dict[str, int] = {}
    ignored = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("["):
            try:
                header = tomllib.loads(line)
            except tomllib.TOMLDecodeError:  # the rest of a value
                continue
            if _IGNORE in header:
                ignored.append(number)
            else:
                links |= dict.fromkeys(header, number)
    return links, ignored


def _line_in(message: str) -> int | None:
    _, separator, rest = message.partition("(at line ")
    number = rest.partition(",")[0]
    return int(number) if separator and number.isdigit() else None


def _entry(url: str, table: Any) -> Entry:
    if not isinstance(table, dict):
        raise ValueError('a decision is a table, like ["https://example.org/"]')  # noqa: TRY004 - one kind of error
    check_key(url)
    is_old = "verdict" in table
    types = dict.fromkeys(_KEYS, str) | (_OLD if is_old else {})
    values: dict[str, Any] = {}
    for name, value in table.items():
        if name not in types:
            raise ValueError(f"`{name}` is not a key of a decision; those are {', '.join(_KEYS)}")
        if type(value) is not types[name]:
            raise ValueError(f"`{name}` is {value!r}; it must be {_KINDS[types[name]]}")
        values[name] = value
    if is_old:
        try:
            values["verdict"] = Verdict(values["verdict"])
        except ValueError:
            raise ValueError(f"`verdict` must be one of {', '.join(Verdict)}") from None
    return Entry(**values)


def _ignored(tables: Any, lines: list[int], path: str | Path) -> tuple[Ignored, ...]:
    remedy = 'write [[ignore]] with a `url`, such as "https://intranet.example/*", and a `reason`'
    if not isinstance(tables, list):
        raise PostdocsError(path, lines[0] if lines else None, "`ignore` is not a list of tables", remedy)
    ignored = []
    for table, line in zip_longest(tables, lines[: len(tables)]):
        texts = table if isinstance(table, dict) else {}
        url, reason = texts.get("url"), texts.get("reason")
        if not (isinstance(url, str) and isinstance(reason, str) and url and reason and len(texts) == 2):  # noqa: PLR2004 - those
            raise PostdocsError(path, line, "`ignore` needs a `url` and a `reason`, and no more", remedy)
        ignored.append(Ignored(pattern=url, reason=reason, line=line or 1))
    return tuple(ignored)
