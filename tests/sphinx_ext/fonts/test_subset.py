"""The part of a font."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from fontTools.pens.boundsPen import ControlBoundsPen
from fontTools.ttLib import TTFont

from postdocs.sphinx_ext.fonts.subset import MATH, subset
from postdocs.sphinx_ext.math import engine


def _font(letters: str) -> Any:
    return TTFont(io.BytesIO(subset(letters)))


def test_a_subset_has_the_letters_and_what_grows() -> None:
    """Brackets keep their larger sizes and their parts, and the constants of formulas are all there."""
    font, whole = _font("(x√"), TTFont(MATH.file)
    assert {*font.getBestCmap()} == {ord(letter) for letter in "()x√"}  # which are mirrored are together
    math = font["MATH"].table
    variants = math.MathVariants
    tall = dict(zip(variants.VertGlyphCoverage.glyphs, variants.VertGlyphConstruction, strict=True))
    assert len(tall[font.getBestCmap()[ord("(")]].MathGlyphVariantRecord) > 4
    assert tall[font.getBestCmap()[ord("√")]].GlyphAssembly.PartRecords
    constants = [
        {
            name: getattr(value, "Value", value)
            for name, value in vars(table["MATH"].table.MathConstants).items()
        }
        for table in (font, whole)
    ]
    assert constants[0] == constants[1]


def test_a_subset_is_small_and_the_same_each_time() -> None:
    """It depends on its letters alone, and what only other formulas need is not in it."""
    assert subset("xyz=1") == subset("xyz=1")
    assert len(subset("xyz=1")) < 5_000 < len(subset("xyz=1()[]√∑∫αβγ{}"))


def test_a_subset_has_a_name_of_its_own() -> None:
    """The license asks for that; it is named, and so is what the font was made from."""
    names = {record.nameID: record.toUnicode() for record in _font("x")["name"].names}
    assert names[1] == names[4] == MATH.name
    assert "New Computer Modern Math" in names[10]
    assert "GUST" in names[13]


def test_the_font_has_the_signs_of_commands() -> None:
    """All but some that no paper has: others come from a font of the device, or from none."""
    program = Path(engine.__file__).with_name("temml").joinpath("temml.min.js").read_text(encoding="utf-8")
    signs = {*re.findall(r'"([^\x00-\x7f])","\\\\[A-Za-z]+"', program)}
    assert len(signs) > 500
    there = TTFont(MATH.file).getBestCmap()
    assert {sign for sign in signs if ord(sign) not in there} <= {*"ϘϙϚϛϞϟϠϡ✗"}


def test_a_subset_has_variants() -> None:
    r"""Such as the letters of `\mathscr`."""
    (variants,) = (table for table in _font("𝒜\ufe01")["cmap"].tables if table.format == 14)
    assert [code for code, _ in variants.uvsDict[0xFE01]] == [ord("𝒜")]


def test_a_letter_that_the_font_lacks_is_left_out() -> None:
    """Other fonts have it."""
    assert {*_font("x語").getBestCmap()} == {ord("x")}


@pytest.mark.parametrize(("dots", "dot"), [("…", "."), ("⋯", "⋅")])
def test_three_dots_are_as_far_apart_as_in_tex(dots: str, dot: str) -> None:
    """They are three signs with a thin space between them; the font has them closer together."""
    font = _font(dots + dot)
    names, glyphs = font.getBestCmap(), font.getGlyphSet()
    pens = {character: ControlBoundsPen(glyphs) for character in (dots, dot)}
    for character, pen in pens.items():
        glyphs[names[ord(character)]].draw(pen)
    one, three = pens[dot].bounds, pens[dots].bounds
    step = font["hmtx"][names[ord(dot)]][0] + 167
    assert three == (one[0], one[1], one[2] + 2 * step, one[3])
    assert font["hmtx"][names[ord(dots)]] == (3 * step - 167, font["hmtx"][names[ord(dot)]][1])
