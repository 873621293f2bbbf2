"""What libraries do again for each document, done once: small patches, until they do so themselves.

docutils makes the settings of a document with a parser of command lines, which takes longer than reading a
short post. Sphinx has one made for each document, and MyST one more, for a document that it throws away.

Where Sphinx reads with several processes, it parts the documents into many chunks, and with each of them a
process sends back all that is known of all documents by then. It does so even for one that was edited.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from optparse import Values
from typing import Any

import myst_parser
from docutils.utils import DependencyList
from myst_parser.mdit_to_docutils import base
from sphinx import builders, version_info
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.util import docutils

_SPHINX, _MYST = ((9, 0), (9, 1)), ("5",)  # versions that do it, as tests/site/test_patches.py knows
_FEW = 0.1  # part of the site that one process reads before another has told what it knows of the rest
_module: Any = builders  # what is in it is not all for others
_made: dict[object, Any] = {}


def install(app: Sphinx) -> None:
    """Patch the libraries, if they are those that need it; forget what the build before has made."""
    _made.clear()
    if version_info[:2] in _SPHINX:
        docutils._get_settings = _once(_PATCHED[0])  # noqa: SLF001 - there is no public way
        Builder._read_parallel = _read  # type: ignore[assignment,method-assign]  # noqa: SLF001 - as above
    if myst_parser.__version__.split(".")[0] in _MYST:
        base.get_default_settings = _once(_PATCHED[1])  # type: ignore[attr-defined]


_PATCHED = (
    docutils._get_settings,  # noqa: SLF001 - as above
    base.get_default_settings,  # type: ignore[attr-defined]
)
_READ, _CHUNKS = Builder._read_parallel, _module.make_chunks  # noqa: SLF001 - as above


def _read(builder: Builder, docnames: list[str], nproc: int) -> None:
    """Read documents, each process an equal share; a few of a large site in this one."""
    if len(docnames) < len(builder.env.all_docs) * _FEW:
        builder._read_serial(docnames)  # noqa: SLF001 - as Sphinx does
        return
    _module.make_chunks = _shares
    try:
        _READ(builder, docnames, nproc)
    finally:
        _module.make_chunks = _CHUNKS


def _shares(docnames: Sequence[str], nproc: int) -> list[Sequence[str]]:
    return [share for number in range(nproc) if (share := docnames[number::nproc])]


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
