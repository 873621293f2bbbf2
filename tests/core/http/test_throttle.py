"""Requests to one host, spaced and few at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from clock import Clock

from postdocs.core.http.throttle import HostThrottle


def starts(hosts: Sequence[str]) -> list[tuple[str, float]]:
    """Return when requests to hosts begin that are all there at once, a second apart."""
    clock = Clock()
    throttle = HostThrottle(1.0, sleep=clock.sleep, clock=clock)
    begun = []

    async def request(host: str) -> None:
        async with throttle.turn(host):
            begun.append((host, clock.now))

    async def all_at_once() -> None:
        await asyncio.gather(*map(request, hosts))

    asyncio.run(all_at_once())
    return begun


def test_a_host_is_asked_at_its_pace() -> None:
    """Sixteen pictures of one host are asked for a pause apart, first come, first served."""
    assert starts(["a.org"] * 16) == [("a.org", float(second)) for second in range(16)]


def test_hosts_do_not_wait_for_each_other() -> None:
    """The first request to each goes at once."""
    assert starts(["a.org", "b.org", "a.org", "c.org"]) == [
        *(("a.org", 0.0), ("b.org", 0.0), ("c.org", 0.0), ("a.org", 1.0)),
    ]


def test_few_requests_to_a_host_are_under_way() -> None:
    """A host that is slow is not asked more and more meanwhile."""
    throttle = HostThrottle(0.0, at_once=2)
    under_way: list[int] = []
    ends = [asyncio.Event() for _ in range(4)]

    async def request(number: int) -> None:
        async with throttle.turn("a.org"):
            under_way.append(number)
            await ends[number].wait()
            under_way.remove(number)

    async def all_at_once() -> None:
        async with asyncio.TaskGroup() as requests:
            for number in range(4):
                requests.create_task(request(number))
            for number, left in enumerate(([0, 1], [1, 2], [2, 3], [3])):
                while under_way != left:
                    await asyncio.sleep(0)
                ends[number].set()

    asyncio.run(all_at_once())
    assert under_way == []


def test_a_host_is_left_alone_also_by_those_who_wait_already() -> None:
    """What a busy host asks for holds for every request to it."""
    clock = Clock()
    throttle = HostThrottle(1.0, sleep=clock.sleep, clock=clock)
    begun = []

    async def request() -> None:
        async with throttle.turn("a.org"):
            begun.append(clock.now)
            if len(begun) == 1:
                throttle.leave_alone("a.org", 30.0)
                throttle.leave_alone("a.org", 5.0)

    async def both() -> None:
        await asyncio.gather(request(), request())

    asyncio.run(both())
    assert begun == [0.0, 30.0]
