"""Style sheets that an extension copies when all pages are written."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from sphinx.application import Sphinx
from sphinx.testing.util import SphinxTestApp

CONF = 'extensions = ["postdocs", "late_extension"]\nhtml_theme = "basic"\n'


def setup_extension(app: Sphinx) -> None:
    """Copy a style sheet at the very end, as MyST-NB does."""

    def copy(app: Sphinx, exception: Exception | None) -> None:
        Path(app.outdir, "_static/late.css").write_text("p { margin: 0 }", encoding="utf-8")

    app.add_css_file("late.css")
    app.connect("build-finished", copy)


def test_a_style_sheet_that_comes_last_has_one_address(
    tmp_path: Path, make_app: Callable[..., SphinxTestApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages of a second build name it as those of the first, and it is there after each."""
    extension = ModuleType("late_extension")
    extension.setup = setup_extension  # type: ignore[attr-defined]  # what makes a module one
    monkeypatch.setitem(sys.modules, "late_extension", extension)
    (tmp_path / "conf.py").write_text(CONF, encoding="utf-8")
    for text in ("One", "Two", "Two"):
        for name in ("index", "page"):
            (tmp_path / f"{name}.rst").write_text(f":orphan:\n\n{name}\n=====\n\n", encoding="utf-8")
        (tmp_path / "page.rst").write_text(f":orphan:\n\nPage\n====\n\n{text}\n", encoding="utf-8")
        app = make_app("html", srcdir=tmp_path)
        app.build()
        pages = [(app.outdir / f"{name}.html").read_text(encoding="utf-8") for name in ("index", "page")]
        assert all('href="_static/late.css"' in page for page in pages)
        assert (app.outdir / "_static/late.css").is_file()
