"""How long an article takes to read."""

from __future__ import annotations

import pytest
from docutils import nodes
from helpers import read_html, texts
from sphinx.testing.util import SphinxTestApp

from postdocs.sphinx_ext.reading.reading_time import minutes_of

PROSE = nodes.paragraph("", "word " * 690)
CODE = nodes.literal_block("", "x = 1\n\n" * 115)
HAN = nodes.paragraph("", "漢字" * 460)


@pytest.mark.parametrize(
    ("parts", "minutes"),
    [
        ([], 1),
        ([nodes.paragraph("", "A few words, don't count: it's a well-known e.g.")], 1),
        ([PROSE], 3),
        ([CODE], 2),
        ([HAN], 2),
        ([PROSE, CODE], 5),
        ([PROSE, nodes.comment("", "word " * 690), nodes.raw("", "word " * 690, format="html")], 3),
    ],
    ids=["empty", "short", "prose", "code by lines", "no spaces", "both", "what is not read"],
)
def test_minutes_are_those_of_what_is_read(parts: list[nodes.Element], minutes: int) -> None:
    """230 words take a minute; a line of code counts as four, a letter of Han as half of one."""
    section = nodes.section("", *(part.deepcopy() for part in parts))
    assert minutes_of(section) == minutes


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_post_says_how_long_it_is(app: SphinxTestApp) -> None:
    """The head line and lists have the minutes; a longer text changes them in both."""
    path = app.srcdir / "posts/2024/titled.md"
    app.build()
    page, list_ = app.outdir / "posts/2024/titled/index.html", app.outdir / "blog/index.html"
    assert texts(read_html(page), "post-minutes") == ["1 min read"]
    assert "3 min read" not in texts(read_html(list_), "post-minutes")
    path.write_text(path.read_text(encoding="utf-8") + "\n" + "word " * 690, encoding="utf-8")
    app.build()
    assert texts(read_html(page), "post-minutes") == ["3 min read"]
    assert "3 min read" in texts(read_html(list_), "post-minutes")
