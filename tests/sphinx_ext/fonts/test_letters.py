"""Which letters formulas are set in."""

from __future__ import annotations

import pytest

from postdocs.sphinx_ext.fonts.letters import letters_in


@pytest.mark.parametrize(
    ("body", "letters"),
    [
        ("<p>x + y</p>", ""),
        ("<math><mi>x</mi><mo>=</mo><mn>1</mn></math> z", "1=𝑥"),
        ("<math><mi>h</mi><mi>Γ</mi><mi>∂</mi><mi>ı</mi></math>", "ℎ𝚤𝛤𝜕"),
        ("<math><mi>ε</mi><mi>θ</mi><mi>κ</mi><mi>π</mi><mi>ρ</mi><mi>φ</mi></math>", "𝜀𝜃𝜅𝜋𝜌𝜑"),
        ("<math><mi>ϵ</mi><mi>ϑ</mi><mi>ϰ</mi><mi>ϖ</mi><mi>ϱ</mi><mi>ϕ</mi></math>", "𝜖𝜗𝜘𝜙𝜚𝜛"),
        ('<math><mi mathvariant="normal">d</mi><mi>sin</mi><mi>ℝ</mi></math>', "dinsℝ"),
        ("<math display='block'><mo>-</mo><mo>&lt;</mo></math>", "-<−"),
        ("<math><msqrt><mn>2</mn></msqrt></math>", "2√"),
        ("<math><mtext>if so</mtext></math>", " fios"),
        ("<math><!-- a comment --><mi>x</mi><mo></math>", "𝑥"),
        ("<math>\n<mroot>\n<mi> a </mi><mn>3</mn></mroot></math><math><mi>b</mi></math>", "3√𝑎𝑏"),
    ],
)
def test_letters_of_formulas(body: str, letters: str) -> None:
    """They are those of the formulas alone, as browsers set them: a letter by itself in italics."""
    assert letters_in(body) == letters
