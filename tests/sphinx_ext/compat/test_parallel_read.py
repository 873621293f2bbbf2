"""Reading with several processes."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from sphinx import builders
from sphinx.builders import Builder
from sphinx.testing.util import SphinxTestApp
from sphinx.util import parallel

_builders: Any = builders  # what is in it is not all for others


def test_sphinx_still_sends_all_that_is_known_back_with_each_chunk() -> None:
    """When it no longer does, `EqualShares` can go."""
    reads = inspect.getsource(Builder._read_parallel)  # noqa: SLF001 - what is replaced
    assert "make_chunks(docnames, nproc)" in reads
    assert "pickle.dumps(self.env" in reads


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_processes_read_equal_shares(app: SphinxTestApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each process reads one; pages are written in many chunks as before."""
    shares: list[list[str]] = []
    monkeypatch.setattr(
        Builder, "_read_parallel", lambda _, names, n: shares.extend(_builders.make_chunks(names, n))
    )
    app.builder._read_parallel([*"abcde"], 2)  # noqa: SLF001 - what is replaced
    assert shares == [["a", "c", "e"], ["b", "d"]]
    assert _builders.make_chunks is parallel.make_chunks


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_one_process_reads_what_was_edited(app: SphinxTestApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """Others would have to send back what is known of the whole site."""
    monkeypatch.delattr(Builder, "_read_parallel")
    app.env.all_docs |= dict.fromkeys(map(str, range(100)), 0)
    app.builder._read_parallel(["index"], 2)  # noqa: SLF001 - what is replaced
    assert "index" in app.env.titles
