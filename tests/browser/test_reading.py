"""What a reader does: by keyboard, with a choice of colours, without JavaScript, on paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from browser import made
from browser.built import kinds

KINDS = kinds()
MOST_STOPS = 12  # of the Tab key before the text
Visit = Callable[..., Page]
Url = Callable[[str], str]
each_kind = pytest.mark.parametrize("kind", [*dict.fromkeys([*KINDS, *made.KINDS])])

# In the text, or behind where it begins, for a text may have nothing that takes the focus.
_IS_IN_TEXT = """(() => {
    const text = document.querySelector(".bd-article");
    return Boolean(text.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING);
})()"""
_IS_MARKED = """(() => {
    const style = getComputedStyle(document.activeElement);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
})()"""


@each_kind
@pytest.mark.parametrize("width", [375, 1280])
def test_the_text_is_few_stops_away(visit: Visit, url: Url, kind: str, width: int) -> None:
    """The Tab key reaches the text after twelve stops at most; each stop can be seen."""
    page = visit(url(kind), width)
    for stop in range(MOST_STOPS + 1):
        page.keyboard.press("Tab")
        if page.evaluate(_IS_IN_TEXT) or page.evaluate("document.activeElement === document.body"):
            return
        assert stop < MOST_STOPS
        assert page.evaluate(_IS_MARKED), page.evaluate("document.activeElement.outerHTML")


def test_skip_link(visit: Visit) -> None:
    """The first stop leads to the text."""
    page = visit(KINDS["post"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#main-content")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_colours_are_chosen_and_kept(visit: Visit, address: str) -> None:
    """The choice is made by keyboard, the focus stays with it, and the next page knows it at once."""
    page = visit("", color_scheme="light")
    page.locator(".theme-switch-button").focus()
    page.keyboard.press("Enter")
    page.locator(".theme-change-button[data-mode=dark]").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('.theme-switch-button')")
    assert page.evaluate("({...localStorage})") == {"mode": "dark", "theme": "dark"}
    page.route("**/*.js*", lambda route: route.abort())
    page.goto(address + KINDS["post"])
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.emulate_media(media="print")
    assert _lightness(page) > 200


def _lightness(page: Page) -> float:
    red: float = page.evaluate("parseFloat(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])")
    return red


@pytest.mark.skipif("code" not in KINDS, reason="no page of the site has code")
def test_code_is_copied_by_keyboard(visit: Visit) -> None:
    """The copy button comes with the first key, can be reached and seen, has a name, copies, and says so."""
    page = visit(KINDS["code"], permissions=["clipboard-read", "clipboard-write"])
    page.locator(".highlight pre").first.scroll_into_view_if_needed()
    assert page.locator("button.copybtn").count() == 0
    page.keyboard.press("Shift")
    button = page.locator("button.copybtn").first
    button.focus()
    page.wait_for_function("getComputedStyle(document.activeElement).opacity === '1'")
    assert button.get_attribute("aria-label")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('[role=status]').textContent !== ''")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == page.locator(".highlight pre").first.inner_text().strip()


@each_kind
def test_without_javascript(visit: Visit, url: Url, kind: str) -> None:
    """On a phone, links to all parts of the site are in sight, and the contents of the page open."""
    page = visit(url(kind), 375, java_script_enabled=False, color_scheme="dark")
    assert page.locator(".site-nav a:visible").count() >= min(4, page.locator(".site-nav a").count())
    assert page.locator(".theme-switch-button:visible").count() == 0
    search = page.locator("a.search-button__button:visible")
    contents = page.locator("details.page-toc-in-text")
    if contents.count():
        contents.locator("summary").click()
        assert contents.locator("a:visible").count()
    search.click()
    assert page.locator("noscript").first.text_content()


def test_without_javascript_the_system_chooses(visit: Visit) -> None:
    """Where no script runs, a reader who prefers dark gets dark."""
    channel = {}
    for mode in ("light", "dark"):
        page = visit("", java_script_enabled=False, color_scheme=mode)
        channel[mode] = page.screenshot(clip={"x": 2, "y": 700, "width": 1, "height": 1})
    assert channel["light"] != channel["dark"]


@pytest.mark.parametrize(("kind", "name"), [("list", "post-about"), ("post", "post-headline")])
def test_no_line_begins_with_the_point_between_facts(visit: Visit, kind: str, name: str) -> None:
    """On phones, facts of a post take two lines; the second begins where the first does."""
    page = visit(KINDS[kind], 280)
    lines = page.evaluate(
        """name => [...document.getElementsByClassName(name)].map(facts => [...facts.children].slice(1)
            .filter(fact => fact.offsetTop > facts.firstElementChild.offsetTop)
            .map(fact => fact.offsetLeft - facts.offsetLeft)).flat()""",
        name,
    )
    assert 0 in lines
    point, ring = page.evaluate(
        """name => {
            const facts = document.getElementsByClassName(name)[0];
            const style = getComputedStyle(facts.lastElementChild, "::before");
            const clip = getComputedStyle(facts).clipPath.match(/-?[\\d.]+px/g);
            return [parseFloat(style.marginLeft) + parseFloat(style.width) / 2, parseFloat(clip[1])];
        }""",
        name,
    )
    assert point < ring < 0


@pytest.mark.skipif("code" not in KINDS, reason="no page of the site has code")
def test_print(visit: Visit) -> None:
    """On paper, code wraps and may go on on the next page, and navigation and buttons are gone."""
    page = visit(KINDS["code"])
    page.emulate_media(media="print")
    breaks = page.evaluate(
        """[...document.querySelectorAll("div[class*=highlight-], div.highlight, pre")]
            .map(box => getComputedStyle(box))
            .map(({ breakInside, display, overflowY }) => [breakInside, display, overflowY].join())"""
    )
    assert {*breaks} == {"auto,block,visible"}
    assert page.evaluate("getComputedStyle(document.querySelector('pre')).whiteSpaceCollapse") == "preserve"
    assert page.evaluate("getComputedStyle(document.querySelector('pre')).textWrapMode") == "wrap"
    assert page.locator("header:visible, nav:visible, button:visible").count() == 0
