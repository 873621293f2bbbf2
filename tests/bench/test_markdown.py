"""The benchmark of Markdown: its posts, and what it counts."""

from __future__ import annotations

from datetime import UTC, datetime

from blogs.markdown_counts import counts
from blogs.markdown_shapes import SHAPES, feed
from helpers import new_site_settings

from postdocs.importer.entry import Entry
from postdocs.importer.myst.render import reader


def test_the_same_posts_are_made_each_time() -> None:
    """There is one of each shape, and no two feeds of a size differ."""
    assert feed(len(SHAPES)) == feed(len(SHAPES))
    assert feed(len(SHAPES)).count("<entry>") == len(SHAPES)


def test_clutter_is_counted() -> None:
    """Each row counts its own kind only, and nothing in code."""
    text = (
        "---\ntitle: 'Plain'\ndate: 2024-01-02T00:00:00.5Z\n---\n\n<h3>x</h3>\n\n"
        "It is \\!, \\$4 or \\$5 then&nbsp;now, 5&nbsp;km.\n\n"
        '[a](#b){.external}\n\n<div id="b"></div>\n\n```\n<h2>\\!</h2>\n```\n\n`<table>`\n\n'
        ':::{figure} a.png\n:alt: "x"\n:::\n\n<table><tr><td>1</td></tr></table>\n\n- a\n\n- b\n'
    )  # fmt: skip
    result = counts(text, reader(new_site_settings()))
    assert {
        row: number for row, number in result.items() if number and row not in {"words", "HTML tags"}
    } == {
        "headings as HTML": 1,
        "escaped dollars": 2,
        ".external in the page": 1,
        "anchor blocks": 1,
        "quoted options": 1,
        "odd spaces": 1,
        "escapes": 3,
        "needless escapes": 3,
        "tables as HTML, without spans": 1,
        "loose lists": 1,
        "odd front matter": 2,
    }


def test_what_the_source_has_is_no_clutter() -> None:
    """A loose list, a fraction of a second, and quotation marks that YAML needs are those of the author."""
    entry = Entry(
        source="x",
        position=1,
        published=datetime(2024, 1, 2, 0, 0, 0, 500_000, tzinfo=UTC),
        content="<ul><li><p>a <b>b</b></p></li><li><p>c</p></li></ul>",
    )
    text = (
        "---\ntitle: x\ndate: 2024-01-02T00:00:30.5Z\n---\n\n- a **b**\n\n- c\n\n1. d\n\n* e\n* f\n\n"
        ':::{figure} a.png\n:alt: "[a] #1"\n:::\n\n**A:**&#98; \\~ end\\\\\n'
    )
    result = counts(text, reader(new_site_settings()), entry)
    assert {row: number for row, number in result.items() if number and row != "words"} == {
        "escapes": 2,
        "needless escapes": 1,
        "letters as references": 1,
    }
