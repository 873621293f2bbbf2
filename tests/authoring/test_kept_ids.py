"""The ids of a feed's entries, kept in front matter or in one file."""

from __future__ import annotations

import pytest

from postdocs.authoring.kept_ids import keep, with_id

NOTEBOOK = '{\n "cells": [],\n "metadata": {%s},\n "nbformat": 4,\n "nbformat_minor": 5\n}\n'


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("a.md", "---\ntitle: A\n---\n\nText.\n", "---\ntitle: A\nid: u:1\n---\n\nText.\n"),
        ("a.md", "# A\n", "---\nid: u:1\n---\n\n# A\n"),
        ("a.rst", ":date: x\n\nA\n=\n", ":date: x\n:id: u:1\n\nA\n=\n"),
        ("a.rst", "A\n=\n", ":id: u:1\n\nA\n=\n"),
        ("a.ipynb", NOTEBOOK % "", NOTEBOOK % '\n  "id": "u:1"\n '),
        (
            "a.md",
            "```{eval-rst}\n:date: x\n\n:tags: y\n```\n# A\n",
            "```{eval-rst}\n:date: x\n:id: u:1\n\n:tags: y\n```\n# A\n",
        ),
    ],
)
def test_an_id_goes_into_the_front_matter(path: str, before: str, after: str) -> None:
    """Of Markdown and of reStructuredText; nothing else changes."""
    assert with_id(before, "u:1", path) == after


@pytest.mark.parametrize(
    ("path", "text", "id_"),
    [
        ("a.md", "---\nid: u:2\n---\n", "u:1"),
        ("a.rst", ":id: u:2\n\nA\n", "u:1"),
        ("a.ipynb", NOTEBOOK % '\n  "id": "u:2"\n ', "u:1"),
        ("a.md", "# A\n", "17"),
    ],
)
def test_what_cannot_be_an_id_is_refused(path: str, text: str, id_: str) -> None:
    """Another id is never replaced."""
    with pytest.raises(ValueError, match=r"another id|IRI"):
        with_id(text, id_, path)


COMPACT = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'


def test_an_id_that_front_matter_cannot_hold_goes_into_the_file() -> None:
    """Of a notebook in another layout, of two files that are one document, and of parts of a page."""
    texts = {
        "posts/elm.ipynb": COMPACT,
        "posts/fir.ipynb": NOTEBOOK % "",
        "posts/fir.md": "# Fir\n",
        "posts/log.rst": "Log\n===\n",
        "posts/oak.md": "# Oak\n",
    }
    ids = {
        "/~ann/posts/elm.html": "u:1",
        "/~ann/posts/fir/": "u:2",
        "/~ann/posts/log.html": "u:3",
        "/~ann/posts/log.html#may": "u:4",
        "/~ann/posts/oak.html": "u:5",
    }
    base = "https://example.org/~ann/"
    kept = keep(ids, texts, {"posts/log#may": "u:4"}, base, ["/~ann/posts/log.html"])
    assert kept.texts == {"posts/oak.md": "---\nid: u:5\n---\n\n# Oak\n"}
    assert kept.ids == {"posts/elm": "u:1", "posts/fir": "u:2", "posts/log": "u:3"}
    assert kept.refused == ()


def test_an_id_that_is_kept_already_changes_nothing() -> None:
    """A second run before the next build finds all in its place."""
    texts = {"a.md": "---\nid: u:1\n---\n# A\n", "b.ipynb": COMPACT}
    kept = keep({"/a.html": "u:1", "/b.html": "u:2"}, texts, {"b": "u:2"}, "https://example.org", ())
    assert (kept.texts, kept.ids, kept.refused) == ({}, {}, ())


def test_the_file_never_replaces_an_id() -> None:
    """Another id in the file, or in one of two files of a document, is told and stays."""
    texts = {"a.ipynb": COMPACT, "b.ipynb": COMPACT, "b.md": "---\nid: u:9\n---\n# B\n"}
    kept = keep({"/a.html": "u:1", "/b.html": "u:2"}, texts, {"a": "u:8"}, "https://example.org", ())
    assert (kept.texts, kept.ids) == ({}, {})
    assert kept.refused == (
        "a: the id u:1 is not kept: entry-ids.toml has another id",
        "b.ipynb: the id u:2 is not kept: its front matter has another id",
    )
