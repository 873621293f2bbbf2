"""Parts that take no room have some at the sides of their formula, so that nothing is cut off."""

from __future__ import annotations

import pytest

from sphinx_ext.math.mathml_trees import parse


@pytest.mark.parametrize(
    ("latex", "room"),
    [
        (r"\mathrlap{abc}", "1.8em"),
        (r"\mathllap{abc}", "1.8em"),
        (r"\mathclap{abcd}", "2.4em"),
        (r"\sum_{\mathclap{1 \le i \le n}} a_i", "2.1em"),
        (r"x \quad \mathrlap{\text{for all } x}", "4.2em"),
    ],
)
def test_what_stands_out_has_room_on_both_sides(latex: str, room: str) -> None:
    """A part reaches as far as its letters do, and less in an index."""
    first, *_, last = parse(latex)
    assert [(space.tag, space.get("width")) for space in (first, last)] == [("mspace", room)] * 2


@pytest.mark.parametrize("latex", ["x", r"\smash{x}", r"\sum_{i < j} a", r"\phantom{x}", "√2"])
def test_others_have_no_room(latex: str) -> None:
    """What has a width, or is not seen, stands out of nothing."""
    assert parse(latex).find("mspace") is None


def test_a_formula_in_a_line_has_none() -> None:
    """Nothing cuts it off, and the text around it stays where it is."""
    assert parse(r"\mathrlap{abc}", display=False).find("mspace") is None
