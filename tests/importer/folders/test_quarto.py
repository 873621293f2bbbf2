"""Source folders of Quarto."""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import md5

import pytest

from importer.folders.quarto_sites import CONF, HEAD, notes, post, site
from importer.folders.trees import files
from postdocs.importer.entry import NoteKind
from postdocs.importer.folders.registry import system_of
from postdocs.importer.folders.systems import quarto


def test_a_site_is_known_by_its_settings() -> None:
    """Whatever else is there."""
    assert system_of(files({"_quarto.yml": "", "index.qmd": "Text"})) is quarto


@pytest.mark.parametrize(
    ("path", "head", "address"),
    [
        ("posts/neap/index.qmd", "", "/log/posts/neap/"),
        ("posts/neap.qmd", "", "/log/posts/neap.html"),
        ("posts/neap.md", "", "/log/posts/neap.html"),
        ("posts/neap.qmd", "output-file: low.html\n", "/log/posts/low.html"),
        ("neap tide.qmd", "", "/log/neap%20tide.html"),
    ],
)
def test_documents_keep_their_addresses(path: str, head: str, address: str) -> None:
    """A folder for an index, and a file for all others."""
    entry = post(f"---\ndate: 2024-05-03\n{head}---\nText.\n", path)
    assert entry.url == f"https://tides.example{address}"


def test_documents_without_a_date_are_pages() -> None:
    """And drafts are drafts."""
    source = site({
        "about.qmd": "---\ntitle: About\n---\nText.",
        "posts/a.qmd": f"{HEAD}Text.",
        "posts/b.qmd": "---\ntitle: B\ndraft: true\n---\nText.",
    })  # fmt: skip
    assert [(entry.title, entry.page, entry.draft) for entry in source.entries] == [
        ("About", True, False),
        ("Neap", False, False),
        ("B", False, True),
    ]


def test_what_quarto_does_not_publish_stays_behind() -> None:
    """Hidden files, those of the repository, built pages, those that `render` leaves out, and bare lists."""
    conf = "project:\n  output-dir: docs\n  render: ['*.qmd', '!inner/']\nwebsite:\n  title: T\n"
    names = ["_part.qmd", ".x/a.qmd", "README.qmd", "docs/a.qmd", "inner/a.qmd", "notes.md", "posts/a.qmd"]
    source = site(dict.fromkeys(names, f"{HEAD}Text.") | {"list.qmd": "---\nlisting: x\n---\n"}, conf)
    assert [entry.source for entry in source.entries] == ["blog/posts/a.qmd"]
    assert [note.before for note in source.notes if note.kind is NoteKind.LEFT_OUT] == ["list.qmd"]


def test_titles_are_markdown() -> None:
    """Spans and emphasis are seen on the page, and their marks aren't."""
    head = "---\ntitle: The *low* [water]{.mark} of $a_b$\nsubtitle: '`ebb`'\ndescription: '**Short.**'\n"
    entry = post(f"{head}date: 2024-05-03\n---\nText.\n")
    said = (entry.title, entry.subtitle, entry.summary)
    assert said == ("The low water of $a_b$", "ebb", "Short.")


def test_front_matter_becomes_ours() -> None:
    """With what folders say of all their posts, names in parts, and dates as JavaScript reads them."""
    metadata = "author: {name: {given: Ada, family: Tide}, email: ada@tides.example}\ncategories: [sea]\n"
    head = (
        "---\ntitle: Neap\nsubtitle: Low\ndate: 5/3/2024\ndate-modified: 2024-06-01\ncategories: [moon]\n"
        "description: Short.\nimage: low.png\nimage-alt: A shore\ndoi: https://doi.org/10.1234/neap.1\n"
        "aliases: [old.html, /older/]\nformat:\n  html:\n    toc: true\nweather: fair\n---\nText.\n"
    )
    entry = post(head, posts___metadata_DOT_yml=metadata, posts__neap__low_DOT_png="")
    assert entry.published == datetime(2024, 5, 3)
    assert entry.updated == datetime(2024, 6, 1)
    assert (entry.authors, entry.tags, entry.subtitle) == (("Ada Tide",), ("sea", "moon"), "Low")
    assert (entry.summary, entry.image) == ("Short.", "https://tides.example/log/posts/neap/low.png")
    assert entry.aliases == ("/log/posts/neap/old.html", "/log/older/")
    assert entry.extra == {"weather": "fair", "image_alt": "A shore", "doi": "10.1234/neap.1"}
    assert notes(entry) == []


def test_a_date_that_moves_is_none() -> None:
    """`last-modified` is that of each build."""
    entry = post("---\ntitle: A\ndate: last-modified\n---\nText.")
    assert entry.published is None
    assert notes(entry) == ["its date is that of each build, so it has none here: last-modified"]


