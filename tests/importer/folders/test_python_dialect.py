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
    "part",
    ["!!! a\n", "!!! note\n    ", "# a ", "# a {", "a){", "==a", "^a", "~a", "\n{: a", "!!! a b ", '!!! a "'],
)
def test_a_text_is_translated_in_linear_time(part: str) -> None:
    """What is never closed is not looked for again and again."""
    assert_linear(lambda size: python_dialect.to_myst(part * size, EXTENSIONS), 4_000)


def test_boxes_in_boxes_end_somewhere() -> None:
    """However deep a text nests them."""
    text = "\n".join(f"{'    ' * depth}!!! note" for depth in range(400))
    assert python_dialect.to_myst(text, EXTENSIONS).count("{note}") == 11
