"""What the browser gets of a preview, and is told."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest

from postdocs.preview.run import HOST
from postdocs.preview.server import EventBroadcaster, make

LIMIT = 600  # seconds after which a test that waits has failed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A built site: a page, a page in a folder, and a file that is no page; beside it something secret."""
    out = tmp_path / "html"
    (out / "part").mkdir(parents=True)
    (out / "empty").mkdir()
    (out / "index.html").write_text("<html><body><p>Home</p></body></html>", encoding="utf-8")
    (out / "part" / "index.html").write_text("<p>Part", encoding="utf-8")
    (out / "style.css").write_text("p {}", encoding="utf-8")
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    return out


@pytest.fixture
def broadcaster() -> EventBroadcaster:
    """The status of a preview whose first build is done, of a site at the root of its host."""
    broadcaster = EventBroadcaster()
    broadcaster.publish((), "/", is_new=True)
    return broadcaster


class Browser:
    """What asks the server for one thing after the other."""

    def __init__(self, folder: Path, broadcaster: EventBroadcaster) -> None:
        self._transport = httpx.ASGITransport(make(folder, broadcaster))

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
        """Ask for a path."""

        async def ask() -> httpx.Response:
            async with httpx.AsyncClient(transport=self._transport) as client:
                return await client.get(f"http://{HOST}:8000{path}", headers=headers, timeout=LIMIT)

        return asyncio.run(asyncio.wait_for(ask(), LIMIT))


@pytest.fixture
def client(folder: Path, broadcaster: EventBroadcaster) -> Browser:
    """A browser on this machine."""
    return Browser(folder, broadcaster)


def test_pages_get_a_script_on_their_way(
    client: Browser, folder: Path, broadcaster: EventBroadcaster
) -> None:
    """The script stands at the end of the body, and not in the file."""
    before = (folder / "index.html").read_bytes()
    text = client.get("/").text
    assert text.endswith(f'.js" data-build="{broadcaster.build_of("/")}"></script></body></html>')
    assert "data-build" in client.get("/part/").text
    assert "EventSource" in client.get("/_postdocs/preview.js").text
    assert (folder / "index.html").read_bytes() == before


def test_files_are_as_they_are(client: Browser) -> None:
    """What is no page is served unchanged, and browsers ask each time whether it has changed."""
    response = client.get("/style.css")
    assert (response.text, response.headers["Cache-Control"]) == ("p {}", "no-cache")


def test_until_the_first_build_is_done_a_page_says_so(folder: Path) -> None:
    """Whatever is asked for, the page says that the site is being built, or that it can't be."""
    unbuilt = EventBroadcaster()
    browser = Browser(folder, unbuilt)
    for path in ("/", "/part/", "/style.css"):
        response = browser.get(path)
        assert (response.status_code, "Building the site." in response.text) == (503, True)
        assert f'data-build="{unbuilt.build_of(path)}"' in response.text
    before = unbuilt.build_of("/")
    unbuilt.publish(("conf.py is broken",), "", is_new=False)
    assert "The build failed." in browser.get("/").text
    assert unbuilt.build_of("/") == before
    unbuilt.publish((), "/", is_new=False)  # all was built by an earlier preview
    assert unbuilt.build_of("/") != before
    assert "Home" in browser.get("/").text


@pytest.mark.parametrize(
    ("path", "code", "text"),
    [
        ("/", 307, "/~ann/my blog/"),
        ("/~ann/my%20blog", 307, "/~ann/my blog/"),
        ("/~ann/my%20blog/", 200, "Home"),
        ("/~ann/my%20blog/part/", 200, "Part"),
        ("/~ann/my%20blog/style.css", 200, "p {}"),
        ("/~ann/my%20blog/gone", 404, "There is no such page."),
        ("/part/", 404, '<a href="/~ann/my%20blog/">/~ann/my%20blog/</a>'),
        ("/~ann/my%20blogs/", 404, '<a href="/~ann/my%20blog/">'),
        ("/%3Cscript%3E", 404, "There is no such page."),
    ],
)
def test_the_site_is_at_its_path(path: str, code: int, text: str, folder: Path) -> None:
    """A site in a folder of its host is served there, and a link that leaves the folder fails as it will."""
    broadcaster = EventBroadcaster()
    broadcaster.publish((), "/~ann/my blog/", is_new=True)
    response = Browser(folder, broadcaster).get(path)
    assert response.status_code == code
    assert text in (unquote(response.headers["Location"]) if code == 307 else response.text)
    assert "<script>" not in response.text


