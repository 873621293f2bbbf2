"""Garbage: what a build does not look through, and that all is as before when it has ended."""

from __future__ import annotations

import gc
from collections.abc import Callable

import pytest
from sphinx.testing.util import SphinxTestApp


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_build_looks_for_garbage_of_its_own_only(app: SphinxTestApp) -> None:
    """What was in memory before is left alone until the build has ended."""
    kept: list[int] = []

    def note(*_: object) -> list[str]:
        kept.append(gc.get_freeze_count())
        return []

    app.connect("env-get-outdated", note)
    app.connect("env-get-updated", note)
    app.build()
    before, read = kept
    assert 0 < before < read
    assert gc.get_freeze_count() == 0
    assert gc.isenabled()


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_loaded_environment_is_old(app: SphinxTestApp, make_app: Callable[..., SphinxTestApp]) -> None:
    """The first looks for garbage pass it by: all of it has just been made, and stays."""
    app.build()
    again = make_app("dirhtml", srcdir=app.srcdir)
    assert any(found is again.env.tocs for found in gc.get_objects(generation=2))
