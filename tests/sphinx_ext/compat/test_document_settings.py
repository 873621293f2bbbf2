"""The settings of documents: that caches are needed still, and change nothing but time."""

from __future__ import annotations

import inspect
from optparse import Values
from pathlib import Path

import pytest
from docutils.readers import standalone
from myst_parser.mdit_to_docutils import base
from myst_parser.parsers.sphinx_ import MystParser
from sphinx.testing.util import SphinxTestApp
from sphinx.util import docutils

from postdocs.sphinx_ext.compat import document_settings

FUNCTIONS = (document_settings.SPHINX, document_settings.MYST)


def test_the_libraries_still_make_settings_for_each_document() -> None:
    """When one of them no longer does, its patch can go."""
    assert "OptionParser(" in inspect.getsource(docutils._get_settings)  # noqa: SLF001 - what is replaced
    assert "_get_settings(" in inspect.getsource(docutils._parse_str_to_doctree)  # noqa: SLF001 - what calls it
    assert 'options.get("document", make_document())' in inspect.getsource(base.DocutilsRenderer.setup_render)
    assert "get_default_settings(" in inspect.getsource(base.make_document)


def test_documents_do_not_share_what_they_change() -> None:
    """Settings are equal in value; lists, and the record of files that are read, are each document's own."""
    with document_settings.cached_settings():
        make = docutils._get_settings  # noqa: SLF001 - what is replaced
        one, other, third = (make(standalone.Reader, MystParser(), defaults={"a": 1}) for _ in range(3))
    assert isinstance(make, document_settings.SettingsCache)
    assert one is not other
    assert one.record_dependencies is not other.record_dependencies
    one.record_dependencies.add("x")
    one.strip_classes = ["x"]
    assert other.record_dependencies.list == []
    assert {**vars(other), "record_dependencies": None} == {**vars(third), "record_dependencies": None}


def test_settings_are_made_once() -> None:
    """For the same parser and defaults, that is."""
    calls: list[dict[str, object]] = []

    def make(*components: object, **options: object) -> Values:
        calls.append(options)
        return Values(options)

    cached = document_settings.SettingsCache(make)
    assert [cached(MystParser(), defaults=value).defaults for value in (1, 1, 2)] == [1, 1, 2]
    assert calls == [{"defaults": 1}, {"defaults": 2}]


def test_a_build_within_another_leaves_no_cache_behind() -> None:
    """What is there after both is what the libraries have, whichever ends last."""
    before = [getattr(module, name) for module, name in FUNCTIONS]
    outer, inner = document_settings.cached_settings(), document_settings.cached_settings()
    outer.__enter__()
    inner.__enter__()
    outer.__exit__(None, None, None)
    inner.__exit__(None, None, None)
    assert [getattr(module, name) for module, name in FUNCTIONS] == before


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_file_of_settings_counts_in_the_next_build(app: SphinxTestApp) -> None:
    """A docutils.conf that appears between two builds of an application is read."""
    prefixes: list[str] = []
    app.connect("doctree-read", lambda app, doctree: prefixes.append(doctree.settings.id_prefix))
    app.build()
    assert {*prefixes} == {""}
    Path(app.srcdir, "docutils.conf").write_text("[general]\nid_prefix: x-\n", encoding="utf-8")
    Path(app.srcdir, "index.md").write_text("# Changed\n", encoding="utf-8")
    prefixes.clear()
    with docutils.patch_docutils(app.confdir):  # as the command does
        app.build()
    assert {*prefixes} == {"x-"}
