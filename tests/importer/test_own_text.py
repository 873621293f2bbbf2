"""The author's own Markdown, and what of it stays."""

from __future__ import annotations

from collections.abc import Callable
from math import isqrt

import pytest
from helpers import assert_linear

from importer.proofs import READ, proof
from postdocs.core.unclosed import unclosed
from postdocs.importer.ast import nodes
from postdocs.importer.entry import NoteKind
from postdocs.importer.html.parse import parse
from postdocs.importer.own_text import OwnText, keep, retarget, split
from postdocs.importer.roundtrip import prove


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>Words <em>here</em> and there</p>", "Words _here_\nand there"),
        ("<h2>Tides</h2><p>a</p>", "Tides\n-----\n\na"),
        ("<ul><li>a</li><li>b</li></ul>", "* a\n* b"),
        ("<pre><code class='language-python'>x = 1\n</code></pre>", "~~~python\nx = 1\n~~~"),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>", "a|b\n-|-\n1|2"),
        ("<p>a<br>b</p>", "a  \nb"),
        ("<pre><code class='language-python'>x = 1\n</code></pre>", "```{code} python\nx = 1\n```"),
        ("<blockquote><p>a b</p></blockquote><hr><p>c</p>", "> a\nb\n\n* * *\n\nc"),
        (
            "<p>See <a href='https://b.example/'>it</a> twice</p>",
            "See [it][1] twice\n\n[1]: https://b.example/",
        ),
        ("<dl><dt>Ebb</dt><dd>falls</dd></dl>", "Ebb\n:   falls"),
        ("<p>a<br>\nb<br>c</p>", "a<br>\nb<br/>c"),
        ("<p><strong><em>a</em></strong> <b>b</b></p>", "***a*** __b__"),
        ("<p>a <del>b</del> c</p>", "a ~~b~~ c"),
        ("<p>between $5 and $10, for $20</p>", "between $5 and $10, for $20"),
    ],
)
def test_a_block_that_reads_back_stays_to_the_letter(html: str, markdown: str) -> None:
    """Whatever form the author chose, the file has it."""
    result = proof(html, markdown)
    assert result.text == f"{markdown}\n"
    assert (result.own, result.notes) == (result.blocks, ())


def test_code_keeps_its_language_where_the_page_names_none() -> None:
    """Highlighters of some generators leave it out; a page that names some doesn't lie about the others."""
    fence = "```python\nx = 1\n```"
    assert proof("<pre><code>x = 1\n</code></pre>", fence).text == f"{fence}\n"
    two = "<pre><code>x = 1\n</code></pre><pre><code class='language-ruby'>y = 1\n</code></pre>"
    assert "python" not in proof(two, f"{fence}\n\n```ruby\ny = 1\n```").text


def test_only_the_block_that_differs_is_written_anew() -> None:
    """The blocks around it stay as they are."""
    result = proof("<p>one <em>a</em></p><p>two b</p><p>three</p>", "one _a_\n\ntwo other\n\nthree\n")
    assert result.text == "one _a_\n\ntwo b\n\nthree\n"
    assert (result.own, result.blocks) == (2, 3)


@pytest.mark.parametrize(
    "directive",
    [
        "```{parsed-literal}\nx *y*\n```",
        "```{rubric} A\n```",
        "```{target-notes}\n```",
        "```{epigraph}\nx\n```",
    ],
)
def test_a_directive_that_no_page_has_costs_no_other_block(directive: str) -> None:
    """It is read as something that no page has, and the rest of the text stays."""
    proved = proof("<p>b <em>c</em></p><p>d <em>e</em></p>", f"b _c_\n\n{directive}\n\nd _e_")
    assert proved.text == "b _c_\n\nd _e_\n"


