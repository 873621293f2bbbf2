"""Searches in doctrees without a generator for each node.

Private: `docutils.nodes.Node._fast_findall`. Why: transforms, collectors and extensions search each document
about two hundred times, and each search makes as many generators as there are nodes, all of which pass on
what the innermost yields. No public way makes `findall` search otherwise. Seen with docutils 0.22.
`tests/sphinx_ext/compat/test_node_search.py` fails when it is gone, and compares what both find.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from docutils import nodes

_NODE: Any = nodes.Node  # stubs name no private parts
_ORIGINAL = _NODE._fast_findall  # noqa: SLF001 - see above


def search(node: nodes.Node, kind: type) -> Iterator[nodes.Node]:
    """Yield a node and those in it that are of a class, in their order, as `Node._fast_findall` does."""
    if isinstance(node, kind):
        yield node
    children = iter(node.children)
    outer: list[Iterator[nodes.Node]] = []
    while True:
        for child in children:
            if isinstance(child, kind):
                yield child
            if child.children:
                outer.append(children)
                children = iter(child.children)
                break
        else:
            if not outer:
                return
            children = outer.pop()


@contextmanager
def flat_search() -> Iterator[None]:
    """Search so for as long as the context lasts."""
    _NODE._fast_findall = search  # noqa: SLF001 - see above
    try:
        yield
    finally:
        _NODE._fast_findall = _ORIGINAL  # noqa: SLF001 - see above
