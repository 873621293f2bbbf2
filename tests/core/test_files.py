"""How files are written, and which are in a folder."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from postdocs.core import files
from postdocs.core.errors import PostdocsError


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the disk is full, the file is as it was, and no temporary one is left."""
    (tmp_path / "a").write_text("old", encoding="utf-8")

    def full(path: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(PostdocsError, match="No space left"):
        files.write(tmp_path, "a", b"new")
    with pytest.raises(OSError, match="No space left"):
        files.write_bytes(tmp_path / "a", b"new")
    assert [(file.name, file.read_text(encoding="utf-8")) for file in tmp_path.iterdir()] == [("a", "old")]


def test_output_that_is_as_it_should_be_keeps_its_time(tmp_path: Path) -> None:
    """A file that would not change is not written; one that changes is, with the folders above it."""
    file = tmp_path / "a" / "b.txt"
    files.write_text(file, "one")
    os.utime(file, (0, 0))
    files.write_text(file, "one")
    assert file.stat().st_mtime == 0
    files.write_text(file, "two")
    assert file.stat().st_mtime > 0
    assert file.read_bytes() == b"two"


def test_half_a_character_is_written_as_a_reference(tmp_path: Path) -> None:
    """What UTF-8 can't hold doesn't end the build."""
    files.write_text(tmp_path / "a", "a\ud800")
    assert (tmp_path / "a").read_bytes() == b"a&#55296;"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_who_may_read_a_file_stays_as_it_is(tmp_path: Path) -> None:
    """A file keeps its permissions; a new one has those that any new file has."""
    (tmp_path / "secret").write_bytes(b"1")
    (tmp_path / "secret").chmod(0o600)
    (tmp_path / "plain").touch()
    for name in ("secret", "new"):
        files.write(tmp_path, name, b"2")
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("secret", "new", "plain")]
    assert modes == [0o600, modes[2], modes[2]]


def test_the_longest_name_that_a_file_can_have_is_written(tmp_path: Path) -> None:
    """The temporary file's name is no longer than the file's own may be."""
    name = "é" * 127
    files.write(tmp_path, name, b"x")
    assert files.names_in(tmp_path) == {name}


def test_files_of_linked_folders_are_among_those_below(tmp_path: Path) -> None:
    """Links to folders are followed; a folder that isn't there has no files."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a").touch()
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "link").symlink_to(tmp_path / "elsewhere")
    assert [*files.files_below(tmp_path / "root")] == [tmp_path / "root" / "link" / "a"]
    assert [*files.files_below(tmp_path / "elsewhere" / "a")] == [tmp_path / "elsewhere" / "a"]
    assert [*files.files_below(tmp_path / "gone")] == []
    assert files.names_in(tmp_path / "gone") == set()
