"""A formula in a line of plain text, as descriptions of pages and summaries of feeds have it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress

from docutils import nodes

from postdocs.sphinx_ext.math.macros import Macro
from postdocs.sphinx_ext.math.mathml import set_formula

_DEFINITION = re.compile(r"\\(?:(?:new|renew|provide)command|g?def|DeclareMathOperator)\b")


def formulas_in(document: nodes.document) -> list[nodes.math | nodes.math_block]:
    """Return the formulas of a document, in order."""
    return [node for node in document.findall() if isinstance(node, nodes.math | nodes.math_block)]


def macros_in(document: nodes.document, macros: Mapping[str, Macro]) -> dict[str, Macro]:
    """Return the macros that hold in a document: those of the site, and those that its formulas define."""
    return with_defined(formulas_in(document), macros)


def with_defined(
    formulas: Iterable[nodes.math | nodes.math_block], macros: Mapping[str, Macro]
) -> dict[str, Macro]:
    """Return macros with those that formulas define."""
    defined = {**macros}
    for node in formulas:
        if _DEFINITION.search(latex := node.astext()):
            with suppress(ValueError):  # the page says what is wrong with it
                set_formula(latex, display=False, macros=defined)
    return defined


def plain_of(latex: str, macros: Mapping[str, Macro]) -> str:
    r"""Return a formula as text: `\frac{\partial u}{\partial t}` is `∂u/∂t`.

    macros: by their names. What can't be read, such as a command that nobody knows, or a character that no
    XML can have, stays LaTeX.
    """
    try:
        return set_formula(latex, display=False, macros={**macros}).line
    except ValueError:
        return latex
