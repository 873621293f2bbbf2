"""What Quarto reads in a text beside Markdown."""

from __future__ import annotations

import pytest
from helpers import assert_linear

from importer.folders.quarto_sites import HEAD, html, notes, post
from postdocs.importer.entry import NoteKind
from postdocs.importer.folders.systems.quarto import attributes, dialect
from postdocs.importer.folders.systems.quarto.attributes import Attributes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("```{python}\n#| label: a\n#| echo: true\nx = 1\n```", '<code class="language-python">x = 1'),
        ("```{r a, echo=FALSE}\nx\n```\n\nEnd.", "<p>End.</p>"),
        ("```{python}\n#| include: false\nx\n```\n\nEnd.", "<p>End.</p>"),
        ("```{css}\n.a {}\n```\n\nEnd.", "<p>End.</p>"),
        ("```{=html}\n<p>\n\n    a</p>\n```", "<p> a</p>"),
        ("```{=latex}\n\\x\n```\n\nEnd.", "<p>End.</p>"),
        ('```{.python filename="a `b`.py"}\nx\n```', '<code class="language-python">x'),
        ("```{{python}}\nx\n```", "```{python}\nx\n```".replace("\n", " ")),
    ],
)
def test_code_is_shown_as_readers_saw_it(text: str, expected: str) -> None:
    """Options of cells are none of it; what is hidden is left out."""
    assert expected in html(text)
    assert "#|" not in html(text)


def test_code_without_its_results_is_named() -> None:
    """With file and line."""
    entry = post(f"{HEAD}Text.\n\n```{{python}}\nx\n```\n\n```{{python}}\n#| eval: false\ny\n```\n")
    what = "the output of code isn't in its source; give the built pages with --built"
    assert notes(entry) == [f"{what}: blog/posts/neap/index.qmd:7: {{python}}"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "::: {.callout-tip}\n## A *b*\n\nText.\n:::",
            '<div class="admonition tip"><p class="admonition-title">A <em>b</em></p> <p>Text.</p> </div>',
        ),
        (
            '::: {.callout-note title="T" collapse="true"}\nText.\n:::',
            '<details class="note"><summary>T</summary> <p>Text.</p> </details>',
        ),
        ("::: {.callout-warning}\nText.\n:::", '<p class="admonition-title">Warning</p> <p>Text.</p>'),
        (
            "::: panel-tabset\n## R\n\nOne.\n\n### Inner\n\n## Python\n\nTwo.\n:::",
            "<dl> <dt>R</dt><dd> <p>One.</p> <h3>Inner</h3> </dd> <dt>Python</dt><dd> <p>Two.</p> </dd></dl>",
        ),
        (
            ":::: {.columns}\n::: {.column width=50%}\nA\n:::\n::: {.column}\nB\n:::\n::::",
            "<p>A</p> <p>B</p>",
        ),
        ("::: {.column-margin}\nA\n:::", "<aside> <p>A</p> </aside>"),
        ('::: {.content-visible when-format="pdf"}\nA\n:::\n\nEnd.', "<p>End.</p>"),
        ('::: {.content-hidden unless-format="html"}\nA\n:::', "<p>A</p>"),
        ('::: {.content-hidden when-format="html"}\n::: {.callout-tip}\nA\n:::\n:::\n\nEnd.', "<p>End.</p>"),
        (
            "::: {#thm-a}\n## Euclid\n\nText.\n:::\n\nSee @thm-a.",
            '<div id="thm-a"> <p><strong>Theorem 1 (Euclid)</strong></p> <p>Text.</p> </div>'
            ' <p>See <a href="#thm-a">Theorem 1</a>.</p>',
        ),
        (
            "- item\n\n  ::: {.callout-tip}\n  Text.\n  :::",
            '<ul> <li> <p>item</p> <div class="admonition tip">',
        ),
    ],
)
def test_blocks_between_colons(text: str, expected: str) -> None:
    """Boxes, tabs, and columns become what readers saw; what only other formats show is left out."""
    assert expected in html(text)
    assert ":::" not in html(text)


