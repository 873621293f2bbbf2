"""A process that fills a cache while processors would have nothing to do."""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any

import pytest

from postdocs.core.idle_filler import IdleFiller
from postdocs.core.shared_cache import SharedCache

WAIT = 120  # seconds in which even a busy machine does what takes none
ORPHAN = """
import itertools, os, time
from postdocs.core.idle_filler import IdleFiller
from postdocs.core.shared_cache import SharedCache
filler = IdleFiller(SharedCache(time.sleep, 9), ((0.001 + number / 1e9,) for number in itertools.count()))
print("begun", flush=True)
os._exit(0)
"""


def filled(
    function: Callable[..., Any], calls: Iterable[tuple[Hashable, ...]]
) -> dict[tuple[Hashable, ...], Any]:
    """Return what a process has put into a cache when it has come to its end."""
    cache: SharedCache[Any] = SharedCache(function, 99)
    filler = IdleFiller(cache, calls)
    filler._process.join(WAIT)  # noqa: SLF001 - nobody else waits for it
    filler.take()
    return {**cache.results()}


def test_another_process_calls_the_function() -> None:
    """The results are in the cache when they have been taken."""
    results = filled(lambda number: (number, os.getpid()), [(1,), (2,)])
    assert [number for number, _ in results.values()] == [1, 2]
    assert os.getpid() not in [pid for _, pid in results.values()]


def test_a_result_is_completed_there_too() -> None:
    """By what somebody would make of it later; each call is made once."""
    cache: SharedCache[list[int]] = SharedCache(lambda number: [number], 99)
    filler = IdleFiller(cache, [(1,), (2,), (1,)], lambda made: made.append(-made[0]))
    filler._process.join(WAIT)  # noqa: SLF001 - nobody else waits for it
    filler.take()
    assert cache.results() == {(1,): [1, -1], (2,): [2, -2]}


def test_it_runs_where_no_other_process_would() -> None:
    """Its priority is the lowest."""
    assert filled(lambda _: os.nice(0), [(0,)]) == {(0,): 19}


@pytest.mark.parametrize("error", [ValueError, RecursionError, MemoryError])
def test_what_it_cannot_do_is_left_out(error: type[Exception], capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing is said of it: it was a guess."""

    def inverse(number: int) -> int:
        if number == 0:
            raise error
        return -number

    assert filled(inverse, [(1,), (0,), (2,)]) == {(1,): -1, (2,): -2}
    assert capfd.readouterr() == ("", "")


def test_what_it_notices_is_not_told(capfd: pytest.CaptureFixture[str]) -> None:
    """The parent notices it too."""
    logger = logging.getLogger("of this test")
    logger.propagate = False
    logger.addHandler(logging.StreamHandler(sys.stderr))
    logger.warning("parent")
    assert filled(lambda _: logger.warning("process"), [(1,)]) == {(1,): None}
    assert capfd.readouterr() == ("", "parent\n")


def test_calls_that_end_with_an_error_end_the_process(capfd: pytest.CaptureFixture[str]) -> None:
    """What was found out before is there."""

    def calls() -> Iterator[tuple[int]]:
        yield (1,)
        raise OSError("the file is gone")

    assert filled(abs, calls()) == {(1,): 1}
    assert capfd.readouterr() == ("", "")


def test_results_are_taken_before_all_is_done() -> None:
    """Then the process is ended."""
    reached = multiprocessing.get_context("fork").Event()

    def calls() -> Iterator[tuple[int]]:
        yield (-1,)
        reached.set()
        time.sleep(10 * WAIT)

    cache = SharedCache(abs, 99)
    with IdleFiller(cache, calls()) as filler:
        assert reached.wait(WAIT)
        filler.take()
        assert cache.results() == {(-1,): 1}
        filler.take()  # which changes nothing
        assert not multiprocessing.active_children()


def test_a_result_that_was_not_written_to_its_end_is_left_out() -> None:
    """Whatever ended the process."""

    class Fatal:
        def __reduce__(self) -> str:
            os.kill(os.getpid(), signal.SIGKILL)
            raise AssertionError

    long = b"x" * 1_000_000  # which is written at once
    assert filled(lambda number: (long, Fatal()) if number else number, [(0,), (1,)]) == {(0,): 0}


def test_an_interrupt_of_all_processes_is_not_told_by_this_one(capfd: pytest.CaptureFixture[str]) -> None:
    """A terminal sends it to each; the one that the author began says so."""

    def interrupted(number: int) -> int:
        os.kill(os.getpid(), signal.SIGINT)
        return number

    assert filled(interrupted, [(1,)]) == {(1,): 1}
    assert capfd.readouterr() == ("", "")


def test_a_context_ends_the_process() -> None:
    """Where nobody takes anything, such as after an error."""
    cache = SharedCache(time.sleep, 99)
    with pytest.raises(KeyError), IdleFiller(cache, [(10 * WAIT,)]):
        raise KeyError
    assert not multiprocessing.active_children()
    assert not cache.known()


def test_a_process_ends_whose_results_nobody_can_take() -> None:
    """Such as that of an application that was made and never built anything."""
    filler = IdleFiller(SharedCache(time.sleep, 99), [(10 * WAIT,)])
    assert multiprocessing.active_children()
    del filler
    gc.collect()
    assert not multiprocessing.active_children()


def test_it_ends_when_its_parent_is_gone() -> None:
    """However that came to be: until then, it has the standard output that is read here to its end."""
    command = [sys.executable, "-c", ORPHAN]
    ended = subprocess.run(command, capture_output=True, check=True, timeout=WAIT)  # noqa: S603 - our own
    assert ended.stdout == b"begun\n"
