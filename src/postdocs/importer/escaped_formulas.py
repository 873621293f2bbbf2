r"""Formulas with the escapes of Markdown, such as `\left\\{` and `y^\*`.

Authors write them where Markdown takes the escapes out before a script sets the formula. So did the old page;
the new one reads formulas as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from postdocs.core.markdown_source import ESCAPE
from postdocs.importer.ast import nodes
from postdocs.importer.ast.visit import transform, walk
from postdocs.importer.buildable import FormulaCheck
from postdocs.importer.entry import Note, NoteKind

_Formula = TypeVar("_Formula", nodes.Math, nodes.MathBlock)
_NO_COMMAND = re.compile(r"\\([*.<?@^~])")  # escapes that are no command of TeX, beside commands
_WHAT = "escapes of Markdown in a formula that can't be read with them, taken out"


def without_escapes(document: nodes.Document, check: FormulaCheck) -> tuple[nodes.Document, list[Note]]:
    """Take the escapes out of each formula that can be read only without them; return what was done too."""
    formulas = [node for node in walk(document) if isinstance(node, nodes.Math | nodes.MathBlock)]
    if not any(ESCAPE.search(node.tex) for node in formulas):
        return document, []
    given = [(node.tex, isinstance(node, nodes.MathBlock)) for node in formulas]
    mended: dict[str, str] = {}
    for place, ((tex, display), wrong) in enumerate(zip(given, check(given), strict=True)):
        for candidate in _plainer(tex) if wrong else ():
            if not check([*given[:place], (candidate, display)])[-1]:  # macros are those of what is before
                mended[tex] = candidate
                break

    def plain(node: _Formula) -> _Formula:
        return replace(node, tex=mended[node.tex]) if node.tex in mended else node

    changed = transform(document, {nodes.Math: plain, nodes.MathBlock: plain}) if mended else document
    return changed, [Note(NoteKind.NOTICED, _WHAT, tex) for tex in mended]


def _plainer(tex: str) -> Iterator[str]:
    for escape in (ESCAPE, _NO_COMMAND):
        if (plain := escape.sub(r"\1", tex)) != tex:
            yield plain
