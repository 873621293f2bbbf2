"""What only Python-Markdown and PyMdown read becomes what MyST reads, with the author's words and lines."""

from __future__ import annotations

import pytest
from helpers import assert_linear

from postdocs.importer.folders import python_dialect

EXTENSIONS = [
    "abbr", "admonition", "attr_list", "codehilite", "pymdownx.caret", "pymdownx.details", "pymdownx.mark",
    "pymdownx.tilde",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("!!! note\n    a\n    *b*\n\n    - c\n\nd", ":::{note}\na\n*b*\n\n- c\n:::\n\nd"),
        ('!!! warning "Tide *in*"\n    a', ":::{admonition} Tide *in*\n:class: warning\n\na\n:::\n"),
        ("!!! info\n\n\ta\n", ":::{admonition} Info\n:class: note\n\na\n:::\n"),
        ("!!! tide\n    a", ":::{admonition} Tide\na\n:::\n"),
        ("??? tip\n    a", ":::{tip}\n:collapsible: closed\n\na\n:::\n"),
        ("???+ tip\n    a", ":::{tip}\n:collapsible: open\n\na\n:::\n"),
        ("!!! note\n    !!! tip\n        a", "::::{note}\n:::{tip}\na\n:::\n::::\n"),
        ("!!! note\n    ```\n    a\n    ```", ":::{note}\n```\na\n```\n:::\n"),
        ('!!! note ""\n    a', '!!! note ""\n    a'),
        ("```\n!!! note\n    a\n```", "```\n!!! note\n    a\n```"),
    ],
)
def test_boxes_are_directives(text: str, expected: str) -> None:
    """Those in code, and those that hide their title, stay."""
    assert python_dialect.to_myst(text, EXTENSIONS) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## a {#b .c}\n\nd", "## a\n\nd"),
        ("## a {: #b }", "## a"),
        ("![a](b){: .right }", "![a](b)"),
        ("![a](b){: .right width='30%' loading=lazy }", '![a](b){width="30%"}'),
        ("[a](b){ .button }", "[a](b){ .button }"),
        ("[a](b){target=_blank}", "[a](b)"),
        ("a\n{: .lead }\n\nb", "a\n\nb"),
        ("`a{b}` and `c`{d}", "`a{b}` and `c`"),
        ("a {b} c", "a {b} c"),
        ("$x_{j-1}^{n}$ [a](b){: .c }", "$x_{j-1}^{n}$ [a](b)"),
        ("$$\nx_{j}\n{a}\n$$", "$$\nx_{j}\n{a}\n$$"),
    ],
)
def test_attributes_go_where_myst_reads_none(text: str, expected: str) -> None:
    """Those that it reads stay, and so do sizes of images."""
    assert python_dialect.to_myst(text, EXTENSIONS) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a ==b c== d", "a <mark>b c</mark> d"),
        ("x^2^ and H~2~O", "x<sup>2</sup> and H<sub>2</sub>O"),
        ("a ~~b~~ c", "a ~~b~~ c"),
        ("`a==b==` if a == b == c", "`a==b==` if a == b == c"),
        ("$x^{2}y^3$", "$x^{2}y^3$"),
    ],
)
def test_marks_are_elements(text: str, expected: str) -> None:
    """Code, formulas, and signs with spaces around them stay."""
    assert python_dialect.to_myst(text, EXTENSIONS) == expected


def test_bare_addresses_are_links_where_an_extension_makes_them() -> None:
    """Those in code, and those that are links already, stay."""
    text = "See https://a.example/b, `https://a.example`, and [https://a.example](https://a.example)."
    linked = text.replace("https://a.example/b", "<https://a.example/b>")
    assert python_dialect.to_myst(text, ["pymdownx.magiclink"]) == linked
    assert python_dialect.to_myst(text, []) == text


def test_what_no_extension_reads_stays() -> None:
    """Text is what it is for the generator."""
    text = "!!! note\n    a\n\n## b {#c}\n\n==d== e^f^ g~h~\n\n??? tip\n    i"
    assert python_dialect.to_myst(text, []) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '``` py title="a_b *c*.py" linenums="1" hl_lines="2 3-9"\na\nb\nc\n```\n\nd',
            "```{code-block} py\n:caption: a_b \\*c\\*.py\n:linenos:\n:emphasize-lines: 2,3\n\n"
            "a\nb\nc\n```\n\nd",
        ),
        ('```py linenums="7"\na\n```', "```{code-block} py\n:lineno-start: 7\n\na\n```"),
        (
            "- a\n\n    ~~~ { .py .x title='b.py' }\n    c\n    ~~~",
            "- a\n\n    ~~~{code-block} py\n    :caption: b.py\n\n    c\n    ~~~",
        ),
        (
            "!!! note\n    ``` title='a: b'\n    c\n    ```",
            ":::{note}\n```{code-block} none\n:caption: a: b\n\nc\n```\n:::\n",
        ),
        ('```py hl_lines="4 0"\na\n```', "```{code-block} py\n\na\n```"),
        ('```terminal hl_lines="1"\na\n```', "```{code-block} console\n:emphasize-lines: 1\n\na\n```"),
        ('```py other="4"\na\n```', '```py other="4"\na\n```'),
        ("````\n```py title='a'\nb\n```\n````", "````\n```py title='a'\nb\n```\n````"),
        ("```py title='a'\nb", "```py title='a'\nb"),
        ("```{r, title='a'}\nb\n```", "```{r, title='a'}\nb\n```"),
    ],
)
def test_code_keeps_its_title_numbers_and_marked_lines(text: str, expected: str) -> None:
    """As options of a directive; lines that there are not, of which Sphinx would warn, go."""
    assert python_dialect.to_myst(text, [*EXTENSIONS, "pymdownx.superfences"]) == expected


def test_code_without_a_highlighter_has_no_marked_lines() -> None:
    """Python-Markdown shows them only with codehilite, and no titles."""
    text = '``` { .py hl_lines="1" title="a" }\nb\n```'
    assert python_dialect.to_myst(text, ["fenced_code"]) == text
    marked = "```{code-block} py\n:emphasize-lines: 1\n\nb\n```"
    assert python_dialect.to_myst(text, ["fenced_code", "codehilite"]) == marked


@pytest.mark.parametrize(
    "part",
    [
        "``` a=b\n",
        "```   ",
        "``` a=b\n```\n",
        "!!! a\n",
        "!!! note\n    ",
        "# a ",
        "# a {",
        "a){",
        "==a",
        "^a",
        "~a",
        "\n{: a",
        "!!! a b ",
        '!!! a "',
    ],
)
def test_a_text_is_translated_in_linear_time(part: str) -> None:
    """What is never closed is not looked for again and again."""
    names = [*EXTENSIONS, "superfences"]
    assert_linear(lambda size: python_dialect.to_myst(part * size, names), 4_000)


def test_boxes_in_boxes_end_somewhere() -> None:
    """However deep a text nests them."""
    text = "\n".join(f"{'    ' * depth}!!! note" for depth in range(400))
    assert python_dialect.to_myst(text, EXTENSIONS).count("{note}") == 11
