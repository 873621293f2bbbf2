"""Shades of an accent."""

from __future__ import annotations

import colorsys
from itertools import product

import pytest

from postdocs.sphinx_ext.theme.colours import (
    AA,
    AAA,
    MODES,
    accent_colours,
    accent_style,
    colours_of,
    contrast,
    is_hex,
    readable,
    rgb,
)

ACCENTS = [f"#{red}{green}{blue}" for red, green, blue in product(("00", "7f", "ff"), repeat=3)]
GROUNDS = ("--pst-color-background", "--pst-color-on-background", "--pst-color-surface")


def test_contrast_is_that_of_the_standard() -> None:
    """Black on white has the ratio 21, a colour on itself 1, and #767676 just reaches AA on white."""
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#abc", "#aabbcc") == pytest.approx(1)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("accent", ACCENTS)
def test_every_accent_gives_readable_colours(accent: str, mode: str) -> None:
    """Whatever the accent, links and texts have sufficient contrast on each background of both modes."""
    colours = {**colours_of(mode), **accent_colours(accent, mode)}
    for ground in GROUNDS:
        assert contrast(colours["--pst-color-primary"], colours[ground]) >= AA
        assert contrast(colours["--pst-color-secondary"], colours[ground]) >= AAA
    assert contrast(colours["--pst-color-primary-text"], colours["--pst-color-primary"]) >= AA
    assert contrast(colours["--pst-color-text-base"], colours["--pst-color-primary-bg"]) >= AA


def test_a_readable_colour_stays() -> None:
    """A colour with enough contrast isn't changed, and others keep their hue."""
    assert readable("#0b5cad", ["#fff"], AA) == "#0b5cad"
    shade = readable("#ffcc00", ["#fff"], AA)
    hues = [
        colorsys.rgb_to_hls(*(channel / 255 for channel in rgb(colour)))[0] for colour in (shade, "#ffcc00")
    ]
    assert hues[0] == pytest.approx(hues[1], abs=0.01)


def test_hexadecimal_colours() -> None:
    """Three or six hexadecimal digits after a number sign are a colour, and nothing else is."""
    assert all(map(is_hex, ("#abc", "#A1b2C3")))
    wrong = ("", "abc", "#ab", "#abcd", "#aabbccdd", "#ggg", "teal", "#abc;", " #abc", "#abc\n", "#１２３")
    assert not any(map(is_hex, wrong))


def test_the_style_has_both_modes() -> None:
    """The colours of an accent are rules for the light and for the dark mode."""
    style = accent_style("#0b5cad")
    assert 'html[data-theme="light"] { --pst-color-primary: #0b5cad;' in style
    assert 'html[data-theme="dark"] { --pst-color-primary: #' in style
