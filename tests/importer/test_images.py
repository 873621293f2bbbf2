"""Pictures that come along."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from postdocs.importer import images
from postdocs.importer.images import Picture, from_folder, from_network, gather, name


def test_a_folder_is_searched_for_the_path_that_fits_best(tmp_path: Path) -> None:
    """Of several files of one name, that whose folders agree with the address is taken."""
    for path in ("2012/a.png", "2013/a.png", "b c.png"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(path.encode())
    find = from_folder(tmp_path)
    assert find("https://example.org/figures/2013/a.png?w=300").data == b"2013/a.png"
    assert find("https://example.org/b%20c.png").data == b"b c.png"
    assert find("https://example.org/c.png").reason == "it is not in the folder"
    assert find("https://example.org/").reason == "it is not in the folder"


class Handler(BaseHTTPRequestHandler):
    """A server with an answer for each path."""

    asked: list[str] = []  # noqa: RUF012 - the server makes a handler for each request

    def do_GET(self) -> None:
        """Answer."""
        self.asked.append(self.path)
        kind, body, status = "image/png", b"picture", 200
        match self.path:
            case "/gone.png":
                status = 404
            case "/flaky.png":
                status = 503 if self.asked.count("/flaky.png") < 3 else 200
            case "/page.png":
                kind = "text/html; charset=utf-8"
            case "/moved.png":
                status = 302
            case "/loop.png":
                status = 302
            case "/big.png":
                body = b"x" * 1000
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if status == 302:
            self.send_header("Location", "/a.png" if self.path == "/moved.png" else self.path)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    """The address of a local server."""
    Handler.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("path", "data", "reason"),
    [
        ("/a.png", b"picture", ""),
        ("/moved.png", b"picture", ""),
        ("/flaky.png", b"picture", ""),
        ("/gone.png", b"", "the server answered 404"),
        ("/page.png", b"", "the server sent text/html, not a picture"),
        ("/loop.png", b"", "it redirects too often"),
        ("/big.png", b"", "it has more than 0 MiB"),
    ],
)
def test_pictures_are_fetched_or_a_reason_is_given(
    path: str, data: bytes, reason: str, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Redirects are followed, trouble of the server is tried again, and what is no picture is not taken."""
    monkeypatch.setattr(images, "LARGEST", 500)
    with httpx.Client() as client:
        picture = from_network(client, lambda host: True)(server + path)
    assert (picture.data, picture.reason) == (data, reason)


def test_each_picture_is_fetched_once(server: str) -> None:
    """However often a picture is used, it is asked for once."""
    ticks: list[None] = []
    with httpx.Client() as client:
        find = from_network(client, lambda host: True)
        found = gather([f"{server}/a.png"] * 3, find, lambda: ticks.append(None))
    assert list(found) == [f"{server}/a.png"]
    assert Handler.asked == ["/a.png"]
    assert len(ticks) == 1


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "::1", "10.0.0.1", "169.254.169.254", "192.168.1.1"]
)
def test_no_post_makes_an_import_reach_inside_a_network(host: str, server: str) -> None:
    """Pictures on private and local hosts are not asked for."""
    assert not images.is_public(host)
    with httpx.Client() as client:
        find = from_network(client, images.is_public)
        assert find(f"{server}/a.png").reason == "its host is in a private network"
    assert Handler.asked == []


def test_names_collide_only_when_the_pictures_differ() -> None:
    """Two pictures of one name get a hash; the same picture under two addresses is one file."""
    pictures = [
        Picture("https://a.example/x/logo.png", b"one"),
        Picture("https://b.example/logo.png", b"one"),
        Picture("https://c.example/logo.png", b"two"),
        Picture("https://d.example/..%2F..%2Fetc%2Fpasswd", b"three"),
        Picture("https://e.example/", b"four"),
    ]
    names = name(pictures, {"passwd": b"somebody's own"})
    assert [names[picture.url] for picture in pictures] == [
        "logo.png",
        "logo.png",
        "logo-3fc4ccfe.png",
        "passwd-8b5b9db0",
        "picture",
    ]
