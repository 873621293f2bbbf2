"""The text of a post, as lists and feeds have it."""

from __future__ import annotations

from docutils import nodes

from postdocs.sphinx_ext.reading.records import text_of


def test_blocks_within_a_text_stand_apart() -> None:
    """The label of a tab runs into nothing; what is marked within a line has no gap."""
    label = nodes.rubric("", "", nodes.Text("Rice "), nodes.emphasis("", "or"), nodes.Text(" corn"))
    line = nodes.paragraph("", "", nodes.strong("", "Boi"), nodes.Text("l."))
    box = nodes.container("", label, nodes.container("", line, nodes.container()))
    assert text_of(box, {}).split() == ["Rice", "or", "corn", "Boil."]
