"""Formulas as MathML Core: a renderer of math for Sphinx, so that no page needs a script for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from docutils import nodes
from docutils.utils.math import latex2mathml
from docutils.utils.math.mathml_elements import math as root_of
from docutils.utils.math.mathml_elements import mspace
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

from postdocs.sphinx_ext.math.linebreaks import with_breaks
from postdocs.sphinx_ext.math.macros import Macro
from postdocs.sphinx_ext.math.settings import macros_of
from postdocs.sphinx_ext.math.tex import Formula

logger = logging.getLogger(__name__)

_NAMESPACE = "http://www.w3.org/1998/Math/MathML"
_CLASS = "math notranslate nohighlight"
_LIMITS = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}
_SCRIPTS = {*_LIMITS, *_LIMITS.values()}
_ROWS = {"math", "mrow", "mtd", "msqrt"}
_NO_OPERAND = {"mo", "mspace"}
_THIN = "0.1667em"
_BRACES = {"\u23de", "\u23df"}  # of \overbrace and \underbrace
_APPLY = "\u2061"  # function application, which docutils writes after names of functions
_LINES = {"mover": "top", "munder": "bottom"}
_SIDES = {"l": "left", "r": "right"}
# What docutils raises where it takes for granted that parts fit together.
_UNCHECKED = (AttributeError, IndexError, RecursionError, TypeError, UnboundLocalError)
# What docutils says for browsers of old and to its own style sheet.
_NOT_CORE = {"class", "notation", "columnalign", "columnspacing", "rowspacing"}

_MACROS = "postdocs_macros"  # of a document: what its formulas have defined so far


def to_mathml(latex: str, *, display: bool, macros: dict[str, Macro] | None = None) -> str:
    """Return the element `math` for a formula, inline or for a line of its own.

    macros: by their names; those that the formula defines are added.

    Its LaTeX is an attribute: as an annotation it would be text, which readers of feeds that know no
    MathML would show too.

    Raises
    ------
    ValueError
        The formula can't be read; it says what is wrong.

    """
    marks: list[tuple[str, str]] = []
    formula = Formula(latex.strip(), {} if macros is None else macros, marks)
    attributes = {"display": "block"} if display else {}
    tree = root_of(**attributes, alttext=" ".join(latex.split()))
    try:
        latex2mathml.parse_latex_math(tree, formula.text)
    except ValueError as error:
        raise ValueError(str(error).rstrip(".!")) from None
    except _UNCHECKED:
        raise ValueError("its parts do not fit together") from None
    for table, columns, rules in zip(tree.iter("mtable"), formula.columns, formula.rules, strict=True):
        _align(table, columns, rules)
    for box in [*tree.iter("menclose")]:
        _mark(box, marks)
    for element in [*tree.iter()]:
        _space_functions(element, formula.functions)
        _place_limits(element, formula.limits if display else set())
        _make_core(element)
    return ET.tostring(tree, encoding="unicode", short_empty_elements=False)


def _mark(box: ET.Element, marks: Sequence[tuple[str, str]]) -> None:
    """Say what a box stands for, which its first space tells."""
    parents = {child: parent for parent in box.iter() for child in parent}
    number = next(box.iter("mspace"))
    parents[number].remove(number)
    box.tag = "mrow"
    box.set(*marks[int(number.get("width", ""))])


def _align(table: ET.Element, columns: str, rules: set[int]) -> None:
    """Say in each cell how its column is aligned, and what is ruled; of a table browsers take neither.

    rules: numbers of rows that have a line above; one more than there are is the line below the last.
    """
    if table.get("class") == "ams-align":
        table.set("displaystyle", "true")
    ruled = re.findall(r"[lcr]\|?", columns)
    for line, row in enumerate(table):
        for number, cell in enumerate(row):
            place = number % len(ruled)
            side = ruled[place][0]
            style = [f"text-align: {_SIDES[side]}"] if side in _SIDES else []
            if columns in {"rl", "rcl"}:  # the sides of equations, close together
                style.append(f"padding: 0.5ex 0 0.5ex {'2em' if number and not place else '0'}")
            if ruled[place].endswith("|"):
                style.append("border-right: thin solid")
            if not number and columns.startswith("|"):
                style.append("border-left: thin solid")
            if line in rules:
                style.append("border-top: thin solid")
            if line + 1 == len(table) and line + 1 in rules:
                style.append("border-bottom: thin solid")
            if style:
                cell.set("style", "; ".join(style))


def _place_limits(element: ET.Element, names: set[str]) -> None:
    """Set scripts below and above what has limits."""
    if element.tag in _LIMITS:
        base = element[0]
        braced = base.tag in {"munder", "mover"} and base[-1].text in _BRACES
        if braced or (base.tag == "mi" and base.text in names):
            element.tag = _LIMITS[element.tag]


def _space_functions(row: ET.Element, names: set[str]) -> None:
    """Set a thin space between a function and an operand, as TeX does; browsers do not."""
    if row.tag not in _ROWS:
        return
    children = [*row]
    for place, child in reversed([*enumerate(children)]):
        if not _is_function(child, names):
            continue
        after = place + 1
        if after < len(children) and children[after].text == _APPLY:
            after += 1
        if after < len(children) and children[after].tag not in _NO_OPERAND:
            row.insert(after, mspace(width=_THIN))
        before = children[place - 1] if place else None
        if before is not None and before.tag not in _NO_OPERAND and not _is_function(before, names):
            row.insert(place, mspace(width=_THIN))


def _is_function(element: ET.Element, names: set[str]) -> bool:
    while element.tag in _SCRIPTS:
        element = element[0]
    return element.tag == "mi" and element.text in names


def _make_core(element: ET.Element) -> None:
    """Say the same in MathML Core, and draw the lines that browsers can't make of a character."""
    if element.get("class") == "mathopen":
        element.set("stretchy", "true")
    if element.tag in _LINES and element[-1].text == "_":
        side = _LINES[element.tag]
        element.remove(element[-1])
        element.tag = "mrow"
        element.attrib.pop("accent", None)
        element.set("style", f"border-{side}: thin solid; padding-{side}: 0.1em")
    wrong = _NOT_CORE if element.tag == "mo" else _NOT_CORE | {"movablelimits"}
    for name in wrong & element.attrib.keys():
        del element.attrib[name]


