"""What libraries do again for each document, done once: small patches, until they do so themselves.

docutils makes the settings of a document with a parser of command lines, which takes longer than reading a
short post. Sphinx has one made for each document, and MyST one more, for a document that it throws away.

Where Sphinx reads with several processes, it parts the documents into many chunks, and with each of them a
process sends back all that is known of all documents by then. It does so even for one that was edited. Where
it writes, it has one process less than there may be, for one prepares documents; that is soon done with all
of them, keeps them in memory, and waits.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from optparse import Values
from typing import Any

import myst_parser
from docutils.utils import DependencyList
from myst_parser.mdit_to_docutils import base
from sphinx import builders, version_info
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.util import docutils
from sphinx.util.parallel import ParallelTasks

_SPHINX, _MYST = ((9, 0), (9, 1)), ("5",)  # versions that do it, as tests/site/test_patches.py knows
_FEW = 0.1  # part of the site that one process reads before another has told what it knows of the rest
_PAUSE = 0.01  # seconds between two looks whether a process is free
_module: Any = builders  # what is in it is not all for others
_made: dict[object, Any] = {}


def install(app: Sphinx) -> None:
    """Patch the libraries, if they are those that need it; forget what the build before has made."""
    _made.clear()
    if version_info[:2] in _SPHINX:
        docutils._get_settings = _once(_PATCHED[0])  # noqa: SLF001 - there is no public way
        Builder._read_parallel = _read  # type: ignore[assignment,method-assign]  # noqa: SLF001 - as above
        Builder._write_parallel = _write  # type: ignore[assignment,method-assign]  # noqa: SLF001 - as above
    if myst_parser.__version__.split(".")[0] in _MYST:
        base.get_default_settings = _once(_PATCHED[1])  # type: ignore[attr-defined]


_PATCHED = (
    docutils._get_settings,  # noqa: SLF001 - as above
    base.get_default_settings,  # type: ignore[attr-defined]
)
_READ, _WRITE = Builder._read_parallel, Builder._write_parallel  # noqa: SLF001 - as above


def _read(builder: Builder, docnames: list[str], nproc: int) -> None:
    """Read documents, each process an equal share; a few of a large site in this one."""
    if len(docnames) < len(builder.env.all_docs) * _FEW:
        builder._read_serial(docnames)  # noqa: SLF001 - as Sphinx does
        return
    with _replaced("make_chunks", _shares):
        _READ(builder, docnames, nproc)


def _shares(docnames: Sequence[str], nproc: int) -> list[Sequence[str]]:
    return [share for number in range(nproc) if (share := docnames[number::nproc])]


def _write(builder: Builder, docnames: Sequence[str], nproc: int) -> None:
    """Write documents with all processes; prepare no more of them than are written soon."""
    with _replaced("ParallelTasks", _NoQueue):
        _WRITE(builder, docnames, nproc + 1)


class _NoQueue(ParallelTasks):
    """Tasks of which none waits to be begun."""

    def add_task(self, *args: Any) -> None:
        """Begin a task, as soon as a process is free."""
        super().add_task(*args)
        while self._precvs_waiting:
            if not self._join_one():
                time.sleep(_PAUSE)


@contextmanager
def _replaced(name: str, value: object) -> Iterator[None]:
    """Give Sphinx's builders something else of a name for a while."""
    before = getattr(_module, name)
    setattr(_module, name, value)
    try:
        yield
    finally:
        setattr(_module, name, before)


def _once(make: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that makes settings once for the same arguments, and copies of them after that."""

    def made(*components: Any, **options: Any) -> Any:
        kinds = (item if isinstance(item, type) else type(item) for item in components)
        key = (make, *kinds, repr(sorted(options.items())))
        if key not in _made:
            _made[key] = make(*components, **options)
        return _fresh(_made[key])

    return made


def _fresh(settings: Values) -> Values:
    """Return settings for another document, which may change them."""
    fresh = copy.copy(settings)
    for name, value in vars(settings).items():
        if isinstance(value, list | dict | set):
            setattr(fresh, name, value.copy())
    fresh.record_dependencies = DependencyList()
    return fresh
