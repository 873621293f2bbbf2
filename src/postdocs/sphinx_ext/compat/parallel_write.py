"""Documents written by as many processes as there may be, several at a time.

This one resolves references, for an extension may have something to remember of each document. Where Sphinx
does so there is one writer less, all documents are soon prepared and kept in memory, and this process waits.

Private: `sphinx.util.parallel.ParallelTasks._precvs_waiting`, `_join_one` and `_process`, and `Builder._app`.
Why: tasks wait in a queue without end, with their documents in memory, and each process looks for garbage in
what it has from this one. No public way tells how many wait. Seen with Sphinx 9.0.
`tests/sphinx_ext/compat/test_parallel_write.py` fails when one is gone.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from docutils import nodes
from sphinx.util.build_phase import BuildPhase
from sphinx.util.display import status_iterator
from sphinx.util.parallel import ParallelTasks, make_chunks

from postdocs.core.shared_cache import Arguments, SharedCache
from postdocs.sphinx_ext.compat.parallel_read import EqualShares, shares

_PAUSE = 0.01  # seconds between two looks whether a process is free
_SHORTEST = 20  # documents of a process
_FEW = 10  # pages that are written sooner than a process is begun
_AT_ONCE = 50  # documents that one process has in memory to write them

_Part = TypeVar("_Part")
_Documents = list[tuple[str, nodes.document]]
Page = tuple[str, dict[str, Any], str]  # name, context and template


class WritesSeveral(EqualShares):
    """A builder that has several documents in memory to write them.

    before_pages: called with them, in the process that writes their pages next. collect_garbage: called once
    this process is done with some.
    """

    before_pages: Callable[[Sequence[nodes.document]], object]
    collect_garbage: Callable[[], object]


class Tasks(ParallelTasks):
    """Tasks of which none waits to be begun."""

    def add_task(self, *args: Any) -> None:
        """Begin a task, as soon as a process is free."""
        super().add_task(*args)
        while self._precvs_waiting:
            if not self._join_one():
                time.sleep(_PAUSE)

    def _process(self, *args: Any) -> None:
        """Do a task in its process, where nothing that was there before it is garbage."""
        gc.freeze()
        super()._process(*args)


def write_shares(builder: WritesSeveral, docnames: Sequence[str], cache: SharedCache[Any]) -> None:
    """Write documents. The first is written here, so that what all need is there before processes part.

    cache: of what pages have in common. What one process has found out, those begun after its end know.
    """
    processes = builder._app.parallel  # noqa: SLF001 - see above
    first, *rest = docnames
    write_here(builder, first)
    parts = [*_parts(rest, processes)]
    tasks = Tasks(processes)
    progress = _progress(builder, parts)

    def write(documents: _Documents) -> Mapping[Arguments, object]:
        known = cache.known()
        _write(builder, documents)
        return cache.results(known)

    def take(_: object, found: Mapping[Arguments, object]) -> None:
        cache.add(found)
        next(progress)

    for part in parts:
        documents = [*_resolved(builder, part)]
        tasks.add_task(write, documents, take)
        documents.clear()  # the process has them
        builder.collect_garbage()  # documents refer to each other: else they stay until much else is there
    tasks.join()


def write_alone(builder: WritesSeveral, docnames: Sequence[str]) -> None:
    """Write documents in this process."""
    # What an extension remembers when references are resolved may be for the page that it sees next.
    extensions = builder._app.extensions.values()  # noqa: SLF001 - see above
    at_once = _AT_ONCE if all(extension.parallel_write_safe for extension in extensions) else 1
    progress = _progress(builder, docnames)
    written = 0
    while documents := [*_resolved(builder, islice(progress, at_once))]:
        _write(builder, documents)
        written += len(documents)
        documents.clear()
        if written % _AT_ONCE == 0:
            builder.collect_garbage()


def _progress(builder: WritesSeveral, parts: Sequence[_Part]) -> Iterator[_Part]:
    """Yield parts of the work, and show how far it is."""
    return status_iterator(parts, "writing output... ", "darkgreen", len(parts), builder.config.verbosity)


def _parts(docnames: Sequence[str], processes: int) -> Iterator[Sequence[str]]:
    """Yield docnames in parts as Sphinx has them, shorter ones last, so that all processes end together."""
    longest = max(map(len, make_chunks(docnames, processes)), default=0)
    while docnames:
        length = min(longest, max(_SHORTEST, len(docnames) // (2 * processes)))
        yield docnames[:length]
        docnames = docnames[length:]


def write_here(builder: WritesSeveral, docname: str) -> None:
    """Write a document in this process."""
    _write(builder, [*_resolved(builder, [docname])])


def _resolved(builder: WritesSeveral, docnames: Iterable[str]) -> Iterator[tuple[str, nodes.document]]:
    """Yield documents as they are to be written."""
    builder.phase = BuildPhase.RESOLVING
    for docname in docnames:
        doctree = builder.env.get_and_resolve_doctree(docname, builder, tags=builder.tags)
        builder.write_doc_serialized(docname, doctree)
        yield docname, doctree


def _write(builder: WritesSeveral, documents: _Documents) -> None:
    builder.phase = BuildPhase.WRITING
    for start in range(0, len(documents), _AT_ONCE):
        some = documents[start : start + _AT_ONCE]
        builder.before_pages([doctree for _, doctree in some])
        for docname, doctree in some:
            builder.write_doc(docname, doctree)


class WorkApart:
    """What other processes write while this one goes on, such as pages that are no documents."""

    def __init__(self, builder: WritesSeveral) -> None:
        self._builder = builder
        self._processes = builder._app.parallel if builder.parallel_ok else 1  # noqa: SLF001 - see above
        self._tasks = Tasks(self._processes)

    def write_pages(self, pages: Sequence[Page]) -> None:
        """Write pages, a few of them here. All that they are made of is known."""
        if len(pages) <= _FEW:
            self._write(pages)
            return
        for share in shares(pages, self._processes):
            self.run(partial(self._write, share))

    def _write(self, pages: Sequence[Page]) -> None:
        for page in pages:
            self._builder.handle_page(*page)

    def run(self, task: Callable[[], object]) -> None:
        """Do a task that this process needs nothing of, as soon as another is free for it."""
        if self._processes == 1:
            task()
        else:
            self._tasks.add_task(task)

    def join(self) -> None:
        """Wait until all is written."""
        self._tasks.join()
