"""Posts that are notebooks, which MyST-NB reads."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import lxml.etree
import pytest
from exactness import build_apart, differences, files_of
from helpers import read_html, searchable, texts

ATOM = "{http://www.w3.org/2005/Atom}"
PAGE = "posts/tides/index.html"


def change(site: Path, before: str, after: str) -> None:
    """Change the text of the notebook."""
    file = site / "posts/tides.ipynb"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")


def faults(site: Path) -> str:
    """Return what a build says of a site that it refuses."""
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-qW",
        "--keep-going",
        "-bdirhtml",
        str(site),
        str(site / "_o"),
    ]
    result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    assert result.returncode == 1
    return result.stderr


@pytest.fixture(scope="module")
def built(rootdir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of a site with a notebook, in a folder beside its sources."""
    folder = tmp_path_factory.mktemp("notebooks")
    shutil.copytree(rootdir / "test-notebooks", folder / "site")
    build_apart(folder / "site", folder / "first", "dirhtml", 2)
    return folder / "first/html"


@pytest.fixture
def site(rootdir: Path, tmp_path: Path) -> Path:
    """Return a site with a notebook, which a test may change."""
    shutil.copytree(rootdir / "test-notebooks", tmp_path / "site")
    return tmp_path / "site"


def test_its_page_has_text_code_and_outputs(built: Path) -> None:
    """Its first cell is its front matter; formulas are set, and cells that are hidden stay hidden."""
    root = read_html(built / PAGE)
    shown = root.text_content()
    assert (root.findtext(".//h1") or "").startswith("When to *walk* out")
    assert all(words in shown for words in ("six hours", "height = 1", "printed", "of a table", "folded"))
    assert not any(words in shown for words in ("date:", "secret", "not shown"))
    assert root.find(".//math") is not None
    (image,) = root.xpath("//img[@alt='A curve']")
    assert image.get("width") == "20"
    assert root.xpath("//details//pre[contains(., 'folded = 8')]")
    assert root.xpath("//a[contains(@href, 'kelp')]")


def test_it_is_in_lists_and_in_the_archive(built: Path) -> None:
    """With its labels, its author, and the first paragraph of its text."""
    listed = read_html(built / "blog/index.html")
    assert texts(listed, "post-tag") == ["sea", "sea", "low water"]
    assert texts(listed, "post-author") == ["Ann"]
    summary = "The sea falls for six hours, as x² does."
    assert summary in texts(listed, "post-summary")
    (description,) = read_html(built / PAGE).xpath("//meta[@name='description']/@content")
    assert description == summary
    assert "1 min read" in texts(read_html(built / PAGE), "post-minutes")
    for path in ("blog/archive", "blog/tag/low-water", "blog/author/ann"):
        assert "When to *walk* out" in read_html(built / path / "index.html").text_content()


def test_feeds_and_search_have_its_outputs(built: Path) -> None:
    """Clean, without what runs in a page."""
    feed = lxml.etree.parse(built / "blog/atom.xml")
    contents = (entry.findtext(f"{ATOM}content") or "" for entry in feed.iter(f"{ATOM}entry"))
    content = next(text for text in contents if "six hours" in text)
    found = searchable(built)["/posts/tides/"]["content"]
    for text in (content, found):
        assert all(words in text for words in ("height = 1", "printed", "of a table"))
        assert "secret" not in text
        assert "alert" not in text


def test_a_build_after_a_change_is_that_of_a_clean_start(site: Path, tmp_path: Path) -> None:
    """Of text, of front matter, and of outputs; a build reads documents in parallel or not."""
    again = tmp_path / "again"
    build_apart(site, again, "dirhtml", 2)
    for number, (before, after) in enumerate(
        [("printed", "written"), ("low water", "ebb"), ("table<", "row<")]
    ):
        change(site, before, after)
        build_apart(site, again, "dirhtml", 1)
        clean = tmp_path / f"clean-{number}"
        build_apart(site, clean, "dirhtml", 2 - number % 2)
        assert differences(files_of(again / "html"), files_of(clean / "html")) == {}


def test_messages_name_lines_of_its_file(site: Path) -> None:
    """What is wrong in a cell has the line of the file that Jupyter wrote."""
    change(site, "](kelp.md) is dry", "](weed.md) is dry")
    lines = (site / "posts/tides.ipynb").read_text(encoding="utf-8").split("\n")
    said = re.search(r"tides\.ipynb:(\d+): .*weed\.md", faults(site))
    assert said is not None
    assert "weed.md" in lines[int(said[1]) - 1]


def test_a_notebook_without_a_date_is_told(site: Path) -> None:
    """As any post that lacks it, it fails the build of a strict site."""
    file = site / "posts/tides.ipynb"
    notebook = json.loads(file.read_text(encoding="utf-8"))
    notebook["cells"][0]["source"] = ["---\n", "blogpost: true\n", "---"]
    file.write_text(json.dumps(notebook), encoding="utf-8")
    said = faults(site)
    assert "tides.ipynb" in said
    assert "add a line `date: YYYY-MM-DD`" in said
