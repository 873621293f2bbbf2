"""Where browsers set the parts of a formula in our font, without our style sheet; boxes are measured."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser

from postdocs.sphinx_ext.fonts.subset import MATH
from postdocs.sphinx_ext.math.mathml import to_mathml

Box = dict[str, float]
Measure = Callable[[str, str], list[Box]]
NEAR = 1.0  # CSS pixel
# The whole font: which others a machine has decides nothing.
_DATA = base64.b64encode(MATH.file.read_bytes()).decode()
_FONT = f"""new FontFace("{MATH.name}", "url(data:font/otf;base64,{_DATA})").load().then((font) => {{
    document.fonts.add(font);
    document.head.innerHTML = "<style>math {{ font-family: '{MATH.name}' }}</style>";
    return null;
}})"""
_BOXES = """[...document.querySelectorAll(%r)].map((element) => {
    const { left, right, height } = element.getBoundingClientRect();
    return { left, right, height };
})"""


def script(latex: str, selector: str) -> str:
    """Return what shows a formula in an empty page, and measures elements of it."""
    html = f"<p>{to_mathml(latex, display=True)}</p>"
    return f"(document.body.innerHTML = {json.dumps(html)}, {_BOXES % selector})"


@pytest.fixture(scope="module")
def measure(evaluate: Callable[[str], Any]) -> Measure:
    """Return the boxes of the elements of a formula that a selector finds."""
    evaluate(_FONT)

    def boxes(latex: str, selector: str) -> list[Box]:
        found: list[Box] = evaluate(script(latex, selector))
        return found

    return boxes


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


def test_the_sign_of_a_root_takes_the_room_of_its_glyph(measure: Measure) -> None:
    r"""What follows `\surd` is as close as in TeX, and not as far as below the line of a root."""
    boxes = measure(r"\surd 2", "mo, mn")
    assert abs(boxes[1]["left"] - boxes[0]["left"] - 0.833 * 16) <= NEAR


def test_a_stroke_and_a_box_are_as_wide_as_what_they_mark(measure: Measure) -> None:
    """What is drawn around a part adds no more than its padding."""
    (text,) = measure(r"abcd", "math > mrow")
    for latex in (r"\cancel{abcd}", r"\overline{abcd}", r"\boxed{abcd}", r"\overlinesegment{abcd}"):
        (row, *_) = measure(latex, "mrow[style]")
        width = text["right"] - text["left"]
        assert width - NEAR <= row["right"] - row["left"] <= width + 16


def test_rows_are_as_far_apart_as_in_tex(measure: Measure) -> None:
    """Each row of letters is 1.2 em high whatever the letters, those beside a brace 1.44 em."""
    (em,) = measure(r"\rule{0em}{1em}", "mspace")
    for latex, size in (
        (r"\begin{matrix} a & c \\ e & o \\ b & d \end{matrix}", 1.2),
        (r"\begin{rcases} a \\ b \end{rcases}", 1.44),
    ):
        for row in measure(latex, "mtr"):
            assert size * em["height"] - NEAR <= row["height"] <= (size + 0.25) * em["height"]


def test_columns_of_a_matrix_stand_apart(measure: Measure) -> None:
    """The letters of two columns have a space between them, with a border too."""
    for latex in (r"\matrix{a & b \cr c & d}", r"\bordermatrix{ & 1 & 2 \cr 1 & a & b \cr 2 & c & d}"):
        left, right = measure(latex, "mtr:last-child > mtd > mi")[:2]
        assert right["left"] - left["right"] >= 8


def test_a_border_is_close_to_its_matrix(measure: Measure) -> None:
    """The matrix with its border is as high as a matrix with a row more."""
    (plain,) = measure(r"\begin{matrix} 1 & 2 \\ a & b \\ c & d \end{matrix}", "math > *")
    (bordered,) = measure(r"\bordermatrix{ & 1 & 2 \cr 1 & a & b \cr 2 & c & d}", "math > *")
    assert bordered["height"] <= 1.35 * plain["height"]


def test_a_prime_above_an_index_is_as_large_as_without(measure: Measure) -> None:
    """The prime of a letter with an index has the size of one beside a letter."""
    (alone,) = measure("x'", "mo")
    (above,) = measure("x'_i", "mo")
    assert abs(above["height"] - alone["height"]) <= NEAR


@pytest.mark.parametrize("latex", [r"\mathrm{d}x", r"\Delta x", r"2\mathrm{d}x"])
def test_upright_letters_have_no_space_around_them(measure: Measure, latex: str) -> None:
    """An upright letter and an italic one stand side by side."""
    *_, upright, italic = measure(latex, "mi, mn")
    assert abs(italic["left"] - upright["right"]) <= NEAR


def test_the_arrow_of_a_vector_is_short(measure: Measure) -> None:
    """It is half as wide as the sign of a map, above bold letters too."""
    (sign,) = measure(r"\to", "mo")
    for latex in (r"\vec{v}", r"\vec{\mathbf{v}}"):
        (arrow,) = measure(latex, "mo")
        assert arrow["right"] - arrow["left"] <= 0.6 * (sign["right"] - sign["left"])


@pytest.mark.parametrize(
    ("latex", "most"),
    [
        (r"\bigl( x", 0.5),
        (r"\Bigl[ x", 0.5),
        (r"\left( \frac{a}{b} \right)", 0.75),
        (r"\left( (x)^2 \right)^2", 0.55),
        (r"\binom{n}{k}", 0.75),
        (r"\begin{pmatrix} 1 & 0 \\ 0 & 1 \end{pmatrix}", 0.75),
    ],
)
def test_no_room_is_left_beside_fences(measure: Measure, latex: str, most: float) -> None:
    """A fence has no room for the form of the highest one, which is 0.875 em wide."""
    (em,) = measure(r"\rule{0em}{1em}", "mspace")
    fence, *_ = measure(latex, "mo")
    assert fence["right"] - fence["left"] <= most * em["height"] + NEAR / 2


def test_a_hat_is_as_wide_as_what_is_below(measure: Measure) -> None:
    """It is in the middle of up to three letters, from the first to the last."""
    for latex in (r"\widehat{ab}", r"\widehat{xyz}"):
        (row,) = measure(latex, "mrow")
        (hat,) = measure(latex, "mo")
        width = row["right"] - row["left"]
        assert abs(hat["left"] + hat["right"] - row["left"] - row["right"]) <= 0.2 * width
        assert 0.7 * width <= hat["right"] - hat["left"] <= 1.6 * width  # with the room beside the sign


def test_what_takes_no_room_is_in_the_middle_of_its_place(measure: Measure) -> None:
    r"""The letters of `\mathclap` stand out as far on the left as on the right."""
    first, last, after = measure(r"\mathclap{oo} o", "mi")
    assert abs((first["left"] + last["right"]) / 2 - after["left"]) <= NEAR


def test_what_follows_an_integral_is_not_far_from_its_index(measure: Measure) -> None:
    """It stands beside the index, a little apart, not beside the upper end of the integral."""
    (em,) = measure(r"\rule{0em}{1em}", "mspace")
    for latex in (r"\int_D x", r"\iint_D x", r"\int_{-\infty}^\infty x"):
        *_, index, following = measure(latex, "mi")
        assert 0 <= following["left"] - index["right"] <= 0.55 * em["height"]


def test_brackets_stand_close_to_a_sum(measure: Measure) -> None:
    """There is no space between a bracket and a large operator in it."""
    left, total, right = measure(r"[\sum]", "mo")
    assert total["left"] - left["right"] <= NEAR
    assert right["left"] - total["right"] <= NEAR


@pytest.mark.parametrize(
    "latex", ["m^{m^{mm}}", "m_{m_{mm}}", "m_{m_{m_{mm}}}", r"m^{\frac{mm}{m}}", r"\sqrt[mm]{m}"]
)
def test_indices_of_indices_are_half_as_large_as_the_line(measure: Measure, latex: str) -> None:
    """No browser enlarges what is small, or shrinks what is deep; some fonts have wider forms for indices."""
    widths = sorted(box["right"] - box["left"] for box in measure(latex, "mi"))
    assert 0.4 * widths[-1] <= widths[0] <= 0.75 * widths[-1]


def test_limits_are_below_an_operator_with_a_prime(measure: Measure) -> None:
    """They are in the middle, not beside it."""
    total, *_ = measure(r"\sideset{}{'}\sum_k", "mo")
    (limit,) = measure(r"\sideset{}{'}\sum_k", "mi")
    assert limit["right"] <= total["right"] + NEAR


@pytest.mark.parametrize(
    ("latex", "selector"),
    [
        (r"m\left(o\right)m", "math > mrow > *"),
        (r"m\left(\frac{o}{o}\right)^{2}m", "math > mrow > *"),
        (r"-\log p", "mo[form=prefix], mi"),
        (r"\lim\left(x\right)", "mi:first-child, mo[fence]:first-child"),
    ],
)
def test_there_is_a_thin_space_beside_what_left_and_right_enclose(
    measure: Measure, latex: str, selector: str
) -> None:
    """It is a sixth of an em in all browsers, and beside names too."""
    (em,) = measure(r"\rule{0em}{1em}", "mspace")
    boxes = measure(latex, selector)
    assert len(boxes) > 1
    for left, right in pairwise(boxes):
        assert right["left"] - left["right"] == pytest.approx(em["height"] / 6, abs=NEAR)


@pytest.mark.parametrize(
    "latex",
    [
        *(r"\left( \frac{a}{b} \right)", r"\left( \frac{y_2 - y_1}{x^2} \right)", r"\left( A^T y^* \right)"),
        *(r"\left| \int_a^b f(x) dx \right|", r"\left\lfloor \frac{f(n)^2}{\frac{1}{2}} \right\rfloor"),
        *(
            r"\left[ \sqrt{\frac{a}{b}} \right]",
            r"\left( \sum_{k=1}^n a_k^2 \right)",
            r"\left( x_{i_j}^2 \right)",
        ),
        *(r"\left( \frac{e^{x_1^2}}{e^{(1+y)z}} \right)", r"\left(\left(\left(x\right)^2\right)^2\right)^2"),
    ],
)
def test_fences_reach_around_what_is_between_them(chromium: Browser, latex: str) -> None:
    """They may be lower by a tenth, as in TeX, and by what a browser rounds; Firefox has boxes of lines."""
    page = chromium.new_page()
    page.evaluate(_FONT)
    boxes = page.evaluate(script(latex, "mo[form=prefix], mo[form=prefix] ~ :not(mo)"))
    page.close()
    assert boxes[0]["height"] >= 0.85 * max(box["height"] for box in boxes)
