"""Ledgers of links, as tests begin with them and look at them afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from postdocs.links.ledger import Entry
from postdocs.links.ledger_file import Store


def write_ledger(path: Path, entries: Mapping[str, Entry], run: date) -> None:
    """Write a ledger of a site that is checked already. run: the day of the last refresh."""
    Store(path).settle(lambda _: entries, run)


def read_ledger(path: Path) -> dict[str, Entry]:
    """Return the entries of a ledger; none if there is none."""
    return dict(Store(path).read().entries)
