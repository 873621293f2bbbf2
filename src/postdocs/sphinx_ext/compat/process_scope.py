"""Limits changes to the process to the time of a build.

Private: nothing, but `Sphinx.build` is replaced in the application. Why: `build-finished` doesn't fire when
a build is interrupted, nor for every extension when another one fails in it. No public way surrounds a build.
Seen with Sphinx 9.0. `tests/sphinx_ext/compat/test_process_scope.py` fails when it is called otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from functools import wraps
from typing import Any

from sphinx.application import Sphinx


def build_within(app: Sphinx, *contexts: Callable[[], AbstractContextManager[object]]) -> None:
    """Enter contexts, each made anew, before every build of an application, and leave them after it."""
    build = app.build

    @wraps(build)
    def build_in_scope(*args: Any, **options: Any) -> None:
        with ExitStack() as stack:
            for context in contexts:
                stack.enter_context(context())
            build(*args, **options)

    app.build = build_in_scope  # type: ignore[method-assign]  # see above
