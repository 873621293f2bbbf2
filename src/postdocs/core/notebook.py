"""Notebooks (nbformat 4) as posts: front matter in their metadata, or at the top of the first cell."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
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
_MAP = "source_map"  # the lines of a file in which cells begin, as MyST-NB counts them
_ABOVE = 2  # what MyST-NB adds to such a line


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
    The metadata say where cells are in the file, so that messages of MyST-NB name its lines.
    """
    notebook = _load(text, path)
    places = [place for _, place in _placed(notebook, text)]
    starts = [place.line - _ABOVE for place in places]
    metadata = {key: value for key, value in _metadata(notebook).items() if key in _PROGRAMS}
    cells = _cells(notebook)
    _, first = _parted(notebook)
    if first is not None:
        starts[0] += places[0].text.count("\n") - first.count("\n")
        cells[0] = {**cells[0], "cell_type": "markdown", "source": first}
    if heading:
        starts.insert(0, 0)
        has_ids = (notebook.get("nbformat"), notebook.get("nbformat_minor", 0)) >= _SCHEMA_WITH_IDS
        title = {"cell_type": "markdown", "metadata": {}, "source": heading}
        cells.insert(0, {**title, "id": "postdocs-title"} if has_ids else title)
    metadata.pop(_MAP, None)
    if all(place.is_listed for place in places):
        metadata[_MAP] = starts
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
    """A cell. line: of the file, from 1. is_listed: whether its lines are lines of the file."""

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
    placed = _placed(_load(text, path), text)
    return [place for cell, place in placed if cell.get("cell_type") == "markdown"]


def _placed(notebook: Mapping[str, Any], text: str) -> Iterator[tuple[dict[str, Any], Cell]]:
    """Yield each cell of a notebook, and where it is in the text of its file.

    Jupyter writes each line of a source on a line of its own, below that with the key. Where a source isn't
    found, none of those after it is looked for.
    """
    lines = [line.strip().removesuffix(",") for line in text.split("\n")]
    keys = iter([at for at, line in enumerate(lines) if line.startswith('"source":')])
    start = 0
    for cell in _cells(notebook):
        source = cell.get("source")
        items = source if isinstance(source, list) else []
        found = next((at for at in keys if _is_at(lines, at, source, items)), None)
        start = start if found is None else found + bool(items)
        yield cell, Cell(start + 1, found is not None and isinstance(source, list), _source(cell))


def _is_at(lines: list[str], at: int, source: object, items: list[object]) -> bool:
    """Tell whether a line has the key of a source: all of it or, where it has items, with those below."""
    if not items:
        return _read(f"{{{lines[at]}}}") == {"source": source}
    inner = lines[at + 1 : at + 1 + len(items)]
    return lines[at] == '"source": [' and len(inner) == len(items) and all(map(_is, inner, items))


def _is(line: str, item: object) -> bool:
    return _read(line) == item


def _read(line: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


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
