"""Formulas are as wide as KaTeX sets them, but for letters that our font has in other widths."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from postdocs.sphinx_ext import theme
from postdocs.sphinx_ext.fonts.letters import letters_in
from postdocs.sphinx_ext.fonts.subset import MATH, subset
from postdocs.sphinx_ext.math.mathml import to_mathml

# Widths in em that KaTeX 0.19.1 has in Chromium for formulas on a line of their own, and their LaTeX.
_DATA = Path(__file__).parents[1] / "data/katex-widths.txt"
_STYLES = (Path(theme.__file__).parent / "postdocs/styles/posts/formulas.css").read_text(encoding="utf-8")
_MOST = 0.12  # em
_MEASURED = """[...document.querySelectorAll("math")].map((math) => {
    const boxes = [...math.children].map((part) => part.getBoundingClientRect());
    const left = Math.min(...boxes.map((box) => box.left));
    return (Math.max(...boxes.map((box) => box.right)) - left) / parseFloat(getComputedStyle(math).fontSize);
})"""


def _formulas() -> Iterator[tuple[str, float]]:
    for line in _DATA.read_text(encoding="utf-8").splitlines():
        width, _, latex = line.partition(" ")
        yield latex, float(width)


@pytest.fixture(scope="module")
def widths(chromium: Browser) -> dict[str, float]:
    """The widths of the formulas in em, by their LaTeX."""
    formulas = {latex: to_mathml(latex, display=True) for latex, _ in _formulas()}
    body = "".join(f'<p><span class="math">{mathml}</span></p>' for mathml in formulas.values())
    font = base64.b64encode(subset(letters_in(body))).decode()
    face = f'@font-face {{ font-family: "{MATH.name}"; src: url(data:font/woff2;base64,{font}) }}'
    page = chromium.new_page()
    page.set_content(f"<!doctype html><style>{_STYLES} {face}</style>{body}")
    page.evaluate("document.fonts.ready")
    found = page.evaluate(_MEASURED)
    page.close()
    return dict(zip(formulas, found, strict=True))


def test_formulas_are_as_wide_as_those_of_katex(widths: dict[str, float]) -> None:
    """An eighth of an em is less than the thin space of TeX."""
    wrong = {
        latex: round(widths[latex] - width, 2)
        for latex, width in _formulas()
        if abs(widths[latex] - width) > _MOST
    }
    assert not wrong, json.dumps(wrong)
    assert len(widths) > 60
