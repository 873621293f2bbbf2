"""Requests to one host: spaced, and few at a time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass
class _Queue:
    """The requests to a host. places: for those under way. gate: for the next one. next: when it may go."""

    places: asyncio.Semaphore
    gate: asyncio.Lock = field(default_factory=asyncio.Lock)
    next: float = 0.0


class HostThrottle:
    """Keeps the requests to each host apart, those that redirects lead to included.

    pause: seconds between the starts of two requests. at_once: requests under way. sleep, clock: how time
    passes, in seconds.
    """

    def __init__(
        self,
        pause: float,
        at_once: int = 2,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._pause = pause
        self._at_once = at_once
        self._sleep = sleep
        self._clock = clock
        self._queues: dict[str, _Queue] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait until the host may be asked, and hold the place while it is. First come, first served."""
        queue = self._queue(host)
        async with queue.places:
            async with queue.gate:
                while (wait := queue.next - self._clock()) > 0:  # a host may ask for more time meanwhile
                    await self._sleep(wait)
                queue.next = self._clock() + self._pause
            yield

    def leave_alone(self, host: str, seconds: float) -> None:
        """Begin no request to a host for some seconds."""
        queue = self._queue(host)
        queue.next = max(queue.next, self._clock() + seconds)

    def _queue(self, host: str) -> _Queue:
        if host not in self._queues:
            self._queues[host] = _Queue(asyncio.Semaphore(self._at_once))
        return self._queues[host]
