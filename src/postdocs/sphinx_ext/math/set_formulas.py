"""The formulas of a page that the renderer has set, as they stand in its HTML.

What is made of a page, such as articles in feeds and the search index, takes these as they are, and need not
read them as HTML that anybody may have written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as ET

from docutils import nodes
from sphinx.application import Sphinx

from postdocs.sphinx_ext.math.linear import line_of
from postdocs.sphinx_ext.math.macros import Macros
from postdocs.sphinx_ext.math.part import Part

CLASS = "math notranslate nohighlight"
"""Of the `span` or `div` around each formula, as Sphinx has it."""

_OPENING, _CLOSING = "<math", "</math>"
_START, _END = f'<span class="{CLASS}">', "</span>"
_NAME = "postdocs_formulas"  # of a document that is written


@dataclass(eq=False)
class SetFormula:
    """A formula in MathML, set once for all that shows it; nobody may change it.

    mathml: the element `math` as pages have it. macros: those that the formula has defined. tree: the element
    while a page is made; it is thousands of objects, which the garbage collector would look through, and
    which no other process is sent. made: what has been made of it, by the functions that did.
    """

    mathml: str
    macros: Macros
    tree: Part | None
    made: dict[Callable[[Part], str], str] = field(default_factory=dict)

    def __getstate__(self) -> dict[str, Any]:
        return {**vars(self), "tree": None}

    def as_text(self, make: Callable[[Part], str]) -> str:
        """Return what a function makes of the element, which it is asked for once."""
        if make not in self.made:
            if self.tree is None:
                self.tree = Part.of(ET.fromstring(self.mathml))  # noqa: S314 - our own, without entities
            self.made[make] = make(self.tree)
        return self.made[make]

    @property
    def line(self) -> str:
        """The formula as a line of text."""
        return self.as_text(line_in_text)


def line_in_text(math: Part) -> str:
    """Return a formula as a line of text, as `SetFormula.line` has it."""
    return " ".join(line_of(math).split())


def note_formula(document: nodes.document, formula: SetFormula) -> None:
    """Note a formula of a page."""
    document.attributes.setdefault(_NAME, {})[formula.mathml] = formula


def formulas_of(document: nodes.document) -> Mapping[str, SetFormula]:
    """Return the formulas of a page by their MathML, once its body is written."""
    formulas: Mapping[str, SetFormula] = document.attributes.get(_NAME, {})
    return formulas


def formula_spans(body: str) -> Iterator[tuple[int, int]]:
    """Yield where each formula in HTML begins and ends; a regular expression would look at each character."""
    end = 0
    while (start := body.find(_OPENING, end)) >= 0:
        name = start + len(_OPENING)
        if body[name : name + 1].isspace() or body.startswith(">", name):
            last = body.find(_CLOSING, name)
            if last < 0:
                return
            end = last + len(_CLOSING)
            yield start, end
        else:  # another element
            end = name


def replace_formulas(
    body: str, formulas: Mapping[str, SetFormula], shown: Callable[[SetFormula], str]
) -> str:
    """Return the body of a page with other HTML for the formulas among those given.

    A `span` that only says that this is a formula goes with it.
    """
    pieces: list[str] = []
    end = 0
    for start, stop in formula_spans(body) if formulas else ():
        if formula := formulas.get(body[start:stop]):
            is_marked = body.endswith(_START, end, start) and body.startswith(_END, stop)
            pieces += body[end : start - len(_START) if is_marked else start], shown(formula)
            end = stop + len(_END) if is_marked else stop
    return "".join((*pieces, body[end:]))


def forget_formulas(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Let go of the formulas of a written page, whose document may stay until the build ends.

    Other pages may have some of them too: of these, what was made of their trees is kept.
    """
    for formula in doctree.attributes.pop(_NAME, {}).values() if doctree is not None else ():
        formula.tree = None
