"""Extensions that take no other class for a builder of HTML than Sphinx's own.

Some compare `type(app.builder)` with it, as sphinxext-rediraffe does, and do nothing where it is a class that
extends it, such as ours. While such a handler runs, the builder has the class that it asks for.

Private: where Sphinx keeps event handlers. Why: no event says how a builder behaves, so extensions look at
its class. Seen with Sphinx 9.0 and sphinxext-rediraffe 0.3.
`tests/sphinx_ext/compat/test_exact_class.py` shows what is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders.dirhtml import DirectoryHTMLBuilder
from sphinx.builders.html import StandaloneHTMLBuilder

_CLASSES = {"DirectoryHTMLBuilder", "StandaloneHTMLBuilder"}
_EXACTLY = {"type", "__class__"}  # names by which code asks for the class itself


def give_exact_class(app: Sphinx) -> None:
    """Let handlers that ask for the exact class of the builder see that of Sphinx."""
    is_folder = isinstance(app.builder, DirectoryHTMLBuilder)
    cls = DirectoryHTMLBuilder if is_folder else StandaloneHTMLBuilder
    for listeners in app.events.listeners.values():
        for number, listener in enumerate(listeners):
            if _asks(listener.handler):
                listeners[number] = listener._replace(handler=_with_class(app, listener.handler, cls))


def _asks(handler: Callable[..., Any]) -> bool:
    code = getattr(handler, "__code__", None)
    names = {*code.co_names} if code else set()
    return bool(names & _CLASSES and names & _EXACTLY)


def _with_class(app: Sphinx, handler: Callable[..., Any], cls: type) -> Callable[..., Any]:
    @wraps(handler)
    def handle(*args: Any) -> Any:
        builder = app.builder
        own = builder.__class__
        builder.__class__ = cls
        try:
            return handler(*args)
        finally:
            builder.__class__ = own

    return handle
