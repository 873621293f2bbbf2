"""What is between the columns of an array instead of the usual space."""

from __future__ import annotations

import re
from typing import Any

import pytest
from lxml import etree

from postdocs.sphinx_ext.math.macros import Macro
from postdocs.sphinx_ext.math.mathml import to_mathml


def _cells(columns: str, body: str) -> list[list[tuple[str, str, str]]]:
    """Return the text of each cell, with the space on its left and right, by rows."""
    table = etree.fromstring(to_mathml(rf"\begin{{array}}{{{columns}}}{body}\end{{array}}", display=True))
    rows = [[*row.iterfind("mtd")] for row in table.iter("mtr")]
    return [
        [("".join(cell.itertext()), _side(cell, "left"), _side(cell, "right")) for cell in row]
        for row in rows
    ]


def _side(cell: Any, side: str) -> str:
    match = re.search(rf"padding-{side}:([^;]*)", cell.get("style", ""))
    return match[1] if match else ""


@pytest.mark.parametrize(
    ("columns", "left", "right"),
    [
        ("lr", ("0.4em", "0.5em"), ("0.5em", "0.4em")),
        ("@{}lr@{}", ("0em", "0.5em"), ("0.5em", "0em")),
        (r"l@{\,}r", ("0.4em", "0.0835em"), ("0.0835em", "0.4em")),
        (r"l@{\hspace{2em}}r", ("0.4em", "1em"), ("1em", "0.4em")),
        (r"l@{\quad}r@{\;\;}", ("0.4em", "0.5em"), ("0.5em", "0.556em")),
        (r"l@{\!}r", ("0.4em", "0em"), ("0em", "0.4em")),
        (r"l!{\quad}r", ("0.4em", "1em"), ("1em", "0.4em")),
    ],
)
def test_a_space_takes_the_place_of_the_usual_one(
    columns: str, left: tuple[str, str], right: tuple[str, str]
) -> None:
    """One after `!` comes on top; one that is negative is none, since cells can't overlap in CSS."""
    expected = [[("1", *left), ("2", *right)], [("3", *left), ("4", *right)]]
    assert _cells(columns, r"\hline 1 & 2 \\ 3 & 4") == expected


@pytest.mark.parametrize(
    ("columns", "texts"),
    [
        ("r@{.}l", [["1.", "5"], ["10.", "25"]]),
        ("l@{.}l", [["1", ".5"], ["10", ".25"]]),
        (r"r@{\mbox{ or }}l", [["1\xa0or\xa0", "5"], ["10\xa0or\xa0", "25"]]),
    ],
)
def test_signs_between_columns_stand_in_each_row(columns: str, texts: list[list[str]]) -> None:
    """At the edge of the column that ends or begins there."""
    rows = _cells(columns, r"1 & 5 \\ 10 & 25")
    assert [[text for text, _, _ in row] for row in rows] == texts
    assert {row[0][2] for row in rows} == {row[1][1] for row in rows} == {"0em"}


def test_an_array_in_another_one_keeps_its_own() -> None:
    """Each says what is between its columns."""
    rows = _cells("@{}c@{}", r"\begin{array}{r@{,}l}1&2\end{array}")
    assert rows == [[("1,2", "0em", "0em")], [("1,", "0.4em", "0em"), ("2", "0em", "0.4em")]]


def _texts(columns: str, body: str) -> list[list[str]]:
    return [[text for text, _, _ in row] for row in _cells(columns, body)]


def test_signs_between_centred_columns_are_a_column() -> None:
    """There is no edge at which they could stand below each other."""
    rows = _cells("c@{,}c", r"\hline 1 & 2 \\[1em] 30 & 40")
    assert [[text for text, _, _ in row] for row in rows] == [["1", ",", "2"], ["30", ",", "40"]]
    assert {row[1][1:] for row in rows} == {("0em", "0em")}


@pytest.mark.parametrize(
    ("columns", "texts"),
    [
        (r">{x}c<{y}r", [["xay", "b"], ["xcy", "d"]]),
        (r">{x}c|>{y}c", [["xa", "yb"], ["xc", "yd"]]),
        (r"*{2}{>{x}c}", [["xa", "xb"], ["xc", "xd"]]),
        (r"w{c}{1em}W{r}{2cm}", [["a", "b"], ["c", "d"]]),
        (r"!{x}c@{y}c", [["x", "a", "y", "b"], ["x", "c", "y", "d"]]),
    ],
)
def test_what_a_preamble_has_around_cells_is_in_each(columns: str, texts: list[list[str]]) -> None:
    """LaTeX has it in the package array."""
    assert _texts(columns, r"a & b \\ c & d") == texts


def test_rows_that_are_shorter_stay_so() -> None:
    """The end of the last row begins no other."""
    assert _texts(">{x}c>{y}c", r"a \\ b & c \\") == [["xa"], ["xb", "yc"]]


def test_types_of_columns_hold_to_the_end_of_the_page() -> None:
    """They are macros."""
    macros: dict[str, Macro] = {}
    to_mathml(r"\newcolumntype{X}{>{x}c}", display=True, macros=macros)
    set_again = to_mathml(r"\begin{array}{X}a\end{array}", display=True, macros=macros)
    assert [cell.strip() for cell in etree.fromstring(set_again).itertext()] == ["x", "a"]


def test_what_fills_a_cell_puts_it_at_the_other_edge() -> None:
    r"""In LaTeX `\hfill` is a space without end."""
    table = etree.fromstring(to_mathml(r"\begin{array}{cc}a \hfill & \hfill b\end{array}", display=True))
    styles = [cell.get("style", "") for cell in table.iter("mtd")]
    assert ["text-align:left" in styles[0], "text-align:right" in styles[1]] == [True, True]


def test_colours_are_behind_columns_rows_and_cells() -> None:
    """A cell says more than its row, and a row more than its column."""
    body = r"\columncolor{#111111}a & b \\ \rowcolor{#222222}c & \cellcolor{#333333}d"
    table = etree.fromstring(to_mathml(rf"\begin{{array}}{{cc}}{body}\end{{array}}", display=True))
    cells = table.iter("mtd")
    colours = {"".join(cell.itertext()): cell.get("mathbackground") for cell in cells}
    assert colours == {"a": "#111111", "b": None, "c": "#222222", "d": "#333333"}
