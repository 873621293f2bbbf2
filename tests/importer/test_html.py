"""An entry's HTML becomes a tree that says the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from helpers import assert_linear, new_site_settings
from hypothesis import given, settings
from hypothesis import strategies as st
from properties import examples

from importer.outline import show
from postdocs.importer.ast.nodes import Document, RawBlock, RawInline
from postdocs.importer.ast.visit import walk
from postdocs.importer.entry import NoteKind
from postdocs.importer.html.dom import closed_parts, read
from postdocs.importer.html.inventory import inventory
from postdocs.importer.html.parse import parse
from postdocs.importer.html.visible import words
from postdocs.importer.missing import missing_items
from postdocs.importer.myst.render import reader
from postdocs.importer.roundtrip import prove
from postdocs.importer.words import words_of

READ = reader(new_site_settings())
BASE = "https://blog.example/p/"
CASES = sorted((Path(__file__).parents[1] / "data" / "html").glob("*.txt"))


def read_case(path: Path) -> tuple[str, str, str]:
    """Return the HTML of a case, the tree and the notes that it should give."""
    _, html, tree, notes = re.split(r"\n=== (?:html|tree|notes)\n", path.read_text(encoding="utf-8"))
    return html, tree, notes.rstrip("\n")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    """Each case gives its tree and its notes, and keeps its words, links and pictures."""
    html, tree, notes = read_case(path)
    document, found = parse(html, BASE)
    assert show(document) == tree
    lines = [
        f"{note.kind}: {note.what}"
        + (f" | {note.before!r}" if note.before else "")
        + (f" -> {note.after!r}" if note.after else "")
        for note in found
    ]
    assert "\n".join(lines) == notes
    assert words_of(document) == words(html, BASE)
    assert missing_items(inventory(read(html)), document, found, BASE) == []


TEXT = st.text(st.sampled_from("ab .,$*_[]`\\\n<&\xa0é1"), min_size=0, max_size=8).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
)
INLINE = re.findall(
    r"\w+", "em i strong b del s sub sup mark kbd abbr ins small q cite dfn samp var u code tt span font a"
)
BLOCK = re.findall(
    r"\w+",
    """p div section blockquote ul ol li dl dt dd h1 h2 h3 h6 pre table thead tr td th figure figcaption
    details summary center textarea form button noscript script style svg select option label""",
)
ATTRIBUTES = st.sampled_from(
    [
        "",
        ' href="#x"',
        ' href="/y"',
        ' id="x"',
        ' class="highlight"',
        ' class="footnote" id="fn:1"',
        ' href="#fn:1" class="footnote-ref"',
        ' style="font-weight:bold"',
        ' rowspan="2"',
        ' hidden="hidden"',
        ' onclick="x()"',
        ' onclick="show(&quot;x&quot;)"',
        ' id="x" style="display: none"',
        ' href="javascript:x()"',
        ' class="admonition note"',
        ' class="admonition-title"',
        ' class="tabbed-set"',
        ' class="tabbed-block"',
        ' class="wp-caption"',
        ' class="wp-caption-text"',
        ' class="wp-block-verse"',
        ' class="dataframe"',
        ' lang="fr"',
        ' dir="rtl"',
        ' role="tablist"',
        ' role="tab"',
        ' role="tabpanel"',
    ]
)
HTML = st.recursive(
    st.one_of(
        TEXT,
        st.sampled_from(
            ["<br>", "<hr>", "<img src=a.png>", "<!-- c -->", "<input type=checkbox>", "<input value=v>"]
        ),
    ),
    lambda inner: st.builds(
        lambda name, attributes, children: f"<{name}{attributes}>{''.join(children)}</{name}>",
        st.sampled_from(INLINE + BLOCK),
        ATTRIBUTES,
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@given(st.lists(HTML, max_size=5).map("".join))
@settings(max_examples=examples(2))
def test_no_word_is_lost(html: str) -> None:
    """Whatever elements it is made of, an entry keeps its words and their order, and nothing that runs."""
    document, _ = parse(html, BASE)
    assert words_of(document) == words(html, BASE)
    raw = "".join(node.html for node in walk(document) if isinstance(node, RawBlock | RawInline))
    tags = "".join(re.findall(r"<[^>]*>", raw))  # text may say anything
    assert not re.search(r"<script|\son\w+=|javascript:", tags)


@pytest.mark.parametrize(
    "html",
    [
        "<pre><button>1</button></pre>",
        "<pre><noscript>1</noscript></pre>",
        "<pre><svg>1</svg></pre>",
        "<pre>1<table></table>1</pre>",
        "<pre><table><tr><td>1</td><td>1</td></tr></table></pre>",
        '<pre><input hidden value="1"></pre>',
        '<pre><a href="#fn:1" class="footnote-ref"></a><li class="footnote" id="fn:1">1</li></pre>',
        "<pre><img src=a.png><noscript><noscript></noscript>1</noscript></pre>",
    ],
)
def test_words_in_preformatted_text_are_counted_as_they_are_read(html: str) -> None:
    """What a reader sees of elements in `pre`, and only that, is in the tree."""
    assert words_of(parse(html, BASE)[0]) == words(html, BASE)


@given(st.lists(HTML, max_size=5).map("".join))
def test_any_html_comes_back_from_myst(html: str) -> None:
    """Whatever elements it is made of, an entry is written as MyST that gives all of it back."""
    document, _ = parse(html, BASE)
    assert [note for note in prove(document, READ).notes if note.kind is NoteKind.LOST] == []


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text(html: str) -> None:
    """Whatever characters it is made of, an entry can be read."""
    assert isinstance(parse(html, None)[0], Document)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 10_000 + "end",
        "<b>" * 5_000 + "end",
        "<blockquote>" * 5_000 + "end",
        "<ul><li>" * 2_000 + "end",
        "<p><em>" * 2_000 + "end",
        "<table><tr><td>" * 1_000 + "end",
        "<span style='font-weight:bold'><a href=x>" * 2_000 + "end",
        "<sup><a class=footnote-ref href='#fn:1'>1</a></sup>" * 2_000
        + "<div class=footnote><ol><li id=fn:1>end",
    ],
    ids=["div", "b", "blockquote", "ul", "em", "table", "span", "references"],
)
def test_deep_nesting(html: str) -> None:
    """Elements nested thousands deep do not crash the importer."""
    document, _ = parse(html, BASE)
    assert words_of(document) == words(html, BASE) == ["end"]


def test_tables_in_tables_cost_their_size() -> None:
    """A table in a table is looked at once, and not once for each table around it."""
    assert_linear(lambda size: parse("<table><tr><td>" * size + "<tr><td>x<td>y" * 8 * size, BASE), 128)


def test_parts_of_a_drawing_that_end_themselves_are_not_nested() -> None:
    """A plot may have thousands of them."""
    lines = "<line x1='1'/><!-- a --><title>b</title><text x='1'>c</text>" * 600
    body = read(f"<div><svg width='9'><g>{lines}</g></svg></div><h2>d</h2>")
    assert len(body.find_all("line")) == len(body.find_all("text")) == 600
    assert body.find("wbr") is None


@pytest.mark.parametrize(
    "start",
    [
        "<svg>",
        "<svg/>",
        "<svg><div>",
        "<svg><foreignObject>",
        "<text><svg></text>",
        "<svg></g>",
        "<svg><!-- ",
    ],
)
def test_parts_that_a_parser_nests_are_counted(start: str) -> None:
    """What ends the drawing before its end tag leaves parts in each other, however many there are."""
    body = read(f"{start}{'<path/>' * 3_000}</svg>end")
    deepest = max(len([*tag.parents]) for tag in body.find_all(True))
    assert deepest < 400


@pytest.mark.parametrize(
    "text", ["<svg>", "<svg><path/>", "<svg><!--", "<svg><title>", "<svg a ", "<svg></svg>"]
)
def test_drawings_take_time_in_proportion_to_the_text(text: str) -> None:
    """Those without an end, too."""
    assert_linear(lambda size: [*closed_parts(text * size)], 20_000)


@pytest.mark.parametrize("name", ["script", "style", "textarea", "title", "xmp"])
def test_depth_is_not_counted_in_what_is_no_markup(name: str) -> None:
    """Tags in the text of a script and the like are none, so what follows keeps its structure."""
    body = read(f"<p>a</p><{name}>{'<div>' * 400}</{name}><!--{'<div>' * 400}--><h2>b</h2>")

    assert body.find("h2") is not None
    assert body.find("div") is None
