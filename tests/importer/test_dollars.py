"""Formulas between dollars in Markdown."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from postdocs.importer.dollars import use_dollars


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("$$a$$", ["a"]),
        ("$$a$$ and $$b$$", ["a", "b"]),
        ("$$a$$是$$b$$。", ["a", "b"]),
        ("$$\na\n$$ and $$\nb\n$$", ["a", "b"]),
        ("- $$a$$ or $$b$$", ["a", "b"]),
        ("Text:\n$$a$$, $$b$$", ["a", "b"]),
        ("$$a = 1$$ (one)", ["a = 1"]),
        ("$$\na\n\nb\n$$", ["a\n\nb"]),
        ("$5 and $6", []),
    ],
)
def test_each_formula_of_a_line_is_one(text: str, formulas: list[str]) -> None:
    """Two that begin and end a line are not one with dollars in it."""
    markdown = MarkdownIt("commonmark")
    use_dollars(markdown)
    tokens = [token for block in markdown.parse(text) for token in (block, *(block.children or ()))]
    assert [token.content.strip() for token in tokens if token.type.startswith("math")] == formulas