def test_a_block_that_never_ends_is_named() -> None:
    """It ends with the text."""
    entry = post(f"{HEAD}One.\n\n::: {{.callout-tip}}\nTwo.\n")
    assert entry.content.count("<div") == entry.content.count("</div>") == 1
    assert notes(entry) == ["a block between colons never ends: blog/posts/neap/index.qmd:7: :::"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "![A *b*](a.png){#fig-a width=50%}\n\nSee @fig-a and [-@fig-a], [Fig. @fig-a].",
            'alt="A b" width="50%" /><figcaption>Figure\u00a01: A <em>b</em></figcaption></figure> <p>See '
            '<a href="#fig-a">Figure\u00a01</a> and <a href="#fig-a">1</a>, Fig. <a href="#fig-a">1</a>.</p>',
        ),
        (
            '![](a.png){fig-alt="A shore"}',
            '<p><img src="/log/posts/neap/a.png" alt="A shore" />',
        ),
        (
            "::: {#fig-both}\n![One](a.png){#fig-one}\n\n![Two](b.png){#fig-two}\n\nBoth\n:::\n\n@fig-two",
            "<figcaption> <p>Figure\u00a01: Both</p> </figcaption> </figure> <p>"
            '<a href="#fig-two">Figure\u00a01 (b)</a>',
        ),
        (
            "| a | b |\n|---|---|\n| 1 | 2 |\n\n: Numbers {#tbl-n}\n\n@tbl-n",
            '<caption id="tbl-n">Table\u00a01: Numbers</caption>',
        ),
        ("Table: Numbers\n\n| a |\n|---|\n| 1 |", "<table> <caption>Numbers</caption>"),
        (
            "## Low {#sec-low .x}\n\n@sec-low",
            '<h2 id="sec-low" class="x">Low</h2> <p><a href="#sec-low">Low</a></p>',
        ),
        ("$$\na\n$$ {#eq-a}\n\n@eq-a", "a \\tag{1}"),
        ("Text of @ada and ada@tides.example", "<p>Text of @ada and ada@tides.example</p>"),
        ("`@fig-a` ![A](a.png){#fig-a}", "<code>@fig-a</code>"),
    ],
)
def test_references_show_numbers(text: str, expected: str) -> None:
    """Captions have the same numbers; what isn't numbered stays."""
    assert expected in post(HEAD + text, posts__neap__a_DOT_png="").content.replace("\n", " ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("H~2~O and x^2^ and ~~no~~ and $a^2 b^2$", "H<sub>2</sub>O and x<sup>2</sup> and <s>no</s> and"),
        ("[a]{.mark key=val} `b`{.r}", '<span key="val" class="mark">a</span> <code class="r">b</code>'),
        ("A`<br>`{=html}B`\\x`{=latex}", "A<br>B"),
        ("Dr.\\ Tide", "Dr.\u00a0Tide"),
        ("Text.^[A *note*.]", "<em>note</em>"),
        ("\\begin{align}\na &= b \\\\\nc\n\\end{align}", "a &amp;= b \\\\ c"),
        ("The\n\\begin{cases}\na \\\\\nb\n\\end{cases}", "\\begin{cases} a \\\\ b \\end{cases}"),
        ("> \\begin{align*}\n> a \\\\\n> b\n> \\end{align*}", "\\begin{align*} a \\\\ b \\end{align*}"),
        ("![](the sea, low.svg){width=672}", '<img src="the%20sea,%20low.svg" alt="" width="672"'),
        ("$$\n\\begin{align}\na \\\\[8pt]\nb\n\\end{align}\n$$", "\\begin{align} a \\\\[8pt] b \\end{align}"),
        (
            "{{< video https://youtu.be/abcdefghijk >}}",
            '<iframe src="https://www.youtube.com/embed/abcdefghijk">',
        ),
        ("{{< meta title >}} {{< kbd Ctrl-C >}} {{< pagebreak >}}", "Neap <kbd>Ctrl-C</kbd>"),
        ("{{{< meta title >}}}", "{{&lt; meta title &gt;}}"),
        ("`{{{< meta title >}}}`", "<code>{{&lt; meta title &gt;}}</code>"),
        ('{{< nope "a > b" >}}', "{{&lt; nope &quot;a &gt; b&quot; &gt;}}"),
        ("[a](../b.qmd#x) [c](/d/e.qmd)", 'href="https://tides.example/log/posts/b.html#x"'),
    ],
)
def test_other_marks_of_quarto(text: str, expected: str) -> None:
    """Each becomes what readers saw."""
    entry = post(HEAD + text, posts__b_DOT_qmd="Text.")
    assert expected in entry.content.replace("\n", " ").replace('="/log', '="https://tides.example/log')


def test_files_that_a_text_includes() -> None:
    """They are of the folder; one that includes itself ends, and one from outside stays visible."""
    text = f"{HEAD}{{{{< include _a.qmd >}}}}\n\n{{{{< include ../../../secret.md >}}}}\n"
    entry = post(text, posts__neap___a_DOT_qmd="Inner {{< include _a.qmd >}}")
    assert "<p>Inner Inner" in entry.content
    assert "secret.md" in entry.content
    assert any("secret.md" in note for note in notes(entry))


