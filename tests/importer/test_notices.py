"""Figures that live by a script are looked for only in HTML that names one."""

from __future__ import annotations

import pytest

from postdocs.importer.html.rendered.notices import is_named_in


@pytest.mark.parametrize(
    ("html", "is_named"),
    [
        ('<p>A</p><div class="plot bk-root wide"></div>', True),
        ("<div id='folium-map'></div>", True),
        ("<div CLASS = highcharts-container></div>", True),
        ('<div class="mpl&#100;3-figure"></div>', True),
        ("<p>Plotly, bokeh and highcharts in words; <code>vega-lite</code></p>", False),
        ('<p class="lead" id="top">Nothing</p>', False),
    ],
)
def test_a_library_is_named_by_classes_and_ids(html: str, is_named: bool) -> None:
    """A name in the class or id of an element counts, however it is quoted; in text it does not."""
    assert is_named_in(html) is is_named
