"""Patches of libraries: that they are needed still, and change nothing but time."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from myst_parser.mdit_to_docutils import base
from sphinx import builders
from sphinx.testing.util import SphinxTestApp
from sphinx.util import docutils, parallel

from postdocs.sphinx_ext.compat import sphinx_patches

_builders: Any = builders  # what is in it is not all for others


def test_the_libraries_still_make_settings_for_each_document() -> None:
    """When one of them no longer does, its patch can go."""
    sphinx, myst = sphinx_patches._PATCHED  # noqa: SLF001 - what was there before
    assert "OptionParser(" in inspect.getsource(sphinx)
    assert "_get_settings(" in inspect.getsource(docutils._parse_str_to_doctree)  # noqa: SLF001 - what is patched
    assert 'options.get("document", make_document())' in inspect.getsource(base.DocutilsRenderer.setup_render)
    assert "get_default_settings(" in inspect.getsource(base.make_document)
    assert callable(myst)


def test_sphinx_still_sends_all_that_is_known_back_with_each_chunk() -> None:
    """When it no longer does, that patch can go."""
    reads = inspect.getsource(sphinx_patches._READ)  # noqa: SLF001 - what is patched
    assert "make_chunks(docnames, nproc)" in reads
    assert "pickle.dumps(self.env" in reads


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_processes_read_equal_shares(app: SphinxTestApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each process reads one; pages are written in many chunks as before."""
    shares: list[list[str]] = []
    monkeypatch.setattr(
        sphinx_patches, "_READ", lambda _, names, n: shares.extend(_builders.make_chunks(names, n))
    )
    app.builder._read_parallel([*"abcde"], 2)  # noqa: SLF001 - what is patched
    assert shares == [["a", "c", "e"], ["b", "d"]]
    assert _builders.make_chunks is parallel.make_chunks


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_one_process_reads_what_was_edited(app: SphinxTestApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """Others would have to send back what is known of the whole site."""
    monkeypatch.delattr(sphinx_patches, "_READ")
    app.env.all_docs |= dict.fromkeys(map(str, range(100)), 0)
    app.builder._read_parallel(["index"], 2)  # noqa: SLF001 - what is patched
    assert "index" in app.env.titles


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_documents_do_not_share_what_they_change(app: SphinxTestApp) -> None:
    """Settings are equal in value; lists, and the record of files that are read, are each document's own."""
    app.build()
    make = docutils._get_settings  # noqa: SLF001 - what is patched
    from docutils.readers import standalone  # noqa: PLC0415 - as Sphinx calls it
    from myst_parser.parsers.sphinx_ import MystParser  # noqa: PLC0415

    one, other = (make(standalone.Reader, MystParser(), defaults={"a": 1}) for _ in range(2))
    assert one is not other
    assert one.record_dependencies is not other.record_dependencies
    one.record_dependencies.add("x")
    one.strip_classes = ["x"]
    assert other.record_dependencies.list == []
    assert {**vars(other), "record_dependencies": None} == {
        **vars(make(standalone.Reader, MystParser(), defaults={"a": 1})),
        "record_dependencies": None,
    }


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_file_of_settings_counts_in_the_next_build(
    app: SphinxTestApp, make_app: Callable[..., SphinxTestApp]
) -> None:
    """A docutils.conf that appears between two builds of a process is read."""
    app.build()
    Path(app.srcdir, "docutils.conf").write_text("[general]\nid_prefix: x-\n", encoding="utf-8")
    with docutils.patch_docutils(app.confdir):  # as the command does
        make_app("dirhtml", srcdir=app.srcdir, freshenv=True).build()
    assert "x-" in {made.id_prefix for made in sphinx_patches._made.values()}  # noqa: SLF001 - what was made
