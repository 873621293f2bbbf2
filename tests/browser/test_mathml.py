"""Where browsers set the parts of a formula without a style sheet; boxes are measured, not pixels."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest

from browser import firefox
from postdocs.sphinx_ext.math.mathml import to_mathml

Box = dict[str, float]
Measure = Callable[[str, str], list[Box]]
NEAR = 1.0  # CSS pixel
_BOXES = """[...document.querySelectorAll(%r)].map((element) => {
    const { left, right, height } = element.getBoundingClientRect();
    return { left, right, height };
})"""


def script(latex: str, selector: str) -> str:
    """Return what shows a formula in an empty page, and measures elements of it."""
    html = f"<p>{to_mathml(latex, display=True)}</p>"
    return f"(document.body.innerHTML = {json.dumps(html)}, {_BOXES % selector})"


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def measure(request: pytest.FixtureRequest) -> Iterator[Measure]:
    """Return the boxes of the elements of a formula that a selector finds, in each browser that is there."""
    if request.param == "chromium":
        page = request.getfixturevalue("chromium").new_page()

        def in_chromium(latex: str, selector: str) -> list[Box]:
            boxes: list[Box] = page.evaluate(script(latex, selector))
            return boxes

        yield in_chromium
        page.close()
        return
    program = firefox.find()
    if program is None:
        pytest.skip("no Firefox is installed; on Debian, `apt-get install firefox-esr` does it")
    with firefox.started(program) as window:
        window.open("about:blank", 1280)

        def in_firefox(latex: str, selector: str) -> list[Box]:
            boxes: list[Box] = window.evaluate(script(latex, selector))
            return boxes

        yield in_firefox


@pytest.mark.parametrize(
    ("latex", "sides"),
    [
        (r"\begin{aligned} r &= b - A x_c \\ A_c e_c &= R r \end{aligned}", ("right", "left")),
        (r"\begin{array}{rl} a & bbbb \\ aaaa & b \end{array}", ("right", "left")),
        (r"\begin{cases} x^2 & \text{if } x > 0 \\ -x + 1 & \text{otherwise} \end{cases}", ("left", "left")),
    ],
)
def test_columns_stand_where_tex_puts_them(measure: Measure, latex: str, sides: tuple[str, str]) -> None:
    """The parts of a column end, or begin, below each other."""
    boxes = measure(latex, "mtd > *:first-child, mtd > *:last-child")
    firsts = measure(latex, "mtd:nth-child(1)")
    for column, side in enumerate(sides, 1):
        place = "first" if side == "left" else "last"
        parts = measure(latex, f"mtd:nth-child({column}) > *:{place}-child")
        assert len(parts) == 2
        assert abs(parts[0][side] - parts[1][side]) <= NEAR
    assert boxes
    assert abs(firsts[0]["right"] - firsts[1]["right"]) <= NEAR


def test_only_what_tex_stretches_is_high(measure: Measure) -> None:
    """Bars beside a sum are as high as beside a letter, and those of `left` and `right` as the sum."""
    (low, *_) = measure(r"\lVert x \rVert", "mo")
    plain = measure(r"\lVert \sum_{i=1}^n x_i \rVert \langle \frac{a}{b} \rangle", "mo[stretchy='false']")
    assert max(box["height"] for box in plain) <= low["height"] * 1.5
    stretched = measure(r"\left\lVert \sum_{i=1}^n x_i \right\rVert", "mo[stretchy='true']")
    assert len(stretched) == 2
    assert min(box["height"] for box in stretched) >= low["height"] * 2


def test_big_delimiters_grow_step_by_step(measure: Measure) -> None:
    r"""Each of `\big`, `\Big`, `\bigg`, `\Bigg` is as high as the one before, or higher."""
    heights = [box["height"] for box in measure(r"\big[ \Big[ \bigg[ \Bigg[ x", "mo")]
    assert heights == sorted(heights)
    assert heights[-1] >= 2 * heights[0]


def test_a_stroke_and_a_box_are_as_wide_as_what_they_mark(measure: Measure) -> None:
    """What is drawn around a part adds no more than its padding."""
    (text,) = measure(r"abcd", "math > mrow")
    for latex in (r"\cancel{abcd}", r"\overline{abcd}", r"\boxed{abcd}"):
        (row, *_) = measure(latex, "mrow[style]")
        width = text["right"] - text["left"]
        assert width - NEAR <= row["right"] - row["left"] <= width + 16
