"""Notebooks as the text of posts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from helpers import assert_linear

from importer.folders.notebook_files import code, notebook, prose, shown, stream
from postdocs.core.errors import PostdocsError
from postdocs.importer.folders.notebooks import Notebook, read_notebook

PIXEL = "iVBORw0KGgo="


def read(*cells: Mapping[str, Any], **metadata: object) -> Notebook:
    """Read a notebook with these cells."""
    return read_notebook(notebook(*cells, **metadata), "kelp.ipynb")


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("---\ntitle: Kelp\ndescription: Forests\ntags: [sea, cold]\n---\n", "raw"),
        (
            "\n---\n# for the blog\ntitle: Kelp\ndescription: Forests\ntags:\n  - sea\n  - cold\n---\n",
            "markdown",
        ),
        ('# "Kelp"\n> "Forests"\n\n- toc: true\n- tags: [sea, cold]\n', "markdown"),
        ("# Kelp\n> Forests\n* tags: [sea, 'cold']", "markdown"),
    ],
)
def test_first_cells(source: str, kind: str) -> None:
    """Front matter in the first cell is read as YAML or as a list, and isn't shown."""
    notes = read(prose(source, kind), prose("Holdfasts."))
    assert notes.title == "Kelp"
    assert notes.front.text("description") == "Forests"
    assert notes.front.texts("tags") == ("sea", "cold")
    assert "toc" not in notes.front.values
    assert notes.text == "Holdfasts.\n"


@pytest.mark.parametrize("source", ["---\n\nA rule.", "---\nNo key\n---\n", "- toc: a list\n"])
def test_cells_without_front_matter(source: str) -> None:
    """A rule or a list in the first cell stays text."""
    kelp = read(prose(source))
    assert not kelp.front.is_there
    assert kelp.text == source.strip("\n") + "\n"


def test_metadata() -> None:
    """The metadata of a notebook names it if no cell does; what programs write there is left out."""
    kelp = read(prose("Text."), title="Kelp", authors=[{"name": "Ada"}], date="2021-03-04", widgets={"a": 1})
    assert (kelp.title, kelp.front.texts("authors"), kelp.front.text("date")) == (
        "Kelp",
        ("Ada",),
        "2021-03-04",
    )
    assert "widgets" not in kelp.front.values
    assert read(prose("Words.\n\n# On *kelp*\n"), code("# no title")).title == "On kelp"


def test_sources() -> None:
    """A source is a string or a list of lines; code gets a fence that it doesn't close itself."""
    assert read(prose(["One\n", "line."])).text == "One\nline.\n"
    assert read(code('"""\n```\n"""')).text == '````python\n"""\n```\n"""\n````\n'
    assert read(code("x <- 1"), kernelspec={"language": "R", "name": "ir"}).text == "```r\nx <- 1\n```\n"
    assert read(code("%%bash\nls")).text == "```bash\n%%bash\nls\n```\n"


@pytest.mark.parametrize("source", ["```\nopen", "~~~~ text\nopen\n```", "Text <!-- open"])
def test_open_cells(source: str) -> None:
    """What a cell opens ends with it, as each cell is rendered apart."""
    assert "<p>After.</p>" in read(prose(source), prose("After.")).html()


def test_formulas() -> None:
    """Formulas that MathJax reads in a notebook become formulas; code stays."""
    cell = prose(
        "\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}\n\n\\\\(x_1\\\\) and $ y^2 $, `\\\\(z\\\\)`"
    )
    html = read(cell).html()
    assert (
        '<div class="math block">\n\\begin{align}\na &amp;= b \\\\\nc &amp;= d\n\\end{align}\n</div>' in html
    )
    assert '<span class="math inline">x_1</span> and <span class="math inline">y^2</span>' in html
    assert r"<code>\\(z\\)</code>" in html
    assert read(prose("$$\n\\begin{align}\na\n\\end{align}\n$$")).html().count("math block") == 1


