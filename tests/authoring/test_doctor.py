"""What of a site is not ready to be published."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from postdocs import cli
from postdocs.authoring.doctor import Site, examine
from postdocs.authoring.pictures import pictures_in
from postdocs.core.conf import settings_of

NOW = datetime(2024, 6, 1, tzinfo=UTC)
SOUND: Mapping[str, Any] = {
    "author": "Ada Pond",
    "html_baseurl": "https://ada-pond.net/",
    "blog_baseurl": "https://ada-pond.net/",
    "blog_title": "Pond",
    "blog_post_pattern": "posts/*.md",
    "postdocs_strict": True,
}
READY = "---\ntitle: Frogs\ndate: 2024-05-01\nsummary: On frogs.\n---\n\nText.\n"


def told(
    values: Mapping[str, Any] | None = None, texts: Mapping[str, str] | None = None, **others: Any
) -> list[tuple[str, bool]]:
    """Return what is found in a site that is ready but for what is given, and whether it is in the way."""
    settings = {**SOUND, **(values or {})}
    texts = {"posts/frogs.md": READY} if texts is None else texts
    site = Site(
        conf="conf.py",
        values=settings,
        settings=settings_of(Path("conf.py"), settings),
        line_of={name: number for number, name in enumerate(SOUND, 1)}.get,
        texts=texts,
        sizes={**dict.fromkeys(texts, 100), ".gitlab-ci.yml": 10},
        untracked=(),
        ignores_output=True,
    )
    return [(str(each.error), each.is_in_the_way) for each in examine(replace(site, **others), NOW)]


def test_a_site_that_is_ready_has_no_findings() -> None:
    """Nothing is said of it."""
    assert told() == []


ADDRESS = "write the address at which your site will be published"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (
            {"html_baseurl": "", "blog_baseurl": ""},
            f"conf.py:2: html_baseurl: it is missing, and feeds and canonical links need it; {ADDRESS}",
        ),
        (
            {"html_baseurl": "https://you.example.org/blog/"},
            f"conf.py:2: html_baseurl: 'https://you.example.org/blog/' is an example; {ADDRESS}",
        ),
        (
            {"html_baseurl": "http://localhost:8000"},
            f"conf.py:2: html_baseurl: 'http://localhost:8000' is an example; {ADDRESS}",
        ),
        (
            {"html_baseurl": "http://127.0.0.1/"},
            f"conf.py:2: html_baseurl: 'http://127.0.0.1/' is an example; {ADDRESS}",
        ),
        (
            {"html_baseurl": None, "blog_baseurl": "https://pond.example"},
            f"conf.py:3: blog_baseurl: 'https://pond.example' is an example; {ADDRESS}",
        ),
        (
            {"blog_baseurl": ""},
            "conf.py:3: blog_baseurl: it is missing, so the site has no feed; "
            "add a line `blog_baseurl = html_baseurl`",
        ),
        ({"author": ""}, 'conf.py:1: author: it is missing; add a line `author = "Your Name"`'),
        (
            {"author": "Ann Example"},
            "conf.py:1: author: 'Ann Example' is the author of an example; write your name",
        ),
        (
            {"blog_title": " "},
            "conf.py:4: blog_title: it is missing, and feed readers list the site by it; "
            "add a line `blog_title = project`",
        ),
    ],
)
def test_settings_of_an_example_are_in_the_way(values: Mapping[str, Any], message: str) -> None:
    """An address at which nobody can publish, no author, no title of feeds: each with its line."""
    assert told(values) == [(message, True)]


def test_authors_of_a_blog_are_authors() -> None:
    """Several people in `blog_authors` do without `author`."""
    people = {"ada": ("Ada Pond", None), "bo": ("Bo Reed", None)}
    assert told({"author": "", "blog_authors": people}) == []


@pytest.mark.parametrize(
    ("keys", "message", "is_in_the_way"),
    [
        ("date: soon\nsummary: x", "3: date: 'soon' is not a date; write YYYY-MM-DD", True),
        ("date: 2024-05-01\ntags: [1]\nsummary: x", "4: tags: '1' is a number, not text; put it in", True),
        ("summary: x", "1: date: it is missing; add a line `date: YYYY-MM-DD`, or `draft: true`", True),
        ("draft: true", "3: it is a draft, and stays out of the site; publish it with `postdocs pub", False),
        ("date: 2024-05-01", "1: summary: it is missing, so lists, feeds and search engines show", False),
        ("date: 2024-07-01\nsummary: x", "3: date: the post is scheduled, and stays out of the", False),
        ("date: 2042-05-01\nsummary: x", "3: date: 2042-05-01 is more than a year away; correct", False),
        ("date: 1970-01-01\nsummary: x", "3: date: 1970-01-01 is probably no date of a post; write", False),
    ],
)
def test_posts_that_are_not_ready_are_named(keys: str, message: str, is_in_the_way: bool) -> None:
    """Mistakes are in the way; what is meant to wait, and slips, are advice."""
    ((text, blocks),) = told(texts={"posts/a.md": f"---\ntitle: A\n{keys}\n---\n\nText.\n"})
    assert text.startswith(f"posts/a.md:{message}")
    assert blocks == is_in_the_way


def test_a_page_needs_no_date_and_no_summary() -> None:
    """Neither do sources that are no posts."""
    page = "---\ntitle: A\nblogpost: false\n---\n\nText.\n"
    assert told(texts={"posts/a.md": page, "about.md": "# About\n"}) == []


def test_pictures_are_looked_at() -> None:
    """Large ones, those without words, and those that Git doesn't know, with the line that shows them."""
    texts = {
        "about.md": "# A\n\n![A pond](posts/b.png)\n\n![Reeds](c.jpg)\n",
        "posts/a.md": f"{READY}\n![](b.png)\n",
    }
    sizes = {"posts/b.png": 2_500_000, "c.jpg": 10, ".gitlab-ci.yml": 10}
    findings = told(texts=texts, sizes=sizes, untracked={"c.jpg", "posts/x.png", "posts/a.md"})
    unknown = "Git doesn't know the image 'c.jpg', so the build at your host fails; run `git add c.jpg`"
    assert findings == [
        ("about.md:3: the image 'posts/b.png' has 2.5 MB; save it smaller than 2 MB", False),
        (f"about.md:5: {unknown}", True),
        ("posts/a.md: Git doesn't know it, so it won't be published; run `git add posts/a.md`", False),
        (
            "posts/a.md:9: the image 'b.png' has no alternative text; "
            "describe it for readers who can't see it",
            False,
        ),
    ]


