"""The author's own formulas, and what of them stays."""

from __future__ import annotations

import pytest

from importer.proofs import proof
from postdocs.importer.own_text import split


@pytest.mark.parametrize(
    ("markdown", "blocks"),
    [
        ("So _it_\n$$ x $$\n  $$\n  y\n  $$\n_is_.", ["So _it_", "$$ x $$", "  $$\n  y\n  $$", "_is_."]),
        (
            "So\n\\begin{align}\na &= b\n\\end{align}\nis.",
            ["So", "$$\n\\begin{align}\na &= b\n\\end{align}\n$$", "is."],
        ),
        ("So $$ x $$\nis.", ["So $$ x $$\nis."]),
        ("So\n$$ x $$ is.", ["So\n$$ x $$ is."]),
        ("So\n$x$\nis.", ["So\n$x$\nis."]),
        ("- So\n  $$ x $$", ["- So\n  $$ x $$"]),
        ("So\n$$ x\nis.", ["So\n$$ x\nis."]),
    ],
)
def test_formulas_on_lines_of_their_own_are_blocks(markdown: str, blocks: list[str]) -> None:
    """Pages show them so, and a paragraph around one stays its author's."""
    assert [block.text for block in split(markdown).blocks] == blocks


def test_a_paragraph_around_a_formula_stays_to_the_letter() -> None:
    """Before it and behind it."""
    html = r"<p>So _ <em>it</em></p><p>\[x\]</p><p><em>is</em></p>"
    proved = proof(html, "So _ _it_\n$$\nx\n$$\n_is_")
    assert proved.text == "So _ _it_\n\n$$\nx\n$$\n\n_is_\n"
    assert (proved.blocks, proved.own) == (3, 3)
