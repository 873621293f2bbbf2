"""Invented notebooks."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any


def notebook(*cells: Mapping[str, Any], **metadata: object) -> bytes:
    """Return the file of a notebook with these cells."""
    content = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(content).encode()


def prose(source: str | Sequence[str], kind: str = "markdown", **more: object) -> dict[str, Any]:
    """Return a cell of Markdown, or of raw text."""
    return {"cell_type": kind, "metadata": {}, "source": source, **more}


def code(source: str, *outputs: Mapping[str, Any], **metadata: object) -> dict[str, Any]:
    """Return a cell of code."""
    return {"cell_type": "code", "metadata": metadata, "source": source, "outputs": [*outputs]}


def stream(text: str | list[str], name: str = "stdout") -> dict[str, Any]:
    """Return what a cell prints."""
    return {"output_type": "stream", "name": name, "text": text}


def shown(data: Mapping[str, object], **metadata: object) -> dict[str, Any]:
    """Return an output in several forms, by their MIME type."""
    return {"output_type": "display_data", "data": data, "metadata": metadata}
