"""Files of an export, in a folder or a zip archive, which may be hostile."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from importer.exports import SUBSTACK, TABLE, zipped
from postdocs.core.errors import PostdocsError
from postdocs.importer.sources import archive
from postdocs.importer.sources.archive import of_folder
from postdocs.importer.sources.registry import read


@pytest.mark.parametrize(
    "name", ["../evil.html", "/etc/evil.html", "a/../../evil.html", "C:\\evil.html", "..\\x.html"]
)
def test_names_that_lead_outside_are_refused(name: str) -> None:
    """No file of such an archive is read."""
    with pytest.raises(PostdocsError, match="a path to the outside"):
        read(zipped({**SUBSTACK, name: "x"}), "export.zip")


def test_what_unpacks_to_more_than_any_export_is_refused() -> None:
    """The sizes that an archive states count before anything is read."""
    data = bytearray(zipped(SUBSTACK))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 2**31)  # APPNOTE.TXT 4.3.12, uncompressed size
    with pytest.raises(PostdocsError, match="more than 500 MiB"):
        read(bytes(data), "export.zip")


def test_more_than_an_archive_states_is_damage() -> None:
    """A file whose data is longer than its size says is not read further."""
    data = bytearray(zipped({"posts.csv": TABLE * 20}))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 10)
    with pytest.raises(PostdocsError, match="can't be read"):
        read(bytes(data), "export.zip")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04 and no more", "can't be read"),
        (zipped({}), "it is no source folder, built site, or export"),
        (zipped({"a.txt": "x", "b.png": "y"}), "it is no source folder, built site, or export"),
        (zipped({"posts.csv": "a,b\n1,2\n"}), "it has no column"),
        (zipped({"a/posts.csv": TABLE, "b/posts.csv": TABLE}), "2 exports of Substack"),
    ],
    ids=["cut-off", "empty", "nothing-known", "no-column", "two"],
)
def test_other_archives_are_refused(data: bytes, words: str) -> None:
    """What is in them can't be told to be a blog."""
    with pytest.raises(PostdocsError, match=words):
        read(data, "export.zip")


def test_links_of_a_folder_lead_nowhere(tmp_path: Path) -> None:
    """A symbolic link may lead to what nobody meant to publish."""
    secret = tmp_path / "secret.html"
    secret.write_text("secret", encoding="utf-8")
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "a.html").symlink_to(secret)
    (folder / "b.html").write_text("b", encoding="utf-8")

    assert archive.of_folder(folder).paths == ("b.html",)


def test_links_and_folders_of_tools_are_no_files_of_a_blog(tmp_path: Path) -> None:
    """Symbolic links may lead outside or in a circle; a note counts them."""
    for name in ("a.md", "posts/b.md", "node_modules/c.md", ".git/d.md", "vendor/e.md"):
        file = tmp_path / "blog" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("a", encoding="utf-8")
    (tmp_path / "secret.md").write_text("b", encoding="utf-8")
    (tmp_path / "blog" / "out.md").symlink_to(tmp_path / "secret.md")
    (tmp_path / "blog" / "posts" / "circle").symlink_to(tmp_path / "blog")

    files = of_folder(tmp_path / "blog")

    assert files.paths == ("a.md", "posts/b.md")
    assert [(note.what, note.before) for note in files.notes] == [
        ("2 symbolic links, which the import doesn't follow", "out.md")
    ]


def test_a_folder_of_too_many_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is probably not a blog but what is around it."""
    monkeypatch.setattr(archive, "_MOST", 3)
    for number in range(5):
        (tmp_path / f"{number}.md").write_text("a", encoding="utf-8")
    with pytest.raises(PostdocsError, match="more than 3 files, too many for a blog"):
        of_folder(tmp_path)
