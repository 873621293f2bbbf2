"""Source folders of mystmd and Jupyter Book."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from importer.folders.trees import NOW, files
from postdocs.importer.entry import Entry, NoteKind
from postdocs.importer.folders.registry import system_of
from postdocs.importer.folders.systems import myst
from postdocs.importer.folders.systems.myst.settings import slug_of
from postdocs.importer.sources.model import Source

CONF = "version: 1\nproject:\n  title: Tides\n"
POST = "---\ntitle: Low water\ndate: 2024-05-03\n---\n\nText.\n"


def project(texts: dict[str, str | bytes], conf: str = CONF) -> Source:
    """Return what a project of these sources holds."""
    return myst.read(files({"myst.yml": conf, **texts}), "https://tides.example/log", NOW)


def addresses(source: Source) -> dict[str, str]:
    """Return the addresses of entries below the site by their files."""
    return {
        entry.source.removeprefix("blog/"): (entry.url or "").removeprefix("https://tides.example/log")
        for entry in source.entries
    }


def post(text: str, **others: str) -> Entry:
    """Return the entry of one document of a project."""
    source = project({"index.md": "# Home\n", "posts/a.md": text, **others})
    return next(entry for entry in source.entries if entry.source == "blog/posts/a.md")


@pytest.mark.parametrize("names", [("myst.yml",), ("_config.yml", "_toc.yml"), ("myst.yml", "conf.py")])
def test_a_project_is_known_by_its_settings(names: tuple[str, ...]) -> None:
    """Those of mystmd, also beside older ones, and the two of Jupyter Book, of which Jekyll has one."""
    assert system_of(files({**dict.fromkeys(names, ""), "a.md": POST})) is myst


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("01_First Steps", "first-steps"),
        ("2024-05-03-tides", "2024-05-03-tides"),
        ("12345", "12345"),
        ("3", "3"),
        ("a__b&c", "a-b-and-c"),
        ("Über", "ber"),
        ("x" * 60, "x" * 50),
    ],
)
def test_names_of_files_become_slugs(name: str, slug: str) -> None:
    """As mystmd makes them: without a number before them, unless that looks like a year."""
    assert slug_of(name) == slug


def test_documents_have_the_addresses_of_their_slugs() -> None:
    """Whatever their folder; the home page is at the root, and those of one name are counted in order."""
    texts: dict[str, str | bytes] = dict.fromkeys(("index.md", "a/low.md", "b/low.md", "c/index.md"), POST)
    assert addresses(project(texts)) == {
        "index.md": "/",
        "a/low.md": "/low/",
        "b/low.md": "/low-1/",
        "c/index.md": "/index-1/",
    }


def test_the_table_of_contents_orders_documents() -> None:
    """Its first is the home page; names without suffix, patterns, and documents below others count.

    Mystmd builds no document that is not in it.
    """
    toc = (
        "  toc:\n    - file: start.md\n    - title: Part\n      children:\n        - file: b/low\n"
        "    - pattern: 'a/*.md'\n"
    )
    texts: dict[str, str | bytes] = dict.fromkeys(("start.md", "a/low.md", "b/low.md", "index.md"), POST)
    source = project(texts, CONF + toc)
    assert addresses(source) == {"start.md": "/", "b/low.md": "/low/", "a/low.md": "/low-1/"}
    assert [note.before for note in source.notes if note.kind is NoteKind.LEFT_OUT] == ["index.md"]


def test_folders_are_in_addresses_where_settings_say_so() -> None:
    """An index is the page of its folder."""
    conf = f"{CONF}site:\n  options:\n    folders: true\n"
    texts: dict[str, str | bytes] = dict.fromkeys(("index.md", "01-a/low.md", "b/index.md"), POST)
    assert addresses(project(texts, conf)) == {"index.md": "/", "01-a/low.md": "/a/low/", "b/index.md": "/b/"}


def test_front_matter_becomes_that_of_posts() -> None:
    """A document with a date is a post; the author of the project stands for others."""
    head = "---\ntitle: Low\nsubtitle: At night\ndate: 2024-05-03\nkeywords: [sea]\ndescription: Ebb.\n"
    entry = post(
        f"{head}authors:\n  - name: Ann Example\n    email: a@b.example\n    orcid: 0000\n---\n\nText.\n"
    )
    assert (entry.title, entry.subtitle, entry.summary) == ("Low", "At night", "Ebb.")
    assert (entry.published, entry.tags, entry.authors) == (datetime(2024, 5, 3), ("sea",), ("Ann Example",))
    assert (entry.page, entry.draft) == (False, False)
    source = project({"index.md": "# Home\n", "a.md": POST}, f"{CONF}  authors:\n    - name: Bo\n")
    assert [(one.page, one.authors) for one in source.entries] == [(False, ("Bo",)), (True, ())]


def test_text_stays_and_links_lead_to_pages() -> None:
    """What MyST reads is the author's own; code of cells is code."""
    text = f"{POST}\nSee [home](../index.md) and $x^2$.\n\n```{{code-cell}} python\n:tags: [a]\nx = 1\n```\n"
    entry = post(text)
    assert "[home](/log/)" in (entry.markdown or "")
    assert '<pre class="code python literal-block"><code>x = 1</code></pre>' in entry.content


