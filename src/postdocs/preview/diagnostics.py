"""Messages of a build in the preview."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_PLACE = re.compile(r"(?P<file>[^\n]+?)(?::\d+|:<[^>]*>)?: (?:WARNING|ERROR|CRITICAL|SEVERE): ")


@dataclass(frozen=True)
class Report:
    """How a build went, as JSON can hold it.

    written: the documents that were written. looked_at: the files of documents that were read, written or
    removed, as messages name them. messages: warnings. error: what ended the build, a line or more; "" where
    nothing did. is_stale: nothing was done, for only a new process can build what has changed. base: the path
    of the built site on its host, which begins and ends with a slash; "" where nothing was built.
    early_stands: whether the page that was written before the rest is still as it was then.
    """

    written: tuple[str, ...] = ()
    looked_at: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    error: str = ""
    is_stale: bool = False
    base: str = ""
    early_stands: bool = True

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Report:
        """Return what `dataclasses.asdict` has made JSON of."""
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in data.items()
        }
        return cls(**values)


class Diagnostics:
    """What is wrong now: a build only repeats what it finds in the documents that it looks at."""

    def __init__(self) -> None:
        self._messages: dict[str, None] = {}
        self._error = ""

    def settle(self, report: Report) -> None:
        """Take over what a build says; forget what it would have said again."""
        self._error = report.error
        looked_at = {*report.looked_at, ""}
        # A build that broke off may not have come to the rest.
        kept = self._messages if report.error else [m for m in self._messages if file_of(m) not in looked_at]
        self._messages = dict.fromkeys([*kept, *report.messages])

    def keep_only(self, is_there: Iterable[str]) -> None:
        """Forget what is said of files that are gone."""
        there = {*is_there, ""}
        self._messages = {m: None for m in self._messages if file_of(m) in there}

    @property
    def files(self) -> set[str]:
        """The files that messages are about."""
        return {*map(file_of, self._messages)} - {""}

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it, what ended the build first."""
        return (*filter(None, [self._error]), *self._messages)


def file_of(message: str) -> str:
    """Return the file that a warning of Sphinx is about, or ""."""
    match = _PLACE.match(message)
    return match["file"] if match else ""