def test_attachments() -> None:
    """Images that are attached to cells keep apart, though all have the name that Jupyter gives them."""
    one, two = ({"image.png": {"image/png": data}} for data in ("AAAA", "BBBB"))
    drawing = {"a.svg": {"image/svg+xml": "<svg></svg>"}}
    html = read(
        prose("![first](attachment:image.png)", attachments=one),
        prose("![second](attachment:image.png)\n![no](attachment:gone.png)", attachments=two),
        prose('<img src="attachment:a.svg">', attachments=drawing),
    ).html()
    assert '<img src="data:image/png;base64,AAAA" alt="first" />' in html
    assert '<img src="data:image/png;base64,BBBB" alt="second" />' in html
    assert '<img src="attachment:gone.png" alt="no" />' in html
    assert '<img src="data:image/svg+xml;base64,PHN2Zz48L3N2Zz4=">' in html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b[1;31mred\x1b[0m\x1b[K", "red"),
        ("\x1b]8;;https://a.example\x07link\x1b]8;;\x07", "link"),
        ("\x1b]open\nnext", "open\nnext"),
        (["10%\r", " 20%\r100%\n", "done"], "100%\ndone"),
        ("abc\b\bX", "aXc"),
        ("a\x00<b>", "a&lt;b&gt;"),
    ],
)
def test_streams(text: str | list[str], expected: str) -> None:
    """What a cell prints is shown as a terminal does in the end, without colours."""
    assert f"<pre>{expected}\n</pre>" in read(code("x", stream(text))).html()


def test_merged_streams() -> None:
    """What goes to one stream in turn is one block; errors follow as text."""
    error = {
        "output_type": "error",
        "ename": "E",
        "evalue": "v",
        "traceback": ["\x1b[31mE\x1b[0m: v", "at 1"],
    }
    html = read(code("x", stream("a\n"), stream("b\n"), stream("c", "stderr"), error)).html()
    assert html.count("<pre>") == 4  # with the code
    assert "<pre>a\nb\n</pre>" in html
    assert "<pre>E: v\nat 1\n</pre>" in html
    bare = {"output_type": "error", "ename": "E", "evalue": "v", "traceback": []}
    assert "<pre>E: v\n</pre>" in read(code("x", bare)).html()


TABLE = "<table><tr><td>7</td></tr></table>"
PLOT = "<div id='p'></div><script>Plotly.newPlot('p', [])</script>"


@pytest.mark.parametrize(
    ("data", "expected", "note"),
    [
        ({"text/html": TABLE, "text/plain": "7"}, "<td>7</td>", ""),
        ({"text/html": f"{TABLE}<script>convert()</script>", "text/plain": "7"}, "<td>7</td>", ""),
        ({"text/html": ["<b>", "7", "</b>"]}, "<b>7</b>", ""),
        ({"text/html": "<b>7<!-- open"}, "<b>7", ""),
        ({"text/html": "<plaintext>7"}, "7", ""),
        ({"text/latex": "\\begin{tabular}{c}7\\end{tabular}"}, "{tabular}{c}7", ""),
        ({"text/x-own": "7"}, "<pre>7\n</pre>", ""),
        ({"text/markdown": "*7*", "text/plain": "7"}, "<em>7</em>", ""),
        ({"text/latex": "$\\displaystyle a<b$", "text/plain": "a"}, "\n\\displaystyle a&lt;b\n</div>", ""),
        ({"text/latex": "\\begin{tabular}{c}7\\end{tabular}", "text/plain": "7"}, "<pre>7\n</pre>", ""),
        ({"image/png": [PIXEL, "\n"], "text/plain": "<Figure size 1x1>"}, f'64,{PIXEL}" alt=""', ""),
        ({"image/png": '">evil', "text/plain": "Tides"}, 'base64,evil" alt="Tides"', ""),
        ({"image/svg+xml": "<svg/>", "image/png": PIXEL}, "data:image/svg+xml;base64,PHN2Zy8+", ""),
        ({"image/jpeg": PIXEL}, f"data:image/jpeg;base64,{PIXEL}", ""),
        (
            {"application/vnd.plotly.v1+json": {}, "text/html": PLOT, "image/png": PIXEL},
            PIXEL,
            "an output that needs a script (Plotly), shown as its image",
        ),
        (
            {"text/html": PLOT, "text/plain": "Figure"},
            "Figure",
            "an output that needs a script (Plotly), shown as its text",
        ),
        (
            {"application/vnd.jupyter.widget-view+json": {}, "text/plain": "IntSlider(value=3)"},
            "IntSlider",
            "an output that needs a script (Jupyter widget), shown as its text",
        ),
        (
            {"text/html": PLOT},
            "[Interactive content, not imported: Plotly]",
            "interactive content, now a notice: Plotly",
        ),
        (
            {"application/x-own": 1},
            "[Output, not imported: application/x-own]",
            "an output in no form that a page shows: application/x-own",
        ),
    ],
)
def test_richest_form(data: dict[str, object], expected: str, note: str) -> None:
    """Of several forms, the richest is shown that needs no script; what needs one is named with its cell."""
    result = read(prose("Text."), code("x", shown(data)), prose("After."))
    assert expected in result.html()
    assert result.html().rstrip().endswith("<p>After.</p>")
    assert [(each.what, each.before) for each in result.notes] == (
        [(note, "kelp.ipynb: cell 2")] if note else []
    )


def test_libraries() -> None:
    """An output that only brings a library for later ones shows nothing, and isn't named."""
    loads = {"application/vnd.bokehjs_load.v0+json": "", "application/javascript": "x"}
    result = read(code("x", shown(loads), shown({"text/html": "<script>require.config({})</script>"})))
    assert (result.outputs, result.notes) == ({}, ())


@pytest.mark.parametrize(
    ("source", "tags", "has_code", "has_output"),
    [
        ("x = 1", [], True, True),
        ("x = 1", ["remove-cell"], False, False),
        ("x = 1", ["remove_input"], False, True),
        ("x = 1", ["remove-output"], True, False),
        ("#| echo: false\nx = 1", [], False, True),
        ("#| include: false\nx = 1", [], False, False),
        ("#| output: false\n#| label: a\nx = 1", [], True, False),
        ("//| echo: false\nx = 1", [], False, True),
        ("#| hide\n#| echo: true\nx = 1", [], False, False),
        ("#hide\nx = 1", [], False, False),
        ("# hide_input\nx = 1", [], False, True),
        ("#| export\nx = 1", [], True, True),
    ],
)
def test_options(source: str, tags: list[str], has_code: bool, has_output: bool) -> None:
    """Tags and options keep code, outputs, or both off the page; the lines of options are no code."""
    html = read(code(source, stream("seven"), tags=tags)).html()
    assert (">x = 1\n<" in html, ">seven\n<" in html) == (has_code, has_output)
    assert "|" not in html


@pytest.mark.parametrize(
    ("source", "metadata", "summaries"),
    [
        ("x", {"tags": ["hide-input"]}, ["Show code"]),
        ("x", {"tags": ["hide_output"]}, ["Show output"]),
        ("x", {"tags": ["hide-cell"]}, ["Show code", "Show output"]),
        ("x", {"jupyter": {"source_hidden": True}}, ["Show code"]),
        ("#| code-fold: true\n#| code-summary: The sum\nx", {}, ["The sum"]),
        ("#collapse\nx", {}, ["Show code"]),
    ],
)
def test_folded(source: str, metadata: dict[str, object], summaries: list[str]) -> None:
    """What is hidden behind a click stays there."""
    html = read(code(source, stream("seven"), **metadata)).html()
    assert [part.partition("<")[0] for part in html.split("<summary>")[1:]] == summaries
    assert ">x\n<" in html
    assert "seven" in html


def test_document_options() -> None:
    """Options for all cells are obeyed unless a cell says otherwise."""
    front = prose("---\ntitle: Kelp\nexecute:\n  echo: false\n---", "raw")
    html = read(front, code("x = 1"), code("#| echo: true\ny = 2")).html()
    assert ("x = 1" in html, "y = 2" in html) == (False, True)


def test_captions() -> None:
    """A caption and an alternative text that options give belong to the image."""
    source = "#| fig-cap: A *tide*\n#| fig-alt: Waves\nplot()"
    html = read(code(source, shown({"image/png": PIXEL}))).html()
    assert (
        f'<figure><img src="data:image/png;base64,{PIXEL}" alt="Waves"><figcaption>A <em>tide</em></fig'
        in html
    )


def test_raw_cells() -> None:
    """A raw cell is HTML or Markdown by its type; one for another format is named."""
    result = read(
        prose("Text."),
        prose("<b>a", "raw"),
        prose("*b*", "raw", metadata={"raw_mimetype": "text/markdown"}),
        prose("\\newpage", "raw", metadata={"format": "text/latex"}),
        prose("After."),
    )
    assert "<div><b>a</b></div>" in result.html()
    assert "<em>b</em>" in result.html()
    assert [note.before for note in result.notes] == ["kelp.ipynb: cell 4"]


def test_own_text() -> None:
    """The text of the author has no outputs."""
    result = read(prose("Text."), code("x", stream("seven")), prose("After."))
    assert result.own_text.split() == ["Text.", "```python", "x", "```", "After."]


def test_version_3() -> None:
    """A notebook of an old version reads as one of today."""
    output = {"output_type": "pyout", "prompt_number": 1, "metadata": {}, "text": ["7"]}
    cells = [
        {"cell_type": "heading", "level": 1, "metadata": {}, "source": ["Kelp"]},
        {
            "cell_type": "code",
            "input": ["x"],
            "language": "python",
            "metadata": {},
            "outputs": [output],
            "collapsed": False,
            "prompt_number": 1,
        },
    ]
    content = {
        "metadata": {"name": ""},
        "nbformat": 3,
        "nbformat_minor": 0,
        "worksheets": [{"cells": cells, "metadata": {}}],
    }
    result = read_notebook(json.dumps(content).encode(), "kelp.ipynb")
    assert result.title == "Kelp"
    assert "<pre>7\n</pre>" in result.html()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"cells":\n[', "kelp.ipynb:2: the notebook is not JSON: Expecting value;"),
        (b"\xff", "kelp.ipynb: the notebook is not JSON in UTF-8;"),
        (b"[" * 100_000, "kelp.ipynb: the notebook is not JSON in UTF-8;"),
        (b"[]", "kelp.ipynb: the file is no Jupyter notebook: it has no list of cells;"),
        (b'{"cells": {}}', "kelp.ipynb: the file is no Jupyter notebook: it has no list of cells;"),
        (
            b'{"nbformat": 3, "worksheets": [{"cells": [{}]}]}',
            "kelp.ipynb: the notebook is of an old version, and damaged;",
        ),
    ],
)
def test_no_notebooks(data: bytes, message: str) -> None:
    """A file that is no notebook has one line with what to do."""
    with pytest.raises(PostdocsError) as raised:
        read_notebook(data, "kelp.ipynb")
    assert str(raised.value).startswith(message)


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("```\n# Code\n```\n\nTides of $x^2$\n===", "Tides of x^2"),
        ("<h1 align='center'>Low &amp; <i>high</i>\n</h1>", "Low & high"),
        ("## Second", ""),
    ],
)
def test_headings(source: str, title: str) -> None:
    """A heading of the first level is the title, however it is written; a comment in code is none."""
    assert read(prose(source)).title == title


