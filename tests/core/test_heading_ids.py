"""Ids at the end of headings."""

from __future__ import annotations

import pytest
from helpers import assert_linear
from markdown_it import MarkdownIt

from postdocs.core.heading_ids import heading_id_plugin, split


@pytest.mark.parametrize(
    ("heading", "text", "name"),
    [
        ("## Methods {#methods}", "## Methods", "methods"),
        ("Methods \t{#sec:a.b-1} ", "Methods", "sec:a.b-1"),
        ("A set {x} {#s}", "A set {x}", "s"),
        ("{#methods}", "{#methods}", ""),
        ("Methods{#methods}", "Methods{#methods}", ""),
        (r"Methods \{#methods}", r"Methods \{#methods}", ""),
        ("Methods {#a b}", "Methods {#a b}", ""),
        ("Methods {#a .wide}", "Methods {#a .wide}", ""),
        ("`{#methods}`", "`{#methods}`", ""),
        ("Methods {#}", "Methods {#}", ""),
    ],
)
def test_an_id_at_the_end_belongs_to_the_heading(heading: str, text: str, name: str) -> None:
    """What is no id, or stands alone, is text."""
    assert split(heading) == (text, name)


def test_a_parser_reads_the_id_as_an_attribute() -> None:
    """Of headings with marks and underlined ones, not of paragraphs."""
    html = (
        MarkdownIt()
        .use(heading_id_plugin)
        .render("# A {#a}\n\nB *c* {#b}\n===\n\nText {#c}\n\n    # D {#d}\n")
    )
    assert '<h1 id="a">A</h1>' in html
    assert '<h1 id="b">B <em>c</em></h1>' in html
    assert "<p>Text {#c}</p>" in html
    assert "# D {#d}" in html


def test_long_headings_take_a_time_in_proportion() -> None:
    """Braces and spaces of any number are passed over once."""
    assert_linear(lambda size: split("a {#" * size + " " * size + "}"), 20_000)
