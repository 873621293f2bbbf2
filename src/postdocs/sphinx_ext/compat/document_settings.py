"""The settings of documents, made once in a build instead of once for each document.

Private: `sphinx.util.docutils._get_settings`, and the `get_default_settings` that
`myst_parser.mdit_to_docutils.base` imports. Why: docutils makes the settings of a document with a parser of
command lines, which takes longer than reading a short post. Sphinx has one made for each document, and MyST
one more, for a document that it throws away. No public way hands settings to either. Seen with Sphinx 9.0
and 9.1, MyST-Parser 5 and docutils 0.22. `tests/sphinx_ext/compat/test_document_settings.py` fails when one
of them no longer does so.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from optparse import Values
from typing import Any

import myst_parser
from docutils.utils import DependencyList
from myst_parser.mdit_to_docutils import base
from sphinx import version_info
from sphinx.util import docutils

SPHINX, MYST = (docutils, "_get_settings"), (base, "get_default_settings")  # module and name of each function
_SPHINX_VERSIONS, _MYST_VERSIONS = ((9, 0), (9, 1)), ("5",)  # that do it


class SettingsCache:
    """A function that makes settings once for the same arguments, and copies of them after that.

    make: the function whose place it takes.
    """

    def __init__(self, make: Callable[..., Values]) -> None:
        self.make = make
        self._settings: dict[object, Values] = {}

    def __call__(self, *components: Any, **options: Any) -> Values:
        """Return settings for another document, which may change them."""
        classes = (item if isinstance(item, type) else type(item) for item in components)
        key = (*classes, repr(sorted(options.items())))
        if key not in self._settings:
            self._settings[key] = self.make(*components, **options)
        return _copy(self._settings[key])


@contextmanager
def cached_settings() -> Iterator[None]:
    """Put caches in the place of both functions, if the libraries are those that need them."""
    functions = [SPHINX] if version_info[:2] in _SPHINX_VERSIONS else []
    functions += [MYST] if myst_parser.__version__.split(".")[0] in _MYST_VERSIONS else []
    originals = [(module, name, _original(getattr(module, name))) for module, name in functions]
    for module, name, make in originals:
        setattr(module, name, SettingsCache(make))
    try:
        yield
    finally:
        for module, name, make in originals:
            setattr(module, name, make)


def _original(make: Any) -> Callable[..., Values]:
    """Return the library's own function, also within the build of another application."""
    original: Callable[..., Values] = make.make if isinstance(make, SettingsCache) else make
    return original


def _copy(settings: Values) -> Values:
    fresh = copy.copy(settings)
    for name, value in vars(settings).items():
        if isinstance(value, list | dict | set):
            setattr(fresh, name, value.copy())
    fresh.record_dependencies = DependencyList()
    return fresh