def _visit_inline(self: HTML5Translator, node: nodes.math) -> None:
    latex = node.astext()
    mathml = _convert(self, node, latex, display=False)
    if mathml is None:
        self.body.append(self.starttag(node, "code", "", CLASS=_CLASS) + self.encode(latex) + "</code>")
    else:
        self.body.append(self.starttag(node, "span", "", CLASS=_CLASS) + with_breaks(mathml) + "</span>")
    raise nodes.SkipNode


def _visit_block(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula in a box of its own, which a style sheet can let scroll, before its number."""
    latex = node.astext()
    mathml = _convert(self, node, latex, display=True)
    self.body.append(self.starttag(node, "div", CLASS=_CLASS))
    if mathml is None:
        self.body.append(f'<pre class="formula"><code>{self.encode(latex)}</code></pre>')
    else:
        self.body.append(f'<div class="formula">{mathml}</div>')
    if node.get("number"):
        self.body.append(f' <span class="eqno">({get_node_equation_number(self, node)})')
        self.add_permalink_ref(node, _("Link to this equation"))
        self.body.append("</span>")
    self.body.append("</div>\n")
    raise nodes.SkipNode


def _convert(self: HTML5Translator, node: nodes.Element, latex: str, *, display: bool) -> str | None:
    """Return MathML, or nothing and warn. What a formula defines holds to the end of the page."""
    attributes = self.document.attributes
    if _MACROS not in attributes:
        attributes[_MACROS] = macros_of(self.config)
    try:
        mathml = to_mathml(latex, display=display, macros=attributes[_MACROS])
    except ValueError as error:
        message = f"The formula can't be read: {error}. The page shows its LaTeX."
        logger.warning(message, location=node, type="postdocs", subtype="math")
        return None
    if self.builder.name == "epub":  # pages of a book are XML, in which a formula says what it is
        return mathml.replace("<math", f'<math xmlns="{_NAMESPACE}"', 1)
    return mathml


def add_renderer(app: Sphinx, config: Config) -> None:
    """Add the renderer where the author chose it, or none; Sphinx prefers it to its own MathJax then."""
    macros_of(config)  # what is wrong with them is said before anything is read
    others = {*app.registry.html_inline_math_renderers} - {"mathjax"}
    chosen = config.html_math_renderer or others or "sphinx.ext.mathjax" in config.extensions
    if not chosen or config.html_math_renderer == "mathml":
        app.add_html_math_renderer("mathml", (_visit_inline, None), (_visit_block, None))
