"""What a browser can judge of every kind of page."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, Route

from browser import made
from browser.accessibility import violations
from browser.built import HTML, kinds, paths, sampled, without_formulas
from browser.serve import served
from browser.weight import assert_light

KINDS = [*dict.fromkeys([*kinds(), *made.KINDS])]
WIDTHS = (320, 375, 768, 1280)
LATE = re.compile(r"\.(?:png|jpe?g|webp|avif|svg)$|/postdocs-text[^/]*\.woff2$")

each_kind = pytest.mark.parametrize("kind", KINDS)
Visit = Callable[..., Page]
Url = Callable[[str], str]


@each_kind
@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_axe_finds_nothing(visit: Visit, url: Url, kind: str, width: int, mode: str) -> None:
    """A page breaks no rule of WCAG 2.2 AA, nor a best practice that axe knows; what folds is open."""
    page = visit(url(kind), width, color_scheme=mode)
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    assert violations(page) == ""


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_the_screen(visit: Visit, url: Url, width: int, address: str) -> None:
    """From 320 pixels on, nothing but boxes that scroll is wider than the screen."""
    page = visit("", width)
    wide = []
    for place in [*(address + path for path in sampled(paths())), *map(url, made.KINDS)]:
        page.goto(place)
        excess = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        wide += [(place, excess)] if excess else []
    assert wide == []


@each_kind
def test_console_and_network_are_silent(visit: Visit, url: Url, kind: str) -> None:
    """A page writes nothing to the console, asks for nothing that is not there, and nobody else."""
    page = visit("").context.new_page()  # which has nothing under way
    said: list[str] = []
    asked: list[Request] = []
    page.on("console", lambda message: said.append(f"{message.text} {message.location['url']}"))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108 - Playwright wants a function
    page.goto(url(kind), wait_until="networkidle")
    assert said == []
    hosts = {urlsplit(request.url).netloc for request in asked if not request.url.startswith("data:")}
    assert hosts == {urlsplit(url(kind)).netloc}


@pytest.mark.parametrize("path", without_formulas())
def test_weight(visit: Visit, path: str, address: str) -> None:
    """Every post, and a page of each kind, is light as it is sent and loads few files."""
    assert_light(visit("").context, address + path)


@pytest.mark.parametrize("kind", [kind for kind in made.KINDS if kind not in {"formulas", "letters"}])
def test_weight_of_what_few_sites_have(visit: Visit, url: Url, kind: str) -> None:
    """Old comments, frames, wide tables and a cover cost no more than that, nor letters of other pages."""
    assert_light(visit("").context, url(kind))


@each_kind
def test_one_heading_of_the_first_level(visit: Visit, url: Url, kind: str) -> None:
    """A page has one h1, of 32 pixels on wide screens and 28 on phones, give or take one."""
    for width, size in ((1280, 32), (375, 28)):
        page = visit(url(kind), width)
        (found,) = page.evaluate(
            "[...document.querySelectorAll('h1')].map(h => parseFloat(getComputedStyle(h).fontSize))"
        )
        assert abs(found - size) <= 1


@each_kind
def test_nothing_moves_while_a_page_loads(visit: Visit, url: Url, kind: str) -> None:
    """A parsed page doesn't shift, even when pictures and the font of text come after the first paint."""
    page = visit("", 375)
    held: list[Route] = []
    page.route(LATE, lambda route: held.append(route))  # noqa: PLW0108 - Playwright wants a function
    page.goto(url(kind), wait_until="domcontentloaded")
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
    for route in held:
        route.continue_()
    page.unroute(LATE)
    page.wait_for_load_state("load")
    assert _shift(page, "performance.getEntriesByType('navigation')[0].domInteractive") == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_moves_in_a_part_of_the_header(chromium: Browser, width: int) -> None:
    """However far the browser has read the header, what it shows of it stays where it is."""
    page = chromium.new_page(viewport={"width": width, "height": 800})
    with served(HTML, is_slow=True) as address:
        page.goto(address + kinds().get("manual", kinds()["post"]), wait_until="load")
        assert _shift(page, "0") == 0
    page.close()


def _shift(page: Page, since: str) -> float:
    """Return how much has moved on a page since a time, an expression."""
    shift: float = page.evaluate(
        f"""() => new Promise(resolve => {{
            let sum = 0;
            new PerformanceObserver(list => {{
                for (const entry of list.getEntries())
                    if (entry.startTime >= {since}) sum += entry.value;
            }}).observe({{ type: "layout-shift", buffered: true }});
            setTimeout(() => resolve(sum), 300);
        }})"""
    )
    return shift
