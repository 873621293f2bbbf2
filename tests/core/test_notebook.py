"""Notebooks, read as posts in Markdown are."""

from __future__ import annotations

import json
from typing import Any

import pytest

from postdocs.core.errors import PostdocsError
from postdocs.core.markdown_source import read_yaml, split
from postdocs.core.notebook import as_markdown, typed

FRONT = ["---\n", "date: 2024-04-01\n", "tags: [tea, green tea]\n", "---\n", "Steep *it*."]


def notebook(*cells: tuple[str, Any], minor: int = 5, **metadata: Any) -> str:
    """Return a notebook with cells of a type and a source."""
    written = [{"cell_type": kind, "metadata": {}, "source": source} for kind, source in cells]
    kernel = {"kernelspec": {"name": "python3"}}
    data = {"nbformat": 4, "nbformat_minor": minor, "metadata": {**kernel, **metadata}, "cells": written}
    return json.dumps(data)


def keys(text: str) -> dict[str, object]:
    """Return the front matter of what is read of a notebook."""
    yaml = split(as_markdown(text, "n.ipynb")).yaml
    return {str(item.key): item.value for item in read_yaml(yaml, "n.ipynb")}


def test_front_matter_is_that_of_the_notebook_and_of_its_first_cell() -> None:
    """Lists stay lists; the cell goes first, and what programs note for themselves is none of it."""
    text = notebook(("markdown", FRONT), ("code", "x = 1"), tags=["lost"], summary="Of tea.", colab={"a": 1})
    assert {**keys(text), "date": ""} == {"date": "", "tags": ["tea", "green tea"], "summary": "Of tea."}
    assert split(as_markdown(text, "n.ipynb")).body == "Steep *it*."


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_the_first_cell_is_without_its_front_matter(kind: str) -> None:
    """MyST-NB gets no key of a post, but those that are Sphinx's, and a title where it needs one."""
    text = notebook((kind, "".join(FRONT)), ("code", "x = 1"), summary="Of tea.")
    result = json.loads(typed(text, "n.ipynb", {"orphan": True}, "# Tea"))
    assert [cell["source"] for cell in result["cells"]] == ["# Tea", "Steep *it*.", "x = 1"]
    assert result["metadata"] == {"kernelspec": {"name": "python3"}, "orphan": True}
    assert "id" in result["cells"][0]
    older = json.loads(typed(notebook(("code", "x"), minor=4), "n.ipynb", {}, "# Tea"))
    assert "id" not in older["cells"][0]


def test_a_notebook_may_have_no_cells() -> None:
    """Its metadata are read all the same; lines of dashes in code begin nothing."""
    assert keys(notebook(date="2024-04-01"))["date"] is not None
    assert keys(notebook(("code", "---\ndate: 2024-04-01\n---"))) == {}


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"nbformat": "4"}', "[" * 100_000])
def test_what_is_no_notebook_is_refused(text: str) -> None:
    """The message says what to do."""
    with pytest.raises(PostdocsError, match="not a notebook"):
        as_markdown(text, "n.ipynb")
