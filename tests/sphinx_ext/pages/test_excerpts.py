"""What lists and feeds show of posts whose words refer to others."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from helpers import read_html, texts
from lxml import etree
from sphinx.testing.util import SphinxTestApp

ATOM = "{http://www.w3.org/2005/Atom}"


def write(app: SphinxTestApp, name: str, title: str, text: str) -> Path:
    """Write a post; return its file."""
    path = app.srcdir / f"posts/2024/{name}.md"
    path.write_text(f"---\ntitle: {title}\ndate: 2024-11-01\n---\n\n{text}\n", encoding="utf-8")
    return path


def summary_in(app: SphinxTestApp) -> str:
    """Return the summary of the newest post, which the list and the feed agree on."""
    end = "/index.html" if app.builder.name == "dirhtml" else ".html"
    listed = texts(read_html(app.outdir / f"blog{end}"), "post-summary")[0]
    feed = etree.parse(app.outdir / "blog/atom.xml")
    assert feed.findtext(f"{ATOM}entry/{ATOM}summary") == listed
    return listed


REFERENCES = """See {doc}`titled`, [](titled.md), {ref}`here`, {term}`Tea`, {py:func}`brew`,
{doc}`mine <titled>`.[^n]

[^n]: A note.

(here)=
## A *section*

:::{glossary}
Tea
  A drink.
:::

:::{py:function} brew(cups)
Make some.
:::
"""


@pytest.mark.parametrize(
    (),
    [
        pytest.param(marks=pytest.mark.sphinx("html", testroot="blog"), id="html"),
        pytest.param(marks=pytest.mark.sphinx("dirhtml", testroot="blog"), id="dirhtml"),
    ],
)
def test_a_summary_has_the_words_of_what_it_refers_to(app: SphinxTestApp, warning: StringIO) -> None:
    """Titles, terms and names, as on the page; and other ones once what it refers to has changed."""
    write(app, "refers", "Refers", REFERENCES)
    title = "Title from the heading"
    app.build()
    assert warning.getvalue() == ""
    assert summary_in(app) == f"See {title}, {title}, A section, Tea, brew(), mine."
    titled = app.srcdir / "posts/2024/titled.md"
    text = titled.read_text(encoding="utf-8")
    titled.write_text(text.replace("Title from the *heading*", "Another"), encoding="utf-8")
    app.build()
    assert summary_in(app) == "See Another, Another, A section, Tea, brew(), mine."


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_reference_that_leads_nowhere_is_told_once(app: SphinxTestApp, warning: StringIO) -> None:
    """The page says what is wrong; its summary keeps what is written."""
    write(app, "refers", "Refers", "See {doc}`nowhere` and {term}`nothing`.")
    app.build()
    assert warning.getvalue().count("WARNING") == 2
    assert summary_in(app) == "See nowhere and nothing."


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_summary_names_sources_and_leaves_no_gap_for_notes(app: SphinxTestApp) -> None:
    """A citation is words of the text, the mark of a footnote is none."""
    rst = "Text [Foo]_ and more [#a]_, end [#a]_.\n\n.. [Foo] Book\n.. [#a] Note"
    write(app, "refers", "Refers", f"```{{eval-rst}}\n{rst}\n```")
    app.build()
    assert summary_in(app) == "Text [Foo] and more, end."