def test_what_publishes_and_keeps_the_site_is_missed() -> None:
    """A workflow, a repository, and a .gitignore are advice."""
    findings = told(sizes={}, untracked=None, ignores_output=False)
    assert [text.partition(":")[0] for text, _ in findings] == [".git", ".github/workflows", ".gitignore"]
    assert not any(blocks for _, blocks in findings)
    assert told(sizes={".github/workflows/pages.yml": 1}) == []


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        (
            "![](a.png) ![ ](<b c.png>) ![x](d.png)",
            "a.md",
            [("a.png", False), ("b c.png", False), ("d.png", True)],
        ),
        ("`![](a.png)`\n\n```\n![](b.png)\n```", "a.md", []),
        ("<img src=a.png>\n<img alt='' src='b.png'>", "a.md", [("a.png", False), ("b.png", True)]),
        ("```{figure} a.png\nA pond\n```", "a.md", [("a.png", False)]),
        (":::{image} a.png\n:width: 10\n:alt: A pond\n:::", "a.md", [("a.png", True)]),
        ("```{figure} a.png\n---\nalt: A pond\n---\n```", "a.md", [("a.png", True)]),
        (
            ".. image:: a.png\n   :alt: A pond\n\n.. figure:: b.png",
            "a.rst",
            [("a.png", True), ("b.png", False)],
        ),
    ],
)
def test_a_picture_without_words_is_seen(text: str, path: str, expected: list[tuple[str, bool]]) -> None:
    """In Markdown, HTML and directives; an empty `alt` in HTML says that a picture only decorates."""
    assert [(each.name, each.has_text) for each in pictures_in(text, path)] == expected


def test_the_command_reads_a_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The status says whether something is in the way; Git tells which files it knows."""
    settings = "".join(f"{name} = {value!r}\n" for name, value in SOUND.items())
    files = {
        "conf.py": settings,
        ".gitignore": "_build/\n",
        ".github/workflows/pages.yml": "",
        "posts/a.md": f"{READY}\n![Pond](pond.png)\n",
        "posts/pond.png": "",
        "_build/x.md": "![](y.png)\n",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    for command in (["init", "-q"], ["add", ".", ":!posts/pond.png"]):
        subprocess.run(["git", "-C", str(tmp_path), *command], check=True)  # noqa: S603, S607 - our own
    assert cli.run(["doctor", str(tmp_path)]) == 1
    assert capsys.readouterr().out == (
        "In the way:\n  posts/a.md:9: Git doesn't know the image 'posts/pond.png', "
        "so the build at your host fails; run `git add posts/pond.png`\n"
        "1 thing in the way, 0 pieces of advice\n"
    )
    subprocess.run(["git", "-C", str(tmp_path), "add", "."], check=True)  # noqa: S603, S607 - our own
    monkeypatch.chdir(tmp_path)
    assert cli.run(["doctor"]) == 0
    assert capsys.readouterr().out == "0 things in the way, 0 pieces of advice\n"
    (tmp_path / "conf.py").unlink()
    assert cli.run(["doctor"]) == 2


def test_images_in_notebooks_need_words_too() -> None:
    """The line is that of the file; code and its output are left out."""
    shown = ["\n", "Ponds.\n", "![](a.png) ![Frog](b.png)\n"]
    cells = [
        {"cell_type": "code", "source": ["![no](x.png)"], "outputs": [{"data": {"image/png": "aa"}}]},
        {"cell_type": "markdown", "source": shown},
        {"cell_type": "markdown", "source": "Two\n<img src='c.png'>"},
    ]
    text = json.dumps({"cells": cells, "nbformat": 4, "metadata": {}}, indent=1)
    lines = text.split("\n")
    without = [each for each in pictures_in(text, "a.ipynb") if not each.has_text]
    pictures = [(lines[each.line - 1].strip(), each.name) for each in without]
    assert pictures == [
        (json.dumps(shown[2]), "a.png"),
        ('"source": ' + json.dumps("Two\n<img src='c.png'>"), "c.png"),
    ]
    assert pictures_in("no notebook", "a.ipynb") == []
