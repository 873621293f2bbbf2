"""Checks formulas as a build does, without a build."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, cast

from sphinx.config import Config

from postdocs.sphinx_ext.math.mathml import set_formula
from postdocs.sphinx_ext.math.settings import macros_of

# Sphinx's own renderers, which leave it to a script or to LaTeX what a formula means.
_RENDERERS = frozenset({"sphinx.ext.mathjax", "sphinx.ext.imgmath"})


def checker(
    settings: Mapping[str, Any], added: Mapping[str, Any] | None = None
) -> Callable[[Sequence[tuple[str, bool]]], list[str]]:
    """Make a function that tells what is wrong with the formulas of a page.

    settings: the values of conf.py that say how formulas are shown. added: those that it is going to have
    besides. The function takes the LaTeX of each formula in order, and whether it is on a line of its own; it
    returns what a build would say of each, "" of most. What a formula defines holds to the end of the page.
    """
    settings = {**settings, **(added or {})}
    chosen = settings.get("html_math_renderer")
    is_ours = chosen in {None, "mathml"} and (chosen or _RENDERERS.isdisjoint(settings.get("extensions", ())))

    def check(formulas: Sequence[tuple[str, bool]]) -> list[str]:
        if not is_ours or not formulas:
            return [""] * len(formulas)
        macros = macros_of(cast("Config", SimpleNamespace(**settings)))
        return [_fault(latex, display, macros) for latex, display in formulas]

    return check


def _fault(latex: str, display: bool, macros: dict[str, Any]) -> str:
    try:
        set_formula(latex, display=display, macros=macros)
    except ValueError as error:
        return str(error)
    return ""
