"""Notebooks that stay notebooks: nbformat 4.5, https://nbformat.readthedocs.io/en/latest/format_description.html."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

SUFFIX: Final = ".ipynb"
_WORD = re.compile(r"^postdocs[0-9a-f]{12}cell\d+end$", re.MULTILINE)


@dataclass(frozen=True)
class KeptNotebook:
    """A notebook that waits for its text.

    cells: each by the word that is a paragraph in the content of its entry where the cell begins, in their
    order. Those of Markdown have no text, which is what follows there. metadata: of the whole.
    """

    cells: Mapping[str, Mapping[str, Any]]
    metadata: Mapping[str, Any]

    def parts(self, text: str) -> list[str] | None:
        """Return what is before the first cell in a text, and after each; None where one has no place."""
        words = [match for match in _WORD.finditer(text) if match[0] in self.cells]
        if [match[0] for match in words] != [*self.cells]:
            return None
        ends = [match.start() for match in words] + [len(text)]
        starts = [0] + [match.end() for match in words]
        return [text[start:end] for start, end in zip(starts, ends, strict=True)]

    def without_places(self, text: str) -> list[str]:
        """Return all of a text before the first cell, as `parts` would."""
        return [_WORD.sub("", text), *("" for _ in self.cells)]

    def file(self, front: str, parts: list[str]) -> str:
        """Return the file of the notebook. front: its front matter. parts: as `parts` returns them."""
        cells = [{"cell_type": "raw", "metadata": {}, "source": lines_of(front.strip("\n"))}]
        for cell, text in zip([None, *self.cells.values()], parts, strict=True):
            cells += _with_text(cell, text.strip("\n"))
        numbered = [{**cell, "id": f"cell-{number}"} for number, cell in enumerate(cells, 1)]
        content = {"cells": numbered, "metadata": self.metadata, "nbformat": 4, "nbformat_minor": 5}
        return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _with_text(cell: Mapping[str, Any] | None, text: str) -> Iterator[dict[str, Any]]:
    """Yield a cell, and the text that follows it."""
    if cell is not None and cell["cell_type"] == "code":
        yield {**cell}
    if text.strip():
        yield {"cell_type": "markdown", "metadata": {}, "source": lines_of(text)}


def word_of(key: str, number: int) -> str:
    """Return the word that stands for a cell. key: 12 hexadecimal digits that only this notebook has."""
    return f"postdocs{key}cell{number}end"


def lines_of(text: str) -> list[str]:
    """Return a text as notebooks have it: its lines, with their ends."""
    return text.splitlines(keepends=True)
