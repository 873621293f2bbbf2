"""Formulas in feeds: readers that know MathML show them as if the signs for all others were not there."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from expressions import GROUPS, expressions
from lxml import etree

from postdocs.sphinx_ext.feeds.formulas import with_signs
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


def without_signs(formula: str) -> str:
    """Return a formula of a feed without what has been added for readers that know no MathML."""
    root = etree.fromstring(formula)
    for semantics in [*root.iter("semantics")]:
        parent = semantics.getparent()
        assert parent is not None
        shown = semantics[0]
        if parent.tag == "mrow" and shown.tag == "mrow" and not len(shown):
            parent.remove(semantics)
            if len(parent) == 1:
                _put_in_place(parent, parent[0])
        else:
            _put_in_place(semantics, shown)
    return etree.tostring(root, encoding="unicode")


def _put_in_place(holder: etree._Element, element: etree._Element) -> None:
    parent = holder.getparent()
    assert parent is not None
    element.attrib.update(holder.attrib)
    element.tail = None
    parent.replace(holder, element)


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
    pages = (f"<p>{'<p>'.join(made)}" for made in (feed, map(without_signs, feed)))
    after, before = (evaluate(_BOXES % (json.dumps(page), SIZE)) for page in pages)
    assert len(after) == len(before) == len(formulas)
    for formula, *boxes in zip(feed, after, before, strict=True):
        moved = [abs(a - b) for parts in zip(*boxes, strict=True) for a, b in zip(*parts, strict=True)]
        assert max(moved, default=0) <= NEAR, formula
