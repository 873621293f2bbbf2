"""How wide roots are in the pages of a site, in Chromium and in Firefox."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from postdocs.sphinx_ext import theme
from postdocs.sphinx_ext.fonts.subset import MATH, subset
from postdocs.sphinx_ext.math.mathml import to_mathml

_STYLES = (Path(theme.__file__).parent / "postdocs/styles/posts/formulas.css").read_text(encoding="utf-8")
_FONT = base64.b64encode(subset("√abfghkxyz𝑎𝑏𝑓𝑔𝑘𝑥𝑦𝑧0123456789+−()√")).decode()
_PAGE = f"""new FontFace("{MATH.name}", "url(data:font/woff2;base64,{_FONT})").load().then((font) => {{
    document.fonts.add(font);
    document.head.innerHTML = {json.dumps(f"<style>{_STYLES}</style>")};
    return null;
}})"""
_MEASURED = """(document.body.innerHTML = %s, (() => {
    const [root] = document.querySelectorAll("msqrt, mroot");
    const content = root.tagName === "mroot" ? root.firstElementChild : root;
    const tokens = [content, ...content.querySelectorAll("*")].filter((part) => part.matches("mi, mn, mo"));
    const box = (element) => element.getBoundingClientRect();
    const em = parseFloat(getComputedStyle(root).fontSize);
    const [before, after] = [root.previousElementSibling, root.nextElementSibling];
    return {
        after: (box(after).left - Math.max(...tokens.map((token) => box(token).right))) / em,
        before: before && (box(tokens[0]).left - box(before).right) / em,
    };
})())"""


@pytest.fixture(scope="module")
def measure(evaluate: Callable[[str], Any]) -> Callable[[str, bool], dict[str, float]]:
    """Return how far what is under a root is from what is beside the root, in em."""
    evaluate(_PAGE)

    def measured(latex: str, display: bool) -> dict[str, float]:
        found: dict[str, float] = evaluate(_MEASURED % json.dumps(to_mathml(latex, display=display)))
        return found

    return measured


@pytest.mark.parametrize("display", [False, True])
@pytest.mark.parametrize(
    "latex",
    [
        *(r"\sqrt{y} b", r"\sqrt{a + x} b", r"\sqrt{2} b", r"\sqrt{x_1} b", r"\sqrt[3]{y} b"),
        *(r"\sqrt{f(x)} b", r"\sqrt{\frac{a}{b}} b", r"\sqrt{x^2 + y^2} b", r"\sqrt{\sqrt{x}} b"),
    ],
)
def test_what_follows_a_root_stands_at_its_end(
    measure: Callable[[str, bool], dict[str, float]], latex: str, *, display: bool
) -> None:
    """Chromium leaves room for the highest sign, up to 0.22 em; nothing stands below the line of the root."""
    most = 0.4 if "frac" in latex else 0.2  # in a fraction is a space
    assert -0.03 <= measure(latex, display)["after"] <= most


@pytest.mark.parametrize("latex", [r"\sqrt{y} b", r"\sqrt{2} b", r"\sqrt[3]{y} b", r"\sqrt{f(x)} b"])
def test_what_follows_a_low_root_is_close_to_it(
    measure: Callable[[str, bool], dict[str, float]], latex: str
) -> None:
    """Its sign is the narrowest one, or the one after it."""
    assert measure(latex, False)["after"] <= 0.06


def test_an_index_of_a_root_stands_above_its_sign(
    measure: Callable[[str, bool], dict[str, float]],
) -> None:
    """A root with an index of one letter is as wide as one without."""
    without, with_ = (measure(latex, False)["before"] for latex in (r"a \sqrt{y} b", r"a \sqrt[3]{y} b"))
    assert abs(with_ - without) <= 0.06
