"""Searches in doctrees: that docutils still makes a generator for each node, and that ours finds the same."""

from __future__ import annotations

import inspect
from typing import Any

from docutils import nodes
from hypothesis import given
from hypothesis import strategies as st

from postdocs.sphinx_ext.compat import node_search

NODE: Any = nodes.Node  # stubs name no private parts
KINDS = (nodes.Node, nodes.Element, nodes.Text, nodes.paragraph, nodes.emphasis, nodes.Inline)
TREES = st.recursive(
    st.builds(nodes.Text, st.text(max_size=2)),
    lambda below: st.builds(
        lambda kind, children: kind("", *children),
        st.sampled_from([nodes.paragraph, nodes.emphasis, nodes.section]),
        st.lists(below, max_size=4),
    ),
    max_leaves=20,
)


def test_docutils_still_makes_a_generator_for_each_node() -> None:
    """When it no longer does, the patch can go."""
    assert "yield from child._fast_findall(cls)" in inspect.getsource(NODE._fast_findall)  # noqa: SLF001 - what is replaced
    assert "self._fast_findall(condition)" in inspect.getsource(nodes.Node.findall)


@given(TREES, st.sampled_from(KINDS))
def test_it_finds_the_same_nodes_in_the_same_order(tree: nodes.Node, kind: type) -> None:
    """Whatever is in a tree, and whatever is looked for."""
    found = [*map(id, tree.findall(kind))]
    with node_search.flat_search():
        assert [*map(id, tree.findall(kind))] == found


@given(TREES)
def test_a_node_may_change_while_it_is_looked_at(tree: nodes.Node) -> None:
    """Transforms empty, and add to, the node that they have got."""

    def visited(tree: nodes.Node) -> list[str]:
        names = []
        for node in tree.findall(nodes.Element):
            names.append(node.tagname)
            if isinstance(node, nodes.emphasis) and len(names) < 50:
                node.children = [nodes.strong("", nodes.Text("x"))]
        return names

    other = tree.deepcopy()
    with node_search.flat_search():
        found = visited(other)
    assert found == visited(tree)


def test_docutils_searches_as_before_afterwards() -> None:
    """Also where one build is within another, whichever ends last."""
    before = NODE._fast_findall  # noqa: SLF001 - what is replaced
    outer, inner = node_search.flat_search(), node_search.flat_search()
    outer.__enter__()
    inner.__enter__()
    outer.__exit__(None, None, None)
    inner.__exit__(None, None, None)
    assert NODE._fast_findall is before  # noqa: SLF001 - what is replaced
