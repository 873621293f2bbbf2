"""Notebooks (nbformat 4) as posts: front matter in their metadata, or at the top of the first cell."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from postdocs.core.errors import PostdocsError
from postdocs.core.markdown_source import split

# What programs keep in the metadata of a notebook for themselves.
_PROGRAMS = frozenset({
    "accelerator", "celltoolbar", "colab", "interpreter", "jupytext", "kernelspec", "language_info", "mystnb",
    "orig_nbformat", "source_map", "toc", "varInspector", "vscode", "widgets",
})  # fmt: skip
_SCHEMA_WITH_IDS = (4, 5)


class LayoutError(ValueError):
    """A notebook is not laid out as Jupyter writes it, so that a key can't be added and all else stay."""


def as_markdown(text: str, path: str | Path) -> str:
    """Return front matter and text of a notebook as a file in Markdown has them; code is left out.

    path: how messages name the file.

    Raises
    ------
    PostdocsError
        It is no notebook.

    """
    notebook = _load(text, path)
    metadata = {key: value for key, value in _metadata(notebook).items() if key not in _PROGRAMS}
    sources = [_source(cell) for cell in _cells(notebook) if cell.get("cell_type") in {"markdown", "raw"}]
    front, first = _parted(notebook)
    if first is not None:
        sources[0] = first
    lines = front.split("\n") if front else []
    keys = {line.partition(":")[0].strip() for line in lines}
    rest = {key: value for key, value in metadata.items() if key not in keys}
    written = yaml.safe_dump(rest, allow_unicode=True, sort_keys=False) if rest else ""
    return "---\n" + "".join(f"{line}\n" for line in lines) + written + "---\n" + "\n\n".join(sources)


def typed(text: str, path: str | Path, extra: Mapping[str, Any], heading: str) -> str:
    """Return a notebook without the front matter of a post.

    extra: the keys that are left to Sphinx. heading: a title in Markdown that its text lacks, or "".
    """
    notebook = _load(text, path)
    metadata = {key: value for key, value in _metadata(notebook).items() if key in _PROGRAMS}
    cells = _cells(notebook)
    _, first = _parted(notebook)
    if first is not None:
        cells[0] = {**cells[0], "cell_type": "markdown", "source": first}
    if heading:
        has_ids = (notebook.get("nbformat"), notebook.get("nbformat_minor", 0)) >= _SCHEMA_WITH_IDS
        title = {"cell_type": "markdown", "metadata": {}, "source": heading}
        cells.insert(0, {**title, "id": "postdocs-title"} if has_ids else title)
    return json.dumps({**notebook, "metadata": {**metadata, **extra}, "cells": cells}, default=str)


def with_keys(text: str, values: Mapping[str, Any], path: str | Path) -> str:
    """Return a notebook with other values in its metadata; nothing else of its text changes.

    Raises
    ------
    LayoutError
        It is not laid out as Jupyter writes notebooks.

    """
    notebook = _load(text, path)
    end = "\n" if text.endswith("\n") else ""
    if json.dumps(notebook, indent=1, ensure_ascii=False) + end != text:
        raise LayoutError("it is not written as Jupyter writes notebooks")
    metadata = {**_metadata(notebook), **values}
    return json.dumps({**notebook, "metadata": metadata}, indent=1, ensure_ascii=False) + end


@dataclass(frozen=True)
class Cell:
    """A cell in Markdown. line: of the file, from 1. is_listed: whether its lines are lines of the file."""

    line: int
    is_listed: bool
    text: str

    def line_of(self, number: int) -> int:
        """Return the line of the file that has a line of the cell, from 1."""
        return self.line + number - 1 if self.is_listed else self.line


def markdown_cells(text: str, path: str | Path) -> list[Cell]:
    """Return the cells in Markdown, with their lines in the file.

    Raises
    ------
    PostdocsError
        It is no notebook.

    """
    lines = text.split("\n")
    cells, start = [], 0
    for cell in _cells(_load(text, path)):
        source = _source(cell)
        blank = len(source) - len(source.lstrip("\n"))
        first = next(iter(source.lstrip("\n").splitlines()), "")
        written = [json.dumps(first, ensure_ascii=is_ascii)[1:-1] for is_ascii in (False, True)]
        here = range(start, len(lines)) if first else ()
        start = next((number for number in here if any(each in lines[number] for each in written)), start)
        is_listed = isinstance(cell.get("source"), list) and "\n" in text.strip()
        if cell.get("cell_type") == "markdown":
            cells.append(Cell(start + 1 - (blank if is_listed else 0), is_listed, source))
    return cells


def _load(text: str, path: str | Path) -> dict[str, Any]:
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError):
        notebook = None
    if not isinstance(notebook, dict) or not isinstance(notebook.get("nbformat"), int):
        raise PostdocsError(path, 1, "this is not a notebook", "save it with Jupyter")
    return notebook


def _metadata(notebook: Mapping[str, Any]) -> dict[str, Any]:
    metadata = notebook.get("metadata")
    return metadata if isinstance(metadata, dict) else {}


def _cells(notebook: Mapping[str, Any]) -> list[dict[str, Any]]:
    cells = notebook.get("cells")
    return [cell for cell in cells if isinstance(cell, dict)] if isinstance(cells, list) else []


def _source(cell: Mapping[str, Any]) -> str:
    source = cell.get("source", "")
    return "".join(map(str, source)) if isinstance(source, list) else str(source)


def _parted(notebook: Mapping[str, Any]) -> tuple[str, str | None]:
    """Return the YAML that begins the first cell, and what follows it there; None where it has none."""
    first = next(iter(_cells(notebook)), {})
    if first.get("cell_type") not in {"markdown", "raw"}:
        return "", None
    parts = split(_source(first))
    return (parts.yaml, parts.body) if parts.yaml_lines is not None else ("", None)
