"""Documents written by as many processes as there may be.

This one resolves references, for an extension may have something to remember of each document. Where Sphinx
does so there is one writer less, all documents are soon prepared and kept in memory, and this process waits.

Private: `sphinx.util.parallel.ParallelTasks._precvs_waiting` and `_join_one`, and `Builder._app`. Why: tasks
wait in a queue without end, with their documents in memory. No public way tells how many wait. Seen with
Sphinx 9.0. `tests/sphinx_ext/compat/test_parallel_write.py` fails when one is gone.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.build_phase import BuildPhase
from sphinx.util.display import status_iterator
from sphinx.util.parallel import ParallelTasks, make_chunks

if TYPE_CHECKING:
    from sphinx.builders.html import StandaloneHTMLBuilder

_PAUSE = 0.01  # seconds between two looks whether a process is free

_Documents = list[tuple[str, nodes.document]]


class Tasks(ParallelTasks):
    """Tasks of which none waits to be begun."""

    def add_task(self, *args: Any) -> None:
        """Begin a task, as soon as a process is free."""
        super().add_task(*args)
        while self._precvs_waiting:
            if not self._join_one():
                time.sleep(_PAUSE)


def write_shares(builder: StandaloneHTMLBuilder, docnames: Sequence[str]) -> None:
    """Write documents. The first is written here, so that what all need is there before processes part."""
    processes = builder._app.parallel  # noqa: SLF001 - see above
    first, *rest = docnames
    _write(builder, [*_resolved(builder, [first])])
    shares = make_chunks(rest, processes)
    tasks = Tasks(processes)
    progress = status_iterator(
        shares, "writing output... ", "darkgreen", len(shares), builder.config.verbosity
    )
    for share in shares:
        documents = [*_resolved(builder, share)]
        tasks.add_task(lambda resolved: _write(builder, resolved), documents, lambda *_: next(progress))
    tasks.join()


def _resolved(
    builder: StandaloneHTMLBuilder, docnames: Sequence[str]
) -> Iterator[tuple[str, nodes.document]]:
    """Yield documents as they are to be written."""
    builder.phase = BuildPhase.RESOLVING
    for docname in docnames:
        doctree = builder.env.get_and_resolve_doctree(docname, builder, tags=builder.tags)
        builder.write_doc_serialized(docname, doctree)
        yield docname, doctree


def _write(builder: StandaloneHTMLBuilder, documents: _Documents) -> None:
    builder.phase = BuildPhase.WRITING
    for docname, doctree in documents:
        builder.write_doc(docname, doctree)
