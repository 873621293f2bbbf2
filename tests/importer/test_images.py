"""Pictures that come along."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from clients import local_client
from clock import Clock
from servers import Server

from postdocs.core.http.client import blocking
from postdocs.core.http.network import Proxies
from postdocs.importer import drawing_files, images
from postdocs.importer.fetch import PAUSE, RETRY, client_for
from postdocs.importer.images import Picture, from_export, from_folder, from_network, gather, name
from postdocs.importer.sources.archive import Files


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


@pytest.mark.parametrize(
    ("file", "data", "name"),
    [
        ("a.png", b"\xff\xd8\xff\xe0", "a.jpg"),
        ("a.JPEG", b"\x89PNG\r\n\x1a\n", "a.png"),
        ("a.b.gif", b"RIFF....WEBPVP8 ", "a.b.webp"),
        ("a.png", b"BM....\0\0\0\0", "a.bmp"),
        ("a.png", b"\0\0\0 ftypavif", "a.avif"),
        ("a.png", b"BMW is a car", ""),
        ("a.JPEG", b"\xff\xd8\xff\xe1", ""),
        ("a.png", b"something else", ""),
        ("a.dat", b"\xff\xd8\xff\xe0", ""),
    ],
)
def test_a_picture_has_the_suffix_of_what_it_holds(file: str, data: bytes, name: str, tmp_path: Path) -> None:
    """Browsers show one with another suffix, and a build warns of it."""
    (tmp_path / file).write_bytes(data)
    picture = from_folder(tmp_path)(f"https://example.org/{file}")
    assert (picture.name, picture.data) == (name, data)


def test_a_drawing_from_a_folder_runs_nothing(tmp_path: Path) -> None:
    """As one from the web or an export."""
    (tmp_path / "a.svg").write_text('<svg><script>run()</script><path d="M0 0"/></svg>', encoding="utf-8")
    data = from_folder(tmp_path)("https://example.org/a.svg").data
    assert b"path" in data
    assert b"script" not in data


DRAWING = b'<svg><script>run()</script><path d="M0 0"/></svg>'


@pytest.mark.parametrize(
    ("file", "data", "name"),
    [
        ("a.svgz", gzip.compress(DRAWING, mtime=0), "a.svg"),
        ("a.svgz", DRAWING, "a.svg"),
        ("a.SVG", gzip.compress(DRAWING, mtime=0), ""),
    ],
)
def test_a_compressed_drawing_is_unpacked(file: str, data: bytes, name: str, tmp_path: Path) -> None:
    """Cleaned like any other, and called what it is: few servers say that one is compressed."""
    (tmp_path / file).write_bytes(data)
    picture = from_folder(tmp_path)(f"https://example.org/{file}")
    assert (picture.name, picture.reason) == (name, "")
    assert b"<path" in picture.data
    assert b"script" not in picture.data


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(DRAWING, mtime=0)[:30],
        gzip.compress(b"<svg>" + b" " * drawing_files.LARGEST, mtime=0),
        b"\x1f\x8bno",
        gzip.compress(b"<p>no</p>", mtime=0),
        b"",
    ],
)
def test_what_is_no_drawing_inside_stays_where_it_is(data: bytes, tmp_path: Path) -> None:
    """Cut off, too large when unpacked, or something else."""
    (tmp_path / "a.svgz").write_bytes(data)
    assert from_folder(tmp_path)("https://example.org/a.svgz").reason == "it holds no drawing"


@pytest.mark.parametrize(
    ("path", "data", "reason"),
    [
        ("/picture", b"picture", ""),
        ("/to//picture", b"picture", ""),
        ("/flaky/503-3", b"picture", ""),
        ("/flaky/429-1", b"picture", ""),
        ("/404", b"", "the server answered 404"),
        ("/page", b"", "the server sent text/html, not a picture"),
        ("/loop", b"", "it redirects in a circle"),
        ("/zipped/1000", b"", "it has more than 0 MiB"),
        ("/flaky/503-9", b"", "the server answered 503"),
    ],
)
def test_pictures_are_fetched_or_a_reason_is_given(
    path: str, data: bytes, reason: str, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Redirects are followed, trouble of the server is tried again, and what is no picture is not taken."""
    monkeypatch.setattr(images, "LARGEST", 500)
    with blocking(local_client(retry=RETRY)) as client:
        picture = from_network(client)(server.url(path))
    assert (picture.data, picture.reason) == (data, reason)


