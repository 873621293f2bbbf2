"""A cache of the results of a function, which one process can hand on to another."""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Mapping
from typing import Generic, TypeVar

_Result = TypeVar("_Result")
Arguments = tuple[Hashable, ...]


class SharedCache(Generic[_Result]):
    """A function that keeps its results, those used last, as `functools.lru_cache` does.

    A forked process starts with what its parent has kept. It can send back what it has found out since: its
    `results`, which the parent can `add`.
    """

    def __init__(self, function: Callable[..., _Result], most: int) -> None:
        """Take a function of hashable arguments without names, and how many results are kept at most."""
        self._function = function
        self._most = most
        self._kept: dict[Arguments, _Result] = {}

    def __call__(self, *arguments: Hashable) -> _Result:
        """Return what the function returns; what it raises is not kept."""
        result = self._kept.pop(arguments) if arguments in self._kept else self._function(*arguments)
        self._keep(arguments, result)
        return result

    def known(self) -> frozenset[Arguments]:
        """Return the arguments whose results are kept."""
        return frozenset(self._kept)

    def results(self, known: Container[Arguments] = ()) -> Mapping[Arguments, _Result]:
        """Return the results that are kept, by their arguments, but for those that are known."""
        return {arguments: result for arguments, result in self._kept.items() if arguments not in known}

    def add(self, results: Mapping[Arguments, _Result]) -> None:
        """Keep the results of another process."""
        for arguments, result in results.items():
            self._keep(arguments, result)

    def _keep(self, arguments: Arguments, result: _Result) -> None:
        self._kept[arguments] = result
        if len(self._kept) > self._most:
            del self._kept[next(iter(self._kept))]
