"""How formulas look, in Chromium and in Firefox: boxes are measured, so that fonts may change."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser

from browser import firefox
from browser.formulas import Chromium, Window, build_site
from browser.serve import served
from browser.weight import assert_light

WIDTHS = (375, 1280)
_POST = "posts/formulas/"
_BOXES = """(() => {
    const box = (element) => {
        const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
        return { left, right, top, bottom, width, height };
    };
    const all = (selector) => [...document.querySelectorAll(selector)];
    return {
        text: box(all("article p, .bd-article p")[1]),
        numbers: all(".eqno").map(box),
        boxes: all("div.formula").map(box),
        formulas: all("div.formula > math").map(box),
        contents: all("div.formula > math").map((math) => {
            const parts = [...math.children].map(box);
            const [lefts, rights] = [parts.map(({ left }) => left), parts.map(({ right }) => right)];
            return { left: Math.min(...lefts), right: Math.max(...rights) };
        }),
        before: all("div.math").map((math) => box(math.previousElementSibling)),
        after: all("div.math").map((math) => box(math.nextElementSibling)),
        scrolls: all("div.formula").map((formula) => formula.scrollWidth - formula.clientWidth),
        stops: all("div.formula").map((formula) => formula.tabIndex),
        rows: all("math.breaks > mrow").map(box),
        wide: all(".math:has(> .wide)").map((math) => [box(math).width, math.scrollWidth, math.tabIndex]),
        brackets: all("div.formula mo").filter((mo) => "()".includes(mo.textContent) && mo.closest("math")
            .querySelector("mtable")).map(box),
        tables: all("div.formula mtable").map(box),
        excess: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    };
})()"""
_RECTANGLES = "(all) => all.map((one) => one.getBoundingClientRect().toJSON())"
_END = 6  # pixels at an end of a brace that may be light
_LINE = """(() => {
    const maths = [...document.querySelectorAll("p:last-of-type math")];
    return maths.map((math) => math.getBoundingClientRect().width);
})()"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with formulas."""
    with served(build_site(tmp_path_factory.mktemp("formulas"))) as address:
        yield address


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def window(request: pytest.FixtureRequest) -> Iterator[Window]:
    """A window of each browser that is installed."""
    if request.param == "chromium":
        yield Chromium(request.getfixturevalue("chromium"))
        return
    program = firefox.find()
    if program is None:
        pytest.skip("no Firefox is installed; on Debian, `apt-get install firefox-esr` does it")
    with firefox.started(program) as window_:
        yield window_


@pytest.fixture(scope="module")
def measured(window: Window, site: str) -> dict[int, Any]:
    """The boxes of the page, by the width of the window."""
    boxes = {}
    for width in WIDTHS:
        window.open(site + _POST, width)
        # Which boxes scroll is noted after the first layout.
        window.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        boxes[width] = window.evaluate(_BOXES)
    return boxes


@pytest.mark.parametrize("width", WIDTHS)
def test_numbers_stand_at_the_edge(measured: dict[int, Any], width: int) -> None:
    """A number ends where the text does; the formula is in the middle of the text, or scrolls beside it."""
    boxes = measured[width]
    text = boxes["text"]
    for number, formula in zip(boxes["numbers"], boxes["boxes"], strict=False):
        assert number["right"] == pytest.approx(text["right"], abs=1)
        assert formula["right"] <= number["left"] + 1
    short = boxes["contents"][0]
    middle = (short["left"] + short["right"]) / 2
    assert middle == pytest.approx((text["left"] + text["right"]) / 2, abs=2)


@pytest.mark.parametrize("width", WIDTHS)
def test_space_above_and_below_is_the_same(measured: dict[int, Any], width: int) -> None:
    """A formula is as far from the text before as from that after it."""
    boxes = measured[width]
    for before, formula, after in zip(boxes["before"], boxes["boxes"], boxes["after"], strict=True):
        above, below = formula["top"] - before["bottom"], after["top"] - formula["bottom"]
        assert above == pytest.approx(below, abs=1)
        assert above > 5


@pytest.mark.parametrize("width", WIDTHS)
def test_wide_formulas_scroll(measured: dict[int, Any], width: int) -> None:
    """A wide formula scrolls by itself, by keyboard too, and the page does not; its number stays in sight."""
    boxes = measured[width]
    assert boxes["excess"] == 0
    assert [scroll > 0 for scroll in boxes["scrolls"]] == [False, True, False]
    assert boxes["stops"] == [-1, 0, -1]
    assert boxes["contents"][1]["left"] >= boxes["boxes"][1]["left"] - 1  # nothing is out of reach
    ((room, content, stop),) = boxes["wide"]
    assert room <= boxes["text"]["width"] + 1
    assert (content > room + 1, stop) == (True, 0)


@pytest.mark.parametrize("width", WIDTHS)
def test_long_formulas_break_in_a_line(measured: dict[int, Any], width: int) -> None:
    """A long formula goes on in the next line, each part of it in one piece and inside of the text."""
    boxes = measured[width]
    tops = {round(row["bottom"] / 20) for row in boxes["rows"]}
    assert len(tops) > 1
    assert all(row["right"] <= boxes["text"]["right"] + 1 for row in boxes["rows"])
    assert all(row["height"] < 40 for row in boxes["rows"])


