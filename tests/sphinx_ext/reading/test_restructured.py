"""Posts in reStructuredText are what those in Markdown are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import pytest
from helpers import read_html, texts
from lxml import etree
from sphinx.testing.util import SphinxTestApp

ATOM = "{http://www.w3.org/2005/Atom}"
CONF = """\
project = "Tea"
extensions = ["myst_parser", "postdocs"]
blog_baseurl = html_baseurl = "https://tea.example/"
blog_post_pattern = "posts/*"
postdocs_strict = True
html_theme = "basic"
"""
FILES = {
    "conf.py": CONF,
    "index.rst": "Home\n====\n",
    "posts/whole.rst": """\
.. A comment.

:title: A *title* of fields
:date: 2024-05-01
:updated: 2024-06-01
:author: Ann
:category: Notes
:tags: green, black
:summary: What is
   written here.
:permalink: /2013/tea/
:aliases: /old/ /older.html
:canonical: https://leaf.example/tea_
:source: https://leaf.example/tea_
:id: tag:tea.example,2013:tea_
:tocdepth: 1

Text with `no such target`_.

A section
---------

More.
""",
    "posts/directive.rst": ":tags: green\n\nDirective\n=========\n\n.. post:: 2024-04-01\n\nText.\n",
    "posts/page.rst": ":blogpost: false\n:title: A page\n:permalink: /about/\n\nText.\n",
    "posts/draft.rst": ":draft:\n:title: Secret\n\nText.\n",
    "posts/wrong.rst": ":tags: a\n:date: soon\n:id: x\n\nWrong\n=====\n",
    "posts/undated.rst": ":tags: a\n\nUndated\n=======\n",
    "posts/odd.rst": """\
:date: 2024/03/01
:tag: green

Odd
===

Text.

.. notte:: x

A :strng:`role`, a note [#n]_, *open, and :doc:`page` and :doc:`hole`.
""",
}


class Built(NamedTuple):
    """A built site. out: its folder. warnings: what the build said, without colours."""

    out: Path
    warnings: list[str]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """A blog in reStructuredText."""
    folder = tmp_path_factory.mktemp("rest")
    (folder / "posts").mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    warning = StringIO()
    app = SphinxTestApp("dirhtml", srcdir=folder, warning=warning)
    app.build()
    assert app.statuscode == 1
    yield Built(Path(app.outdir), warning.getvalue().replace(f"{folder}/", "").splitlines())
    app.cleanup()


def test_mistakes_have_the_line_of_their_field(site: Built) -> None:
    """What has no meaning is left out; what docutils says has the right lines too."""
    told = [re.sub(r"\x1b\[[0-9;]+m", "", line).partition(";")[0] for line in site.warnings]
    assert told == [
        "posts/odd.rst:1: WARNING: date: '2024/03/01' is not a date, so it is read as 2024-03-01 00:00+00:00",
        "posts/odd.rst:2: WARNING: tag: there is no such key",
        "posts/undated.rst:1: WARNING: date: it is missing",
        "posts/wrong.rst:2: WARNING: date: 'soon' is not a date",
        "posts/wrong.rst:3: WARNING: id: 'x' is not an absolute IRI, so it is ignored",
        "posts/odd.rst:9: ERROR: there is no directive `.. notte::`",
        "posts/odd.rst:11: ERROR: there is no role `:strng:`",
        "posts/odd.rst:11: WARNING: emphasis is not closed",
        "posts/odd.rst:11: ERROR: there is no footnote 'n'",
        "posts/whole.rst:18: ERROR: there is no target 'no such target'",
        "posts/odd.rst:11: WARNING: there is no page 'hole'",
    ]


def test_lists_and_feeds_have_what_the_fields_say(site: Built) -> None:
    """Title, summary, labels, date, id and source."""
    listed = site.out / "blog/index.html"
    assert texts(read_html(listed), "post-title") == ["A title of fields", "Directive", "Odd"]
    assert texts(read_html(listed), "post-summary") == ["What is written here.", "Text.", "Text."]
    assert texts(read_html(site.out / "blog/tag/green/index.html"), "post-title") == [
        "A title of fields",
        "Directive",
    ]
    entry = etree.parse(site.out / "blog/atom.xml").find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}id") == "tag:tea.example,2013:tea_"
    assert entry.findtext(f"{ATOM}published") == "2024-05-01T00:00:00+00:00"
    assert entry.findtext(f"{ATOM}updated") == "2024-06-01T00:00:00+00:00"
    assert entry.xpath("*[local-name()='link']/@href")[0] == "https://tea.example/2013/tea/"


def test_a_page_is_where_its_permalink_says(site: Built) -> None:
    """With its title, its canonical address, and pages that lead to it."""
    root = read_html(site.out / "2013/tea/index.html")
    assert [h1.text_content() for h1 in root.iter("h1")] == ["A title of fields¶"]
    assert root.xpath("//link[@rel='canonical']/@href") == ["https://leaf.example/tea_"]
    assert root.xpath("string(//h2)") == "A section¶"
    for alias in ("old/index.html", "older.html"):
        assert "2013/tea/" in (site.out / alias).read_text(encoding="utf-8")
    page = read_html(site.out / "about/index.html")
    assert [h1.text_content() for h1 in page.iter("h1")] == ["A page¶"]
    assert texts(page, "post-headline") == []


def test_a_draft_is_nowhere(site: Built) -> None:
    """Neither its page nor its source nor a word of it is in the output."""
    files = [path for path in site.out.rglob("*") if path.is_file()]
    assert not [path for path in files if b"Secret" in path.read_bytes()]
    assert not [path for path in files if "draft" in path.name]
