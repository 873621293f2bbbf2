"""Notebooks among the posts of source folders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import ModuleType

import pytest

from importer.folders.notebook_files import code, notebook, prose, stream
from importer.folders.trees import NOW, files
from postdocs.importer.entry import Entry, NoteKind
from postdocs.importer.folders.registry import system_of
from postdocs.importer.folders.systems import jekyll, myst, nikola, pelican, plain, sphinx
from postdocs.importer.sources.model import Source

BODY = (prose("## Low water\n\n[Kelp](kelp.md), ![map](map.png)"), code("x = 1", stream("seven")))
NIKOLA = (
    "NIKOLA = 1\nBLOG_TITLE = 'Tides'\nSITE_URL = 'https://tides.example/'\n"
    "POSTS = (('posts/*.md', 'posts', 'p'), ('posts/*.ipynb', 'posts', 'p'))\nTIMEZONE = 'UTC'\n"
)
PELICAN = "SITENAME = 'Tides'\nSITEURL = 'https://tides.example'\nPATH = 'content'\nTIMEZONE = 'UTC'\n"
NBDATA = "Title: Tides\nDate: 2021-03-04\nTags: sea, cold\n"
META = ".. title: Tides\n.. date: 2021-03-04\n.. tags: sea, cold\n"


def read(system: ModuleType, texts: Mapping[str, str | bytes]) -> Source:
    """Read a folder with the system that detects it."""
    folder = files(texts)
    assert system_of(folder) is system
    source: Source = system.read(folder, None, NOW)
    return source


def entry_of(source: Source) -> Entry:
    """Return the one post of a notebook."""
    (entry,) = (entry for entry in source.entries if entry.source.endswith(".ipynb"))
    return entry


@pytest.mark.parametrize(
    ("system", "texts"),
    [
        (
            plain,
            {
                "tides.ipynb": notebook(
                    prose("---\ntitle: Tides\ndate: 2021-03-04\ntags: [sea, cold]\n---", "raw"), *BODY
                )
            },
        ),
        (plain, {"2021-03-04-x.ipynb": notebook(prose("# Tides\n- tags: [sea, cold]"), *BODY)}),
        (plain, {"a/tides.ipynb": notebook(*BODY, title="Tides", date="2021-03-04", tags=["sea", "cold"])}),
        (
            nikola,
            {"conf.py": NIKOLA, "posts/x.meta": META, "posts/x.ipynb": notebook(prose("# Other"), *BODY)},
        ),
        (
            nikola,
            {
                "conf.py": NIKOLA,
                "posts/x.ipynb": notebook(
                    *BODY, nikola={"title": "Tides", "date": "2021-03-04", "tags": "sea, cold"}
                ),
            },
        ),
        (
            pelican,
            {
                "pelicanconf.py": PELICAN,
                "content/x.nbdata": NBDATA,
                "content/x.ipynb": notebook(prose("# Other"), *BODY),
            },
        ),
        (
            pelican,
            {"pelicanconf.py": PELICAN, "content/x.ipynb-meta": NBDATA, "content/x.ipynb": notebook(*BODY)},
        ),
        (
            pelican,
            {
                "pelicanconf.py": PELICAN,
                "content/x.ipynb": notebook(
                    prose("- Title: Tides\n- date: 2021-03-04\n- tags: sea, cold"), *BODY
                ),
            },
        ),
    ],
)
def test_notebooks_are_posts(system: ModuleType, texts: dict[str, str | bytes]) -> None:
    """Title, date, and tags come from where the system keeps them; cells and outputs are the content."""
    entry = entry_of(read(system, texts))
    assert (entry.title, entry.tags, entry.page) == ("Tides", ("sea", "cold"), False)
    assert entry.published is not None
    assert entry.published.replace(tzinfo=UTC) == datetime(2021, 3, 4, tzinfo=UTC)
    assert '<h2 id="Low-water">Low water</h2>' in entry.content
    assert "<pre>seven\n</pre>" in entry.content
    assert entry.markdown is not None
    assert "```python\nx = 1\n```" in entry.markdown
    assert "seven" not in entry.markdown


def test_a_folder_of_notebooks() -> None:
    """Notebooks without front matter have the title of their heading or their file; others are named."""
    source = read(
        plain,
        {
            "a/low-water.ipynb": notebook(code("x")),
            "b.ipynb": notebook(prose("# High *water*\n\nText.")),
            "c.ipynb": notebook(),
            "d.ipynb": "{",
            "e.ipynb": "[]",
        },
    )
    titles = [(entry.title, entry.page) for entry in source.entries]
    assert titles == [
        ("Low water", True),
        ("High water", True),
    ]
    notes = [(note.kind, note.before.partition(":")[0]) for note in source.notes if ".ipynb" in note.before]
    assert notes == [
        (NoteKind.LEFT_OUT, "blog/c.ipynb"),
        (NoteKind.LOST, "blog/d.ipynb"),
        (NoteKind.LOST, "blog/e.ipynb"),
    ]
    assert system_of(files({"a.ipynb": "{", "b.ipynb": "[]"})) is None


def test_links_between_notebooks_and_texts() -> None:
    """A link to the file of another post leads to its page, and a picture beside the notebook is found."""
    entry = entry_of(
        read(
            plain,
            {
                "posts/tides.ipynb": notebook(*BODY),
                "posts/kelp.md": "---\ntitle: Kelp\n---\nText.",
                "posts/map.png": "x",
            },
        )
    )
    assert '<a href="/posts/kelp/">Kelp</a>' in entry.content
    assert 'src="/posts/map.png"' in entry.content


def test_notes_on_cells() -> None:
    """What a cell loses is told of the post, with its file and cell."""
    widget = {"output_type": "display_data", "data": {"application/vnd.plotly.v1+json": {}}}
    source = read(
        nikola, {"conf.py": NIKOLA, "posts/x.meta": META, "posts/x.ipynb": notebook(*BODY, code("f", widget))}
    )
    assert "blog/posts/x.ipynb: cell 3" in [note.before for note in entry_of(source).notes]


def test_notebooks_of_fastpages() -> None:
    """They are posts, unless the post that was made of one is there; pictures beside them are served."""
    texts: dict[str, str | bytes] = {
        "_config.yml": "title: Tides\nurl: https://tides.example\n",
        "_posts/2020-01-02-made.md": "---\ntitle: Made\n---\nText.\n",
        "_notebooks/2020-01-02-made.ipynb": notebook(*BODY),
        "_notebooks/2021-03-04-low.ipynb": notebook(prose('# "Tides"\n> Low {{ x }}\n\n- toc: true'), *BODY),
        "_notebooks/map.png": "x",
    }
    source = read(jekyll, texts)
    entry = entry_of(source)
    assert (entry.title, entry.summary, entry.page) == ("Tides", "Low {{ x }}", False)
    assert entry.url == "https://tides.example/2021/03/04/low.html"
    assert "<pre>seven\n</pre>" in entry.content
    assert source.files is not None
    assert source.files.load("images/copied_from_nb/map.png") == b"x"
    assert len(source.entries) == 2


@pytest.mark.parametrize(
    ("system", "settings"),
    [
        (sphinx, {"conf.py": "extensions = ['ablog', 'myst_nb']\n"}),
        (myst, {"myst.yml": "version: 1\nproject:\n  title: Tides\n"}),
    ],
)
def test_notebooks_of_sphinx_and_myst(system: ModuleType, settings: dict[str, str]) -> None:
    """Their Markdown is MyST; outputs and attached images are where they stand in the notebook."""
    front = prose("---\ntitle: Tides\nblogpost: true\ndate: 2021-03-04\n---", "raw")
    attached = prose("![chart](attachment:c.png)", attachments={"c.png": {"image/png": "AAAA"}})
    note = prose(":::{note}\nRocks are *slippery*.\n:::\n\n(end)=\n")
    texts: dict[str, str | bytes] = {
        **settings,
        "posts/x.ipynb": notebook(front, *BODY, attached, note),
        "posts/kelp.md": "# Kelp\n",
    }
    entry = entry_of(read(system, texts))
    assert entry.title == "Tides"
    assert "<em>slippery</em>" in entry.content
    assert "<pre>seven\n</pre>" in entry.content
    assert 'src="data:image/png;base64,AAAA"' in entry.content
    assert "data-output" not in entry.content
    assert entry.markdown is not None
    assert "```python\nx = 1\n```" in entry.markdown
    assert "data-output" not in entry.markdown


def test_drafts() -> None:
    """A notebook that says it isn't public becomes a draft."""
    front = prose("---\ntitle: Tides\ndraft: true\n---", "raw")
    assert entry_of(read(plain, {"a.ipynb": notebook(front, *BODY)})).draft
    nikola_post: dict[str, str | bytes] = {
        "conf.py": NIKOLA,
        "posts/x.meta": f"{META}.. status: draft\n",
        "posts/x.ipynb": notebook(*BODY),
    }
    assert entry_of(read(nikola, nikola_post)).draft