def test_files_that_include_each_other_many_times_end() -> None:
    """At a size that is no danger."""
    many = "{{< include _a.qmd >}} " * 50
    entry = post(HEAD + many, posts__neap___a_DOT_qmd=many)
    assert len(entry.content) < 2**23


def test_what_only_pandoc_or_code_could_show_is_named() -> None:
    """With file and line."""
    text = "A {{< nope >}} `r 1 + 1`\n\n{{< fa star >}}\n\n+---+\n| a\n+---+\n\n"
    text += "As @tide2020 and [@ebb, p. 3].\n"
    entry = post(HEAD + text)
    place = "blog/posts/neap/index.qmd"
    assert notes(entry) == [
        f"a shortcode that is not known here came along as text: {place}:5: {{{{< nope >}}}}",
        f"a value that code works out came along as its code: {place}:5: `r 1 + 1`",
        f"a table drawn with lines came along as text: {place}:9: +---+",
        f"a citation whose key no bibliography of the post has came along as text: {place}:13: @tide2020",
        f"a citation whose key no bibliography of the post has came along as text: {place}:13: @ebb",
    ]
    assert notes(entry, NoteKind.LEFT_OUT) == [f"an icon is left out: {place}:7: {{{{< fa star >}}}}"]


def test_the_authors_text_has_only_what_myst_reads() -> None:
    """Lists of attributes that say nothing to MyST are gone, and shapes have quotes."""
    text = (
        '## Low {#sec-low}\n\n[a](b){target="_blank"} ![c](d.png){width=50% .x}\n\n![](e.png){fig-alt="F"}\n'
    )
    entry = post(HEAD + text)
    assert entry.markdown == '## Low\n\n[a](b) ![c](d.png){width="50%"}\n\n![F](e.png)\n'


def test_notes_in_a_paragraph_stand_below_the_authors_text() -> None:
    """MyST reads none within; code and brackets stay what they are."""
    text = "One^[A [b](c) `]` \\].] and `^[code]` two^[C.].\n\n```\n^[d]\n```\n\n^[open"
    entry = post(HEAD + text)
    assert entry.markdown == (
        "One[^note-1] and `^[code]` two[^note-2].\n\n```\n^[d]\n```\n\n^[open\n\n"
        "[^note-1]: A [b](c) `]` \\].\n\n[^note-2]: C.\n"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "| Low *water*\n|   at\n  noon\n|\n| ebb\n\nEnd.",
            "Low *water*\\\n\u00a0\u00a0at\nnoon\\\n\\\nebb\n\nEnd.",
        ),
        ("> | Low\n> | ebb", "> Low\\\n> ebb"),
        ("A\n| b", "A\n| b"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 2 |"),
        ("|a\n|b", "|a\n|b"),
        ("```\n| a\n```", "```\n| a\n```"),
    ],
)
def test_lines_with_a_bar_before_each_stay_lines(text: str, expected: str) -> None:
    """As verses and addresses have them; tables and code are none."""
    assert post(f"{HEAD}{text}\n").markdown == f"{expected}\n"


def test_dollars_in_code_begin_no_formula() -> None:
    """Or the formula after them would be text, and its parts formulas."""
    text = "Stray `$$` here.\n\n$$\nx = \\left[\n\\begin{array}{c}\n1\n\\end{array}\n\\right]\n$$\n"
    assert post(f"{HEAD}{text}").markdown == text


def test_attributes_are_read_as_pandoc_reads_them() -> None:
    """With and without quotes; what is no list is none."""
    assert attributes.read('#a .b .c-d k=50% l="x \\"y" m=\'z\' -') == Attributes(
        "a", ("b", "c-d", "unnumbered"), {"k": "50%", "l": 'x "y', "m": "z"}
    )
    assert attributes.read("=html") is attributes.read("r, echo=FALSE") is attributes.read(" ") is None


@pytest.mark.parametrize(
    "piece",
    [
        "::: {.a}\n",
        "{{< ",
        '{{< a " ',
        "{{{< a ",
        "[](",
        "@fig-a ",
        "`{=html}",
        "$$ {#eq-",
        "```{r}\n",
        "^[",
        "![a](b){#fig-a}\n\n",
        "\\begin{align}\n",
        ": a {#tbl-a\n",
        "| ",
        "`$$",
        "``a",
        "| a\n",
        "| a\n|-\n",
    ],
)
def test_odd_texts_take_no_longer_than_their_length_asks(piece: str) -> None:
    """Whatever repeats."""
    context = dialect.Context(lambda _: None, {}, {}, {}, {})
    assert_linear(lambda size: dialect.translate(piece * size, context), 1600)
