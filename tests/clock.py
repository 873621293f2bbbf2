"""Time that passes only where somebody waits."""

from __future__ import annotations

import asyncio
import selectors
from dataclasses import dataclass, field


@dataclass
class Clock:
    """A clock in seconds. slept: how long each sleep was."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        """Return the time."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Let time pass, for all who sleep at once."""
        self.slept.append(seconds)
        until = self.now + seconds
        await asyncio.sleep(0)
        self.now = max(self.now, until)


class _Selector(selectors.DefaultSelector):
    """What an event loop waits with. It never waits: the clock jumps to the end of the wait."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return what is ready, after the time that it would have taken to wait for it."""
        ready = super().select(0 if timeout is not None else None)
        self._clock.now += 0 if ready else timeout or 0
        return ready


class TimelessLoop(asyncio.SelectorEventLoop):
    """An event loop for tests without a network, in which time passes only when nothing is left to do."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(_Selector(clock))
        self._clock = clock

    def time(self) -> float:
        """Return the time."""
        return self._clock.now
