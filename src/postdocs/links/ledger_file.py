"""The ledger's file: whole at every moment, with a journal of what was learned since, and a lock for both."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from filelock import FileLock, Timeout

from postdocs.core import files, markdown_source
from postdocs.core.errors import PostdocsError
from postdocs.links import ledger
from postdocs.links.ledger import Entry, Ledger
from postdocs.links.outcome import Outcome
from postdocs.links.policy import Observation, apply_observations

_PATIENCE = 60  # seconds that another run may hold the lock: it does so for moments only


class Store:
    """A ledger on disk.

    Each observation is in the journal before the next is made, so that a run can be killed at any moment.
    Several runs may share a ledger: the journal is one, and whoever settles it takes all that is in it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._journal = path.with_name(f".{path.name}.journal")
        self._lock = FileLock(path.with_name(f".{path.name}.lock"))

    def read(self) -> Ledger:
        """Return what is known, the journal of an interrupted run included. Nothing is written.

        Raises
        ------
        PostdocsError
            The ledger cannot be read, or is none.

        """
        kept = self._ledger()
        return Ledger(apply_observations(kept.entries, self._observations()), kept.lines)

    def note(self, observation: Observation) -> None:
        """Keep an observation.

        Raises
        ------
        PostdocsError
            It cannot be written.

        """
        line = json.dumps(
            [*map(str, (observation.url, observation.day)), observation.outcome.name, observation.text]
        )
        with self._locked(), self._journal.open("a", encoding="ascii") as journal:
            journal.write(f"{line}\n")

    def settle(self, change: Callable[[Mapping[str, Entry]], Mapping[str, Entry]]) -> Ledger:
        """Bring the journal into the ledger, change its entries, and write it, if that makes a difference.

        Raises
        ------
        PostdocsError
            The ledger is none, or cannot be written.

        """
        with self._locked():
            kept = self._ledger()
            entries = dict(change(apply_observations(kept.entries, self._observations())))
            if entries != kept.entries:
                text = ledger.dump(entries)
                files.write(self.path.parent, self.path.name, text.encode())
                kept = ledger.load(text, self.path)
            self._journal.unlink(missing_ok=True)
        return kept

    def _ledger(self) -> Ledger:
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return Ledger({}, {})
        except OSError as error:
            wrong = f"it cannot be read ({error.strerror})"
            raise PostdocsError(self.path, None, wrong, "make it readable") from None
        return ledger.load(markdown_source.decode(data, self.path), self.path)

    def _observations(self) -> Iterable[Observation]:
        try:
            lines = self._journal.read_text(encoding="ascii", errors="replace").splitlines()
        except FileNotFoundError:
            return
        for line in lines:
            try:
                url, day, outcome, text = json.loads(line)
                yield Observation(url, date.fromisoformat(day), Outcome[outcome], text)
            except (ValueError, TypeError, KeyError):  # the last line of a machine that went down
                continue

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            with self._lock.acquire(timeout=_PATIENCE):
                yield
        except Timeout:
            remedy = "wait for the other run, or remove that file if there is none"
            raise PostdocsError(self._lock.lock_file, None, "another run holds it", remedy) from None
        except OSError as error:
            wrong = f"its journal cannot be written ({error.strerror})"
            raise PostdocsError(self.path, None, wrong, "make room, or make its folder writable") from None
