"""Parts of pages of docutils and Sphinx that HTML has no element for."""

from __future__ import annotations

import pytest

from postdocs.importer.html.settle import read


def line(text: str) -> str:
    """Return a line of a block."""
    return f'<div class="line">{text}</div>'


def block(*lines: str) -> str:
    """Return a block of lines."""
    return f'<div class="line-block">\n{"".join(lines)}\n</div>'


@pytest.mark.parametrize(
    ("html", "settled"),
    [
        (block(line("Low <em>water</em>"), line("at noon")), "<p>Low <em>water</em><br/>at noon</p>"),
        (block(line("Low"), block(line("water")), line("ebb")), "<p>Low<br/>\u2003water<br/>ebb</p>"),
        (block(line("Low"), line("<br />"), line("ebb")), "<p>Low<br/><br/>ebb</p>"),
        (block(), "<p></p>"),
        ('<div class="line-block">Low<br/>\n<em>ebb</em></div>', "<p>Low<br/>\n<em>ebb</em></p>"),
        (f"<blockquote>{block(line('Low'))}</blockquote>", "<blockquote><p>Low</p></blockquote>"),
    ],
)
def test_a_block_of_lines_is_a_paragraph(html: str, settled: str) -> None:
    """Verses and addresses keep their lines, and lines within them are indented."""
    assert read(html).decode_contents() == settled


@pytest.mark.parametrize("name", ["topic-title", "sidebar-title", "rubric"])
def test_titles_that_are_no_headings_are_strong(name: str) -> None:
    """Or they would be a paragraph like the text below them."""
    assert read(f'<p class="{name}">Low</p><p>Text</p>').find("strong") is not None
    assert len(read(f'<p class="{name}"><strong>Low</strong></p>').find_all("strong")) == 1