def test_kept_results_of_code_come_along() -> None:
    """The text that the last build kept has them, and its pictures are at the addresses that it names."""
    kept = (
        "---\ntitle: X\n---\n::: {.cell}\n\n```{.r .cell-code}\n1 + 1\n```\n\n"
        "::: {.cell-output .cell-output-stdout}\n\n```\n[1] 2\n```\n\n\n:::\n\n"
        "![](index_files/figure-html/a-1.png){width=672}\n:::\n"
    )
    freeze = "_freeze/posts/neap/index"
    source = site({
        "posts/neap/index.qmd": f"{HEAD}```{{r}}\n1 + 1\n```\n",
        f"{freeze}/execute-results/html.json": json.dumps({"result": {"markdown": kept}}),
        f"{freeze}/figure-html/a-1.png": b"png",
    })  # fmt: skip
    (entry,) = source.entries
    assert '<code class="language-r">1 + 1\n' in entry.content
    assert "[1] 2" in entry.content
    assert ":::" not in entry.content
    assert notes(entry) == []
    assert source.files is not None
    assert source.files.load("posts/neap/index_files/figure-html/a-1.png") == b"png"


@pytest.mark.parametrize(
    ("sum_of", "settings", "is_named"),
    [
        ("{text}", "execute:\n  freeze: auto\n", False),
        ("older", "execute:\n  freeze: auto\n", True),
        ("older", "execute:\n  freeze: true\n", False),
        ("older", "freeze: true\n", False),
    ],
)
def test_kept_results_of_another_text_are_named(sum_of: str, settings: str, *, is_named: bool) -> None:
    """Quarto would run the code again, unless the author says not to."""
    text = f"{HEAD.removesuffix('---' + chr(10))}{settings}---\nText.\n"
    digest = md5(sum_of.format(text=text).encode(), usedforsecurity=False).hexdigest()
    kept = json.dumps({"hash": digest, "result": {"markdown": "Text with results."}})
    path = "_freeze/posts/neap/index/execute-results/html.json"
    (entry,) = site({"posts/neap/index.qmd": text, path: kept}).entries
    assert "with results" in entry.content
    what = "the kept results of its code came along with an older text of the file; build the site again"
    assert notes(entry) == ([f"{what}: blog/posts/neap/index.qmd"] if is_named else [])


def test_notebooks_are_documents() -> None:
    """With their outputs, and with all that Quarto reads in their cells."""
    cells = [
        {"cell_type": "raw", "metadata": {}, "source": HEAD},
        {"cell_type": "markdown", "metadata": {}, "source": "::: {.callout-tip}\nText.\n:::"},
        {
            "cell_type": "code",
            "execution_count": 1,
            "metadata": {},
            "source": "1 + 1",
            "outputs": [
                {
                    "output_type": "execute_result",
                    "execution_count": 1,
                    "data": {"text/plain": "2"},
                    "metadata": {},
                }
            ],
        },
    ]
    content = {
        "nbformat": 4,
        "nbformat_minor": 4,
        "metadata": {"language_info": {"name": "python"}},
        "cells": cells,
    }
    (entry,) = site({"posts/a.ipynb": json.dumps(content)}).entries
    assert (entry.title, entry.url) == ("Neap", "https://tides.example/log/posts/a.html")
    assert '<div class="admonition tip">' in entry.content
    assert "<pre>2" in entry.content.replace("\n", "").replace('<pre class="output">', "<pre>")
    assert entry.markdown is not None
    assert "1 + 1" in entry.markdown
    assert notes(entry) == []


def test_kept_results_that_are_broken_are_named() -> None:
    """The source comes along instead."""
    path = "_freeze/posts/neap/index/execute-results/html.json"
    (entry,) = site({"posts/neap/index.qmd": f"{HEAD}Text.", path: "{"}).entries
    assert entry.content == "<p>Text.</p>\n"
    assert notes(entry) == [
        f"the kept results of its code can't be read; its code came along without them: blog/{path}"
    ]


def test_settings_of_the_site_are_offered() -> None:
    """Links have names: their text without icons, or what their icon is called."""
    conf = (
        f"{CONF}  description: Low water\n  navbar:\n    right:\n"
        "      - icon: github\n        href: https://git.example/ada\n"
        "      - text: '{{< fa rss >}} Feed'\n        href: https://tides.example/feed\n"
        "lang: de\nauthor: Ada Tide\n"
    )
    settings = site({"a.qmd": "Text."}, conf).settings
    assert (settings.title, settings.description, settings.language) == ("Tides", "Low water", "de")
    assert settings.authors == (("Ada Tide", None),)
    assert settings.links == (("Github", "https://git.example/ada"), ("Feed", "https://tides.example/feed"))
