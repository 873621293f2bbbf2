"""What a build changes in its process: all is as before when it has ended, however it ends."""

from __future__ import annotations

import atexit
import gc
from pathlib import Path
from typing import Any

import pytest
from sphinx import builders
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.util.docutils import docutils_namespace, patch_docutils

from postdocs.sphinx_ext.compat import document_settings

OURS = 'extensions = ["myst_parser", "ablog", "postdocs"]\nblog_post_pattern = "posts/*.md"\n'
SETUP = """
def fail(*args):
    raise {error}("stopped")

def setup(app):
    app.connect("{event}", fail)
"""
_builders: Any = builders  # what is in it is not all for others


def process() -> dict[str, object]:
    """Return all of the process that a build of ours changes."""
    functions = (document_settings.SPHINX, document_settings.MYST)
    private = (
        (Builder, "_read_parallel"),
        (_builders, "make_chunks"),
        (Sphinx, "_init_env"),
        (Sphinx, "build"),
    )
    values: dict[str, object] = {name: getattr(owner, name) for owner, name in (*functions, *private)}
    return values | {"is_collecting": gc.isenabled(), "is_frozen": bool(gc.get_freeze_count())}


def build(source: Path, out: Path) -> None:
    """Build a project as the command does, with two processes."""
    with patch_docutils(source), docutils_namespace():
        Sphinx(source, source, out, out / "doctrees", "html", status=None, warning=None, parallel=2).build()


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A project of ours."""
    source = tmp_path / "ours"
    (source / "posts").mkdir(parents=True)
    (source / "conf.py").write_text(OURS, encoding="utf-8")
    (source / "index.md").write_text("# Home\n", encoding="utf-8")
    for number in range(1, 4):
        text = f"---\ntitle: Post {number}\ndate: 2024-01-0{number}\n---\n\nText.\n"
        (source / f"posts/{number}.md").write_text(text, encoding="utf-8")
    return source


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A project that does without Postdocs, and that writes down the process in which it is built."""
    source = tmp_path / "plain"
    source.mkdir()
    (source / "conf.py").write_text("", encoding="utf-8")
    (source / "index.rst").write_text("Home\n====\n", encoding="utf-8")
    return source


def test_another_project_is_built_as_if_ours_had_not_been(ours: Path, plain: Path, tmp_path: Path) -> None:
    """The libraries are as they were, and garbage is collected, once ours is built."""
    before = process()
    build(ours, tmp_path / "one")
    assert process() == before
    build(plain, tmp_path / "other")
    assert process() == before


@pytest.mark.parametrize("event", ["config-inited", "builder-inited", "doctree-read", "build-finished"])
@pytest.mark.parametrize("error", ["RuntimeError", "KeyboardInterrupt"])
def test_a_build_that_fails_leaves_nothing_behind(ours: Path, tmp_path: Path, event: str, error: str) -> None:
    """Wherever it fails, and also when it is interrupted, for which Sphinx ends no build."""
    (ours / "conf.py").write_text(OURS + SETUP.format(event=event, error=error), encoding="utf-8")
    before = process()
    with pytest.raises((Exception, KeyboardInterrupt), match="stopped"):
        build(ours, tmp_path / "out")
    assert process() == before


def test_a_heap_that_the_process_has_frozen_stays_frozen(ours: Path, tmp_path: Path) -> None:
    """The preview does so between builds."""
    gc.freeze()
    before = process()
    try:
        build(ours, tmp_path / "out")
        assert process() == before
    finally:
        gc.unfreeze()


def test_collection_that_the_process_has_turned_off_stays_off(ours: Path, tmp_path: Path) -> None:
    """The environment is loaded without it, and then all is as before."""
    gc.disable()
    before = process()
    try:
        build(ours, tmp_path / "out")
        assert process() == before
    finally:
        gc.enable()


def test_nothing_is_left_to_do_at_the_exit_once_the_application_is_gone(
    ours: Path, plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sphinx keeps the last application for its log; the one after it takes its place."""
    functions: list[object] = []
    monkeypatch.setattr(atexit, "register", functions.append)
    monkeypatch.setattr(atexit, "unregister", functions.remove)
    build(ours, tmp_path / "one")
    assert len(functions) == 1
    build(plain, tmp_path / "other")
    gc.collect()
    assert functions == []
