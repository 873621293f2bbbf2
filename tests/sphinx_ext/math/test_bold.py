"""What is bold in LaTeX is bold, whether Unicode has a bold form of it or not."""

from __future__ import annotations

import re

import pytest

from postdocs.sphinx_ext.math.mathml import to_mathml

_WEIGHT = 'style="font-weight:bold"'


def _set(latex: str) -> str:
    return re.sub(r'</?math[^>]*>| stretchy="false"', "", to_mathml(latex, display=True))


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\boldsymbol{x}", "<mi>𝒙</mi>"),
        (r"\bm{\Gamma}", "<mi>𝚪</mi>"),
        (r"\boldsymbol{\nabla}", "<mi>𝛁</mi>"),
        (r"\boldsymbol{\mathcal{L}}", "<mi>𝓛</mi>"),
        (r"\bm{\mathfrak{g}}", "<mi>𝖌</mi>"),
        (r"\bm{\Im}", "<mi>𝕴</mi>"),
        (r"\boldsymbol{12}", "<mrow><mstyle><mn>𝟏</mn></mstyle><mstyle><mn>𝟐</mn></mstyle></mrow>"),
    ],
)
def test_letters_and_digits_take_their_bold_form(latex: str, expected: str) -> None:
    """Browsers would embolden it once more, so that it has no weight."""
    assert _set(latex) == expected


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\boldsymbol{\ell}", f"<mi {_WEIGHT}>ℓ</mi>"),
        (r"\bm{\wp}", f"<mi {_WEIGHT}>℘</mi>"),
        (r"\pmb{x}", f"<mstyle><mi {_WEIGHT}>x</mi></mstyle>"),
        (r"a \boldsymbol{+} b", f"<mrow><mi>a</mi><mo {_WEIGHT}>+</mo><mi>b</mi></mrow>"),
        (r"\boldsymbol{\frac{a}{\hbar}}", f"<mfrac><mi>𝒂</mi><mi {_WEIGHT}>ℏ</mi></mfrac>"),
        (r"\boldsymbol{x^\infty}", f"<msup><mi>𝒙</mi><mi {_WEIGHT}>∞</mi></msup>"),
    ],
)
def test_what_has_no_bold_form_has_a_weight(latex: str, expected: str) -> None:
    """Wherever it stands in what is bold."""
    assert _set(latex) == expected


def test_text_and_what_cannot_be_seen_stay_as_they_are() -> None:
    """In LaTeX, the weight of text is that of the line around it."""
    assert _set(r"\boldsymbol{\text{a}}") == "<mtext>a</mtext>"
    assert "<mo>\u2061</mo>" in _set(r"\boldsymbol{\sin x}")
