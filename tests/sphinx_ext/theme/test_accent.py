"""Where the accent of a site shows, beside its style sheet."""

from __future__ import annotations

import pytest
from sphinx.testing.util import SphinxTestApp

from postdocs.sphinx_ext.theme.colours import palette

ACCENT = "#8a3324"


@pytest.mark.sphinx("dirhtml", testroot="theme", confoverrides={"postdocs_accent": ACCENT})
def test_the_accent_is_everywhere(app: SphinxTestApp) -> None:
    """Style sheet, icon and opened feeds have the shades of the accent, for both modes."""
    app.build()
    for name in ("postdocs-theme.css", "postdocs.svg", "feed.css"):
        text = (app.outdir / "_static" / name).read_text(encoding="utf-8")
        for colours in palette(ACCENT).values():
            assert colours["--pst-color-primary"] in text
        assert "{{" not in text
