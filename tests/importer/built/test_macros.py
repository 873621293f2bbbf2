"""The macros of formulas that scripts of a site set."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postdocs.importer.built.macros import macros_in, macros_of

from .shapes import files

MATHJAX_2 = r"""MathJax.Hub.Config({ TeX: { extensions: ["AMSmath.js"], Macros: {
  R: "\\mathbb{R}", // the reals
  bra: ["\\langle{#1}|", 1],
  diff: ["\\frac{d^{#1}}{d#2^{#1}}", 2, ""],
} } });"""
KATEX = r"""renderMathInElement(document.body, {
  macros: { "\\norm": "\\lVert #1 \\rVert", "\\s": `x`, "\\z": "z" },
});"""


@pytest.mark.parametrize(
    ("script", "macros"),
    [
        (
            MATHJAX_2,
            {
                "R": r"\mathbb{R}",
                "bra": [r"\langle{#1}|", 1],
                "diff": [r"\frac{d^{#1}}{d#2^{#1}}", 2, ""],
            },
        ),
        (
            r"MathJax = {tex: {macros: {'RR': '{\\bf R}', E: '\x45\u0045'}}}",
            {"RR": r"{\bf R}", "E": "EE"},
        ),
        (r"macros: { f: '}', g: '\\}' }", {"g": r"\}"}),
        (KATEX, {"norm": [r"\lVert #1 \rVert", 1]}),
        ('{"macros": {"a b": "c", "d": "e"}}', {"d": "e"}),
        ("macros: { f: other(), g: 'h' }", {}),
        ("macros: { f: ['x', 1, 2] }", {}),
        ("macros: { f: 'x', f: 'y' }, macros: { f: 'z' }", {"f": "x"}),
        (r"macros: { a: '\ud800', b: '\0', c: ['x', 1, 'y]'], d: '#1' }", {"d": ["#1", 1]}),
        (f"macros: {{ a: '{'x' * 2_001}', b: 'y' }}", {"b": "y"}),
        ("macros: {", {}),
        ("const macros = 3;", {}),
        ("export const texMacros: Record<string, string> = { f: 'x' };", {"f": "x"}),
        ("const macros = other(); const b = { f: 'x' };", {}),
    ],
)
def test_macros_are_read_from_scripts(script: str, macros: object) -> None:
    """As MathJax 2, 3 and 4 and KaTeX take them; what a script computes is left out, and what follows it."""
    assert macros_in([script]) == macros


@pytest.mark.parametrize(
    ("path", "text", "names"),
    [
        ("a/index.html", f"<p>Text</p><script>{MATHJAX_2}</script>", {"R", "bra", "diff"}),
        (
            "_includes/head.html",
            f"<SCRIPT type='text/x-mathjax-config'>{MATHJAX_2}</SCRIPT>",
            {"R", "bra", "diff"},
        ),
        ("scripts/formulas.js", KATEX, {"norm"}),
        ("a/index.html", f"<pre>{KATEX}</pre>", set()),
        ("scripts/boldsymbol.js", 'MathJax.Hub.Insert(TEX, {macros: {boldsymbol: "Boldsymbol"}});', set()),
        ("scripts/library.js", f"{KATEX}{' ' * 20_000}", set()),
        ("notes.md", MATHJAX_2, set()),
        ("astro.config.mjs", "rehypePlugins: [[rehypeKatex, {macros: {f: 'x'}}]]", {"f"}),
        ("docusaurus.config.js", "[require('rehype-katex'), {macros: {f: 'x'}}]", {"f"}),
        ("src/mathjax.macros.ts", "export const mathJaxMacros = {f: 'x'};", {"f"}),
        ("src/other.ts", "export const macros = {f: 'x'};", set()),
    ],
)
def test_macros_of_a_site_are_in_what_sets_its_formulas(path: str, text: str, names: set[str]) -> None:
    """In scripts of pages, templates and small files; not in code that is shown, nor in libraries."""
    assert macros_of(files({path: text})).keys() == names


@pytest.mark.parametrize("piece", ["<script>", "<script ", "<script>macros: {/*", "macros:{/*"])
def test_scripts_without_end_are_read(piece: str) -> None:
    """The time grows with a page, and not with its square."""
    assert macros_of(files({"index.html": f"MathJax = macros {piece * 200_000}"})) == {}


@given(st.text(alphabet="macros:{}[]'\"\\,0# \n/*x"))
def test_any_text_is_read(text: str) -> None:
    """No script is run, and none is waited for."""
    assert isinstance(macros_in([f"macros: {{{text}"]), dict)
