"""Terminal output with progress. It needs rich, so commands import it only when they run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

_EVERY = 15.0  # seconds between lines of progress where there is no terminal


class _Console(Console):
    """A console that leaves it to the command what a closed pipe means."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def console_for(*, quiet: bool = False) -> Console:
    """Return what a command prints on."""
    return _Console(quiet=quiet, highlight=False, soft_wrap=True)


def say(console: Console, lines: Iterable[str]) -> None:
    """Print lines as they are."""
    for line in lines:
        console.print(line, markup=False, emoji=False)


@contextmanager
def progress(console: Console, stage: str, total: int) -> Iterator[Callable[[], None]]:
    """Show how far a stage is: a bar on a terminal, elsewhere a line now and then."""
    columns = (TextColumn(stage), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    said, done = time.monotonic(), 0
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=total)

        def tick() -> None:
            nonlocal said, done
            done += 1
            bar.advance(task)
            if not console.is_terminal and time.monotonic() - said >= _EVERY:
                said = time.monotonic()
                say(console, [f"{stage}: {done:,} of {total:,}"])

        yield tick