@pytest.mark.parametrize(
    "path", ["/empty/", "/gone", "/..%2fsecret.html", "/%2e%2e/secret.html", "//etc/passwd"]
)
def test_nothing_else_is_served(path: str, client: Browser) -> None:
    """No list of a folder, nothing outside of it; the page that says so waits for the next build too."""
    response = client.get(path)
    assert response.status_code == 404
    assert "secret" not in response.text
    assert "data-build" in response.text


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8000", "192.168.0.7:8000"])
def test_other_names_of_this_machine_are_refused(host: str, client: Browser) -> None:
    """A site whose name leads to this machine reads nothing."""
    assert client.get("/", headers={"Host": host}).status_code == 400
    assert client.get("/", headers={"Host": "localhost:8000"}).status_code == 200


@pytest.mark.parametrize(
    "header", [("Origin", "http://evil.example"), ("Origin", "null"), ("Sec-Fetch-Site", "cross-site")]
)
def test_other_sites_get_no_events(header: tuple[str, str], client: Browser) -> None:
    """Pages of other sites, in the same browser, do not hear what is wrong with this one."""
    assert client.get("/_postdocs/preview/events", headers=dict([header])).status_code == 403


def test_a_page_stays_while_a_mistake_keeps_it_out(
    client: Browser, folder: Path, broadcaster: EventBroadcaster
) -> None:
    """The page that the author is at is shown as it was last; when nothing is wrong, gone is gone."""
    client.get("/part/")
    (folder / "part" / "index.html").unlink()
    broadcaster.publish(("part.md:1: WARNING: no",), "/", is_new=True)
    response = client.get("/part/")
    assert (response.status_code, "Part" in response.text) == (200, True)
    assert broadcaster.build_of("/part/") in response.text
    broadcaster.publish((), "/", is_new=True)
    assert client.get("/part/").status_code == 404


def test_pages_are_told_what_changes(broadcaster: EventBroadcaster) -> None:
    """Who listens gets the status at once, and each later one; only a new site has another name."""

    async def heard() -> list[str]:
        events = broadcaster.events("/")
        found = [await anext(events)]
        broadcaster.publish(("</script>\n",), "/", is_new=False)
        found.append(await anext(events))
        broadcaster.publish((), "/", is_new=True)
        return [*found, await anext(events)]

    first, wrong, new = asyncio.run(asyncio.wait_for(heard(), LIMIT))
    assert first.replace("[]", '["</script>\\n"]') == wrong
    assert first.partition(",")[0] != new.partition(",")[0]
    assert wrong.count("\n") == 2  # which end the event


def test_pages_that_are_ready_come_first(broadcaster: EventBroadcaster) -> None:
    """A page that is written is loaded again while lists are not made yet, and once; the rest follows."""
    before = broadcaster.build_of("/post/")
    broadcaster.publish_early("/post/")
    ready = broadcaster.build_of("/post/")
    assert ready != before == broadcaster.build_of("/list/")
    broadcaster.publish((), "/", is_new=True)
    assert ready == broadcaster.build_of("/post/") == broadcaster.build_of("/list/")


def test_an_early_page_that_has_changed_since_is_loaded_again(broadcaster: EventBroadcaster) -> None:
    """What the build found out of other pages is in it now."""
    broadcaster.publish_early("/post/")
    early = broadcaster.build_of("/post/")
    broadcaster.publish((), "/", is_new=True, early_stands=False)
    assert early != broadcaster.build_of("/post/") == broadcaster.build_of("/list/")


def test_pages_follow_after_a_build_that_breaks_off(broadcaster: EventBroadcaster) -> None:
    """What was ready when a build broke off is loaded again after the next, and so is the rest."""
    before = broadcaster.build_of("/list/")
    broadcaster.publish_early("/post/")
    broadcaster.publish(("Broken",), "/", is_new=False)
    broken = broadcaster.build_of("/post/")
    broadcaster.publish_early("/post/")
    broadcaster.publish((), "/", is_new=True)
    assert broadcaster.build_of("/post/") not in {before, broken}
    assert broadcaster.build_of("/list/") not in {before, broken}


def test_a_page_that_is_being_written_is_waited_for(client: Browser, folder: Path) -> None:
    """A browser would show the half of it until the next build."""
    page = folder / "index.html"
    whole = page.read_bytes()
    page.write_bytes(b"")
    writing = threading.Timer(0.2, page.write_bytes, [whole])
    writing.start()
    text = client.get("/").text
    writing.join()
    assert whole.decode().partition("</body>")[0] in text