def test_what_is_left_out_stays_out() -> None:
    """Hidden files, and what the settings exclude."""
    conf = f"{CONF}  exclude:\n    - drafts/**\n"
    texts: dict[str, str | bytes] = dict.fromkeys(("index.md", "drafts/a.md", ".b.md", ".c/d.md"), POST)
    assert addresses(project(texts, conf)) == {"index.md": "/"}


def test_a_jupyter_book_has_the_addresses_of_its_files() -> None:
    """Those of Sphinx, below the address that its settings name."""
    conf = "title: Tides\nauthor: Ann\nhtml:\n  baseurl: https://book.example/tides/\n"
    texts = {
        "_config.yml": conf,
        "_toc.yml": "format: jb-book\nroot: intro\n",
        "in/a.md": POST,
        "b.rst": "B\n=\n\nC.\n",
    }
    source = myst.read(files(texts), None, NOW)
    assert [(entry.url, entry.authors, entry.page) for entry in source.entries] == [
        ("https://book.example/tides/b.html", (), True),
        ("https://book.example/tides/in/a.html", ("Ann",), False),
    ]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Before.\n\n## One\n\nText.\n", "<p>Before.</p><h2>One</h2><p>Text.</p>"),
        ("## One\n\nText.\n", "<h2>One</h2><p>Text.</p>"),
        ("# Low water\n\nText.\n", "<p>Text.</p>"),
    ],
)
def test_a_heading_is_the_title_only_where_it_says_the_same(text: str, content: str) -> None:
    """Front matter has the title; other headings are of the text."""
    html = post(f"---\ntitle: Low water\ndate: 2024-05-03\n---\n\n{text}").content
    assert re.sub(r"\s*\n\s*|</?section[^>]*>| (?:id|class)=\"[^\"]*\"", "", html) == content


def test_authors_have_the_names_that_the_project_gives_their_ids() -> None:
    """As people of it, or as contributors, in both forms of a reference."""
    people = "authors:\n    - {id: bo, name: Bo Example}\n  contributors:\n    - {id: ann, name: Ann}"
    conf = f"{CONF}  {people}\n"
    text = "---\ntitle: A\ndate: 2024-05-03\nauthors:\n  - ann\n  - id: bo\n---\nA\n"
    source = project({"index.md": "# Home\n", "a.md": text}, conf)
    assert [one.authors for one in source.entries if one.title == "A"] == [("Ann", "Bo Example")]


def test_settings_extend_those_of_other_files() -> None:
    """The nearer ones count; what isn't in the folder is named, and files that extend each other end."""
    conf = "extends: [shared/people.yml, 'https://tides.example/more.yml']\nproject:\n  title: Tides\n"
    people = (
        "extends: ../myst.yml\nproject:\n  title: People\n  authors:\n    - id: ann\n      name: Ann One\n"
    )
    post = "---\ntitle: Low\ndate: 2024-05-03\nauthors: [ann]\n---\n\nText.\n"
    source = project({"shared/people.yml": people, "a.md": post}, conf)
    assert (source.title, source.entries[0].authors) == ("Tides", ("Ann One",))
    named = {note.before for note in source.notes if note.what == "settings that it extends are not read"}
    assert named == {"https://tides.example/more.yml", "../myst.yml"}


def test_a_link_without_a_text_has_the_title_of_the_front_matter() -> None:
    """Or else that of a heading, and never that of a comment in code."""
    code = "\n```python\n# Not this\n```\n"
    text = POST.replace("Text.", "[](b.md) [](c.md)")
    one = post(text, **{"posts/b.md": f"---\ntitle: B\n---\n{code}", "posts/c.md": f"{code}\n# C\n"})
    assert re.findall(r">(\w+|[^<>]*this[^<>]*)</a>", one.content) == ["B", "C"]


def test_the_title_in_front_matter_is_markdown() -> None:
    """A page shows it without its marks."""
    one = post("---\ntitle: The *low* `water_line` of $a_b$ & [here](b)\ndate: 2024-05-03\n---\n\nText.\n")
    assert one.title == "The low water_line of $a_b$ & here"
