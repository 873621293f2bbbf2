"""A renderer of formulas for Sphinx, so that no page needs a script for them."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.math import engine
from postdocs.sphinx_ext.math.mathml import set_formula
from postdocs.sphinx_ext.math.set_formulas import CLASS, note_formula
from postdocs.sphinx_ext.math.settings import macros_of

logger = logging.getLogger(__name__)

_NAMESPACE = "http://www.w3.org/1998/Math/MathML"
_BRACED = re.compile(r"\{([^{}]*)\}")  # such as the label that a reference names
_MACROS = "postdocs_macros"  # of a document: what its formulas have defined so far


def _visit_inline(self: HTML5Translator, node: nodes.math) -> None:
    latex = node.astext()
    mathml = _convert(self, node, latex, display=False)
    if mathml is None:
        self.body.append(self.starttag(node, "code", "", CLASS=CLASS) + self.encode(latex) + "</code>")
    else:
        self.body.append(_start(self, node, "span") + mathml + "</span>")
    raise nodes.SkipNode


def _visit_block(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula in a box of its own, which a style sheet can let scroll, before its number."""
    latex = node.astext()
    mathml = _convert(self, node, latex, display=True)
    self.body.append(_start(self, node, "div"))
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


def _start(self: HTML5Translator, node: nodes.Element, tag: str) -> str:
    """Return the start tag of a formula, at once for those without names or classes, as most are."""
    if node["ids"] or node["classes"]:
        return str(self.starttag(node, tag, "", CLASS=CLASS))
    return f'<{tag} class="{CLASS}">'


def _convert(self: HTML5Translator, node: nodes.Element, latex: str, *, display: bool) -> str | None:
    """Return MathML, or nothing and warn. What a formula defines holds to the end of the page."""
    attributes = self.document.attributes
    if _MACROS not in attributes:
        attributes[_MACROS] = macros_of(self.config)
    try:
        numbers = numbers_in(latex, self.builder.env)
        formula = set_formula(latex, display=display, macros=attributes[_MACROS], numbers=numbers)
    except ValueError as error:
        message = f"The formula can't be read: {error}. The page shows its LaTeX."
        logger.warning(message, location=node, type="postdocs", subtype="math")
        return None
    note_formula(self.document, formula)
    if self.builder.name == "epub":  # pages of a book are XML, in which a formula says what it is
        return formula.mathml.replace("<math", f'<math xmlns="{_NAMESPACE}"', 1)
    return formula.mathml


def numbers_in(latex: str, env: BuildEnvironment) -> dict[str, str]:
    r"""Return the numbers of equations that `\ref` and `\eqref` in a formula may name, by their labels."""
    equations = env.domaindata["math"]["objects"]
    labels = equations.keys() & _BRACED.findall(latex)
    return {label: str(equations[label][1]) for label in sorted(labels)}


def start_engine(build: Build, doctree: nodes.document, docname: str) -> None:
    """Start the engine for a document with formulas, before the process parts that writes its page."""
    if docname in build.domain.formulas and build.builder.math_renderer_name == "mathml":
        engine.start()


def add_renderer(app: Sphinx, config: Config) -> None:
    """Add the renderer where the author chose it, or none; Sphinx prefers it to its own MathJax then."""
    macros_of(config)  # what is wrong with them is said before anything is read
    others = {*app.registry.html_inline_math_renderers} - {"mathjax"}
    chosen = config.html_math_renderer or others or "sphinx.ext.mathjax" in config.extensions
    if not chosen or config.html_math_renderer == "mathml":
        app.add_html_math_renderer("mathml", (_visit_inline, None), (_visit_block, None))