def test_a_text_that_warns_is_written_from_the_page() -> None:
    """With the addresses that the page has, not those by which the two were compared."""
    html = "<p>a</p><figure><img src='low.png' alt='Ebb'><figcaption>Low</figcaption></figure>"
    document, _ = parse(html, None)
    text = "a\n\n```{figure} low.png\n:label: fig\n:alt: Ebb\n\nLow\n```\n"
    result = prove(document, READ, split(text))
    assert result.text == "a\n\n:::{figure} low.png\n:alt: Ebb\n\nLow\n:::\n"
    assert (result.own, result.blocks) == (1, 2)


def test_typography_of_the_generator_makes_no_difference() -> None:
    """The author's straight quotes and dashes stay, and a note says so."""
    html = "<p>“Low” water — it’s 3–4 m…</p>"
    result = proof(html, '"Low" water --- it\'s 3--4 m...')
    assert result.text == '"Low" water --- it\'s 3--4 m...\n'
    assert [(note.kind, note.what) for note in result.notes] == [
        (NoteKind.NOTICED, "quotes, dashes, and dots are as the author typed them")
    ]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Low  water", "Low  water"),
        ("Low \xa0water", "Low \xa0water"),
        ("Low&nbsp; water", "Low\xa0 water"),
        ("Low <code> ebb()</code> water", "Low ` ebb()` water"),
    ],
)
def test_spaces_that_mean_nothing_stay_as_they_are_typed(html: str, text: str) -> None:
    """A second space, a no-break space beside another one, a space at the start of code."""
    result = proof(f"<p>{html}</p>", text)
    assert (result.text, result.own, result.notes) == (f"{text}\n", 1, ())


def test_typography_in_the_text_of_an_image_makes_no_difference() -> None:
    """Some generators set quotes in alternative texts and titles as well."""
    result = proof(
        "<p><img src='https://b.example/a.png' alt='Don\u2019t' title='It\u2019s'></p>",
        "![Don't](https://b.example/a.png \"It's\")",
    )
    assert (result.text, result.own) == ("![Don't](https://b.example/a.png \"It's\")\n", 1)


def test_footnotes_are_told_by_what_they_say_where_one_side_has_more() -> None:
    """Those that only the page has get another name if theirs is taken."""
    notes = ("Ebb.", "Flow.")
    listed = "".join(f'<li id="fn{at}"><p>{text}</p></li>' for at, text in enumerate(notes, 1))
    html = (
        '<figure><img src="a.png" alt="A"><figcaption>A<sup><a href="#fn1" class="footnote-ref">1</a></sup>'
        '</figcaption></figure><p>B<sup><a href="#fn2" class="footnote-ref">2</a></sup></p>'
        f'<section class="footnotes"><ol>{listed}</ol></section>'
    )
    text = proof(html, "![A](a.png)\n\nB[^1]\n\n[^1]: Flow.\n").text
    assert "B[^1]\n" in text
    assert "[^1]: Flow." in text
    assert "[^1-2]: Ebb." in text


def test_footnotes_keep_the_names_of_their_author() -> None:
    """Generators number them; the text names them."""
    html = (
        '<p>a<sup id="fnref:1"><a href="#fn:1" class="footnote-ref">1</a></sup></p>'
        '<div class="footnotes"><ol><li id="fn:1"><p>The <em>note</em>.'
        ' <a href="#fnref:1" class="footnote-backref">↩</a></p></li></ol></div>'
    )
    assert proof(html, "a[^moon]\n\n[^moon]: The _note_.\n").text == "a[^moon]\n\n[^moon]: The _note_.\n"


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "a <!-- what nobody should read -->",
        "```{include} /etc/hostname\n```",
        "```{raw} html\n<script>alert(1)</script>\n```",
        "{raw-html}`<b>`",
        "```{eval-rst}\n.. include:: /etc/hostname\n```",
        "```{csv-table}\n:file: /etc/hostname\n```",
        "% a comment of MyST\na",
        "(target)=\na",
        "> " * 200 + "a",
        "[" * 500 + "a",
        "a\n\npostdocs own text 0\n\nb",
    ],
)
def test_what_reads_otherwise_is_never_kept(markdown: str) -> None:
    """No directive, script, or comment of an author's text reaches the file."""
    result = proof("<p>a</p>", markdown)
    assert result.text == "a\n"
    assert not [note for note in result.notes if note.kind is NoteKind.LOST]


