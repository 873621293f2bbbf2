"""Copies that are kept between builds."""

from __future__ import annotations

import os
import warnings
from collections.abc import Sequence
from pathlib import Path

import pytest
from photos import photo

from postdocs.sphinx_ext.images.cache import ImageCache, Picture
from postdocs.sphinx_ext.images.copies import CACHE_KEY, copies


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are converted."""
    found: list[str] = []

    def note(path: Path, width: int, *, is_photo: bool, widths: Sequence[int]) -> dict[int, bytes]:
        found.append(path.name)
        return copies(path, width, is_photo=is_photo, widths=widths)

    monkeypatch.setattr("postdocs.sphinx_ext.images.cache.copies", note)
    return found


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Two photos and a file that is no picture."""
    paths = {name: tmp_path / name for name in ("one.jpg", "two.png", "data.csv")}
    photo((600, 300)).save(paths["one.jpg"], quality=95)
    photo((500, 300)).save(paths["two.png"])
    paths["data.csv"].write_text("1,2", encoding="ascii")
    return paths


def read(files: dict[str, Path], workers: int = 2) -> dict[str, Picture]:
    """Read pictures as a new build does."""
    return ImageCache(next(iter(files.values())).parent / "kept").pictures(files, workers)


def test_a_picture_is_converted_once(files: dict[str, Path], made: list[str]) -> None:
    """A second build reads nothing and makes nothing; what it knows is the same."""
    first = read(files)
    assert [*first] == ["one.jpg", "two.png"]
    assert [width for width, _ in first["one.jpg"].copies] == [600, 480]
    assert sorted(made) == ["one.jpg", "two.png"]
    assert read(files) == first
    assert len(made) == 2


def test_what_was_moved_is_not_converted_again(files: dict[str, Path], made: list[str]) -> None:
    """The same content in another place has the same copies."""
    first = read(files)
    path = files.pop("one.jpg")
    files["moved.jpg"] = path.rename(path.with_name("moved.jpg"))
    os.utime(files["moved.jpg"], (1, 1))
    again = read(files)
    assert again["moved.jpg"] == first["one.jpg"]
    assert len(made) == 2


def test_only_what_changed_is_converted(files: dict[str, Path], made: list[str]) -> None:
    """Copies of what a file was are gone, those of what it is are there."""
    folder = files["one.jpg"].parent / "kept"
    old = [name for _, name in read(files)["one.jpg"].copies]
    photo((700, 300)).save(files["one.jpg"], quality=95)
    new = [name for _, name in read(files)["one.jpg"].copies]
    assert made[2:] == ["one.jpg"]
    assert [name for name in old if (folder / name).exists()] == []
    assert [name for name in new if not (folder / name).is_file()] == []


def test_a_copy_that_is_lost_is_made_again(files: dict[str, Path], made: list[str]) -> None:
    """So is everything where what is known of the pictures can't be read."""
    folder = files["one.jpg"].parent / "kept"
    first = read(files)
    (folder / first["one.jpg"].copies[0][1]).unlink()
    assert read(files) == first
    assert made[2:] == ["one.jpg"]
    (folder / "index.json").write_text("{", encoding="ascii")
    assert read(files) == first
    assert len(made) == 5


def test_other_settings_make_other_copies(
    files: dict[str, Path], made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where another Pillow or another quality would make other bytes, all is made anew."""
    read(files)
    monkeypatch.setattr("postdocs.sphinx_ext.images.cache.CACHE_KEY", [*CACHE_KEY, "another"])
    read(files)
    assert len(made) == 4


def test_the_number_of_workers_changes_nothing(files: dict[str, Path]) -> None:
    """One at a time or several, the bytes are the same."""
    folder = files["one.jpg"].parent / "kept"
    found = []
    for workers in (1, 3):
        read(files, workers)
        found.append({path.name: path.read_bytes() for path in folder.iterdir()})
        (folder / "index.json").unlink()
    assert found[0] == found[1]


def test_a_broken_picture_is_a_problem_and_no_failure(files: dict[str, Path], made: list[str]) -> None:
    """It has its size, no copies, and is not tried again."""
    files["one.jpg"].write_bytes(files["one.jpg"].read_bytes()[:-9000])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (found, again) = (read(files)["one.jpg"] for _ in range(2))
    assert found == again
    assert (found.info.width, found.copies) == (600, ())
    assert found.info.problem == "is cut off or damaged; put it there again"
    assert sorted(made) == ["one.jpg", "two.png"]
