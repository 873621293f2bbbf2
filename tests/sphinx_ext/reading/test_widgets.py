"""Widgets of notebooks, for readers without scripts."""

from __future__ import annotations

from typing import cast

import pytest
from docutils import nodes
from docutils.utils import new_document

from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.feeds.article import standalone
from postdocs.sphinx_ext.reading.widgets import keep_text

VIEW = "application/vnd.jupyter.widget-view+json"
SCRIPT = f'<script type="{VIEW}">{{"model_id": "a"}}</script>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [("IntSlider(value=7, <b>)", "<pre>IntSlider(value=7, &lt;b&gt;)</pre>"), (" ", ""), (None, "")],
)
def test_a_widget_says_what_it_is(text: str | None, expected: str) -> None:
    """Its plain text is in feeds, and on pages where no script runs."""
    bundle = nodes.container(nb_element="mime_bundle")
    bundle += nodes.container("", nodes.raw("", SCRIPT, format="html"), mime_type=VIEW)
    if text is not None:
        bundle += nodes.container("", nodes.literal_block(text, text), mime_type="text/plain")
    document = new_document("")
    document += bundle
    keep_text(cast(Build, None), document)
    body = "".join(raw.astext() for raw in document.findall(nodes.raw))
    assert standalone(body, "https://tea.example/a/", "p") == expected
