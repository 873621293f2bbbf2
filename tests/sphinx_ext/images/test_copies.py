"""Smaller copies of pictures."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from photos import SIZE, camera, photo, plot
from PIL import Image, ImageCms, ImageStat

from postdocs.sphinx_ext.images.copies import WIDTHS, copies


def made(
    image: Image.Image, path: Path, *, is_photo: bool = False, **options: object
) -> dict[int, Image.Image]:
    """Save a picture, and return its copies, opened."""
    image.save(path, **options)  # type: ignore[arg-type]  # each format has its own
    with Image.open(path) as saved:
        width = saved.width
    found = copies(path, width, is_photo=is_photo).items()
    return {width: Image.open(BytesIO(data)) if data else Image.open(path) for width, data in found}


def test_a_copy_is_never_larger(tmp_path: Path) -> None:
    """No copy is wider than the picture, and each has fewer bytes than the next wider one."""
    path = tmp_path / "photo.jpg"
    photo().save(path, quality=95)
    found = copies(path, SIZE[0], is_photo=True)
    assert [*found] == [1000, 800, 480]
    sizes = [path.stat().st_size, *map(len, found.values())]
    assert sizes == sorted(sizes, reverse=True)
    for width, data in found.items():
        with Image.open(BytesIO(data)) as copy:
            assert (copy.format, copy.size) == ("WEBP", (width, width // 2))


def test_a_wide_picture_has_copies_up_to_what_screens_show(tmp_path: Path) -> None:
    """The widest copy fills a column on a screen of two dots a pixel."""
    assert [*made(photo((4000, 800)), tmp_path / "p.jpg", is_photo=True)] == [*WIDTHS[::-1]]


def test_a_tall_picture_has_the_copies_that_webp_can_hold(tmp_path: Path) -> None:
    """It has at most 16,383 pixels to a side."""
    path = tmp_path / "p.jpg"
    photo((500, 17_000)).save(path)
    found = copies(path, 500, is_photo=True)
    assert {width: bool(data) for width, data in found.items()} == {500: False, 480: True}


def test_what_is_small_has_no_copies(tmp_path: Path) -> None:
    """Where there is nothing to gain, nothing is made."""
    assert made(Image.new("RGB", (1000, 500), "red"), tmp_path / "red.png") == {}


def test_a_picture_that_is_packed_well_is_its_own_copy(tmp_path: Path) -> None:
    """Where WebP as wide as the picture has no fewer bytes, the widest candidate is the picture itself."""
    path = tmp_path / "packed.webp"
    photo((1500, 750)).save(path, quality=75)
    found = copies(path, 1500, is_photo=True)
    assert found.pop(1500) == b""
    assert [*found] == [1200, 800, 480]
    assert all(found.values())


def test_the_same_picture_makes_the_same_bytes(tmp_path: Path) -> None:
    """Copies depend on nothing but the picture."""
    path = tmp_path / "photo.png"
    photo().save(path)
    assert copies(path, SIZE[0], is_photo=False) == copies(path, SIZE[0], is_photo=False) != {}


def test_what_is_drawn_stays_exact(tmp_path: Path) -> None:
    """A copy as wide as a plot has each dot of it; a photo that is stored exactly is not kept so."""
    (first, *_) = made(plot(), tmp_path / "plot.png").values()
    assert first.convert("RGB").tobytes() == plot().tobytes()
    image = photo()
    (first, *_) = made(image, tmp_path / "photo.png").values()
    assert first.convert("RGB").tobytes() != image.tobytes()


def test_transparency_stays(tmp_path: Path) -> None:
    """What shows the page through does so in a copy, also where a palette says it."""
    image = photo().convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 500, 500))
    palette = image.quantize(200)
    for number, drawn in enumerate((image, palette)):
        (first, *_) = made(drawn, tmp_path / f"{number}.png").values()
        assert first.convert("RGBA").getpixel((10, 10))[3] == 0  # type: ignore[index]  # of four numbers
        assert first.convert("RGBA").getpixel((900, 10))[3] == 255  # type: ignore[index]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_all_kinds_of_colours_are_shown(mode: str, tmp_path: Path) -> None:
    """Whatever the dots of a file are, the copy looks like it."""
    grey = photo().convert("L")
    if mode == "I;16":
        image = Image.frombytes("I;16", SIZE, b"".join(bytes((0, dot)) for dot in grey.tobytes()))
    elif mode == "P":
        image = grey.quantize()
    else:
        image = grey.convert("LA") if mode == "LA" else grey.convert("RGB").convert(mode)
    suffix = "jpg" if mode == "CMYK" else "png"
    found = made(image, tmp_path / f"x.{suffix}", is_photo=suffix == "jpg")
    expected = grey.convert("1") if mode == "1" else grey
    (first, *_) = found.values()
    dots = zip(first.convert("L").tobytes(), expected.convert("L").tobytes(), strict=True)
    assert sum(abs(one - other) for one, other in dots) / len(expected.tobytes()) < 8


def test_what_a_camera_tells_is_not_told_again(tmp_path: Path) -> None:
    """A copy says neither where nor with what it was taken."""
    path = tmp_path / "photo.jpg"
    photo().save(path, exif=camera(), xmp=b"<x:xmpmeta>Ann</x:xmpmeta>", comment=b"Ann was here")
    assert b"Ann" in path.read_bytes()
    for data in copies(path, SIZE[0], is_photo=True).values():
        assert b"Ann" not in data
        with Image.open(BytesIO(data)) as copy:
            assert not {"exif", "xmp", "comment"} & copy.info.keys()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_copy_is_upright(orientation: int, tmp_path: Path) -> None:
    """However the camera was held, a copy needs no turning."""
    path = tmp_path / "photo.jpg"
    image = photo((800, 400))
    image.paste("red", (0, 0, 400, 200))
    image.paste("blue", (400, 200, 800, 400))
    image.save(path, exif=camera(orientation), quality=95)
    on_its_side = orientation > 4
    width = 400 if on_its_side else 800
    with Image.open(BytesIO(next(iter(copies(path, width, is_photo=True).values())))) as copy:
        assert copy.size == ((400, 800) if on_its_side else (800, 400))
        corners = {2: "tr", 3: "br", 4: "bl", 5: "tl", 6: "tr", 7: "br", 8: "bl"}
        corner = corners.get(orientation, "tl")
        x, y = copy.width * (corner[1] == "r"), copy.height * (corner[0] == "b")
        place = (min(max(x, 20), copy.width - 20), min(max(y, 20), copy.height - 20))
        red, _, blue = copy.convert("RGB").getpixel(place)  # type: ignore[misc]  # of three numbers
        assert red - blue > 140


def test_colours_are_those_of_the_profile(tmp_path: Path) -> None:
    """A profile of red, green and blue stays; sRGB goes without saying, as does what is no profile."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    other = srgb.replace("sRGB".encode("utf-16-be"), "ours".encode("utf-16-be"))
    assert other != srgb
    for number, (profile, kept) in enumerate([(srgb, None), (other, other), (b"no profile", None)]):
        (first, *_) = made(photo(), tmp_path / f"{number}.jpg", is_photo=True, icc_profile=profile).values()
        assert first.info.get("icc_profile") == kept


