"""What a text opens and never closes."""

from __future__ import annotations

import pytest

from postdocs.core.unclosed import unclosed

ALL = ("amsmath", "colon_fence", "deflist", "dollarmath")


def lines(text: str, extensions: tuple[str, ...] = ALL) -> list[int]:
    """Return the lines of what is not closed."""
    return [fault.line for fault in unclosed(text, extensions)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n\n```python\nx\n\n## Next\n", [3]),
        ("~~~\nx\n```\n", [1]),
        ("````python\nx\n```\n\nMore.\n", [1]),
        ("- item\n\n  ```\n  x\n", [3]),
        ("> ```\n> x\n", [1]),
        ("Term\n: ```\n  x\n", [2]),
        (":::{note}\nText.\n\n## Next\n", [1]),
        ("::::{grid}\n:::{card}\nText.\n::::\n", [2]),
        (":::{note}\n```python\nx\n:::\n\nText.\n", [2]),
        ("````{note}\n```python\nx\n````\n", [2]),
        ("```\nx\n```\n\n```{figure} a.png\nWords.\n", [5]),
    ],
)
def test_a_fence_without_an_end_is_named(text: str, expected: list[int]) -> None:
    """The line is that of its beginning, within other blocks too."""
    assert lines(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "```\nx\n```\n",
        "Term\n: ```python\n  x\n  ```\n\nNext.\n",
        "[^a]: ```\n    x\n    ```\n\nNext.\n",
        "~~~\n```\n~~~\n",
        "````{note}\n```py\nx\n```\n````\n",
        "::::{grid}\n:::{card}\nText.\n:::\n::::\n",
        "```{code-block} markdown\n:::{note}\n```\n",
        "    ```\n    indented\n\nText.\n",
        "<pre>\n```\n</pre>\n",
        "A line with ``` ``` in it.\n",
        "- item\n\n  ```\n  x\n  ```\n",
        "Term\n: ```\n  x\n  ```\n",
        "``` a ` b\n",
    ],
)
def test_a_fence_with_an_end_is_not_named(text: str) -> None:
    """Nor is what only looks like a fence: in code, in HTML, in a line of text."""
    assert unclosed(text, ALL) == []


def test_colons_are_no_fence_where_they_are_not_enabled() -> None:
    """Without MyST's `colon_fence` they are text."""
    assert lines(":::{note}\nText.\n", ()) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("<div>\n\nText.\n", ["<div>"]),
        ("Some <b>bold text\nand more.\n\nMore.\n", ["<b>"]),
        ("First\nline, <em>then</em> <span>this.\n", ["<span>"]),
        ("<div><p>open <i>still\n\n<script>x()</script>\n", ["<div>", "<i>"]),
        ("<table>\n<tr><td><b>a\n</table>\n", ["<b>"]),
        ("<details>\n<summary>More\n\nText.\n\n</details>\n", ["<summary>"]),
        ("<script>\nlet x = '<b>'\n\nText.\n", ["<script>"]),
        ("Text.\n\n<!-- a comment\n\nMore.\n", ["<!--"]),
        ("Text.\n\n</div>\n", ["</div>"]),
        ("Term\n: <b>Text.\n\nAfter.\n", ["<b>"]),
    ],
)
def test_an_element_without_an_end_is_named(text: str, names: list[str]) -> None:
    """So is an end without a beginning, which closes what the theme has opened."""
    assert [fault.message.split("`")[1] for fault in unclosed(text, ALL)] == names


@pytest.mark.parametrize(
    "text",
    [
        "<div>\n\n**Text**\n\n</div>\n",
        "<ul><li>a<li>b</ul>\n",
        "<table><tr><td>a</table>\n",
        "A<br>b <img src='x.png'> <a id='here'/>\n",
        "`<div>` and <https://a.example> and <a@b.example>\n",
        "```html\n<div>\n```\n",
        "<svg><path d='M0 0'/></svg>\n",
        "<script>\nif (a < b) { c('</p>') }\n\n</script>\n",
        "<!-- <div> -->\n",
        "<p>One.\n\n<p>Two.\n",
        "Term\n: ```r\n  #> <chr>\n  #> <fct>\n  ```\n",
        "Term\n: Text.\n\n  ```r\n  #> <chr>\n  ```\n",
    ],
)
def test_html_that_is_whole_is_not_named(text: str) -> None:
    """Nor are elements whose end may be left out, nor what is code, a comment or an address."""
    assert unclosed(text, ALL) == []


def test_the_line_of_an_element_is_its_own() -> None:
    """It is counted within a paragraph, and within a block of HTML."""
    assert lines("One\ntwo <b>three\n\n<div>\n<span>\n</div>\n") == [2, 5]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$$\nx = 1\n\nAfter.\n", [1]),
        ("Text.\n\n$$\nx = 1\n$$\n\n- item\n\n  $$\n  y\n\nAfter.\n", [9]),
        ("Words\n\\begin{align}\na &= b\n\nAfter.\n", [2]),
        ("\\begin{equation*}\nx\n\\end{equation}\n", [1]),
    ],
)
def test_a_formula_without_an_end_is_named(text: str, expected: list[int]) -> None:
    """It would be text, LaTeX and all; only what stands on a line of its own was meant as one for sure."""
    assert lines(text) == expected
    assert lines(text, ()) == []


@pytest.mark.parametrize(
    "text",
    [
        "$$\nx\n\ny\n$$\n",
        "$$ x $$ (label)\n",
        "> $$\n> x\n> $$\n",
        "\\begin{align}\na\n\\end{align}\n",
        "It cost $$ or \\begin{align} more.\n",
        "`$$`\n",
        "```\n$$\n```\n",
        "    $$\n",
        "$x\n$$\ny$\n",
    ],
)
def test_a_formula_with_an_end_is_not_named(text: str) -> None:
    """Nor is what only looks like the start of one."""
    assert lines(text) == []
