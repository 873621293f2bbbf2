"""How a stage tells that it goes on, whoever watches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TypeVar

_T = TypeVar("_T")

# Called after each step of a stage.
Advance = Callable[[], object]
# Opens a stage, with its name and the number of its steps.
Progress = Callable[[str, int], AbstractContextManager[Advance]]


@contextmanager
def silent(_: str, __: int) -> Iterator[Advance]:
    """Open a stage that nobody watches."""
    yield lambda: None


def steps(progress: Progress, stage: str, items: Iterable[_T], total: int) -> Iterator[_T]:
    """Yield items, and tell after each that the stage goes on. total: how many there are."""
    with progress(stage, total) as advance:
        for item in items:
            yield item
            advance()
