"""The formulas of a page that the renderer has set, as they stand in its HTML.

What is made of a page, such as articles in feeds and the search index, takes these as they are, and need not
read them as HTML that anybody may have written.
"""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree import ElementTree as ET

from docutils import nodes

from postdocs.sphinx_ext.math.part import Part

FORMULA = re.compile(r"<math[\s>].*?</math>", re.DOTALL)
_NAME = "postdocs_formulas"  # of a document that is written
_MOST_KEPT = 256  # formulas as trees: those of a page, which all that is made of the page asks for in turn


def note_formula(document: nodes.document, mathml: str) -> None:
    """Note a formula of a page."""
    document.attributes.setdefault(_NAME, set()).add(mathml)


def formulas_of(document: nodes.document) -> frozenset[str]:
    """Return the formulas of a page, once its body is written."""
    return frozenset(document.attributes.get(_NAME, ()))


@lru_cache(_MOST_KEPT)
def part_of(mathml: str) -> Part:
    """Return a formula that the renderer has set, with what its text depends on; nobody may change it."""
    return Part.of(ET.fromstring(mathml))  # noqa: S314 - the renderer's own
