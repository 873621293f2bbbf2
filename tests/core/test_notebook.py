"""Notebooks, read as posts in Markdown are."""

from __future__ import annotations

import json
from typing import Any

import pytest
from helpers import assert_linear

from postdocs.core.errors import PostdocsError
from postdocs.core.markdown_source import read_yaml, split
from postdocs.core.notebook import as_markdown, markdown_cells, typed

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


def test_cells_know_their_lines() -> None:
    """The lines of a source stand below its key; the same words in an output or in another cell are none."""
    code = {"cell_type": "code", "outputs": [{"text": ["x\n", "é"]}], "source": ["x\n", "y"]}
    empty = {"cell_type": "markdown", "source": []}
    cells = [{"cell_type": "raw", "source": FRONT}, code, empty, {**empty, "source": ["x\n", "é"]}]
    data = {"cells": cells, "metadata": {"source_map": ["7"]}, "nbformat": 4, "nbformat_minor": 4}
    for text in (json.dumps(data, indent=1, ensure_ascii=is_ascii) for is_ascii in (True, False)):
        lines = [line.strip().rstrip(",") for line in text.split("\n")]
        last = markdown_cells(text, "n.ipynb")[-1]
        assert [json.loads(lines[last.line_of(number) - 1]) for number in (1, 2)] == ["x\n", "é"]
        title, *starts = json.loads(typed(text, "n.ipynb", {}, "# Tea"))["metadata"]["source_map"]
        assert title == 0
        first, second, _, fourth = (lines[start + 1 : start + 3] for start in starts)  # MyST-NB adds 2
        assert first[0] == '"Steep *it*."'
        assert second == [r'"x\n"', '"y"']
        assert fourth == lines[last.line - 1 : last.line + 1]


def test_lines_that_jupyter_did_not_write_are_not_told() -> None:
    """MyST-NB counts cells then; what a notebook says itself of its lines is nothing to go by."""
    text = notebook(("markdown", ["Tea"]), ("code", "x"), source_map=[1, "x"])
    assert "source_map" not in json.loads(typed(text, "n.ipynb", {}, ""))["metadata"]


@pytest.mark.parametrize("source", ["x", ["x"], [], ["", "x"]])
def test_cells_are_found_in_a_time_that_grows_with_the_file(source: object) -> None:
    """However many of them say the same, or are not where they should be."""

    def run(size: int) -> None:
        cells = [{"cell_type": "markdown", "source": source}] * size
        for indent in (None, 1):
            markdown_cells(json.dumps({"cells": cells, "nbformat": 4}, indent=indent), "n.ipynb")

    assert_linear(run, 8_000)
