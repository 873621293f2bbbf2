"""A heading that repeats the title of its post is taken out of the article."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from postdocs.importer.convert import Task, convert_all
from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.html.dom import read
from postdocs.importer.html.titles import drop_title
from postdocs.importer.prepare import anchors_between
from postdocs.sphinx_ext.math.check import checker

URL = "https://kettle.example/notes/boiling/"


def rest(html: str, title: str = "On boiling") -> str:
    """Return an article without the heading."""
    body = read(html)
    drop_title(body, title, URL, [])
    return body.decode_contents()


@pytest.mark.parametrize(
    ("html", "title", "left"),
    [
        ("<h1>On boiling</h1><p>Water.</p>", "On boiling", "<p>Water.</p>"),
        ("<h2>On boiling</h2><p>Water.</p>", "On boiling", "<p>Water.</p>"),
        ("<p>3 May</p><h1>On  boiling</h1><p>Water.</p>", "On boiling", "<p>3 May</p><p>Water.</p>"),
        ('<h1>On boiling<a class="headerlink" href="#b">¶</a></h1>', "On boiling", ""),
        (f'<h1><a href="{URL}">On boiling</a></h1>', "On boiling", ""),
        ("<h1>Don&rsquo;t <em>boil</em> &ndash; &ldquo;stir&rdquo;</h1>", 'Don\'t boil - "stir"', ""),
        ("<hr><h1>On boiling</h1><hr>", "On boiling", "<hr/>"),
        ("<div><header><h1>On boiling</h1></header></div>", "On boiling", "<div><header></header></div>"),
    ],
)
def test_the_first_heading_goes_if_it_is_the_title(html: str, title: str, left: str) -> None:
    """Marks beside it, typographic quotes, elements around it and a rule above it make no difference."""
    assert rest(html, title) == left


@pytest.mark.parametrize(
    "html",
    [
        "<h1>On boiling eggs</h1>",
        "<p>First.</p><h2>On boiling</h2>",
        '<p><img src="a.png"/></p><h2>On boiling</h2>',
        "<h2>Pots</h2><h1>On boiling</h1>",
        "<blockquote><h1>On boiling</h1></blockquote>",
        '<h1>On boiling<img src="a.png"/></h1>',
        '<h1><a href="https://elsewhere.example/">On boiling</a></h1>',
    ],
)
def test_other_headings_stay(html: str) -> None:
    """A section, a quotation, an image and a link to elsewhere are more than the title."""
    assert rest(html) == html


def test_links_to_the_title_lead_to_its_place(tmp_path: Path) -> None:
    """An anchor of the heading stays, for links in the post and in others; nothing is lost."""
    (tmp_path / "conf.py").touch()
    entry = Entry(
        source="feed.xml",
        position=1,
        title="On boiling",
        url=URL,
        published=datetime(2024, 5, 3, tzinfo=UTC),
        content='<h1 id="top">On boiling</h1><p>Water, and <a href="#top">up</a>.</p><h2>Pots</h2>',
    )
    (post,) = convert_all([Task(entry, "2024/boiling.md", {}, {}, {}, {})], tmp_path / "conf.py", checker)
    assert "(top)=\nWater, and [up](#top)." in post.text
    left_out = Note(NoteKind.REPAIRED, "heading that repeats the title, left out", "On boiling")
    assert post.notes[0] == left_out
    assert NoteKind.LOST not in {note.kind for note in post.notes}
    assert post.counts.headings == 1
    anchors = anchors_between([entry], ["2024/boiling.md"], {"2024/boiling.md": {"top"}})
    assert anchors["2024/boiling.md"]["top"] == "top"