def test_an_included_file_is_not_read() -> None:
    """A directive that would read a file says so, and reads none."""
    document, warnings = READ("```{include} /etc/hostname\n```\n")
    assert document == nodes.Document(())
    assert any("disabled" in warning for warning in warnings)


def test_addresses_change_and_nothing_else() -> None:
    """Links, pictures, and definitions lead to their new places; code stays."""
    own = split("See [a](/x/ 'T'), ![b](</y z.png>), `[c](/x/)`, [d][1].\n\n[1]: /x/\n\n```\n[e](/x/)\n```\n")
    new = {"/x/": "project:x.md", "/y z.png": "y z.png"}
    moved = retarget(own, lambda address: new.get(address, address))
    assert moved == OwnText(
        (
            *split("See [a](project:x.md 'T'), ![b](</y z.png>), `[c](/x/)`, [d][1].").blocks[:0],
            *split("See [a](project:x.md 'T'), ![b](<y z.png>), `[c](/x/)`, [d][1].").blocks,
            *split("```\n[e](/x/)\n```").blocks,
        ),
        ("[1]: project:x.md",),
        own.written,
    )


def test_a_link_that_is_defined_twice_is_defined_once() -> None:
    """The first definition counts (CommonMark 0.31 §4.7), and MyST warns of others."""
    result = proof(
        "<p><a href='https://b.example/'>a</a></p><p><a href='https://b.example/'>a</a></p>",
        "[a][0]\n\n[0]: https://b.example/\n\n[a][0]\n\n[0]: https://c.example/\n",
    )
    assert result.text == "[a][0]\n\n[a][0]\n\n[0]: https://b.example/\n"
    assert result.notes == ()


