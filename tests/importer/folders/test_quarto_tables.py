"""Tables that are drawn with lines in texts of Quarto."""

from __future__ import annotations

import re

import pytest
from helpers import assert_linear

from importer.folders.quarto_sites import HEAD, html, notes, post
from postdocs.importer.folders.systems.quarto import dialect


def rows(text: str) -> str:
    """Return the rows of the one table in a text, a line for each, with bars between its cells."""
    (table,) = re.findall(r"<table>.*?</table>", html(text))
    cells = re.sub(r"\s*</t[hd]>\s*<(t[hd][^<>]*)>\s*", r" | \1: ", table)
    cells = re.sub(r"<tr>\s*<(t[hd][^<>]*)>", r"\n\1: ", cells)
    return (
        re.sub(r"</?(?:table|thead|tbody|tr|t[hd]|p)>", "", cells)
        .replace("  ", " ")
        .replace(" \n", "\n")
        .strip()
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "+---+-----+\n| a | b   |\n+===+====:+\n| c | *d* |\n|   | e   |\n+---+-----+",
            'th: a | th align="right": b\ntd: c | td align="right": <em>d</em> e',
        ),
        ("+:-:+:--+\n| a | b |\n+---+---+", 'td align="center": a | td align="left": b'),
        ("+----+---+\n| 中 | b |\n+----+---+", "td: 中 | td: b"),
        (
            "+---+---+\n| a | b |\n+---+---+\n| c     |\n+---+---+\n"
            "| d | e |\n|   +---+\n|   | f |\n+---+---+",
            'td: a | td: b\ntd colspan="2": c\ntd rowspan="2": d | td: e\ntd: f',
        ),
        (
            "+---+---+\n| a | b |\n+===+===+\n| c | d |\n+===+===+\n| e | f |\n+===+===+",
            "th: a | th: b\ntd: c | td: d\ntd: e | td: f",
        ),
        (
            "+-------+\n| - a   |\n| - b   |\n|       |\n| ```py |\n| x     |\n| ```   |\n+-------+",
            'td: <ul> <li>a</li> <li>b</li> </ul> <pre><code class="language-py">x </code></pre>',
        ),
        (
            "  Right  Left    Mid    All\n-------  ------ ------- ----\n"
            "     12  12       34    5678\n      3  - 4",
            'th align="right": Right | th align="left": Left | '
            'th align="center": Mid | th align="left": All\n'
            'td align="right": 12 | td align="left": 12 | td align="center": 34 | td align="left": 5678\n'
            'td align="right": 3 | td align="left": - 4 | td align="center": | td align="left":',
        ),
        (
            "---- ----\na    b\nc    1. d\n---- ----\n",
            'td align="left": a | td align="left": b\ntd align="left": c | td align="left": 1. d',
        ),
        (
            "-----------\nTwo   Wide\nlines\n----- -----\na     *b\n      c*\n\nd     e\n-----------\n",
            'th align="left": Two lines | th align="left": Wide\n'
            'td align="left": a | td align="left": <em>b c</em>\ntd align="left": d | td align="left": e',
        ),
        (
            "----- ----\nab    cdef\nc\n\nefg   h\n----- ----\n",
            'td align="left": ab c | td: cdef\ntd align="left": efg | td: h',
        ),
    ],
)
def test_tables_have_the_cells_that_their_lines_part(text: str, expected: str) -> None:
    """Aligned as pandoc aligns them; cells in a frame hold blocks, and span rows and columns."""
    assert rows(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Title\n-----\n\nText.",
        "Text\n\n-----\n\nText\n\n-----\n",
        "a b\n\n--- ---\n\nc d",
        "    +---+\n    | a |\n    +---+",
        "```\n+---+\n| a |\n+---+\n```",
        "Text\n+---+\n| a |\n+---+",
    ],
)
def test_other_lines_are_no_tables(text: str) -> None:
    """Rules, underlined headings, and code."""
    assert "<table" not in html(text)
    assert notes(post(HEAD + text)) == []


def test_cells_are_texts_of_quarto() -> None:
    """With references, citations, and notes; a caption has its number, and a list its table."""
    text = (
        "- item\n\n  +----------+\n  | `r 1+1`  |\n  | @tbl-t   |\n  +----------+\n\n"
        "  a    b\n  ---  ---\n  @x1  [@y]\n\n  : Caption {#tbl-t}\n"
    )
    works = "@misc{x1, title = {X}}\n@misc{y, title = {Y}}\n"
    entry = post(HEAD.replace("title", "bibliography: w.bib\ntitle") + text, posts__neap__w_DOT_bib=works)
    content = " ".join(entry.content.split())
    assert content.count("<table>") == content.split("</ul>")[0].count("</table>") == 2
    assert '<caption id="tbl-t">Table 1: Caption</caption>' in content
    assert '<a href="#tbl-t">Table 1</a>' in content
    assert 'data-cited="t" data-cites="x1"' in content
    assert notes(entry) == [
        "a value that code works out came along as its code: blog/posts/neap/index.qmd:8: `r 1+1`"
    ]


def test_a_frame_with_gaps_stays_and_is_named() -> None:
    """So does one that is in too many others."""
    entry = post(f"{HEAD}Text.\n\n+---+---+\n| a | b |\n+---+\n")
    what = "a table drawn with lines came along as text"
    assert notes(entry) == [f"{what}: blog/posts/neap/index.qmd:7: +---+---+"]
    lines = ["a"]
    for _ in range(5):
        width = len(lines[0])
        rule = f"+{'-' * (width + 2)}+"
        lines = [rule, *(f"| {line} |" for line in lines), rule]
    entry = post(HEAD + "\n".join(lines))
    assert entry.content.count("<table>") == 3
    assert [note.partition(":")[0] for note in notes(entry)] == [what]


@pytest.mark.parametrize(
    "piece",
    [
        "+---+\n| a |\n",
        "+---+\n",
        "+-+-+-+-+\n|+|+|+|+|\n",
        "--- ---\n",
        "\n--- ---\na b\n",
        "\n-----\na\n",
        "-----\na\n--- ---\n",
        "a b\n--- ---\nc\n\n",
        "- a\n\n  +-+\n",
    ],
)
def test_odd_tables_take_no_longer_than_their_length_asks(piece: str) -> None:
    """Whatever repeats."""
    context = dialect.Context(lambda _: None, {}, {}, {}, {})
    assert_linear(lambda size: dialect.translate(piece * size, context), 800)
    assert_linear(
        lambda size: dialect.translate(f"+{'-+' * size}\n|{' |' * size}\n+{'-+' * size}\n", context), 800
    )
