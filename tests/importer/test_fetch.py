"""Sources from files and over the network."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from postdocs.core.errors import PostdocsError
from postdocs.importer import fetch


def client(answer: Callable[[httpx.Request], httpx.Response]) -> httpx.Client:
    """Make a client that asks nobody."""
    return httpx.Client(transport=httpx.MockTransport(answer))


def test_a_file_is_read(tmp_path: Path) -> None:
    """A file has no media type."""
    (tmp_path / "feed.xml").write_bytes(b"x")
    with client(lambda request: httpx.Response(500)) as http:
        assert fetch.load(str(tmp_path / "feed.xml"), http) == (b"x", str(tmp_path / "feed.xml"), None)


def test_an_address_is_fetched_and_redirects_are_followed() -> None:
    """The address that answered is what relative links are relative to."""

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/old":
            return httpx.Response(301, headers={"Location": "/feed.xml"})
        return httpx.Response(200, content=b"x", headers={"Content-Type": "application/atom+xml"})

    with client(answer) as http:
        found = fetch.load("https://example.org/old", http)
    assert found == (b"x", "https://example.org/feed.xml", "application/atom+xml")


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (lambda request: httpx.Response(404), "the server answered 404; check the address in a browser"),
        (lambda request: httpx.Response(200, content=b"x" * 20), "it has more than 0 MiB; "),
        (
            lambda request: httpx.Response(302, headers={"Location": "/x"}),
            "it can't be fetched (Exceeded maximum",
        ),
    ],
)
def test_what_cannot_be_had_is_one_clear_line(
    answer: Callable[[httpx.Request], httpx.Response], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Errors of the server, endless redirects and huge answers are named with the address."""
    monkeypatch.setattr(fetch, "LARGEST", 10)
    with client(answer) as http, pytest.raises(PostdocsError) as caught:
        fetch.load("https://example.org/x", http)
    assert str(caught.value).startswith(f"https://example.org/x: {message}")