def test_each_picture_is_fetched_once(server: Server) -> None:
    """However often a picture is used, it is asked for once."""
    steps: list[None] = []
    with blocking(local_client()) as client:
        url = server.url("/picture")
        pictures = gather([url] * 3, from_network(client), lambda: steps.append(None))
    assert list(pictures) == [url]
    assert server.paths() == ["GET /picture"]
    assert len(steps) == 1


def test_the_host_of_pictures_is_spared(server: Server) -> None:
    """Pictures are fetched side by side, those of one host a pause apart."""
    clock = Clock()
    urls = [server.url(f"/picture/{number}") for number in range(16)]
    with blocking(local_client(clock, pause=PAUSE)) as client:
        pictures = gather(urls, from_network(client))
    assert {picture.data for picture in pictures.values()} == {b"picture"}
    assert clock.now == pytest.approx(15 * PAUSE)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254", "192.168.1.1"]
)
def test_no_post_makes_an_import_reach_inside_a_network(host: str, server: Server) -> None:
    """Pictures on private and local hosts are not asked for, unless a source is there."""
    with blocking(client_for(["https://blog.example/feed", "127.0.0.1"], Proxies())) as client:
        reason = from_network(client)(f"http://{host}:{server.port}/picture").reason
    assert reason == "its host is in a private network"
    assert server.asked == []


def test_the_host_of_a_source_may_be_private(server: Server) -> None:
    """Whoever imports a blog from this machine names it."""
    with blocking(client_for([server.url("/feed")], Proxies())) as client:
        assert from_network(client)(server.url("/picture")).data == b"picture"


def test_names_collide_only_when_the_pictures_differ() -> None:
    """Two pictures of one name, in any case, get a hash; the same picture under two addresses is one file."""
    pictures = [
        Picture("https://a.example/x/logo.png", b"one"),
        Picture("https://b.example/logo.png", b"one"),
        Picture("https://c.example/logo.png", b"two"),
        Picture("https://d.example/..%2F..%2Fetc%2Fpasswd", b"three"),
        Picture("https://e.example/", b"four"),
        Picture("https://f.example/Logo.PNG", b"five"),
    ]
    names = name(pictures, {"passwd": b"somebody's own"})
    assert [names[picture.url] for picture in pictures] == [
        "logo.png",
        "logo.png",
        "logo-3fc4ccfe.png",
        "passwd-8b5b9db0",
        "picture",
        "Logo-222b0bd5.PNG",
    ]


@pytest.mark.parametrize(
    ("url", "data"),
    [
        ("https://a.example/posts/ebb/plot.png", b"posts/ebb/plot.png"),
        ("https://a.example/log/posts/ebb/plot.png?w=3", b"posts/ebb/plot.png"),
        ("https://a.example/ebb/plot.png", b"posts/ebb/plot.png"),
        ("https://a.example/posts/low/plot.png", b""),
        ("https://a.example/plot.png", b""),
        ("https://a.example/logo.png", b"logo.png"),
        ("https://a.example/img/logo.png", b"logo.png"),
    ],
)
def test_a_site_has_a_picture_at_its_address_or_not_at_all(url: str, data: bytes) -> None:
    """A picture of the same name in the folder of another post is another picture."""
    paths = ("logo.png", "posts/ebb/plot.png", "posts/flow/plot.png")
    site = Files("site", paths, lambda path: path.encode(), root="https://a.example")
    find = from_export(site, None)
    assert find is not None
    assert find(url).data == data
