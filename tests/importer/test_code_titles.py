"""Titles of code that a page shows as text."""

from __future__ import annotations

import pytest

from importer.proofs import proof

MARKDOWN = "```{code-block} js\n:caption: a_b.js\n:emphasize-lines: 1\n\nx\ny\n```"
CODE = '<pre><code class="language-js">x\ny\n</code></pre>'


@pytest.mark.parametrize(
    "title",
    [
        '<div class="gatsby-code-title">a_b.js</div>',
        "<p><strong>a_b.js</strong></p>",
        '<div class="t"><span class="title"> a_b.js </span></div>',
    ],
)
def test_the_title_that_a_page_shows_above_code_is_its_caption(title: str) -> None:
    """Whatever element the theme has for it, so that the author's text stays."""
    result = proof(f"<p>a</p><div>{title}{CODE}</div>", f"a\n\n{MARKDOWN}")
    assert result.text == f"a\n\n{MARKDOWN}\n"
    assert not result.notes


@pytest.mark.parametrize(
    "page",
    [
        f"<p>Other.</p>{CODE}",
        f"<p>a_b.js</p><p>and</p>{CODE}",
        f'<p><a href="https://b.example/">a_b.js</a></p>{CODE}',
    ],
)
def test_other_text_above_code_is_none(page: str) -> None:
    """It is a paragraph, as on the page; no word goes."""
    result = proof(page, MARKDOWN)
    assert ":caption:" not in result.text
    assert not result.notes
