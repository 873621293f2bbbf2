"""Lines of tables in formulas of feeds."""

from __future__ import annotations

import pytest
from lxml import etree

from postdocs.sphinx_ext.feeds.article import standalone
from postdocs.sphinx_ext.math.mathml import set_formula


@pytest.mark.parametrize(
    ("array", "lines"),
    [
        (r"{cc|c} 1 & 2 & 3 \\ 4 & 5 & 6", {"columnlines": "none solid"}),
        (r"{c|c:c} a & b & c \\ \hline d & e & f", {"columnlines": "solid dashed", "rowlines": "solid"}),
        (r"{|c|} \hline a \\ \hdashline b \\ \hline", {"rowlines": "dashed", "frame": "solid"}),
        (r"{|c|} \hline a \\ \hline", {"frame": "solid"}),
        (r"{|cc|} a & b \\ c & d", {}),
        (r"{cc} a & b \\ c & d", {}),
    ],
)
def test_lines_are_attributes(array: str, lines: dict[str, str]) -> None:
    """They say which of two parts of a matrix a column belongs to, and most readers remove styles."""
    formula = set_formula(rf"\begin{{array}}{array} \end{{array}}", display=True)
    for formulas in ({}, {formula.mathml: formula}):
        article = standalone(f"<p>{formula.mathml}</p>", "https://example.org/a/", "p", formulas)
        (table,) = etree.fromstring(article).iter("mtable")
        assert {
            name: table.get(name) for name in ("columnlines", "rowlines", "frame") if name in table.attrib
        } == lines


def test_only_borders_are_lines() -> None:
    """A style of an author may say anything, also as much as nobody reads."""
    styles = (
        "color: solid; border-right: 1px dotted",
        "border-right : thin dashed; top: 0",
        "border-top:" * 50_000,
    )
    for style, lines in zip(styles, (None, "dashed", None), strict=True):
        row = f'<mtr><mtd style="{style}"><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr>'
        article = standalone(f"<p><math><mtable>{row}</mtable></math></p>", "https://example.org/a/", "p")
        assert next(etree.fromstring(article).iter("mtable")).get("columnlines") == lines
