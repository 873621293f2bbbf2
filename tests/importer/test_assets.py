"""Pictures and files that come along with a post."""

from __future__ import annotations

import unicodedata
from base64 import b64encode
from collections.abc import Callable
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path, PurePosixPath
from urllib.parse import quote

import pytest
from photos import photo

from postdocs.importer.assets import of_entry, to_copies
from postdocs.importer.copies import copy_files
from postdocs.importer.entry import Entry, NoteKind
from postdocs.importer.html.parse import parse
from postdocs.importer.images import embedded, from_folder

HOME = "https://www.blog.example/2020/a/"
UPLOADS = "https://blog.example/up"


def entry(html: str) -> Entry:
    """Return an entry of a blog."""
    return Entry(source="feed", position=1, url=HOME, content=html)


@contextmanager
def silent(_: str, __: int):  # type: ignore[no-untyped-def]
    """Tell nobody how far it is."""
    yield lambda: None


def png() -> bytes:
    """Return a small picture."""
    buffer = BytesIO()
    photo((3, 2)).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("html", "urls"),
    [
        (f'<img src="{UPLOADS}/a.png">', [f"{UPLOADS}/a.png"]),
        ('<a href="/up/talk.pdf">x</a>', ["https://www.blog.example/up/talk.pdf"]),
        (f'<a href="{UPLOADS}/run.csv?v=2">x</a>', [f"{UPLOADS}/run.csv?v=2"]),
        ('<a href="https://files.blog.example/a.mp3">x</a>', ["https://files.blog.example/a.mp3"]),
        ('<a href="https://preprints.example/paper.pdf">x</a>', []),
        ('<a href="https://notblog.example/paper.pdf">x</a>', []),
        (f'<a href="{UPLOADS}/page.html">x</a> <a href="/2020/b/">y</a> <a href="/b.php">z</a>', []),
        (
            '<a href="https://cdn.example/big.JPG"><img src="https://cdn.example/small.jpg"></a>',
            ["https://cdn.example/big.JPG", "https://cdn.example/small.jpg"],
        ),
        (
            f'<figure><a href="{UPLOADS}/b.png"><img src="{UPLOADS}/s.png"></a>'
            "<figcaption>C</figcaption></figure>",
            [f"{UPLOADS}/s.png", f"{UPLOADS}/b.png"],
        ),
        (
            f'<video controls poster="{UPLOADS}/p.jpg"><source src="{UPLOADS}/v.mp4"></video>',
            [f"{UPLOADS}/p.jpg", f"{UPLOADS}/v.mp4"],
        ),
        (
            f'<video controls poster="{UPLOADS}/p.jpg" src="{UPLOADS}/v.mp4"></video>',
            [f"{UPLOADS}/p.jpg", f"{UPLOADS}/v.mp4"],
        ),
        (
            f'<table><tr><td colspan="2"><img src="{UPLOADS}/t.png"></td></tr>'
            f'<tr><td><a href="{UPLOADS}/t.csv">d</a></td><td><a href="/x/">e</a></td></tr></table>',
            [f"{UPLOADS}/t.png", f"{UPLOADS}/t.csv"],
        ),
    ],
)
def test_what_belongs_to_a_post(html: str, urls: list[str]) -> None:
    """Its pictures, larger ones that they lead to, media, and files of the blog; not what others publish."""
    assert sorted({*of_entry(entry(html))}) == sorted(urls)


