"""What texts say, also in directives, which do not run for it."""

from __future__ import annotations

import pytest
from helpers import new_site_settings

from postdocs.importer.myst.render import meaning_of, reader

_READ = reader(new_site_settings())


@pytest.mark.parametrize(
    ("text", "light", "other"),
    [
        (":::{note}\nA\\. \\*b\\*\n:::", ":::{note}\nA. \\*b\\*\n:::", ":::{note}\nA. *b*\n:::"),
        (":::{note}\n- a\\.\n:::", ":::{note}\n- a.\n:::", ":::{note}\n- a\n:::"),
        (
            ":::{admonition} T\\. \\*b\\*\nA\n:::",
            ":::{admonition} T. \\*b\\*\nA\n:::",
            ":::{admonition} T. *b*\nA\n:::",
        ),
        (
            ":::{figure} a.png\n:alt: b\n\nC\\.\n:::",
            ":::{figure} a.png\n:alt: b\n\nC.\n:::",
            ":::{figure} a.png\n:alt: c\n\nC.\n:::",
        ),
        (
            "```{code-block} none\n:caption: C\\. `d`\n\nx\n```",
            "```{code-block} none\n:caption: C. `d`\n\nx\n```",
            "```{code-block} none\n:caption: C. d\n\nx\n```",
        ),
        (
            "::::{note}\n:::{list-table}\n* - a\\.\n  - b\n:::\n::::",
            "::::{note}\n:::{list-table}\n* - a.\n  - b\n:::\n::::",
            "::::{note}\n:::{list-table}\n* - a.\n  - *b*\n:::\n::::",
        ),
        (":::{note}\n![a\\.](b.png)\n:::", ":::{note}\n![a.](b.png)\n:::", ":::{note}\n![a](b.png)\n:::"),
    ],
)
def test_directives_say_what_is_in_them(text: str, light: str, other: str) -> None:
    """A needless escape says nothing, in a body, a title, or a caption; all else does, as when they run."""
    assert _READ.wording(text) == _READ.wording(light) != _READ.wording(other)
    assert _READ.meaning(text) == _READ.meaning(light) != _READ.meaning(other)


def test_the_text_of_other_directives_counts_to_the_letter() -> None:
    """What they make of an escape is theirs."""
    assert _READ.wording("```{x}\na\\.\n```") != _READ.wording("```{x}\na.\n```")


def test_a_text_read_before_is_read_with_the_links_of_its_document() -> None:
    """A definition makes a link of words that were none, and another address another link."""
    texts = ["[a]", "[a]\n\n[a]: u", "[a]\n\n[a]: v", "[a]\n\n[a]: v 'w'", "[a]"]
    alone = [meaning_of(reader(new_site_settings()).tokens(text)) for text in texts]
    assert [meaning_of(_READ.tokens(text)) for text in texts] == alone
    assert len({*map(repr, alone)}) == 4


def test_a_text_read_before_is_read_where_it_stands() -> None:
    """What is a box in a list is none in a paragraph, whichever comes first, and however often."""
    texts = ["- [ ] a *b* ![c *d*](e.png)", "[ ] a *b* ![c *d*](e.png)"] * 2
    alone = [meaning_of(reader(new_site_settings()).tokens(text)) for text in texts]
    assert [meaning_of(_READ.tokens(text)) for text in texts] == alone
    assert alone[0] != alone[1]
