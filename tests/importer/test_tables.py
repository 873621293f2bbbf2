"""Tables: as pipes, as lists of rows, and as HTML that can be read."""

from __future__ import annotations

import pytest
from helpers import new_site_settings

from postdocs.importer.entry import NoteKind
from postdocs.importer.html.parse import parse
from postdocs.importer.html.rendered.page import read
from postdocs.importer.html.visible import words_of_body
from postdocs.importer.myst.render import reader
from postdocs.importer.roundtrip import prove
from postdocs.importer.words import words_of

_READ = reader(new_site_settings())
_CASES = {
    "no headings": (
        "<table><tr><td>a</td><td>1</td></tr><tr><td>b</td><td></td></tr></table>",
        ":::{list-table}\n* - a\n  - 1\n* - b\n  -\n:::\n",
    ),
    "columns aligned by classes": (
        "<table><tr><th class='head text-left'>a</th><th class='head text-right'>b</th></tr>"
        "<tr><td class='text-left'>1</td><td class='text-right'>2</td></tr></table>",
        "| a | b |\n| :-- | --: |\n| 1 | 2 |\n",
    ),
    "headings at the side": (
        "<table><caption>All <i>of</i> it</caption><tr><th>a</th><td>1</td></tr>"
        "<tr><th>b</th><td>2</td></tr></table>",
        ":::{list-table} All *of* it\n:stub-columns: 1\n\n* - a\n  - 1\n* - b\n  - 2\n:::\n",
    ),
    "headings on both sides": (
        "<table><tr><th></th><th>x</th></tr><tr><th>b</th><td>2</td></tr></table>",
        "|  | x |\n| --- | --- |\n| **b** | 2 |\n",
    ),
    "two rows of headings": (
        "<table><thead><tr><th>a</th><th>b</th></tr><tr><th>c</th><th>d</th></tr></thead>"
        "<tr><td>1</td><td>2</td></tr></table>",
        ":::{list-table}\n:header-rows: 2\n\n* - a\n  - b\n* - c\n  - d\n* - 1\n  - 2\n:::\n",
    ),
    "blocks in cells": (
        "<table><tr><th>a</th><th>b</th></tr><tr><td><p>c</p><p>d</p></td><td><ul><li>e</li><li>f</li></ul>"
        "</td></tr></table>",
        ":::{list-table}\n:header-rows: 1\n\n* - a\n  - b\n* - c\n\n    d\n  - - e\n    - f\n:::\n",
    ),
    "a line's end": (
        "<table><tr><th>a</th></tr><tr><td>b<br>c</td></tr></table>",
        "| a |\n| --- |\n| b<br>c |\n",
    ),
    "a heading in the last row, and short rows": (
        "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td></tr>"
        "<tfoot><tr><th>all</th><th>1</th></tr></tfoot></table>",
        "| a | b |\n| --- | --- |\n| 1 |  |\n| **all** | **1** |\n",
    ),
    "a cell over two columns": (
        "<table><tr><th>a</th><th>b</th></tr><tr><td colspan='2'>1</td></tr></table>",
        "<table>\n  <tbody>\n    <tr><th>a</th><th>b</th></tr>\n    <tr><td colspan=\"2\">1</td></tr>\n"
        "  </tbody>\n</table>\n",
    ),
    "columns that are aligned, without headings": (
        "<table><tr><td align='right'>1</td></tr><tr><td align='right'>2</td></tr></table>",
        '<table>\n  <tbody>\n    <tr><td align="right">1</td></tr>\n    <tr><td align="right">2</td></tr>\n'
        "  </tbody>\n</table>\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", _CASES)
def test_a_table_is_written_as_plainly_as_it_can_be(name: str) -> None:
    """Pipes hold a row of headings above text, a list of rows everything else but spans."""
    html, text = _CASES[name]
    document, notes = parse(html, None)
    proof = prove(document, _READ)
    assert words_of(document) == words_of_body(read(html, None, []))
    assert proof.text == text
    assert proof.counts.tables == 1
    assert NoteKind.LOST not in {note.kind for note in (*notes, *proof.notes)}


def test_long_rows_of_html_are_parted() -> None:
    """A row that is too wide has a line for each cell; what is in a cell stays as it was."""
    cell = "word " * 30
    rows = f"<tr><td rowspan='2'>{cell}</td><td>b\n c</td></tr><tr><td><pre>x\n\n y</pre></td></tr>"
    html = f"<table>{rows}</table>"
    lines = prove(parse(html, None)[0], _READ).text.split("\n")
    assert lines[:4] == ["<table>", "  <tbody>", "    <tr>", f'      <td rowspan="2">{cell}</td>']
    assert lines[4:7] == ["      <td>b", " c</td>", "    </tr>"]
    assert lines[7:9] == ["    <tr><td><pre>x&#10;", " y</pre></td></tr>"]
