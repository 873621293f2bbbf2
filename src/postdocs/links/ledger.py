"""The ledger of outgoing links: the memory of the check, and decisions of people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from postdocs.core.http.address import request_url
from postdocs.links.external import Kind, kind_of


class Verdict(StrEnum):
    """What the check holds of a link.

    UNASKED: nobody asked yet. FINE: it was there. DOUBTFUL: its server has the same page for what can't be.
    UNKNOWN: its server gave no clear answer. FAILING: it was gone, but not often and long enough. DEAD: it is
    gone. DEBT: it was gone already when the first check asked, and warns instead of failing.
    """

    UNASKED = "never asked"
    FINE = "fine"
    DOUBTFUL = "doubtful"
    UNKNOWN = "unknown"
    FAILING = "failing"
    DEAD = "dead"
    DEBT = "debt"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What is known of a link. Days are in UTC.

    The memory, which changes only when the verdict does or while it is being settled:
    fine: the first day of the last time that it was fine. since: the first day on which it was gone.
    failures: on how many days in a row. asked: the last day that counted for a verdict other than fine.
    answer: why it isn't fine.
    moved: where it redirects for good.

    The decision: archive: the address of an archived copy. reason: why a person accepts the link as it is.
    """

    verdict: Verdict = Verdict.UNASKED
    fine: date | None = None
    since: date | None = None
    failures: int = 0
    asked: date | None = None
    answer: str = ""
    moved: str = ""
    archive: str = ""
    reason: str = ""

    @property
    def last_asked(self) -> date:
        """The last day that is on record; long ago if there is none."""
        return max(self.fine or date.min, self.asked or date.min)

    @property
    def is_dead(self) -> bool:
        """Whether it is gone, since before the first check or after."""
        return self.verdict in {Verdict.DEAD, Verdict.DEBT}

    @property
    def is_decided(self) -> bool:
        """Whether somebody, or the archive, has an answer to its death."""
        return bool(self.archive or self.reason)


@dataclass(frozen=True, kw_only=True)
class Ignored:
    """Links that are left out of the check.

    pattern: addresses, where `*` stands for anything. reason: why. line: 1-based, in the file of decisions.
    """

    pattern: str
    reason: str
    line: int


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """The entries by address (`request_url`).

    lines: the 1-based line on which each decision begins. ignored: what is left out. run: the day of the last
    refresh that had the time to ask all that was due.
    """

    entries: Mapping[str, Entry] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    ignored: tuple[Ignored, ...] = ()
    run: date | None = None

    @property
    def is_new(self) -> bool:
        """Whether no check has asked for anything yet."""
        return all(entry.verdict is Verdict.UNASKED for entry in self.entries.values()) and self.run is None


def check_key(url: str) -> None:
    """Check that links are found under an address.

    Raises
    ------
    ValueError
        They are not; the message says under which they are.

    """
    if kind_of(url) is not Kind.WEB or request_url(url) != url:
        raise ValueError(f"a link is kept under the address that the check requests: {request_url(url)}")
