"""A process that fills a cache while processors would have nothing to do."""

from __future__ import annotations

import gc
import logging
import os
import pickle
import signal
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import IO, Any, Self

from postdocs.core.shared_cache import Arguments, SharedCache

_LOWEST = 19  # priority (POSIX.1-2017, `nice`): it runs where no other process would


class IdleFiller:
    """A forked process of the lowest priority that calls the function of a cache until its results are taken.

    Its calls are guesses. What it can't do, or has no time for, is done where somebody asks the cache for it,
    and said there if it can't be done. As a context, or when nobody has it any more, it ends the process.
    """

    def __init__(
        self,
        cache: SharedCache[Any],
        calls: Iterable[Arguments],
        complete: Callable[[Any], object] = lambda result: None,
    ) -> None:
        """Begin. calls: the arguments of each call; the process itself goes through them.

        complete: adds to a result, in the process too, what is made of it later anyway.
        """
        self._cache = cache
        file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the process is ended
        fill = (cache, complete, calls, file, os.getpid())
        process = get_context("fork").Process(target=_fill, args=fill, daemon=True)
        process.start()
        self._process, self._file = process, file
        self._end = weakref.finalize(self, _end, process, file)

    def take(self) -> None:
        """End the process, and put what it has found out into the cache; once is enough."""
        if self._end.alive:
            _kill(self._process)
            self._file.seek(0)
            self._cache.add(dict(_results(self._file)))
            self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._end()


def _kill(process: BaseProcess) -> None:
    process.kill()
    process.join()


def _end(process: BaseProcess, file: IO[bytes]) -> None:
    _kill(process)
    file.close()


def _fill(
    cache: SharedCache[Any],
    complete: Callable[[Any], object],
    calls: Iterable[Arguments],
    file: IO[bytes],
    parent: int,
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who interrupts the parent need not hear of it twice
    logging.disable()  # nor of what the parent will find itself
    os.nice(_LOWEST)
    gc.freeze()
    done: set[Arguments] = set()
    with suppress(Exception):  # such as a file that is gone: the parent says so when it gets there
        for arguments in calls:
            if os.getppid() != parent:  # nobody is there to take anything
                return
            if arguments in done:
                continue
            done.add(arguments)
            try:
                result = cache(*arguments)
                complete(result)
            except Exception:  # noqa: BLE001, S112 - a wrong guess may fail in any way
                continue
            pickle.dump((arguments, result), file)
            file.flush()  # what is in this process is gone when it is ended


def _results(file: IO[bytes]) -> Iterator[tuple[Arguments, object]]:
    """Yield what is whole; the process may have been ended while it wrote."""
    with suppress(EOFError, pickle.UnpicklingError):
        while True:
            yield pickle.load(file)  # noqa: S301 - a file without a name, which only we have
