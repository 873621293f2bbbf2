"""What is taken out of ablog."""

from __future__ import annotations

from io import StringIO

import pytest
from helpers import read_html
from sphinx.testing.util import SphinxTestApp

LAYOUT = "<html><head>{{ metatags }}</head><body>{% block body %}not for pages{% endblock %}</body></html>"


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_theme_may_lay_out_its_pages_itself(
    app: SphinxTestApp, make_app: type[SphinxTestApp], warning: StringIO
) -> None:
    """A theme like Furo, whose `page.html` needs nothing of its `layout.html`, keeps its own."""
    theme = app.srcdir / "themes/own"
    theme.mkdir(parents=True)
    (theme / "theme.conf").write_text("[theme]\ninherit = basic\n", encoding="utf-8")
    (theme / "layout.html").write_text(LAYOUT, encoding="utf-8")
    page = "<html><head><title>{{ title }}</title></head><body><main>{{ body }}</main></body></html>"
    (theme / "page.html").write_text(page, encoding="utf-8")
    settings = {"html_theme": "own", "html_theme_path": ["themes"]}
    app = make_app("dirhtml", srcdir=app.srcdir, confoverrides=settings)
    app.build()
    for path in ("posts/2024/plain", "blog", "blog/tag/python", "search"):
        assert read_html(app.outdir / path / "index.html").find(".//main/*") is not None