@pytest.mark.parametrize("width", WIDTHS)
def test_brackets_are_as_high_as_their_matrix(measured: dict[int, Any], width: int) -> None:
    """They grow with it, whatever fonts are installed."""
    boxes = measured[width]
    (table,) = boxes["tables"]
    assert len(boxes["brackets"]) == 2
    assert all(bracket["height"] >= 0.9 * table["height"] for bracket in boxes["brackets"])


def test_text_in_formulas_keeps_its_spaces(window: Window, site: str) -> None:
    """A space at the end of a text is as wide as elsewhere."""
    window.open(site + _POST, 1280)
    with_space, without = window.evaluate(_LINE)
    assert with_space - without > 3


def test_boxes_and_rows_of_indices_are_no_higher_than_their_letters(window: Window, site: str) -> None:
    """A box is less than two lines high, and the rows of an index stand closer than those of the text."""
    window.open(site + _POST, 1280)
    em, box, upper, lower = window.evaluate(
        """(() => {
            const [box] = document.querySelectorAll("math > mrow[style]");
            const rows = [...document.querySelectorAll("munder mtr, msub mtr")];
            const [upper, lower] = rows.map((row) => row.getBoundingClientRect().top);
            const em = parseFloat(getComputedStyle(box).fontSize);
            return [em, box.getBoundingClientRect().height, upper, lower];
        })()"""
    )
    assert box <= 1.7 * em
    assert 0 < lower - upper <= 1.05 * em


def test_only_pages_with_formulas_load_the_font(window: Window, site: str) -> None:
    """Formulas are set in the font of the site, which other pages don't ask for."""
    loaded = "performance.getEntriesByType('resource').filter(({ name }) => name.includes('woff')).length"
    window.open(site + _POST, 1280)
    assert window.evaluate(loaded) == 1
    assert window.evaluate(
        "[...document.fonts].map(({ family, status }) => family.replaceAll('\"', '') + status)"
    ) == ["Postdocs Mathloaded"]
    window.open(site, 1280)
    assert window.evaluate(loaded) == 0


def test_weight_of_a_page_with_formulas(chromium: Browser, site: str) -> None:
    """The font and the MathML of a page are light."""
    context = chromium.new_context()
    assert_light(context, site + _POST)
    context.close()


@pytest.mark.parametrize(
    ("start", "end", "copied"),
    [
        ("div.formula mi", "div.formula mi", "E = m c^2"),
        ("div.formula mi", "div.math + p", "$$E = m c^2$$"),
    ],
)
def test_a_copied_formula_is_its_latex(
    chromium: Browser, site: str, start: str, end: str, copied: str
) -> None:
    """A formula of which a part is selected is copied whole; between dollars with text around it."""
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(site + _POST)
    page.evaluate(
        """([start, end]) => getSelection().setBaseAndExtent(
            document.querySelector(start).firstChild, 0, document.querySelector(end).firstChild, 1)""",
        [start, end],
    )
    page.keyboard.press("Control+C")
    assert page.evaluate("navigator.clipboard.readText()").startswith(copied)
    context.close()


def test_wide_formulas_scroll_by_keyboard(chromium: Browser, site: str) -> None:
    """An arrow key moves a wide formula."""
    page = chromium.new_page(viewport={"width": 375, "height": 800})
    page.goto(site + _POST)
    box = page.locator("div.formula[tabindex]").first
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")
    page.close()


def test_formulas_on_paper(chromium: Browser, site: str) -> None:
    """Nothing scrolls on paper, and formulas are dark on light."""
    page = chromium.new_page(color_scheme="dark")
    page.goto(site + _POST)
    page.emulate_media(media="print")
    formula = page.locator("div.formula").nth(1)
    assert formula.evaluate("(box) => getComputedStyle(box).overflow") == "visible"
    assert formula.evaluate("(box) => parseFloat(getComputedStyle(box).color.match(/\\d+/)[0])") < 80
    page.close()


def test_wide_braces_are_painted_to_their_ends(chromium: Browser, site: str) -> None:
    """Wherever they stand: Chromium paints a page in tiles, and knows only the box of the letter."""
    page = chromium.new_page(viewport={"width": 1280, "height": 1200}, color_scheme="light")
    page.goto(f"{site}posts/braces/")
    page.evaluate("document.fonts.ready.then(() => null)")
    shot = Image.open(BytesIO(page.screenshot())).convert("1")
    assert page.locator("mover").count() > 1
    for box in page.locator("mover").evaluate_all(_RECTANGLES):
        height = round(0.45 * (box["bottom"] - box["top"]))
        left, right, top = (round(box[side]) for side in ("left", "right", "top"))
        above = shot.crop((left, top, right, top + height))
        inked = [
            x for x in range(above.width) if above.crop((x, 0, x + 1, height)).getextrema() != (255, 255)
        ]
        assert (inked[0] < _END, inked[-1] > above.width - _END) == (True, True)
    page.close()
