"""What is read of the files of pictures."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from photos import camera, photo
from PIL import Image

from postdocs.sphinx_ext.images.files import image_info

SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}/>'


@pytest.mark.parametrize("suffix", ["avif", "bmp", "gif", "jpg", "jpeg", "JPG", "png", "webp"])
def test_the_size_is_read(suffix: str, tmp_path: Path) -> None:
    """All that browsers show has a size."""
    path = tmp_path / f"x.{suffix}"
    photo((60, 20)).save(path)
    found = image_info(path)
    assert (found.width, found.height, found.problem) == (60, 20, "")
    assert found.can_be_smaller == (suffix.lower() in {"jpg", "jpeg", "png", "webp"})


@pytest.mark.parametrize("suffix", ["jpg", "png", "avif", "webp"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_size_is_that_of_the_picture_upright(suffix: str, orientation: int, tmp_path: Path) -> None:
    """Browsers turn what a camera took on its side, but for WebP."""
    path = tmp_path / f"x.{suffix}"
    photo((60, 20)).save(path, exif=camera(orientation))
    found = image_info(path)
    on_its_side = orientation > 4 and suffix != "webp"
    assert (found.width, found.height) == ((20, 60) if on_its_side else (60, 20))


@pytest.mark.parametrize("suffix", ["gif", "png", "webp"])
def test_what_moves_has_no_copies(suffix: str, tmp_path: Path) -> None:
    """A copy would stand still."""
    path = tmp_path / f"x.{suffix}"
    photo((60, 20)).save(path, save_all=True, append_images=[Image.new("RGB", (60, 20))], duration=100)
    found = image_info(path)
    assert (found.width, found.can_be_smaller, found.problem) == (60, False, "")


def test_a_photo_with_a_preview_does_not_move(tmp_path: Path) -> None:
    """Telephones put several pictures into a JPEG, of which browsers show the first."""
    path = tmp_path / "x.jpg"
    photo((60, 20)).save(path, "MPO", save_all=True, append_images=[photo((30, 10))])
    found = image_info(path)
    assert (found.width, found.is_photo, found.can_be_smaller, found.problem) == (60, True, True, "")


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="40" height="20"', (40, 20)),
        ('width="30pt" height="1in"', (40, 96)),
        ('width="40" viewBox="0 0 4 1"', (40, 10)),
        ('height="10mm" viewBox="0 0 200 100"', (76, 38)),
        ('width="100%" height="100%" viewBox="0,0,40,10"', (1000, 250)),
        ('viewBox="0 0 24 24"', (1000, 1000)),
        ('viewBox="0 0 nan 24"', (300, 150)),
        ('viewBox="0 0 0 24" width="50"', (50, 150)),
        ("", (300, 150)),
    ],
)
def test_the_size_of_a_drawing_is_what_it_says(
    attributes: str, size: tuple[int, int], tmp_path: Path
) -> None:
    """Lengths count, else the proportions of what is seen, else what browsers take."""
    path = tmp_path / "x.svg"
    path.write_text(SVG.format(attributes), encoding="utf-8")
    found = image_info(path)
    assert ((found.width, found.height), found.fills) == (size, size[0] == 1000)


HUGE = b"".join(
    len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")
    for kind, data in (
        (b"IHDR", (100_000).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0"),
        (b"IDAT", zlib.compress(bytes(9))),
        (b"IEND", b""),
    )
)


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("x.png", b"", "is empty; put it there again"),
        ("x.svg", b"", "is empty; put it there again"),
        (
            "x.jpg",
            b"<html>Not found</html>",
            "can't be read; save it anew as PNG, JPEG, WebP, AVIF, GIF or SVG",
        ),
        ("x.png", b"\x89PNG\r\n\x1a\n\0", "can't be read; save it anew as PNG, JPEG, WebP, AVIF, GIF or SVG"),
        ("x.svg", b"\x89PNG\r\n\x1a\n\0", "can't be read; save it anew as SVG"),
        ("x.svg", b"<html/>", "holds no drawing; save it anew as SVG"),
        (
            "x.png",
            b"GIF89a\1\0\1\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\0;",
            "holds GIF, not PNG; give it the suffix of that",
        ),
        ("x.png", b"\x89PNG\r\n\x1a\n" + HUGE, "has more than 89,478,485 pixels; make it smaller"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(name: str, content: bytes, problem: str, tmp_path: Path) -> None:
    """A broken file is no failure, but a problem in words."""
    path = tmp_path / name
    path.write_bytes(content)
    found = image_info(path)
    assert (found.problem, found.can_be_smaller) == (problem, False)


def _chunk(kind: bytes, data: bytes, *, is_whole: bool = True) -> bytes:
    check = zlib.crc32(kind + data) ^ (not is_whole)
    return len(data).to_bytes(4, "big") + kind + data + check.to_bytes(4, "big")


@pytest.mark.parametrize(
    ("damaged", "is_shown"),
    [((), True), ((b"zTXt",), True), ((b"IHDR",), False), ((b"zTXt", b"IDAT"), False)],
)
def test_a_picture_that_browsers_show_is_no_problem(
    damaged: tuple[bytes, ...], is_shown: bool, tmp_path: Path
) -> None:
    """Of a PNG what is said beside the picture may be damaged, as in exports of draw.io."""
    size = (4).to_bytes(4, "big") + (2).to_bytes(4, "big")
    parts = ((b"IHDR", size + b"\x08\0\0\0\0"), (b"zTXt", b"a\0\0"), (b"IDAT", zlib.compress(bytes(10))))
    chunks = (_chunk(kind, data, is_whole=kind not in damaged) for kind, data in parts)
    path = tmp_path / "x.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))
    found = image_info(path)
    assert (found.problem == "", found.width, found.height) == (is_shown, 4 * is_shown, 2 * is_shown)


def test_a_picture_that_is_too_large_has_its_size(tmp_path: Path) -> None:
    """To know how large it is, nothing of it has to be unpacked."""
    path = tmp_path / "x.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + HUGE)
    assert (image_info(path).width, image_info(path).height) == (100_000, 100_000)


def test_a_drawing_can_do_no_harm(tmp_path: Path) -> None:
    """Entities are not followed, neither to files nor to each other."""
    path = tmp_path / "x.svg"
    bombs = "".join(f"<!ENTITY e{n} '" + f"&e{n - 1};" * 10 + "'>" for n in range(1, 12))
    drawing = SVG.format('width="40" height="&#50;"')
    path.write_text(f"<!DOCTYPE svg [<!ENTITY e0 'x'>{bombs}]>{drawing}", encoding="utf-8")
    assert (image_info(path).width, image_info(path).height) == (40, 2)
