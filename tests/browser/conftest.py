"""What tests in a browser share: the site as `nox -s build` left it, served, and Debian's Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from typing import Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from browser import firefox, made
from browser.built import HTML, kinds
from browser.serve import served


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser; where there is none, the tests are skipped."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("no Chromium is installed; on Debian, `apt-get install chromium` does it")
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=found, args=options)
        yield browser
        browser.close()


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def evaluate(request: pytest.FixtureRequest) -> Iterator[Callable[[str], Any]]:
    """Tell the value of an expression of JavaScript in an empty page, in each browser that is there."""
    if request.param == "chromium":
        page = request.getfixturevalue("chromium").new_page()
        yield page.evaluate
        page.close()
        return
    program = firefox.find()
    if program is None:
        pytest.skip("no Firefox is installed; on Debian, `apt-get install firefox-esr` does it")
    with firefox.started(program) as window:
        window.open("about:blank", 1280)
        yield window.evaluate


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of the built site."""
    if not (HTML / "index.html").is_file():
        pytest.fail(f"{HTML} has no site; run `nox -s build` first")
    with served(HTML) as found:
        yield found


@pytest.fixture(scope="session")
def url(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """Tell the address of a page of a kind: of the built site or, where that has none, of a made one."""
    with ExitStack() as servers:

        @cache
        def made_site() -> str:
            return servers.enter_context(served(made.build(tmp_path_factory.mktemp("made"))))

        def tell(kind: str) -> str:
            return address + kinds()[kind] if kind in kinds() else made_site() + made.KINDS[kind]

        yield tell


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open a page of the site, or one at an address; keywords are options of the browser's context."""
    contexts = []

    def open_page(path: str, width: int = 1280, **options: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(urljoin(address, path))
        return page

    yield open_page
    for context in contexts:
        context.close()
