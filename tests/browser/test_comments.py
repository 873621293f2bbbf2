"""Comments in a real browser: nothing is requested before a reader asks, and nothing hostile survives."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route
from sphinx.testing.util import SphinxTestApp

from browser.accessibility import violations
from browser.serve import served

GISCUS = {"repo": "ann/heat", "repo_id": "R_1", "category": "Comments", "category_id": "DIC_1"}
THREAD = "https://social.example/@ann/109372"
POST = f"---\ntitle: Told\ndate: 2024-05-06\nmastodon: {THREAD}\n---\n\nText.\n"
HOSTILE = (
    '<p>Zebra <a href="javascript:document.title=1">one</a> '
    '<a href="https://ok.example/" onclick="x()">two</a>'
    "<img src=x onerror=document.title=2><script>document.title=3</script><br>okapi</p>"
)
REPLIES = [
    {"id": "2", "in_reply_to_id": "109372", "content": HOSTILE, "url": "https://social.example/@bo/2"},
    {"id": "3", "in_reply_to_id": "2", "content": "<p>Quagga</p>", "url": "javascript:alert(1)"},
]
OLD = """\
- id: '1'
  author: Ada
  website: https://ada.example/
  date: 2019-05-02T09:30:00+02:00
  text: "Is *green* tea hotter? <img src=x onerror=document.title=4>\\n\\n> Yes.\\n\\n```\\nx = 1\\n```"
- {id: '2', author: Bo, parent: '1', text: 'No, see [this](https://bo.example/).'}
- {id: '3', author: ליאה, parent: '2', text: 'לא'}
"""


@pytest.fixture
def blog(app: SphinxTestApp) -> Iterator[str]:
    """The address of a small site with comments."""
    (app.srcdir / "posts/2024/told.md").write_text(POST, encoding="utf-8")
    (app.srcdir / "posts/2024/told.comments.yml").write_text(OLD, encoding="utf-8")
    app.build()
    with served(app.outdir) as address:
        yield address


@pytest.mark.sphinx("html", testroot="blog")
def test_an_opened_feed_shows_no_bare_count(chromium: Browser, blog: str) -> None:
    """The number of old comments is for feed readers; who opens the feed sees titles, days and words."""
    page = chromium.new_page()
    page.goto(f"{blog}blog/atom.xml")
    parts = "[...document.querySelectorAll('entry > *')].filter(part => part.checkVisibility())"
    assert {*page.evaluate(f"{parts}.map(part => part.localName)")} == {"a", "published", "summary"}
    assert page.evaluate("document.querySelector('total').textContent") == "3"
    page.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page whose requests to other hosts are kept, and answered with replies."""
    context = chromium.new_context(viewport={"width": 375, "height": 800}, locale="en-GB")
    opened = context.new_page()

    def answer(route: Route) -> None:
        person = {"display_name": "Bo <b>", "acct": "bo"}
        replies = [{**reply, "account": person, "created_at": "2024-05-07T08:00:00Z"} for reply in REPLIES]
        body = json.dumps({"ancestors": [], "descendants": replies})
        route.fulfill(
            body=body, headers={"Access-Control-Allow-Origin": "*"}, content_type="application/json"
        )

    context.route(lambda url: "127.0.0.1" not in url, answer)
    yield opened
    context.close()


def elsewhere(page: Page) -> list[str]:
    """Return the list of addresses that a page asks of other hosts, from now on."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "127.0.0.1" not in request.url else None)
    return asked


@pytest.mark.sphinx(
    "dirhtml", testroot="blog", confoverrides={"html_theme": "postdocs", "postdocs_comments": GISCUS}
)
def test_comments_are_requested_when_a_reader_asks(page: Page, blog: str) -> None:
    """Before the click there are a link and a button; after it the service is asked, and text is shown."""
    asked = elsewhere(page)
    page.goto(f"{blog}posts/2024/told/")
    page.wait_for_load_state("networkidle")
    button = page.get_by_role("button", name="Show comments")
    assert button.is_visible()
    assert asked == []
    button.click()
    page.locator(".comment").nth(1).wait_for()
    assert asked == ["https://social.example/api/v1/statuses/109372/context"]
    first, second = page.locator(".comment").all()
    assert "Bo <b>" in first.inner_text()
    assert "Zebra one two" in first.inner_text()
    assert [link.get_attribute("href") for link in first.locator("a").all()] == [
        "https://social.example/@bo/2",
        "https://ok.example/",
    ]
    assert first.locator("img, script, [onclick]").count() == 0
    assert second.get_attribute("data-depth") == "1"
    assert second.locator("a[href]").count() == 0
    assert page.title().startswith("Told")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    asked = elsewhere(page)
    page.goto(f"{blog}posts/2024/titled/")
    page.wait_for_load_state("networkidle")
    assert asked == []
    page.get_by_role("button", name="Show comments").click()
    script = page.locator("script[src='https://giscus.app/client.js']")
    script.wait_for(state="attached")
    assert script.get_attribute("data-repo") == "ann/heat"
    assert script.get_attribute("data-term") == "~lab/posts/2024/titled/"


@pytest.mark.sphinx(
    "dirhtml", testroot="blog", confoverrides={"html_theme": "postdocs", "postdocs_comments": GISCUS}
)
def test_without_a_script_there_is_a_link(chromium: Browser, blog: str) -> None:
    """A reader without JavaScript gets to the discussion, and sees no button that does nothing."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{blog}posts/2024/told/")
    assert page.locator(".post-comments a").get_attribute("href") == THREAD
    assert page.locator(".post-comments button, .post-copy button").count() == 0
    context.close()


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"html_theme": "postdocs"})
def test_the_address_of_a_post_is_copied(chromium: Browser, blog: str) -> None:
    """The button copies the address without what follows a hash, and says so."""
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{blog}posts/2024/told/#told")
    page.get_by_role("button", name="Copy link").click()
    page.get_by_role("button", name="Link copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{blog}posts/2024/told/"
    context.close()


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"html_theme": "postdocs"})
@pytest.mark.parametrize(("width", "mode"), [(320, "dark"), (1280, "light")])
def test_old_comments_pass_the_audits(chromium: Browser, blog: str, width: int, mode: str) -> None:
    """The archive of old comments breaks no rule that axe knows, fits the screen, and asks nobody else."""
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=mode)  # type: ignore[arg-type]  # a literal of Playwright's
    page = context.new_page()
    asked = elsewhere(page)
    page.goto(f"{blog}posts/2024/told/", wait_until="networkidle")
    assert page.locator("#comment-1 #comment-2 #comment-3").count() == 1
    assert violations(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator(".comment-archive").locator("img, script, [onerror]").count() == 0
    assert asked == []
    assert page.title().startswith("Told")
    context.close()
