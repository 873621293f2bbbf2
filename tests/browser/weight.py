"""What a page weighs."""

from __future__ import annotations

from playwright.sync_api import BrowserContext

MOST_BYTES = 45_000  # of a page, compressed, with all that it loads but pictures
MOST_REQUESTS = 10


def assert_light(context: BrowserContext, address: str) -> None:
    """Assert that a page is light as it is sent, and loads few files; pictures are apart."""
    page = context.new_page()  # which has nothing under way
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: dict[str, float] = {}
    types: dict[str, str] = {}
    session.on("Network.loadingFinished", lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]}))
    session.on("Network.responseReceived", lambda e: types.update({e["requestId"]: e["type"]}))
    urls: dict[str, str] = {}
    session.on("Network.requestWillBeSent", lambda e: urls.update({e["requestId"]: e["request"]["url"]}))
    page.goto(address, wait_until="networkidle")
    page.close()
    loaded = [request for request, url in urls.items() if not url.startswith("data:")]  # which is in a file
    others = [request for request in loaded if types.get(request) != "Image"]
    assert 0 < sum(sizes.get(request, 0) for request in others) <= MOST_BYTES
    assert len(others) <= MOST_REQUESTS
