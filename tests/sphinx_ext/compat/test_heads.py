"""What themes leave out of heads, and print as HTML."""

from __future__ import annotations

from typing import Any

import pytest
from helpers import read_html
from sphinx.testing.util import SphinxTestApp

LAYOUT = "<html><head><title>x</title></head><body><h2>{{ pagetitle }}</h2>{{ body }}</body></html>"


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_head_has_its_metadata_in_any_theme(app: SphinxTestApp, make_app: type[SphinxTestApp]) -> None:
    """A theme that prints no metadata gets it; titles that it prints are text."""
    theme = app.srcdir / "themes/own"
    theme.mkdir(parents=True)
    (theme / "theme.conf").write_text("[theme]\ninherit = basic\n", encoding="utf-8")
    (theme / "page.html").write_text(LAYOUT, encoding="utf-8")
    app = make_app(
        "dirhtml", srcdir=app.srcdir, confoverrides={"html_theme": "own", "html_theme_path": ["themes"]}
    )

    def add_title(app: object, name: str, template: str, context: dict[str, Any], doctree: object) -> None:
        context["pagetitle"] = "A <script>alert(1)</script>"

    app.connect("html-page-context", add_title)
    app.build()
    for path in ("posts/2024/plain", "blog"):
        root = read_html(app.outdir / path / "index.html")
        assert len(root.xpath("//head/meta[@property='og:title']")) == 1
        assert root.xpath("//head/link[@type='application/atom+xml']")
        assert root.findtext(".//h2") == "A <script>alert(1)</script>"