@pytest.mark.parametrize(
    "part",
    ["\\begin{align} ", "\\\\(", "\\\\[x", "$ _ ", "<h1>", "$" + " " * 9, "- a: b\n", "---\na: b\n", "# # "],
)
def test_cells_take_linear_time(part: str) -> None:
    """What is never closed is not looked for again and again."""
    assert_linear(lambda size: read(prose(part * size)).html(), 800)


def test_odd_values() -> None:
    """What has no place in a notebook is passed over, and hides nothing of the rest."""
    data = json.dumps({
        "cells": [7, {"cell_type": "code", "source": "x", "outputs": "no", "metadata": []},
                  {"cell_type": "markdown", "source": None}, {"cell_type": "code", "source": ["y", 3],
                  "outputs": [4, {"output_type": "error", "traceback": 5}, {"data": {"text/html": 6}}]}],
        "metadata": 8,
    }).encode()  # fmt: skip
    assert ">x\n<" in read_notebook(data, "kelp.ipynb").html()
    assert ">y\n<" in read_notebook(data, "kelp.ipynb").html()
    assert read().text == ""


def test_halves_of_characters() -> None:
    """Halves of characters go, as no file can hold them; whole characters stay, also as escapes."""
    half = code("x\udc00", shown({"image/svg+xml": "<svg>\ud83d</svg>"}), stream("\ud800low \U0001f41f"))
    html = read(prose("# Kelp\ud800"), half, title="\udc00").html()
    assert html.encode().decode() == html
    assert "low \U0001f41f" in html
