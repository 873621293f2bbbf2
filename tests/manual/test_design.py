"""The tokens and contrasts of the design in the manual are those of the style sheets."""

from __future__ import annotations

import re

import pytest
from helpers import REPOSITORY

from postdocs.sphinx_ext.theme import stylesheet
from postdocs.sphinx_ext.theme.colours import MODES, accent_colours, colours_of, contrast
from postdocs.sphinx_ext.theme.style import joined
from postdocs.sphinx_ext.theme.theme import STYLES

PAGE = (REPOSITORY / "docs/design.md").read_text(encoding="utf-8")
PAIR = re.compile(r"\| `([\w-]+)` \| `([\w-]+)` \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|")
TOKEN = re.compile(r"\| `(--pd-[\w-]+)` \| ([^\s,;|]+)")
ACCENT = "#0a7d91"
LONGEST = 300  # lines of a style sheet


@pytest.mark.parametrize("mode", MODES)
def test_contrasts_are_sufficient_and_those_of_the_manual(mode: str) -> None:
    """Each pair of colours reaches its least contrast, and the manual states it, rounded down."""
    colours = {**colours_of(mode), **accent_colours(ACCENT, mode)}
    pairs = PAIR.findall(PAGE)
    assert len(pairs) > 10
    for text, ground, light, dark, least in pairs:
        ratio = contrast(colours[f"--pst-color-{text}"], colours[f"--pst-color-{ground}"])
        assert ratio >= float(least), (text, ground)
        stated = {"light": light, "dark": dark}[mode]
        assert f"{int(ratio * 10) / 10:.1f}" == stated, (text, ground)


def test_tokens_are_those_of_the_manual() -> None:
    """The manual lists each token with its value, and the style sheets use no other."""
    tokens = {
        name: value
        for rule in stylesheet.read((STYLES / "posts/tokens.css").read_text(encoding="utf-8"))
        if not rule.around
        for name, value in rule.declarations
        if name.startswith("--pd-")
    }
    assert dict(TOKEN.findall(PAGE)) == tokens
    css = "".join(map(joined, ("posts", "layout")))
    assert {*re.findall(r"var\((--pd-[\w-]+)", css)} <= tokens.keys()


def test_style_sheets_are_short() -> None:
    """A style sheet can be read in one sitting."""
    lengths = {
        path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in STYLES.rglob("*.css")
    }
    assert {name for name, length in lengths.items() if length > LONGEST} == set()
