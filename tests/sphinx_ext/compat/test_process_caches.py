"""What must not be left over for the next build of a process."""

from __future__ import annotations

from typing import Any

import pytest
from sphinx.builders.html import _assets
from sphinx.testing.util import SphinxTestApp

from postdocs.sphinx_ext.compat.process_caches import PageAssets, forget_checksums, forget_doctrees


@pytest.mark.sphinx("html", testroot="blog")
def test_sphinx_still_keeps_the_checksums_of_files(app: SphinxTestApp) -> None:
    """When it no longer does, `forget_checksums` can go."""
    cached: Any = _assets._file_checksum_inner  # noqa: SLF001 - what is cleared
    app.build()
    assert cached.cache_info().currsize > 0
    forget_checksums()
    assert cached.cache_info().currsize == 0


@pytest.mark.sphinx("html", testroot="blog")
def test_sphinx_still_keeps_doctrees(app: SphinxTestApp) -> None:
    """When it no longer does, `forget_doctrees` can go."""
    app.build()
    docname = app.config.root_doc
    assert app.env.master_doctree is app.env.master_doctree
    kept = app.env._pickled_doctree_cache  # noqa: SLF001 - what is cleared
    assert docname in kept
    forget_doctrees(app.env)
    assert kept == {}
    assert app.env._write_doc_doctree_cache == {}  # noqa: SLF001 - as above
    assert "master_doctree" not in vars(app.env)


@pytest.mark.sphinx("html", testroot="blog")
def test_files_that_a_page_adds_are_still_there_for_the_next_one(app: SphinxTestApp) -> None:
    """When Sphinx takes them away itself after a build, `PageAssets` can go."""
    assets = PageAssets.of(app)
    app.add_js_file("mine.js")
    app.add_css_file("mine.css")
    assert PageAssets.of(app) != assets
    assets.restore(app)
    assert PageAssets.of(app) == assets
    app.build()
    assert "mine." not in (app.outdir / "index.html").read_text(encoding="utf-8")
