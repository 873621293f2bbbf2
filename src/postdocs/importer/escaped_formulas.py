r"""Formulas with escapes of Markdown, such as `\left\\{` and `y^\*`, and dollars without one, as in `\($5\)`.

Authors write escapes where Markdown takes them out before a script sets the formula. So did the old page; the
new one reads formulas as they are. To MathJax a dollar in a formula is a sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from postdocs.core.markdown_source import ESCAPE, WORDS_IN_FORMULA
from postdocs.importer.ast import nodes
from postdocs.importer.ast.visit import transform, walk
from postdocs.importer.buildable import FormulaCheck
from postdocs.importer.entry import Note, NoteKind

_Formula = TypeVar("_Formula", nodes.Math, nodes.MathBlock)
_NO_COMMAND = re.compile(r"\\([*.<?@^~])")  # escapes that are no command of TeX, beside commands
# An underscore before braces or a command begins an index; as a sign it is part of a name, which is text.
_INDEX = re.compile(r"\\_\s*(?:\{|\\[A-Za-z])")
_NAME_OR_SIGN = re.compile(
    rf"({WORDS_IN_FORMULA}|\\(?:math(?:rm|tt|sf)|operatorname\*?)\s*\{{[^{{}}]*\}})|\\_"
)
_WHAT = "escapes of Markdown in a formula that can't be read with them, taken out"
_DOLLAR = re.compile(rf"({WORDS_IN_FORMULA}|\\.)|\$", re.DOTALL)
_WHAT_OF_DOLLARS = "dollar signs in a formula, escaped"
_WHAT_OF_INDICES = "escapes of Markdown before an index, taken out"


def without_escapes(document: nodes.Document, check: FormulaCheck) -> tuple[nodes.Document, list[Note]]:
    """Take the escapes out of each formula that can be read only without them; return what was done too.

    Where one of them is before an index of several signs, they are before all indices of the document.
    """
    formulas = [node for node in walk(document) if isinstance(node, nodes.Math | nodes.MathBlock)]
    if not any(ESCAPE.search(node.tex) or "$" in node.tex for node in formulas):
        return document, []
    given = [(node.tex, isinstance(node, nodes.MathBlock)) for node in formulas]
    mended: dict[str, str] = {}
    notes: list[Note] = []
    for place, ((tex, display), wrong) in enumerate(zip(given, check(given), strict=True)):
        for candidate, what in _others(tex) if wrong and tex not in mended else ():
            if not check([*given[:place], (candidate, display)])[-1]:  # macros are those of what is before
                mended[tex] = candidate
                notes.append(Note(NoteKind.NOTICED, what, tex))
                break
    indices: dict[str, str] = {}
    if any(_INDEX.search(tex) for tex, _ in given):
        plainer = {tex: _NAME_OR_SIGN.sub(lambda found: found[1] or "_", tex) for tex, _ in given}
        indices = {tex: plain for tex, plain in plainer.items() if plain != tex and tex not in mended}
        still_wrong = check([(indices.get(tex, mended.get(tex, tex)), display) for tex, display in given])
        for (tex, _), wrong in zip(given, still_wrong, strict=True):
            if wrong:
                indices.pop(tex, None)

    changed = mended | indices

    def plain(node: _Formula) -> _Formula:
        return replace(node, tex=changed[node.tex]) if node.tex in changed else node

    notes += [Note(NoteKind.NOTICED, _WHAT_OF_INDICES, tex) for tex in indices]
    return transform(document, {nodes.Math: plain, nodes.MathBlock: plain}) if changed else document, notes


def _others(tex: str) -> Iterator[tuple[str, str]]:
    """Yield what a formula may mean that can't be read, and what is done to it."""
    for escape in (ESCAPE, _NO_COMMAND):
        if (plain := escape.sub(r"\1", tex)) != tex:
            yield plain, _WHAT
    if (escaped := _DOLLAR.sub(lambda found: found[1] or r"\$", tex)) != tex:
        yield escaped, _WHAT_OF_DOLLARS
