"""Dead links replaced in the sources."""

from __future__ import annotations

import re

import pytest

from postdocs.links.fix import _repair
from postdocs.links.source_map import Place, pattern_of

DEAD = "http://dead.example/a"
COPY = "https://web.archive.org/web/20130705000000/http://dead.example/a"
MYST = {"myst_enable_extensions": ["colon_fence", "dollarmath", "attrs_inline"]}


def repaired(text: str, path: str = "posts/a.md") -> tuple[str, list[str]]:
    """Replace all places of DEAD in a text; return it, and why places were left."""
    places = [
        Place(path, text.count("\n", 0, found.start()) + 1, found.start(), found.end())
        for found in re.finditer(pattern_of(DEAD), text)
    ]
    repair = _repair(path, text, [(place, COPY) for place in places], MYST)
    assert repair.before == text
    return repair.after, [f"{place.line}: {why}" for place, why in repair.left]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"See [a]({DEAD}).", f"See [a]({COPY})."),
        (f"[a](<{DEAD}> 'title')", f"[a](<{COPY}> 'title')"),
        (f"![alt]({DEAD})", f"![alt]({COPY})"),
        (f"[a][r] and [r]\n\n[r]: {DEAD}\n", f"[a][r] and [r]\n\n[r]: {COPY}\n"),
        (f"<{DEAD}>", f"[{DEAD}]({COPY})"),
        (f'<a href="{DEAD}">x</a>', f'<a href="{COPY}">x</a>'),
        (f'<div>\n<img src="{DEAD}" alt="x">\n</div>', f'<div>\n<img src="{COPY}" alt="x">\n</div>'),
        (f":::{{note}}\n[a]({DEAD})\n:::\n", f":::{{note}}\n[a]({COPY})\n:::\n"),
        (f":::{{figure}} {DEAD}\ncaption\n:::\n", f":::{{figure}} {COPY}\ncaption\n:::\n"),
        (f"x[^1]\n\n[^1]: [a]({DEAD})\n", f"x[^1]\n\n[^1]: [a]({COPY})\n"),
        (f"| a |\n|---|\n| [x]({DEAD}) |\n", f"| a |\n|---|\n| [x]({COPY}) |\n"),
        (f"---\ntitle: x\n---\n# A\n\n[a]({DEAD})\r\n", f"---\ntitle: x\n---\n# A\n\n[a]({COPY})\r\n"),
        (f"\ufeff# A\n\n[a]({DEAD})", f"\ufeff# A\n\n[a]({COPY})"),
    ],
)
def test_targets_are_replaced(before: str, after: str) -> None:
    """Of links, pictures and HTML, wherever MyST sees one; the rest of the file keeps each byte."""
    assert repaired(before) == (after, [])


@pytest.mark.parametrize(
    "text",
    [
        f"`{DEAD}`",
        f"```sh\ncurl {DEAD}\n```",
        f"    {DEAD}",
        f"It was at {DEAD} once.",
        f"---\nsource: {DEAD}\n---\n# A\n",
        f"% [a]({DEAD})\n",
        f"<!-- {DEAD} -->",
        f'<p title="{DEAD}">x</p>',
        f":::{{versionadded}} 1\n[a]({DEAD})\n:::\n",
        f"$\\text{{{DEAD}}}$",
    ],
)
def test_what_is_no_target_is_left_and_named(text: str) -> None:
    """Code, plain text, front matter and comments; and what MyST alone cannot read."""
    after, left = repaired(text)
    assert after == text
    assert [why.partition(": ")[2] for why in left] == ["it is not the target of a link there"]


def test_the_target_is_replaced_and_the_text_is_not() -> None:
    """A link whose text is the address keeps its text; that place is named."""
    after, left = repaired(f"[{DEAD}]({DEAD}) and `{DEAD}`")
    assert after == f"[{DEAD}]({COPY}) and `{DEAD}`"
    assert len(left) == 2


def test_other_sources_are_left_to_people() -> None:
    """A template may do anything with an address."""
    text = f'<a href="{DEAD}">x</a>'
    assert repaired(text, "templates/foot.html") == (text, ["1: it is not Markdown"])
