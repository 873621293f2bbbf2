"""Names of equations in AMS environments: MyST draws lots for them, so that no two builds were the same."""

from __future__ import annotations

import re

from docutils import nodes

from postdocs.sphinx_ext.build import Build

_DRAWN = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


_LABEL = re.compile(r"\\label\s*\{([^{}]+)\}")


def name_equations(build: Build, doctree: nodes.document) -> None:
    r"""Name equations whose label is a random UUID (RFC 9562): by their `\label`, or by counting them."""
    equations = build.env.domaindata["math"]["objects"]
    blocks = (node for node in doctree.findall(nodes.math_block) if _DRAWN.fullmatch(node.get("label") or ""))
    for number, node in enumerate([*blocks], 1):
        drawn, label = node["label"], f"{build.env.docname}-amsmath-{number}"
        node_id = f"amsmath-{number}"
        own = _LABEL.search(node.astext())
        if own and own[1].strip() not in equations:
            label = own[1].strip()
            node_id = nodes.make_id(f"equation-{label}")
        node["label"] = label
        equations[label] = equations.pop(drawn)
        names = {f"equation-{drawn}": node_id}
        for holder in doctree.findall(
            lambda candidate: isinstance(candidate, nodes.target | nodes.math_block)
        ):
            if isinstance(holder, nodes.Element):
                holder["ids"] = [names.get(name, name) for name in holder["ids"]]
