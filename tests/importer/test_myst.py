"""What the writer makes of trees."""

from __future__ import annotations

from pathlib import Path

import pytest

from postdocs.importer.ast import nodes
from postdocs.importer.myst.write import write

_LINES = (Path(__file__).parents[1] / "data/myst/sentences.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", _LINES)
def test_prose_has_no_needless_escape(line: str) -> None:
    """Text is escaped where it would be syntax, and nowhere else."""
    expected, _, text = line.partition(" => ")
    assert write(nodes.Document((nodes.Paragraph((nodes.Text(text or expected),)),))) == f"{expected}\n"


def test_emphasis_beside_a_letter_keeps() -> None:
    """Emphasis that ends in punctuation is a tag before a letter, which stays a letter."""
    bold = nodes.Span("strong", (nodes.Text("Note:"),))
    text = write(nodes.Document((nodes.Paragraph((bold, nodes.Text("read"))),)))
    assert text == "<strong>Note:</strong>read\n"


def test_adjacent_emphasis_uses_the_other_mark() -> None:
    """Two emphases side by side have different marks."""
    spans = tuple(nodes.Span("em", (nodes.Text(text),)) for text in "ab")
    assert write(nodes.Document((nodes.Paragraph(spans),))) == "_a_*b*\n"
