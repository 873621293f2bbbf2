"""Exclusion of objects from garbage collection that exist before a build starts.

The more posts a site has, the more there is to look through, and the longer each look takes; there are many
in a build, of which each process makes its own.

Private: `Sphinx._init_env`. Why: no event surrounds the loading of the environment, during which each look
finds nothing. Seen with Sphinx 9.0. `tests/sphinx_ext/compat/test_gc_tuning.py` fails when it is gone.
"""

from __future__ import annotations

import atexit
import gc
import weakref
from functools import partial
from types import TracebackType
from typing import Any

from sphinx.application import Sphinx

_SOME = 50  # documents that are read, or pages written, between two looks through all that is left of them
_NEW = 10_000  # objects more than before, at which what is new is looked through; Python has 700


class FrozenHeap:
    """Keeps garbage collection away from what is in memory, for as long as the context lasts.

    A process that has frozen memory itself is left as it is: that can't be told apart afterwards.
    """

    def __init__(self) -> None:
        self._is_active = False
        self._documents = 0
        self._threshold = gc.get_threshold()

    def __enter__(self) -> None:
        self._is_active = not gc.get_freeze_count()
        self._threshold = gc.get_threshold()
        if self._is_active and self._threshold[0]:  # 0: it never looks
            gc.set_threshold(max(_NEW, self._threshold[0]), *self._threshold[1:])
        self.freeze()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        if self._is_active:
            gc.unfreeze()
            gc.set_threshold(*self._threshold)
        self._is_active = False

    def freeze(self) -> None:
        """Look no more through what is in memory by now."""
        if self._is_active:
            gc.freeze()

    def collect(self) -> None:
        """Look for garbage now, and no more through what is left then."""
        gc.collect()  # what is frozen stays
        self.freeze()

    def begin_document(self) -> None:
        """Look no more through what is left of the documents before, once there have been some."""
        self._documents += 1
        if self._is_active and self._documents % _SOME == 0:
            self.collect()


def _age() -> None:
    """Make old what is in memory by now, as if it had survived: the next look is at what comes later."""
    if not gc.get_freeze_count():
        gc.freeze()
        gc.unfreeze()


def setup(app: Sphinx) -> None:
    """Look for no garbage while the environment is loaded, nor at the exit of the process.

    At the exit, Python would look through a whole site only to throw it away. Modules and the environment are
    old as soon as they are there: else the first looks at what is new go through all of them.
    """
    _age()
    load = app._init_env  # noqa: SLF001 - see above

    def load_without_collection(freshenv: bool) -> Any:
        was_enabled = gc.isenabled()
        gc.disable()
        try:
            return load(freshenv)
        finally:
            _age()
            if was_enabled:
                gc.enable()

    app._init_env = load_without_collection  # type: ignore[method-assign]  # noqa: SLF001 - see above
    freeze = partial(gc.freeze)  # an object of its own, so that nothing else is unregistered
    atexit.register(freeze)
    weakref.finalize(app, atexit.unregister, freeze).atexit = False
