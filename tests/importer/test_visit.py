"""Trees are gone through in the order of the text, and change only where something changes."""

from __future__ import annotations

from dataclasses import replace

from postdocs.importer.ast import nodes
from postdocs.importer.ast.visit import transform, walk

_TREE = nodes.Document(
    (
        nodes.Paragraph((nodes.Text("one"), nodes.Span("em", (nodes.Text("two"),)))),
        nodes.Table(((nodes.Text("three"),),), (((nodes.Text("four"),),),), ("left",)),
    ),
    (nodes.Footnote("a", (nodes.Paragraph((nodes.Text("five"),)),)),),
)


def test_nodes_come_in_the_order_of_the_text() -> None:
    """Nodes in tuples of tuples, and in footnotes, are gone through as they stand; columns are none."""
    texts = [node.text for node in walk(_TREE) if isinstance(node, nodes.Text)]
    assert texts == ["one", "two", "three", "four", "five"]
    assert not any(isinstance(node, str) for node in walk(_TREE))


def test_only_what_changes_is_new() -> None:
    """A change makes new nodes from the root to it; the others stay the same objects."""

    def louder(text: nodes.Text) -> nodes.Text:
        return replace(text, text=text.text.upper()) if text.text == "two" else text

    result = transform(_TREE, {nodes.Text: louder})
    assert [node.text for node in walk(result) if isinstance(node, nodes.Text)][1] == "TWO"
    assert result.blocks[1] is _TREE.blocks[1]
    assert result.footnotes is _TREE.footnotes
    assert transform(_TREE, {nodes.Image: louder}) is _TREE
