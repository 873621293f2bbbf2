"""Line numbers beside code that no class marks, as Chroma writes them into styles."""

from __future__ import annotations

import pytest

from postdocs.importer.ast import nodes
from postdocs.importer.html.parse import parse

GREY = "white-space:pre;user-select:none;margin-right:0.4em;color:#7f7f7f"
CODE = '<pre tabindex="0"><code class="language-python">tide = 1\nebb = 2\n</code></pre>'


def column(*numbers: int, style: str = GREY) -> str:
    """Return a table with a column of numbers beside code."""
    lines = "".join(f'<span style="{style}">{number}\n</span>' for number in numbers)
    cells = f"<td>\n<pre><code>{lines}</code></pre></td><td>\n{CODE}</td>"
    return f'<div class="highlight"><table style="border-spacing:0"><tr>{cells}</tr></table></div>'


@pytest.mark.parametrize("markup", [column(1, 2), column(41, 42, style="")])
def test_a_column_of_numbers(markup: str) -> None:
    """A table whose first cell counts the lines of the second is code."""
    document, _ = parse(markup, None)
    assert document == nodes.Document((nodes.CodeBlock("tide = 1\nebb = 2", "python"),))


def test_other_tables_of_code_stay() -> None:
    """Numbers that don't count lines are content."""
    document, _ = parse(column(1, 7, style=""), None)
    assert "7" in repr(document)


def test_numbers_within_lines() -> None:
    """A number that readers can't select is none of the code."""
    number = f'<span style="{GREY}">{{}}</span>'
    code = f"{number.format(1)}tide = 1\n{number.format(2)}ebb = 2\n"
    markup = f'<pre><code class="language-python">{code}</code></pre>'
    document, _ = parse(markup, None)
    assert document == nodes.Document((nodes.CodeBlock("tide = 1\nebb = 2", "python"),))
