"""MathML as a line of text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from postdocs.sphinx_ext.math.linear import text_of
from postdocs.sphinx_ext.math.plain import plain_of


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        ("u_t = k u_{xx}", "u_t = k u_xx"),
        (r"\Gamma = \mathrm{d}x + \Delta f''' - 1", "Γ = dx + Δf‴ − 1"),
        (r"\Delta t \le \frac{\Delta x^2}{2k}", "Δt ≤ Δx²/(2k)"),
        (r"\frac{\partial^2 f}{\partial x \partial y}", "∂²f/(∂x∂y)"),
        (r"\frac{1}{f(x)}", "1/f(x)"),
        (r"\frac{n!}{k!(n-k)!}", "n!/(k!(n−k)!)"),
        (r"\frac{a}{b} c + 2\frac{1}{2}", "a/b c + 2 1/2"),
        (r"e^{2x} e^{i\pi}", "e^(2x) e^(iπ)"),
        (r"\sqrt[3]{x} + \sqrt[5]{x+1}", "∛x + (x+1)^(1/5)"),
        (r"\sqrt{2k} \left(\frac{a}{b}\right)^2", "√(2k)(a/b)²"),
        (r"|x| - 1 = |-y| + \|z\|", "|x| − 1 = |−y| + ‖z‖"),
        (r"x = -1", "x = −1"),
        (r"\binom{n}{k}", "(n; k)"),
        (r"\lim_{n \to \infty} a_n", "lim_(n→∞) a_n"),
        (r"x_{i,j} + x_{\text{if so}}", "x_(i,j) + x_(if so)"),
        (r"\underbrace{a+b}_{n}", "(a + b)_n"),
        (r"\begin{aligned} a &= b \\ &= c \end{aligned}", "a = b; = c"),
        (r"\begin{cases} 1 & \text{if } x > 0 \\ 0 & \text{else} \end{cases}", "{1, if x > 0; 0, else"),
    ],
)
def test_a_line_says_by_signs_what_a_formula_says_by_place(latex: str, text: str) -> None:
    """Factors, indices, fractions, roots and cells are told apart; brackets stand where they must."""
    assert plain_of(latex, {}) == text


@pytest.mark.parametrize(
    ("mathml", "text"),
    [
        ("<msup><mrow><mi>a</mi><mi>b</mi></mrow><mn>2</mn></msup>", "(ab)²"),
        ("<msup><msup><mi>x</mi><mn>2</mn></msup><mn>3</mn></msup>", "(x²)³"),
        ("<mover><mi>x</mi><mo>^</mo></mover><mo>+</mo><mover><mo>=</mo><mi>d</mi></mover>", "x + =^d"),
        ("<mmultiscripts><mi>C</mi><mprescripts/><mn>6</mn><mn>14</mn></mmultiscripts>", "¹⁴₆C"),
        ("<mmultiscripts><mi>R</mi><mi>i</mi><none/><mi>j</mi><mi>k</mi></mmultiscripts>", "R_i_j^k"),
        ("<semantics><mi>x</mi><annotation>y</annotation></semantics>", "x"),
        ("<mphantom><mi>x</mi></mphantom><mi>y</mi>", "y"),
        ("<mi>sin</mi><mo>\u2061</mo><mi>x</mi><mo>-</mo><mn>2</mn>", "sin x − 2"),
        ("<mtext>a\u00a0b</mtext><mspace width='0em'/><mi>c</mi><mspace width='1em'/><mi>d</mi>", "a bc d"),
        ("<mfrac/><msqrt/><msub/><mtable/><mtr/>", ""),
    ],
)
def test_mathml_of_any_program(mathml: str, text: str) -> None:
    """What other programs write is read as well, and what is incomplete does no harm."""
    assert " ".join(text_of(etree.fromstring(f"<math>{mathml}</math>")).split()) == text


_TAGS = [
    "mrow",
    "msub",
    "msup",
    "msubsup",
    "mfrac",
    "msqrt",
    "mroot",
    "mover",
    "munder",
    "mtable",
    "mtr",
    "mtd",
]


@given(
    st.recursive(
        st.sampled_from(
            ["<mi>x</mi>", "<mo>+</mo>", "<mo>|</mo>", "<mn>2</mn>", "<mtext>a b</mtext>", "<mo/>"]
        ),
        lambda inner: st.builds(
            lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", st.sampled_from(_TAGS), st.lists(inner)
        ),
    )
)
def test_any_tree_has_a_text_with_all_that_is_in_it(mathml: str) -> None:
    """No tree is refused, and no letter of one is left out."""
    tree = etree.fromstring(f"<math>{mathml}</math>")
    text = text_of(tree)
    assert text.count("x") == mathml.count("<mi>")


@pytest.mark.parametrize("tag", ["mrow", "msup", "msub", "mfrac", "msqrt"])
def test_deep_formulas_take_time_by_their_size(tag: str) -> None:
    """A hundred powers in each other are read as often as one beside another: no step looks at all again."""
    tree = etree.fromstring(f"<math>{f'<{tag}><mi>x</mi>' * 100}<mi>x</mi>{f'</{tag}>' * 100}</math>")
    assert text_of(tree).count("x") == 101
