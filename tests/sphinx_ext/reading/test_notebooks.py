"""Notebooks as posts, with MyST-NB, which is not among the tests' dependencies."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import lxml.etree
import pytest
from helpers import read_html, searchable, texts

pytest.importorskip("myst_nb", reason="`nox -s compat` installs MyST-NB")

ATOM = "{http://www.w3.org/2005/Atom}"
CONF = """\
project = "Tea"
extensions = ["myst_nb", "postdocs"]
blog_post_pattern = ["posts/*.ipynb"]
blog_baseurl = html_baseurl = "https://tea.example/"
html_theme = "alabaster"
nb_execution_mode = "off"
"""
OUTPUTS = [
    {"output_type": "stream", "name": "stdout", "text": "printed\n"},
    {
        "output_type": "execute_result",
        "execution_count": 1,
        "metadata": {},
        "data": {"text/html": "<table><tr><td>of a table</td></tr></table>", "text/plain": "no"},
    },
]


def write(folder: Path, name: str, front: str, text: str) -> None:
    """Write a notebook whose first cell begins with front matter."""
    code = {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": OUTPUTS, "source": "x = 1"}
    first = {"cell_type": "markdown", "metadata": {}, "source": f"---\n{front}\n---\n{text}"}
    kernel = {
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
        "language_info": {"name": "python"},
    }
    data = {"nbformat": 4, "nbformat_minor": 4, "metadata": kernel, "cells": [first, code]}
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.ipynb").write_text(json.dumps(data), encoding="utf-8")


def build(site: Path) -> subprocess.CompletedProcess[str]:
    """Build a site."""
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "dirhtml", str(site), str(site / "_build")]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own


def test_a_notebook_is_a_post(tmp_path: Path) -> None:
    """Its first cell has the front matter; outputs are on its page, in feeds and in the search."""
    (tmp_path / "conf.py").write_text(CONF, encoding="utf-8")
    (tmp_path / "index.md").write_text("# Home\n", encoding="utf-8")
    front = "title: Two *kinds*\ndate: 2024-04-01\ntags: [tea, green tea]\nauthor: [Ann, Bob]"
    write(tmp_path / "posts", "kinds", front, "Steep *it*.")
    result = build(tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    out = tmp_path / "_build"
    root = read_html(out / "posts/kinds/index.html")
    assert (root.findtext(".//h1") or "").startswith("Two *kinds*")
    assert "date:" not in root.text_content()
    listed = read_html(out / "blog/index.html")
    assert texts(listed, "post-tag") == ["tea", "green tea"]
    assert texts(listed, "post-author") == ["Ann", "Bob"]
    assert texts(listed, "post-summary") == ["Steep it."]
    content = lxml.etree.parse(out / "blog/atom.xml").findtext(f"{ATOM}entry/{ATOM}content") or ""
    found = searchable(out)["/posts/kinds/"]["content"]
    for text in (root.text_content(), content, found):
        assert all(words in text for words in ("x = 1", "printed", "of a table"))


def test_a_notebook_without_a_date_is_told(tmp_path: Path) -> None:
    """As any post that lacks it, it fails the build of a strict site."""
    (tmp_path / "conf.py").write_text(f"{CONF}postdocs_strict = True\n", encoding="utf-8")
    (tmp_path / "index.md").write_text("# Home\n", encoding="utf-8")
    write(tmp_path / "posts", "kinds", "tags: [tea]", "# Kinds")
    result = build(tmp_path)
    assert result.returncode == 1
    assert "kinds.ipynb" in result.stderr
    assert "add a line `date: YYYY-MM-DD`" in result.stderr