def linear_grey() -> bytes:
    """Return a profile of greys whose numbers grow as light does (ICC.1:2022 §7 and §9)."""
    white = bytes.fromhex("0000f6d6 00010000 0000d32d")
    tags = {b"wtpt": b"XYZ \0\0\0\0" + white, b"kTRC": b"curv\0\0\0\0" + bytes(4)}
    table, data = len(tags).to_bytes(4, "big"), b""
    for name, tag in tags.items():
        place = 132 + 12 * len(tags) + len(data)
        table += name + place.to_bytes(4, "big") + len(tag).to_bytes(4, "big")
        data += tag
    head = b"lcms\4\x20\0\0mntrGRAYXYZ " + bytes(12) + b"acsp" + bytes(28) + white + bytes(48)
    size = 4 + len(head + table + data)
    return size.to_bytes(4, "big") + head + table + data


def test_greys_are_those_of_the_profile(tmp_path: Path) -> None:
    """A profile that red, green and blue can't have is worked into the dots."""
    grey = photo().convert("L").point(lambda dot: 118 + dot // 12)
    (first, *_) = made(
        grey, tmp_path / "x.jpg", is_photo=True, quality=95, icc_profile=linear_grey()
    ).values()
    assert "icc_profile" not in first.info
    (middle,) = ImageStat.Stat(first.convert("L")).mean
    assert 180 < middle < 200  # a half of the light is 188 in sRGB (IEC 61966-2-1)


def test_a_file_that_is_cut_off_is_no_picture(tmp_path: Path) -> None:
    """Half a picture has no copies."""
    path = tmp_path / "cut.jpg"
    photo().save(path)
    path.write_bytes(path.read_bytes()[:30_000])
    with pytest.raises(OSError, match="truncated"):
        copies(path, SIZE[0], is_photo=True)
