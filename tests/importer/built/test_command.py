"""The command of the manual, on a site that the tests carry."""

from __future__ import annotations

import io
import re
import shlex
import zipfile
from pathlib import Path

import pytest
from helpers import REPOSITORY

from postdocs import cli

from .shapes import POSTS, eleventy
from .shapes import site as files_of

PAGE = REPOSITORY / "docs" / "import" / "built-site.md"
CONF = """\
extensions = ["myst_parser", "ablog", "postdocs"]
blog_post_pattern = "posts/**/*.md"
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
postdocs_timezone = "Europe/Helsinki"
"""


def test_import_of_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The commands of the page import a folder, and a ZIP archive of it changes nothing."""
    old, new = tmp_path / "old-blog", tmp_path / "new"
    new.mkdir()
    (new / "conf.py").write_text(CONF, encoding="utf-8")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        for path, text in files_of(eleventy).items():
            file = old / "public" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
            zipped.writestr(path, text)
    (tmp_path / "public.zip").write_bytes(archive.getvalue())
    monkeypatch.chdir(new)
    commands = re.findall(r"^nox -s import -- (.*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    dry_run, write = (shlex.split(command, comments=True) for command in commands[:2])
    assert cli.run(["import", *dry_run]) == 0
    assert not (new / "posts").exists()
    assert cli.run(["import", *write]) == 0
    printed = capsys.readouterr().out
    assert "built site of https://tarn.example.org/, 5 posts and 1 page" in printed
    post = (new / "posts" / "2021" / f"{POSTS[0].slug}.md").read_text(encoding="utf-8")
    assert "permalink: /low-water/" in post
    assert "[Notes 1](path:notes.pdf)" in post
    assert (new / "posts" / "2021" / "notes.pdf").read_bytes() == b"%PDF-"
    assert cli.run(["import", "../public.zip", "--update"]) == 0
    assert "0 to create, 0 to update, 6 to keep, 0 in conflict" in capsys.readouterr().out


def test_macros_of_a_theme_become_a_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A formula that needs them is lost without them, and not once they are written."""
    page = """<!DOCTYPE html><title>{0}</title><link rel="canonical" href="https://tarn.example.org/{0}.html">
    <script>MathJax = {{tex: {{macros: {{RR: "\\\\mathbb{{R}}"}}}}}};</script>
    <article class="post-content"><h1>{0}</h1><time datetime="2021-02-03">3 February 2021</time>
    <p>Words of \\(\\RR^n\\) and more of {0}.</p></article>"""
    for name in ("low", "high", "index"):
        (tmp_path / f"old/public/{name}.html").parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / f"old/public/{name}.html").write_text(page.format(name), encoding="utf-8")
    (tmp_path / "conf.py").write_text(CONF, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert cli.run(["import", "old/public", "--dry-run"]) == 1
    assert "the command \\RR is not known" in capsys.readouterr().out
    assert cli.run(["import", "old/public", "--settings"]) == 0
    assert "; 0 lost" in capsys.readouterr().out
    assert '"RR": "\\\\mathbb{R}"' in (tmp_path / "conf.py").read_text(encoding="utf-8")
