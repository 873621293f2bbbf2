"""Garbage: what a build does not look through, and that all is as before when it has ended."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable

import pytest
from sphinx.testing.util import SphinxTestApp

from postdocs.sphinx_ext.compat.gc_tuning import FrozenHeap


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


@pytest.mark.parametrize("before", [(700, 10, 10), (0, 10, 10), (50_000, 5, 5)])
def test_a_build_looks_for_garbage_less_often(before: tuple[int, int, int]) -> None:
    """What is new is looked through less often than Python does by itself, until the build has ended."""
    usual = gc.get_threshold()
    gc.set_threshold(*before)
    try:
        with FrozenHeap():
            during = gc.get_threshold()
        after = gc.get_threshold()
    finally:
        gc.set_threshold(*usual)
    assert after == before
    assert during[0] == (0 if before[0] == 0 else max(before[0], 10_000))


class _Cycle:
    """Something that only a look for garbage finds."""

    def __init__(self) -> None:
        self.itself = self


def test_what_is_left_of_documents_is_looked_through_once() -> None:
    """The garbage between them is found, and what stays is never looked through again."""
    kept: list[list[int]] = []
    garbage: list[weakref.ref[_Cycle]] = []
    heap = FrozenHeap()
    gc.disable()
    try:
        with heap:
            for number in range(220):
                garbage.append(weakref.ref(_Cycle()))
                kept.append([number])
                heap.begin_document()
            looked_through = {id(found) for found in gc.get_objects()}
            assert [id(found) in looked_through for found in kept] == [False] * 200 + [True] * 20
            assert [found() is not None for found in garbage] == [False] * 200 + [True] * 20
    finally:
        gc.enable()
    assert gc.get_freeze_count() == 0


def test_a_look_for_garbage_is_the_last_at_what_stays() -> None:
    """Garbage goes, and the next look passes by what was kept."""
    heap = FrozenHeap()
    gc.disable()
    try:
        with heap:
            kept, garbage = [1], weakref.ref(_Cycle())
            heap.collect()
            assert garbage() is None
            assert all(found is not kept for found in gc.get_objects())
    finally:
        gc.enable()


def test_a_process_that_has_frozen_its_memory_is_left_alone() -> None:
    """As the preview has: nobody could tell afterwards what it had frozen itself."""
    gc.freeze()
    try:
        heap = FrozenHeap()
        with heap:
            before = gc.get_freeze_count()
            kept = [[number] for number in range(5_000)]
            for _ in kept:
                heap.begin_document()
            heap.collect()
            assert gc.get_freeze_count() <= before
        assert gc.get_freeze_count()
    finally:
        gc.unfreeze()
