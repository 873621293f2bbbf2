"""Sources from files and over the network."""

from __future__ import annotations

from pathlib import Path

import pytest
from clients import local_client
from servers import Server

from postdocs.core.errors import PostdocsError
from postdocs.core.http.client import blocking
from postdocs.importer import fetch


def test_a_file_is_read(tmp_path: Path) -> None:
    """A file has no media type."""
    (tmp_path / "feed.xml").write_bytes(b"x")
    with blocking(local_client()) as client:
        assert fetch.load(str(tmp_path / "feed.xml"), client) == (b"x", str(tmp_path / "feed.xml"), None)


def test_an_address_is_fetched_and_redirects_are_followed(server: Server) -> None:
    """The address that answered is what relative links are relative to."""
    with blocking(local_client()) as client:
        source = fetch.load(server.url("/to//picture"), client)
    assert source == (b"picture", server.url("/picture"), "image/png")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/404", "the server answered 404; check the address in a browser"),
        ("/zipped/20", "it has more than 0 MiB; download it"),
        ("/loop", "it can't be fetched (it redirects in a circle); check the address"),
    ],
)
def test_what_cannot_be_had_is_one_clear_line(
    path: str, message: str, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Errors of the server, endless redirects and huge answers are named with the address."""
    monkeypatch.setattr(fetch, "LARGEST", 10)
    with blocking(local_client()) as client, pytest.raises(PostdocsError) as caught:
        fetch.load(server.url(path), client)
    assert str(caught.value).startswith(f"{server.url(path)}: {message}")