def test_copies_take_the_place_of_addresses() -> None:
    """In Markdown, in figures and in kept HTML, what has a copy leads to it, and nothing else changes."""
    html = (
        '<p><a href="/b.png"><img src="/a.png"></a> <a href="/c.pdf">c</a> <a href="/d.pdf">d</a></p>'
        '<table><tr><td rowspan="2"><img src="/a.png" alt="src=&quot;/a.png&quot;"></td></tr>'
        '<tr><td><a title="x" href="/c.pdf">c</a></td></tr></table><p>https://blog.example/c.pdf</p>'
        '<video poster="/a.png" src="/e.mp4"></video>'
    )
    document, _ = parse(html, "https://blog.example/")
    names = {
        f"https://blog.example/{name}": f"{name[0]}-1{name[1:]}"
        for name in ("a.png", "b.png", "c.pdf", "e.mp4")
    }
    text = repr(to_copies(document, names))
    assert text.count("'a-1.png'") == 1
    assert "url='path:b-1.png'" in text
    assert "url='path:c-1.pdf'" in text
    assert "url='https://blog.example/d.pdf'" in text
    assert 'src="a-1.png"' in text
    assert 'href="c-1.pdf"' in text
    assert 'poster="a-1.png" src="e-1.mp4"' in text
    assert "text='https://blog.example/c.pdf'" in text


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_folder_is_searched_in_any_normal_form(form: str, tmp_path: Path) -> None:
    """Letters with marks are the same however the file system and the address compose them."""
    name = unicodedata.normalize("NFD" if form == "NFD" else "NFC", "Größe ñ.png")
    (tmp_path / name).write_bytes(b"picture")
    find = from_folder(tmp_path)
    for other in ("NFC", "NFD"):
        written = unicodedata.normalize("NFD" if other == "NFD" else "NFC", "Größe ñ.png")
        assert find(f"{UPLOADS}/{quote(written)}").data == b"picture"


def _percent(data: bytes) -> str:
    return "data:image/svg+xml," + quote(data.decode())


def _base64(data: bytes, kind: str = "image/png") -> str:
    return f"data:{kind};base64,{b64encode(data).decode()}"


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4"/></svg>'


@pytest.mark.parametrize(
    ("url", "suffix"),
    [
        (_base64(png()), ".png"),
        (_base64(png(), "image/PNG;charset=utf-8"), ".png"),
        (_base64(png()).replace("=", ""), ".png"),
        ("data:image/png;base64," + "%0A".join(b64encode(png()).decode()), ".png"),
        (_percent(SVG), ".svg"),
        (_base64(SVG, "image/svg+xml"), ".svg"),
        ("data:image/svg+xml;utf8," + SVG.decode(), ".svg"),
    ],
)
def test_a_picture_in_an_address_becomes_a_file(url: str, suffix: str) -> None:
    """Base64, with or without line ends and padding, or percent-encoded; it is named after what it holds."""
    picture = embedded(url)
    assert picture.reason == ""
    assert picture.name.endswith(suffix)
    assert picture.data == png() or b"<circle" in picture.data
    assert embedded(url).name == picture.name


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("data:image/png;base64,AAAA", "its data is cut off or damaged"),
        (_base64(png()[:40]), "its data is cut off or damaged"),
        ("data:image/x-odd;base64,AAAA", "`image/x-odd` is no kind of picture"),
        ("data:image/svg+xml,<p>no</p>", "it holds no drawing"),
        ("data:,", "`` is no kind of picture"),
    ],
)
def test_what_is_no_picture_stays(url: str, reason: str) -> None:
    """No file is written that a build would refuse."""
    assert embedded(url).reason == reason


def test_embedded_pictures_are_taken_without_being_asked_for(tmp_path: Path) -> None:
    """They need no network; what is on the web stays there, and broken ones are named."""
    urls = [_base64(png()), "https://blog.example/a.png", "data:image/png;base64,AAAA"]
    copies = copy_files(
        {"2020/a.md": dict.fromkeys(urls, "")}, tmp_path, PurePosixPath("posts"), None, silent
    )
    assert {*copies.names["2020/a.md"]} == {urls[0]}
    (path,) = copies.data
    assert path.startswith("posts/2020/picture-")
    (note,) = copies.notes
    assert (note.kind, note.what) == (
        NoteKind.NOTICED,
        "a picture stays where it is: its data is cut off or damaged",
    )


HOSTILE: tuple[Callable[[bytes], str], ...] = (_percent, lambda data: _base64(data, "image/svg+xml"))


@pytest.mark.parametrize("write", HOSTILE)
def test_an_embedded_drawing_runs_and_loads_nothing(write: Callable[[bytes], str]) -> None:
    """Scripts, handlers and addresses elsewhere go; no entity is expanded."""
    source = (
        b'<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]><svg onload="x()" viewBox="0 0 1 1">'
        b'<script>x()</script><image href="https://spy.example/p.png"/><text>&e;</text>'
        b'<rect style="fill:url(https://spy.example/#a)" width="1" height="1"/></svg>'
    )
    data = embedded(write(source)).data.decode()
    assert "<rect" in data
    assert not [word for word in ("script", "onload", "spy", "passwd", "root:") if word in data]
