"""Letters that lean over the box that the font gives them."""

from __future__ import annotations

import unicodedata

import pytest
from fontTools.ttLib import TTFont

from postdocs.sphinx_ext.fonts.subset import MATH
from postdocs.sphinx_ext.math.italics import LEANING
from sphinx_ext.math.mathml_trees import parse

ROOMS = {
    "lean-1": 65,
    "lean-2": 105,
    "lean-3": 140,
    "lean-4": 212,
}  # thousandths of an em, in the style sheet


def test_the_font_has_these_corrections() -> None:
    """Each italic letter whose correction is 0.04 em or more has a class with nearly as much room."""
    with TTFont(MATH.file) as font:
        names = font.getBestCmap()
        table = font["MATH"].table.MathGlyphInfo.MathItalicsCorrectionInfo
        values = [correction.Value for correction in table.ItalicsCorrection]
        corrections = dict(zip(table.Coverage.glyphs, values, strict=True))
    rooms = {letter: ROOMS[name] for name, letters in LEANING.items() for letter in letters}
    for code, glyph in names.items():
        if unicodedata.name(chr(code), "").startswith("MATHEMATICAL ITALIC"):
            room = rooms.get(unicodedata.normalize("NFKC", chr(code)), 0)
            assert abs(room - corrections.get(glyph, 0)) <= (25 if room else 39), chr(code)


@pytest.mark.parametrize(
    ("latex", "classes"),
    [
        ("V(x)", [("V", "lean-4")]),
        (r"\boldsymbol{P} + \tau", [("𝑷", "lean-3"), ("τ", "lean-2")]),
        (r"\mathrm{V} \mathbb{V} \operatorname{V} \mathbf{F} \Gamma", []),
    ],
)
def test_letters_that_lean_say_so(latex: str, classes: list[tuple[str, str]]) -> None:
    """Only slanted letters do."""
    leaning = [(mi.text, mi.get("class")) for mi in parse(latex).iter("mi") if mi.get("class")]
    assert leaning == classes
