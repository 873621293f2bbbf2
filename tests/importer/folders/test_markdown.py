"""Markdown as the generators of blogs render it."""

from __future__ import annotations

import pytest
from helpers import assert_linear

from postdocs.importer.folders.markdown import Dialect, render, without_escapes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"$x\_1 = \\{1\\}$", r"$x_1 = \{1\}$"),
        ("$$\na &= b \\\\\\\\\nc\n$$", "$$\na &= b \\\\\nc\n$$"),
        (r"$P\\\{X=x_k\\\}=p_k$", r"$P\{X=x_k\}=p_k$"),
        (r"$$a \\ b$$", r"$$a \\ b$$"),
        (r"$\text{a}_1$ costs $5 or $6\_", r"$\text{a}_1$ costs $5 or $6\_"),
        (r"`$a\_b$`", r"`$a\_b$`"),
        ("```\n$a\\_b$\n```", "```\n$a\\_b$\n```"),
        (r"a\_b and \$c\_d$", r"a\_b and \$c\_d$"),
    ],
)
def test_escapes_that_authors_doubled_are_taken_out_of_formulas(text: str, expected: str) -> None:
    """Those of formulas that a parser would leave broken stay, and so does all else."""
    assert without_escapes(text) == expected


def test_formulas_between_two_dollars_may_be_left_alone() -> None:
    """Kramdown reads them itself."""
    assert without_escapes(r"$a\_b$ $$a\_b$$", doubles=False) == r"$a_b$ $$a\_b$$"


def test_signs_that_are_kept_from_markdown_are_signs() -> None:
    """A bar would begin a table, brackets a link; what else has a backslash is a command of TeX."""
    text = r"$p(a \| X)$ $y^\*$ $\{a\}$ $$\|x\|$$ $\\|x\\|$ $a \\ \text{b\|c}$ $f\(a\[0\]\) \\[2pt] b$"
    expected = r"$p(a | X)$ $y^*$ $\{a\}$ $$\|x\|$$ $\|x\|$ $a \\ \text{b\|c}$ $f(a[0]) \\[2pt] b$"
    assert without_escapes(text, doubles=False) == expected


@pytest.mark.parametrize("part", ["$", "$$", "$a\\\\\\\\ ", "\\", "$a$"])
def test_formulas_are_found_in_linear_time(part: str) -> None:
    """However many dollars and backslashes there are."""
    assert_linear(lambda size: without_escapes(part * size), 8000)


def test_the_end_of_a_line_may_be_a_break() -> None:
    """As a dialect has it."""
    assert render("a\nb", Dialect(breaks=True), {}) == "<p>a<br />\nb</p>\n"
    assert render("a\nb", Dialect(), {}) == "<p>a\nb</p>\n"
