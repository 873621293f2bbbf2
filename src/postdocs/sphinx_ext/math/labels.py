"""Names of equations that have none: MyST draws lots for them, so that no two builds were the same."""

from __future__ import annotations

import re

from docutils import nodes

from postdocs.sphinx_ext.build import Build

_DRAWN = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def name_equations(build: Build, doctree: nodes.document) -> None:
    """Count equations whose label is a random UUID (RFC 9562); what an author named keeps its name."""
    equations = build.env.domaindata["math"]["objects"]
    blocks = (node for node in doctree.findall(nodes.math_block) if _DRAWN.fullmatch(node.get("label") or ""))
    for number, node in enumerate([*blocks], 1):
        drawn, label = node["label"], f"{build.env.docname}-amsmath-{number}"
        node["label"] = label
        equations[label] = equations.pop(drawn)
        names = {f"equation-{drawn}": f"amsmath-{number}"}
        for holder in doctree.findall(
            lambda candidate: isinstance(candidate, nodes.target | nodes.math_block)
        ):
            if isinstance(holder, nodes.Element):
                holder["ids"] = [names.get(name, name) for name in holder["ids"]]
