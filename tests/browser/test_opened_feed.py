"""A feed that a reader opens in a browser, where a style sheet shows its titles, days and summaries."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from browser.accessibility import violations

FEED = "blog/atom.xml"
Visit = Callable[..., Page]

_IN_SIGHT = """[...document.querySelectorAll("feed *")].filter(part =>
    part.checkVisibility() && [...part.childNodes].some(node => node.nodeType === 3 && node.data.trim()))"""


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_axe_finds_nothing(visit: Visit, mode: str) -> None:
    """Links and words have enough contrast, and break no rule that axe knows."""
    assert violations(visit(FEED, color_scheme=mode)) == ""


@pytest.mark.parametrize("width", [320, 375, 768, 1280])
def test_it_fits_the_screen(visit: Visit, width: int) -> None:
    """No line is longer than the screen, nor than 75 characters or so."""
    page = visit(FEED, width)
    boxes = page.evaluate(f"{_IN_SIGHT}.map(part => part.getBoundingClientRect().toJSON())")
    assert len(boxes) > 3
    assert all(box["left"] >= 0 and box["right"] <= width and box["width"] <= 46 * 16 for box in boxes)


def test_it_loads_its_style_sheet_alone(visit: Visit, address: str) -> None:
    """Pictures of its articles are text for feed readers, not addresses that the browser loads."""
    page = visit("").context.new_page()  # which has nothing under way
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + FEED, wait_until="networkidle")
    icon = address + "favicon.ico"  # which a browser asks for by itself
    assert {*asked} - {icon} == {address + FEED, address + "_static/feed.css"}


def test_posts_are_reached_by_keyboard(visit: Visit) -> None:
    """The first stops are what a feed is for; then each title is a link, and the focus is seen."""
    page = visit(FEED)
    stops = []
    for _ in range(6):
        page.keyboard.press("Tab")
        stops.append(
            page.evaluate(
                "[document.activeElement.localName, document.activeElement.parentElement.localName]"
            )
        )
        assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 2
    assert ["a", "entry"] in stops
