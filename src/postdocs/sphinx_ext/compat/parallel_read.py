"""Documents read by several processes, each an equal share, where that pays.

Private: `sphinx.builders.Builder._read_parallel` and `_read_serial`, and the `make_chunks` that
`sphinx.builders` imports. Why: Sphinx parts the documents into many chunks, and with each of them a process
sends back all that is known of all documents by then; it does so even for one that was edited. No setting
says how many chunks there are. Seen with Sphinx 9.0 and 9.1. `tests/sphinx_ext/compat/test_parallel_read.py`
fails when Sphinx no longer does so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from sphinx import builders
from sphinx.builders.html import StandaloneHTMLBuilder

_Item = TypeVar("_Item")
_FEW = 0.1  # part of the site that one process reads before another has told what it knows of the rest
_module: Any = builders  # what is in it is not all for others


class EqualShares(StandaloneHTMLBuilder):
    """A builder that reads documents in as many shares as there are processes."""

    def _read_parallel(self, docnames: list[str], nproc: int) -> None:
        """Read documents, each process an equal share; a few of a large site in this one."""
        if len(docnames) < len(self.env.all_docs) * _FEW:
            self._read_serial(docnames)
            return
        make_chunks = _module.make_chunks
        _module.make_chunks = shares
        try:
            super()._read_parallel(docnames, nproc)
        finally:
            _module.make_chunks = make_chunks


def shares(items: Sequence[_Item], nproc: int) -> list[Sequence[_Item]]:
    """Return what each process gets; neighbours, which are alike, go to different ones."""
    return [share for number in range(nproc) if (share := items[number::nproc])]
