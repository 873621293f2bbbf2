"""Formulas in feeds: readers that know MathML show them as if the signs for all others were not there."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from expressions import GROUPS, expressions
from lxml import etree

from postdocs.sphinx_ext.feeds.attributes import dress
from postdocs.sphinx_ext.feeds.formulas import with_signs
from postdocs.sphinx_ext.feeds.html import ATTRIBUTES
from postdocs.sphinx_ext.math.mathml import set_formula

SIZE = 24  # CSS pixels of the letters
NEAR = 0.1 * SIZE  # Firefox leaves a little more or less behind a name in a row
_BOXES = """(document.body.innerHTML = %s, document.body.style.fontSize = "%spx",
[...document.querySelectorAll("math")].map((math) => {
    const { left, top } = math.getBoundingClientRect();
    return [...math.querySelectorAll("mi, mn, mo, ms, mtext")].map((part) => {
        const box = part.getBoundingClientRect();
        return [box.left - left, box.top - top, part.localName === "mo" ? 0 : box.width, box.height];
    });
}))"""


def without_signs(mathml: str) -> str:
    """Return a formula of a page with the attributes that feeds have."""
    root = etree.fromstring(mathml)
    for element in root.iter():
        for name in {*element.attrib} - ATTRIBUTES:
            del element.attrib[name]
        dress(element)
    return etree.tostring(root, encoding="unicode")


@pytest.mark.parametrize("group", GROUPS)
def test_no_part_is_moved_by_the_signs(evaluate: Callable[[str], Any], group: str) -> None:
    """Each letter and sign of a formula is as large as without, and in the same place."""
    formulas = []
    for expression, display in product(expressions(group), (True, False)):
        try:
            formulas.append(set_formula(expression.latex, display=display, numbers={"eq:one": "1"}))
        except ValueError:
            continue
    feed = [formula.as_text(with_signs) for formula in formulas]
    page = [without_signs(formula.mathml) for formula in formulas]
    after, before = (evaluate(_BOXES % (json.dumps(f"<p>{'<p>'.join(made)}"), SIZE)) for made in (feed, page))
    assert len(after) == len(before) == len(formulas)
    for formula, *boxes in zip(feed, after, before, strict=True):
        moved = [abs(a - b) for parts in zip(*boxes, strict=True) for a, b in zip(*parts, strict=True)]
        assert max(moved, default=0) <= NEAR, formula
