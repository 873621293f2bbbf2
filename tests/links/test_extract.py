"""The files of a built site that are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from postdocs.core.errors import PostdocsError
from postdocs.links.extract import collect, list_files
from postdocs.links.model import Page, Problem


def test_a_fault_is_one_printable_line() -> None:
    """Line ends and what a terminal would obey are shown as escapes."""
    problem = Problem("a\nb.html", 3, "it is\u2028gone", "\x1b[31m\x9bé \u202eb")
    assert str(problem) == r"a\nb.html:3: \x1b[31m\x9bé \u202eb: it is\u2028gone"
    assert str(Problem("a.html", 3, "it is gone")) == "a.html:3: it is gone"


def test_all_pages_of_a_folder_are_read_in_order(tmp_path: Path) -> None:
    """HTML files and feeds are read, other files are not."""
    for name in ("b/index.html", "a.html", "c.txt", "d.xml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("<x/>", encoding="utf-8")
    files = list_files(tmp_path)
    assert files == ["a.html", "b/index.html", "c.txt", "d.xml"]
    assert [page.path for page in collect(tmp_path, files).values() if page] == ["a.html", "b/index.html"]


def test_links_to_folders_are_followed(tmp_path: Path) -> None:
    """Files are found under each name that leads to them; a folder that leads to itself has an end."""
    (tmp_path / "site/v2").mkdir(parents=True)
    (tmp_path / "site/v2/a.html").touch()
    (tmp_path / "site/v2/up").symlink_to("..")
    (tmp_path / "site/latest").symlink_to("v2")
    (tmp_path / "site/stable").symlink_to(tmp_path / "site/v2")
    (tmp_path / "site/gone").symlink_to("nowhere")
    (tmp_path / "site/self").symlink_to("self")
    (tmp_path / "link").symlink_to("site")
    assert list_files(tmp_path / "link") == ["latest/a.html", "stable/a.html", "v2/a.html"]


def test_what_cannot_be_read_is_one_clear_line(tmp_path: Path) -> None:
    """The file or folder is named, with the reason of the operating system."""
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(PostdocsError, match=r"^folder\.html: it cannot be read: .+; make it readable$"):
        collect(tmp_path, ["folder.html"])
    with pytest.raises(PostdocsError, match=r"gone: it cannot be read: .+; make it readable$"):
        list_files(tmp_path / "gone")


def test_a_fault_does_not_end_the_reading(tmp_path: Path) -> None:
    """The files after a broken one are read."""
    for name in ("atom.xml", "b.html"):
        (tmp_path / name).write_text("<p>", encoding="utf-8")
    pages = [page for page in collect(tmp_path, list_files(tmp_path)).values() if page]
    assert [(page.path, len(page.problems)) for page in pages] == [("atom.xml", 1), ("b.html", 0)]
    assert pages[1] == Page("b.html", anchors=frozenset())


def test_what_sphinx_keeps_for_itself_is_no_part_of_the_site(tmp_path: Path) -> None:
    """Doctrees may be in the folder of the output, and HTML among them."""
    (tmp_path / ".doctrees/articles").mkdir(parents=True)
    (tmp_path / ".doctrees/articles/post.html").touch()
    (tmp_path / ".well-known").mkdir()
    (tmp_path / ".well-known/site.html").touch()
    assert list_files(tmp_path) == [".well-known/site.html"]
