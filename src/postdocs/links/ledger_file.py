"""The files of the ledger: always complete, with a journal and a lock."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from postdocs.core import files
from postdocs.core.errors import PostdocsError
from postdocs.core.source_text import decode
from postdocs.links import decisions, memory
from postdocs.links.decisions import Decisions
from postdocs.links.ledger import Entry, Ledger
from postdocs.links.memory import Memory
from postdocs.links.outcome import Outcome
from postdocs.links.policy import Observation, apply_observations

if TYPE_CHECKING:
    from filelock import BaseFileLock

_PATIENCE = 60  # seconds that another run may hold the lock: it does so for moments only


@dataclass(frozen=True)
class _Kept:
    """The two files. texts: what is in them, or nothing where there is none."""

    decisions: Decisions
    memory: Memory
    texts: tuple[str, str]

    @property
    def ledger(self) -> Ledger:
        """What both say. What an older version kept beside the decisions counts until the memory has it."""
        entries = dict(self.memory.entries)
        for url, decision in self.decisions.entries.items():
            seen = entries.get(url, decision)
            entries[url] = replace(seen, archive=decision.archive, reason=decision.reason)
        return Ledger(
            entries=entries,
            lines=self.decisions.lines,
            ignored=self.decisions.ignored,
            run=self.memory.run,
        )


class Store:
    """A ledger on disk: the decisions, which are people's, and the memory, which is the check's.

    Each observation is in the journal before the next is made, so that a run can be killed at any moment.
    Several runs may share a ledger: the journal is one, and whoever settles it takes all that is in it.

    path: the file of decisions. The memory is beside it, with a suffix of its own.

    Raises
    ------
    PostdocsError
        The path is that of a memory.

    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.memory = path.with_suffix(".tsv")
        if self.memory == path:
            wrong = "it is the memory of the check, not a file to edit"
            raise PostdocsError(path, None, wrong, "name the file of decisions, such as links.toml")
        self._journal = path.with_name(f".{path.name}.journal")

    def read(self) -> Ledger:
        """Return what is known, the journal of an interrupted run included. Nothing is written.

        Raises
        ------
        PostdocsError
            A file cannot be read, or is not what it should be.

        """
        ledger = self._kept().ledger
        return replace(ledger, entries=apply_observations(ledger.entries, self._observations()))

    def note(self, observation: Observation) -> None:
        """Keep an observation.

        Raises
        ------
        PostdocsError
            It cannot be written.

        """
        line = json.dumps(
            [
                *(observation.url, str(observation.day), observation.outcome.name),
                *(observation.text, observation.moved),
            ]
        )
        with self._locked(), self._journal.open("a", encoding="ascii") as journal:
            journal.write(f"{line}\n")

    def settle(
        self, change: Callable[[Mapping[str, Entry]], Mapping[str, Entry]], run: date | None = None
    ) -> Ledger:
        """Bring the journal into the ledger, change its entries, and write each file that this changes.

        run: the day of a whole refresh, if there was one.

        Raises
        ------
        PostdocsError
            A file is not what it should be, or cannot be written.

        """
        with self._locked():
            kept = self._kept()
            entries = dict(change(apply_observations(kept.ledger.entries, self._observations())))
            if entries != kept.memory.entries or run:
                # First the memory, which has then all that an older version kept beside the decisions.
                text = memory.dump(Memory(entries=entries, run=run or kept.memory.run))
                self._write(self.memory, text, kept.texts[1])
            if _decided(entries) != kept.decisions.entries:
                self._write(self.path, decisions.rewrite(kept.texts[0], entries), kept.texts[0])
            self._journal.unlink(missing_ok=True)
            return self._kept().ledger

    def _write(self, path: Path, text: str, before: str) -> None:
        is_empty = not before and all(line.startswith("#") for line in text.splitlines())
        if text != before and not is_empty:
            files.write(path.parent, path.name, text.encode())

    def _kept(self) -> _Kept:
        texts = _text(self.path), _text(self.memory)
        return _Kept(decisions.load(texts[0], self.path), memory.load(texts[1], self.memory), texts)

    def _observations(self) -> Iterable[Observation]:
        try:
            lines = self._journal.read_text(encoding="ascii", errors="replace").splitlines()
        except FileNotFoundError:
            return
        for line in lines:
            try:
                url, day, outcome, text, moved = json.loads(line)
                yield Observation(url, date.fromisoformat(day), Outcome[outcome], text, moved)
            except (ValueError, TypeError, KeyError):  # the last line of a machine that went down
                continue

    @cached_property
    def _lock(self) -> BaseFileLock:
        from filelock import FileLock  # noqa: PLC0415 - as below

        return FileLock(self.path.with_name(f".{self.path.name}.lock"), timeout=_PATIENCE)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        from filelock import Timeout  # noqa: PLC0415 - slow, and needed only by who writes

        try:
            with self._lock:
                yield
        except Timeout:
            remedy = "wait for the other run; if no run is active, remove that file"
            raise PostdocsError(self._lock.lock_file, None, "another run holds it", remedy) from None
        except OSError as error:
            wrong = f"its journal cannot be written ({error.strerror})"
            raise PostdocsError(self.path, None, wrong, "make room, or make its folder writable") from None


def _decided(entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """Return the decisions of entries, without what was seen."""
    return {
        url: Entry(archive=entry.archive, reason=entry.reason)
        for url, entry in entries.items()
        if entry.is_decided
    }


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return ""
    except OSError as error:
        wrong = f"it cannot be read ({error.strerror})"
        raise PostdocsError(path, None, wrong, "make it readable") from None
    return decode(data, path)
