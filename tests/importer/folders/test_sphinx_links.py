"""Links of Sphinx and MyST to what only a build finds."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from importer.folders.trees import NOW, files
from postdocs.importer.ast.nodes import Link, Text
from postdocs.importer.ast.visit import walk
from postdocs.importer.entry import Entry, NoteKind
from postdocs.importer.folders.systems import sphinx
from postdocs.importer.html.parse import parse

CONF = """
extensions = ["ablog", "myst_parser"]
ablog_builder = "html"
blog_baseurl = "https://tides.example/"
"""
PYTHON = 'intersphinx_mapping = {"python": ("https://docs.example/3/", None)}\n'
NUMPY = PYTHON.replace("}", ', "numpy": ("https://numpy.example", None)}')
OTHERS = {
    "blog/other.md": "# Other\n\n(low)=\n## Low\n",
    "blog/data.txt": "1",
}


def entry(text: str, path: str, conf: str = PYTHON) -> Entry:
    """Return what a file becomes beside others."""
    source = sphinx.read(files({"conf.py": CONF + conf, path: text, **OTHERS}), None, NOW)
    return next(one for one in source.entries if one.source.endswith(path))


def links(text: str, path: str = "blog/a.md", conf: str = PYTHON) -> list[tuple[str, str]]:
    """Return where each link of a text leads, and what it shows."""
    document, _ = parse(entry(text, path, conf).content, None)
    found = (node for node in walk(document) if isinstance(node, Link))
    return [(link.url, "".join(one.text for one in walk(link) if isinstance(one, Text))) for link in found]


@pytest.mark.parametrize(
    ("text", "address", "shown"),
    [
        ("[a](project:other.md)", "/blog/other.html", "a"),
        ("[](project:other.md#low)", "/blog/other.html#low", "Low"),
        ("<project:other.md>", "/blog/other.html", "Other"),
        ("[a](project:#low)", "/blog/other.html#low", "a"),
        ("[a](#low)", "/blog/other.html#low", "a"),
        ("<project:#low>", "/blog/other.html#low", "Low"),
        ("[a](path:data.txt)", "/blog/data.txt", "a"),
        ("<path:data.txt>", "/blog/data.txt", "data.txt"),
        ("[a](#other)", "#other", "a"),
    ],
)
def test_links_of_myst_lead_to_what_the_project_has(text: str, address: str, shown: str) -> None:
    """To files and labels; a part of the page may have the name of a file."""
    assert links(text) == [(address, shown)]


def test_a_heading_of_the_page_goes_before_labels_of_others() -> None:
    """Both may have the same name."""
    assert links("[a](#low)\n\n## Low!\n") == [("#low", "a")]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[a](inv:python:std:doc#library/os)", "a"),
        ("[](inv:python:*:doc#library/os)", "os"),
        ("<inv:python:std:doc#library/os>", "os"),
        ("{doc}`python:library/os`", "os"),
        ("{doc}`a <python:library/os>`", "a"),
        ("{external+python:doc}`a <library/os>`", "a"),
        ("{external+python:std:doc}`library/os`", "os"),
    ],
)
@pytest.mark.parametrize("conf", [PYTHON, NUMPY])
def test_documents_of_other_projects_are_at_their_names(text: str, shown: str, conf: str) -> None:
    """As Sphinx has them, below the address that the settings say; reStructuredText has the same roles."""
    assert links(text, conf=conf) == [("https://docs.example/3/library/os.html", shown)]
    if text.startswith("{"):
        rest = text.replace("{", ":").replace("}", ":")
        assert links(f"A\n=\n\n{rest}\n", "blog/a.rst", conf) == [
            ("https://docs.example/3/library/os.html", shown)
        ]


def test_an_inventory_without_a_name_is_that_of_the_only_project() -> None:
    """With two it may be any."""
    assert links("[a](inv:#x) [b](inv::std:doc#x)") == [("https://docs.example/3/x.html", "b")]
    assert links("[a](inv:#x) [b](inv::std:doc#x)", conf=NUMPY) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[a](inv:python:py:function#os.path.join)", "a"),
        ("[](inv:python#os.path.join)", "os.path.join"),
        ("<inv:python#os.path.join>", "os.path.join"),
        ("[a](inv:gone:std:doc#x)", "a"),
        ("{external+python:ref}`a <b>`", "a"),
        ("{external:py:func}`len`", "len"),
        ("{external+python:c:unknown}`b <a>`", "b"),
    ],
)
def test_what_only_an_inventory_knows_keeps_its_words(text: str, shown: str) -> None:
    """A note names each link."""
    content = entry(text, "blog/a.md").content
    assert BeautifulSoup(content, "html.parser").get_text().strip() == shown
    assert links(text) == []
    _, notes = parse(content, None)
    assert [note.kind for note in notes] == ([NoteKind.REMOVED] if "inv:" in content else [])
