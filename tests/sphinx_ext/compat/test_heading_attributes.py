"""Ids at the end of headings in a build."""

from __future__ import annotations

from io import StringIO

import pytest
from helpers import read_html
from sphinx.testing.util import SphinxTestApp


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"myst_enable_extensions": ["attrs_block"]})
def test_an_id_at_the_end_of_a_heading_is_its_anchor(app: SphinxTestApp, warning: StringIO) -> None:
    """Links from this post and from others lead there, and nobody reads the braces."""
    for name in ("one", "two"):  # which may have the same id
        (app.srcdir / f"posts/2024/{name}.md").write_text(
            f"---\ntitle: {name.title()}\ndate: 2024-02-01\n---\n\n[It](#steps) and [that](one.md#steps).\n\n"
            "## What we did {#steps}\n\nText.\n",
            encoding="utf-8",
        )
    app.build()
    assert warning.getvalue() == ""
    page = read_html(app.outdir / "posts/2024/two/index.html")
    (heading,) = page.xpath("//h2[contains(., 'What we did')]")
    assert "{" not in heading.text_content()
    assert page.xpath("//*[@id='steps']")
    links = {link.text_content(): link.get("href") for link in page.iter("a")}
    assert (links["It"], links["that"]) == ("#steps", "../one/#steps")
