"""reStructuredText, which reaches no file and loses no word."""

from __future__ import annotations

from html import escape

import pytest
from helpers import assert_linear

from postdocs.importer.entry import NoteKind
from postdocs.importer.folders import unknown_directives
from postdocs.importer.folders.restructuredtext import UNKNOWN, render

HEAD = "Low water\n#########\n\n:date: 2021-03-04\n:tags: sea, moon\n:authors: Ann One; Bo Two\n\n"


def test_a_head_has_a_title_and_fields() -> None:
    """They are no part of the text."""
    rendered = render(f"{HEAD}Text.\n", "a.rst")
    assert rendered.title == "Low water"
    assert rendered.fields == {"date": "2021-03-04", "tags": "sea, moon", "authors": ["Ann One", "Bo Two"]}
    assert rendered.html == "<p>Text.</p>"
    assert rendered.notes == ()


def test_text_keeps_its_form() -> None:
    """Code with any option, formulas, sections, and links within the site."""
    html = render(
        "A :math:`a_b` `link <{filename}b.rst>`_.\n\n.. code-block:: python\n   :linenos: table\n"
        "   :hl_lines: 1\n\n"
        "   x = 1\n\n.. math::\n\n   y\n\nPart\n====\n\nMore.\n\nOther\n=====\n\n.. youtube:: abc-_1\n",
        "a.rst",
    ).html
    assert r"\(a_b\)" in html
    assert 'href="{filename}b.rst"' in html
    assert '<pre class="code python literal-block"><code>x = 1' in html
    assert "<h2>Part</h2>" in html
    assert '<iframe src="https://www.youtube.com/embed/abc-_1">' in html


@pytest.mark.parametrize("directive", ["image", "figure"])
def test_a_picture_with_a_scale_is_a_picture(directive: str) -> None:
    """Docutils would write a message into the page, for it may not read how large the file is."""
    rendered = render(f".. {directive}:: a.png\n   :scale: 50 %\n", "a.rst")
    assert '<img alt="" src="a.png" />' in rendered.html
    assert "System Message" not in rendered.html
    scaled = render(f".. {directive}:: a.png\n   :scale: 50 %\n   :width: 40px\n", "a.rst")
    assert "20" in scaled.html


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (".. strange:: thing\n   :a: b\n\n   Inner words.\n", 1, "Inner words."),
        ("A\n\n.. include:: /etc/passwd\n", 3, "/etc/passwd"),
        (".. csv-table:: x\n   :file: /etc/passwd\n", 1, "/etc/passwd"),
        (".. raw:: html\n   :file: /etc/passwd\n", 1, "/etc/passwd"),
        ("A :strange:`role` here.\n", 1, "role"),
        ("A |strange| here.\n", 1, "strange"),
        (".. youtube:: <b>\n", 1, "youtube"),
    ],
)
def test_what_is_not_known_stays_and_is_named(text: str, line: int, words: str) -> None:
    """With the line, once; no file is opened."""
    rendered = render(text, "a.rst")
    assert words in rendered.html
    assert "root:" not in rendered.html
    assert "System Message" not in rendered.html
    assert [note.kind for note in rendered.notes] == [NoteKind.NOTICED] * len(rendered.notes)
    assert any(note.before.startswith(f"a.rst:{line}: ") for note in rendered.notes)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (".. vimeo:: 12\n   :width: 3", '<iframe src="https://player.vimeo.com/video/12"></iframe>'),
        (
            ".. gist:: ann/abcdef1 a.py",
            '<script src="https://gist.github.com/ann/abcdef1.js?file=a.py"></script>',
        ),
        (".. soundcloud:: 12", "api.soundcloud.com/tracks/12"),
    ],
)
def test_players_are_shown(text: str, shown: str) -> None:
    """Plugins of several generators have these directives."""
    rendered = render(f"{text}\n", "a.rst")
    assert shown in rendered.html
    assert rendered.notes == ()


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        (".. image:: a.png\n      :alt: A", '<img alt="A" src="a.png"'),
        ("See `this page <b.html>`_", '<a class="reference external" href="b.html">this page</a>'),
        ("Low water comes late.\n   So does high water.\n\n   As ever!", "<p>As ever!</p>"),
        (".. other::\n\n      .. code:: python\n\n         x = 1", "x = 1"),
    ],
)
@pytest.mark.parametrize("head", [".. center::", "- .. center::\n ", ".. box:: Some title\n   :width: 3"])
def test_the_text_in_a_directive_that_is_not_known_is_text(head: str, inner: str, shown: str) -> None:
    """A note names the directive with what else it says."""
    rendered = render(f"A\n\n{head}\n\n   {inner}\n", "a.rst")
    assert shown in rendered.html
    assert "::" not in rendered.html
    assert ("Some title" in rendered.html) is ("Some title" in head)
    note = rendered.notes[0]
    assert note.before.startswith("a.rst:3: .. ")
    assert all(word in note.before for word in head.removeprefix("- ").split())


@pytest.mark.parametrize(
    "text",
    [
        ".. graphviz::\n\n   digraph {\n     a -> b;\n   }",
        ".. plot::\n\n   import numpy as np\n\n   for x in y:\n       print('Hello.')",
        ".. chart:: Bar\n   :title: 'Browsers'\n\n   'Firefox', [None, 2]",
        ".. lightbox:: images/a.png\n\n   A caption in words.",
        ".. uml::\n\n   Alice -> Bob: Hello there.",
    ],
)
def test_code_in_a_directive_that_is_not_known_keeps_its_form(text: str) -> None:
    """It stays as it is in the source, with its directive."""
    rendered = render(f"{text}\n", "a.rst")
    assert escape(text, quote=False) in rendered.html
    assert [note.what for note in rendered.notes] == [UNKNOWN]


@pytest.mark.parametrize("part", [".. a:: ", ".. a", ":a", "**a ", "`a", "A.\n", ".. a:b-c", "``a "])
def test_directives_that_are_not_known_are_found_in_linear_time(part: str) -> None:
    """Whatever their text is."""

    def run(size: int) -> None:
        unknown_directives.of_text(part * size)
        unknown_directives.reads_as_text(part * size)

    assert_linear(run, 4_000)


def test_a_title_with_a_short_line_below_it_is_one_title() -> None:
    """Docutils warns, and its source would stand below it once more."""
    rendered = render("A\n=\n\nLow water\n---\n\nText.\n\nHigh\n----\n", "a.rst")
    assert rendered.html.count("Low water") == 1
    assert rendered.notes == ()


@pytest.mark.parametrize("text", ["- A\nB\n", "A *b.\n"])
def test_odd_markup_that_comes_along_is_not_called_unknown(text: str) -> None:
    """Nothing is in the place of it, but it may not be what its author meant."""
    (note,) = render(text, "a.rst").notes
    assert note.what == "docutils warns of this; see whether the post shows what you meant"


def test_a_list_of_the_headings_goes() -> None:
    """Each page shows its own, and no heading is a link to one."""
    html = render("A\n#\n\n.. contents:: Parts\n\nLow\n===\n\nB.\n\nHigh\n====\n\nC.\n", "a.rst").html
    assert "Parts" not in html
    assert "<a" not in html
    assert "Low" in html
