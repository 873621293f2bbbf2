"""Tags of Pelican's plugin liquid_tags."""

from __future__ import annotations

import re

import pytest
from helpers import assert_linear

from importer.folders.notebook_files import code, notebook, prose, stream
from importer.folders.pelican_sites import CONF, TITLED, blog, post
from importer.folders.trees import files
from postdocs.importer.entry import NoteKind
from postdocs.importer.folders.systems.pelican import liquid_tags
from postdocs.importer.folders.systems.pelican import settings as pelican_settings


def test_tags_of_notebooks_and_code_show_what_they_name() -> None:
    """A notebook comes with its outputs, only those cells that the tag names; so does a file of code."""
    cells = (prose("Gone."), code("x = 1", stream("one")), prose("A *b* $x_1$."), prose("Gone too."))
    body = (
        "Before.\n\n{% notebook n.ipynb cells[1:-1] %}\n\nAfter {% notebook no.ipynb %}.\n\n"
        "{% include_code t.py lang:python lines:2-3 Tides %}\n"
    )
    texts: dict[str, str | bytes] = {
        "a.md": f"{TITLED}\n{body}",
        "nb/n.ipynb": notebook(*cells),
        "code/t.py": "a\nb\nc\nd\n",
    }
    found = blog(texts, "NOTEBOOK_DIR = 'nb'\n").entries
    entry = next(one for one in found if one.source.endswith("/a.md"))
    assert [block for block in re.split(r"\n{2,}", entry.markdown or "") if block] == [
        "Before.",
        "```python\nx = 1\n```",
        "A *b* $x_1$.",
        "After {% notebook no.ipynb %}.",
        "Tides [t.py](/code/t.py)",
        "```python\nb\nc\n```",
    ]
    assert "one" in entry.content
    assert "Gone" not in entry.content
    assert [note.before for note in entry.notes] == ["blog/content/a.md:8: {% notebook no.ipynb %}"]


def test_tags_may_name_files_from_the_folder_of_all_content() -> None:
    """As those did that were written before the blog had a setting for the folder."""
    texts: dict[str, str | bytes] = {
        "a.md": f"{TITLED}\n{{% notebook old/n.ipynb %}}\n\n{{% include_code code/t.py %}}\n",
        "old/n.ipynb": notebook(prose("Shown.")),
        "code/t.py": "x = 1\n",
    }
    settings = "NOTEBOOK_DIR = 'old'\nCODE_DIR = 'code'\n"
    entry = next(one for one in blog(texts, settings).entries if one.source.endswith("/a.md"))
    assert [*filter(None, (entry.markdown or "").split("\n"))] == [
        *("Shown.", "[t.py](/code/t.py)", "```py", "x = 1", "```")
    ]
    assert not entry.notes


def test_a_text_keeps_what_stands_for_notebooks_elsewhere() -> None:
    """Words of the author are never taken for the place of a notebook."""
    texts: dict[str, str | bytes] = {
        "a.md": f"{TITLED}\npostdocsnotebook0x\n\n{{% notebook n.ipynb %}}\n",
        "notebooks/n.ipynb": notebook(prose("Shown.")),
    }
    entry = next(one for one in blog(texts).entries if one.source.endswith("/a.md"))
    assert [*filter(None, (entry.markdown or "").split("\n"))] == ["postdocsnotebook0x", "Shown."]
    assert "<p>postdocsnotebook0x</p>" in entry.content


def test_a_notebook_in_a_text_that_cannot_be_read_is_lost() -> None:
    """Its tag stays, and the report names the file."""
    texts: dict[str, str | bytes] = {
        "a.md": f"{TITLED}\n{{% notebook n.ipynb %}}\n",
        "notebooks/n.ipynb": "{",
    }
    entry = next(one for one in blog(texts).entries if one.source.endswith("/a.md"))
    assert entry.markdown == "{% notebook n.ipynb %}\n"
    assert [note.kind for note in entry.notes] == [NoteKind.LOST, NoteKind.NOTICED]


@pytest.mark.parametrize(
    ("tag", "shown"),
    [
        (
            "{% img right /a.png 30 20 [Low tide] %}",
            '<img src="/a.png" alt="Low tide" title="Low tide" width="30" height="20">',
        ),
        ("{% img /a.png 'Low tide' 'The sea' %}", '<img src="/a.png" alt="The sea" title="Low tide">'),
        ("{% video /a.mp4 300 200 /a.png %}", '<video src="/a.mp4" controls></video>'),
        ("{% literal img a.png %}", "&#123;% img a.png %}"),
        ("`{% literal img a.png %}`", "`{% img a.png %}`"),
        ("`{% img /a.png %}`", "`{% img /a.png %}`"),
        ("{% include_code ../../a.py %}", "{% include_code ../../a.py %}"),
        ("{% notebook ../a.md %}", "{% notebook ../a.md %}"),
    ],
)
def test_other_tags_show_what_they_name(tag: str, shown: str) -> None:
    """Those in code stay, and nothing is read outside of the folder."""
    assert post(TITLED, tag).markdown == f"{shown}\n"


@pytest.mark.parametrize(
    "text",
    ["{% img ", "{% include_code a ", "{% literal ", "{% notebook n.ipynb %}\n\n", "{% notebook n cells["],
)
def test_tags_take_time_in_proportion_to_the_text(text: str) -> None:
    """Those without an end, and those of one notebook many times."""
    sources = files({"notebooks/n.ipynb": notebook(prose("a"))})
    settings = pelican_settings.read(files({"pelicanconf.py": CONF}), None)

    def expand(size: int) -> None:
        liquid_tags.expand(text * size, sources, settings)

    assert_linear(expand, 5_000)
