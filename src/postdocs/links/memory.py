"""The memory of the check: one line for each link, which changes only with its verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

from postdocs.core.errors import PostdocsError
from postdocs.links.ledger import Entry, Verdict, check_key

_DECISION = {"archive", "reason"}
_COLUMNS = [column.name for column in fields(Entry) if column.name not in _DECISION]
_DAYS = {"fine", "since", "asked"}
_RUN = "run"
_HEAD = f"""\
# What the link check remembers, a line a link. It writes this file, and you commit it with the site.
# {" ".join(["url", *_COLUMNS])}
"""


@dataclass(frozen=True, kw_only=True)
class Memory:
    """The entries by address, without decisions. run: the day of the last whole refresh."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    run: date | None = None


def dump(memory: Memory) -> str:
    """Write a memory, sorted by address, so that each change of it is one line of a diff.

    What was never asked is left out where there is a decision, which says as much.
    """
    lines = [f"{_RUN}\t{memory.run}"] if memory.run else []
    lines += [
        "\t".join([url, *(_text(getattr(entry, name)) for name in _COLUMNS)]).rstrip("\t")
        for url, entry in sorted(memory.entries.items())
        if entry.verdict is not Verdict.UNASKED or not entry.is_decided
    ]
    return _HEAD + "".join(f"{line}\n" for line in lines)


def _text(value: date | str | int | None) -> str:
    return str(value) if value else ""


def load(text: str, path: str | Path) -> Memory:
    """Read a memory. path: how messages name the file.

    A merge may leave two lines for a link, of which the later one counts, and two runs: the earlier one does.

    Raises
    ------
    PostdocsError
        A line is none; the error names it.

    """
    entries: dict[str, Entry] = {}
    runs = []
    for number, line in _lines(text):
        url, *values = line.split("\t")
        try:
            if url == _RUN:
                runs.append(date.fromisoformat(values[0] if values else ""))
                continue
            check_key(url)
            entry = _entry(values)
        except ValueError as error:
            remedy = "delete the line; the check requests the link again"
            raise PostdocsError(path, number, f"the memory can't be read here ({error})", remedy) from None
        if url not in entries or entries[url].last_asked <= entry.last_asked:
            entries[url] = entry
    return Memory(entries=entries, run=min(runs, default=None))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        if line and not line.startswith("#"):
            yield number, line


def _entry(values: list[str]) -> Entry:
    if len(values) > len(_COLUMNS):
        raise ValueError("it has too many columns")
    texts = dict(zip(_COLUMNS, values or [""], strict=False))
    read: dict[str, Callable[[str], Any]] = {
        "verdict": Verdict,
        **dict.fromkeys(_DAYS, date.fromisoformat),
        "failures": int,
    }
    fields_ = {name: read.get(name, str)(text) for name, text in texts.items() if text or name == "verdict"}
    return Entry(**fields_)
