r"""Formulas that a script sets in the page, as MathJax and KaTeX do, for all who run no script.

Sphinx's extensions write such a formula as LaTeX between delimiters, in an element of class `math`.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from docutils import nodes

from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.math.mathml import to_mathml
from postdocs.sphinx_ext.math.plain import macros_in

_HOLDER = re.compile(
    r'(<(span|div)(?=\s)[^>]*\sclass="(?:[^"]*\s)?math(?:\s[^"]*)?"[^>]*>)(.*?)(</\2>)', re.DOTALL
)
_NUMBER = re.compile(r'\s*<span class="eqno">.*?</span>', re.DOTALL)
_ENVIRONMENT = re.compile(r"\s*(\\begin\{.*\})\s*", re.DOTALL)  # needs no delimiters
_SETTINGS = {  # of Sphinx's and sphinxcontrib's extensions, and whether a formula has a line of its own
    "mathjax_inline": False,
    "katex_inline": False,
    "mathjax_display": True,
    "katex_display": True,
}


def article_of(build: Build, context: dict[str, Any], doctree: nodes.document) -> str:
    """Return the body of a page with formulas in MathML; one that can't be read stays as it is."""
    body = str(context["body"])
    if getattr(build.app.builder, "math_renderer_name", None) in {"mathml", None} or "math" not in body:
        return body
    macros = macros_in(doctree, build.macros)
    delimiters = {
        (*map(str, pair),): display
        for setting, display in _SETTINGS.items()
        if (pair := getattr(build.config, setting, None))
    }
    forms = [
        (re.compile(rf"\s*{re.escape(opening)}(.*){re.escape(closing)}\s*", re.DOTALL), display)
        for (opening, closing), display in sorted(delimiters.items(), reverse=True)  # $$ before $
    ]

    def set_formula(holder: re.Match[str]) -> str:
        number = _NUMBER.match(holder[3])
        content = holder[3][number.end() if number else 0 :]
        for form, display in [*forms, (_ENVIRONMENT, True)]:
            if formula := form.fullmatch(content):
                try:
                    mathml = to_mathml(unescape(formula[1]), display=display, macros={**macros})
                except ValueError:
                    break
                return f"{holder[1]}{mathml}{' ' + number[0].strip() if number else ''}{holder[4]}"
        return holder[0]

    return _HOLDER.sub(set_formula, body)
