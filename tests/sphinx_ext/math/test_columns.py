"""What is between the columns of an array instead of the usual space."""

from __future__ import annotations

import re
from typing import Any

import pytest
from lxml import etree

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


def test_signs_between_centred_columns_are_told() -> None:
    """There is no edge at which they could stand below each other."""
    with pytest.raises(ValueError, match="an array can't have , between these columns"):
        _cells("c@{,}c", "1 & 2")
