"""The commit that a site is built from."""

from __future__ import annotations

from pathlib import Path

import pytest

from postdocs.sphinx_ext.pages.commit import commit_of
from sphinx_ext.pages.test_home import git


def test_a_folder_that_is_committed_has_its_commit(tmp_path: Path) -> None:
    """The commit is there once the settings are tracked, and as long as no tracked file differs from it."""
    assert commit_of(tmp_path) == ""
    git(tmp_path, "init", "--quiet")
    assert commit_of(tmp_path) == ""
    conf = tmp_path / "conf.py"
    conf.write_text("project = 'Heat'\n", encoding="utf-8")
    git(tmp_path, "commit", "--quiet", "--allow-empty", "--message", "Begin")
    assert commit_of(tmp_path) == ""
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "Add settings")
    (tmp_path / "notes.txt").write_text("untracked\n", encoding="utf-8")
    head = git(tmp_path, "rev-parse", "HEAD")
    assert commit_of(tmp_path) == head[:10]
    conf.write_text("project = 'Cold'\n", encoding="utf-8")
    assert commit_of(tmp_path) == ""


def test_without_git_there_is_no_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without git builds a site without a commit."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert commit_of(tmp_path) == ""
