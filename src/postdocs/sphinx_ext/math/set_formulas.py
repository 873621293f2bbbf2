"""The formulas of a page that the renderer has set, as they stand in its HTML.

What is made of a page, such as articles in feeds and the search index, takes these as they are, and need not
read them as HTML that anybody may have written.
"""

from __future__ import annotations

import re

from docutils import nodes

FORMULA = re.compile(r"<math[\s>].*?</math>", re.DOTALL)
_NAME = "postdocs_formulas"  # of a document that is written


def note_formula(document: nodes.document, mathml: str) -> None:
    """Note a formula of a page."""
    document.attributes.setdefault(_NAME, set()).add(mathml)


def formulas_of(document: nodes.document) -> frozenset[str]:
    """Return the formulas of a page, once its body is written."""
    return frozenset(document.attributes.get(_NAME, ()))