@pytest.mark.parametrize(
    "text",
    [
        lambda size: "\n".join(f"[^{number}]: a\n" for number in range(size)),
        lambda size: " ".join("`" * number for number in range(1, isqrt(9 * size))) + "](a)" * (size // 100),
        lambda size: "`a` [a](b) " * (size // 2),
        lambda size: "a <!-- " * size,
        lambda size: "a\n$$ b $$\n\\begin{c}\n" * (size // 4),
    ],
    ids=["footnotes", "ticks", "code", "comments", "formulas"],
)
def test_a_text_is_split_in_time_in_proportion_to_it(text: Callable[[int], str]) -> None:
    """Footnotes, runs of ticks, and links are not compared each with each."""
    assert_linear(lambda size: retarget(split(text(size)), lambda url: url), 10_000)


def test_blocks_that_repeat_are_not_compared_each_with_each() -> None:
    """A text of thousands of equal blocks takes a time in proportion to it."""

    def keep_all(size: int) -> None:
        document = nodes.Document((nodes.Paragraph((nodes.Text("a"),)),) * size)
        marks = [nodes.Paragraph((nodes.Text(f"postdocs own text {at}"),)) for at in range(size)]
        read = nodes.Document(tuple(block for mark in marks for block in (document.blocks[0], mark)))
        keep(split("a\n\n" * size), read, document, document)

    assert_linear(keep_all, 4_000)


def test_blocks_that_the_source_has_in_another_form_count_as_adapted() -> None:
    """Those are the author's own that are lines of the source; others have new addresses or levels."""
    html = "<h2>a</h2><p>b <a href='/new'>c</a></p><p>d<br>e</p><p>f</p>"
    document, _ = parse(html, "https://a.example.org/")
    own = retarget(split("### a\n\nb [c](old)\n\nd  \ne  \n\ng f"), lambda _: "https://a.example.org/new")
    result = prove(document, READ, own)
    assert result.text == "## a\n\nb [c](https://a.example.org/new)\n\nd  \ne\n\nf\n"
    assert (result.blocks, result.own, result.adapted) == (4, 1, 2)


def test_comments_within_a_block_stay_away() -> None:
    """What marks the end of a summary shows nowhere; the text around it stays, and code keeps comments."""
    text = "Words\nand more.\n\n`<!-- a -->` and b\n\n```\n<!-- c -->\n```\n"
    html = "<p>Words and more.</p><p><code>&lt;!-- a --&gt;</code> and b</p><pre>&lt;!-- c --&gt;</pre>"
    result = proof(html, text.replace("more.", "more. <!-- more -->"))
    assert (result.text, result.own, result.adapted) == (text, 2, 1)


def test_a_text_is_the_authors_own_only_if_the_file_has_it() -> None:
    """What an importer of a system made of the file's text is adapted, also where it is a part of a line."""
    document, _ = parse("<p>a</p><p>b</p>", None)
    result = prove(document, READ, split("a\n\nb", "a\n\n!!! b\n\na b"))
    assert (result.own, result.adapted) == (1, 1)


def test_links_in_code_lead_where_they_did() -> None:
    """Code ends at a run of as many ticks as it begins with, and other runs are a part of it."""
    source = "`` [a](b) ` [a](b) `` [a](b) ` [a](b)"
    (block,) = retarget(split(source), str.upper).blocks
    assert block.text == "`` [a](b) ` [a](b) `` [a](B) ` [a](B)"


def test_the_text_of_a_footnote_is_no_address() -> None:
    """Its first word stays, and its links lead elsewhere as others do."""
    own = retarget(split("A[^n].\n\n[^n]: Words with [a](b.md).\n\n[c]: d.md\n"), lambda url: f"/{url}")
    assert own.blocks[1].text == "[^n]: Words with [a](/b.md)."
    assert own.definitions == ("[c]: /d.md",)


def test_a_fence_without_an_end_is_closed() -> None:
    """Its list item ends it (CommonMark 0.31 §4.5), and the build refuses it."""
    html = "<ul><li><p>a</p><pre><code>x = 1\n</code></pre></li><li><p>b</p></li></ul><p>c</p>"
    result = proof(html, "- a\n\n  ```\n  x = 1\n\n- b\n\nc")
    assert unclosed(result.text) == []
    assert (result.own, "x = 1" in result.text) == (1, True)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        (
            "<blockquote><p>[!NOTE]<br>Boil <em>it</em>.</p></blockquote>",
            "> [!NOTE]\n> Boil *it*.",
        ),
        (
            '<ul><li><input type="checkbox" checked disabled> A</li><li>B</li></ul>',
            "* [x] A\n* B",
        ),
        (
            '<ul><li><p><input type="checkbox" disabled> A</p></li><li><p>B</p></li></ul>',
            "- [ ] A\n\n- B",
        ),
        (
            '<p><a href="/feed.xml">Feed</a>, <a href="/">home</a></p>',
            "[Feed](/feed.xml), [home](/)",
        ),
        (
            '<details><summary>S</summary><p>T <a href="/demos/w.html#p">w</a></p></details>',
            '<details><summary>S</summary><p>T <a href="/demos/w.html#p">w</a></p></details>',
        ),
    ],
)
def test_what_the_site_reads_as_its_generator_did_stays(html: str, markdown: str) -> None:
    """Alerts, tasks among other items, and links from the root of the host."""
    found = proof(html, markdown)
    assert found.text.strip() == markdown
    assert (found.own, found.adapted) == (1, 0)


@pytest.mark.parametrize("link", ["/docs/a.md", "/docs/a", "//b.example.org/feed.xml"])
def test_a_link_that_the_build_takes_for_a_document_is_written_whole(link: str) -> None:
    """Or one that leads to another host."""
    assert f"({link})" not in proof(f'<p><a href="{link}">It</a></p>', f"[It]({link})").text
