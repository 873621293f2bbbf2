"""What becomes of an old site beside its posts."""

from __future__ import annotations

from pathlib import Path

import pytest

from postdocs import cli

OLD = {
    "_config.yml": "url: https://tides.example\n",
    "_posts/2021-03-04-ebb.md": "---\ntitle: Ebb\n---\n[data](/a/ebb.csv), ![Both](/a/both.png)\n",
    "_posts/2021-03-05-flow.md": "---\ntitle: Flow\npublished: false\n---\n"
    "[data](/a/flow.csv), ![Both](/a/both.png), ![Flow](/a/flow.png), [demo](/demo/flow.html)\n",
    "a/ebb.csv": "1",
    "a/both.png": "2",
    "a/flow.csv": "3",
    "a/flow.png": "4",
    "demo/flow.html": "<!doctype html><title>F</title>",
}
NEW = {
    "conf.py": 'project = author = "Tides"\nhtml_baseurl = blog_baseurl = "https://tides.example/"\n'
    'extensions = ["myst_parser", "ablog", "postdocs"]\nblog_post_pattern = "posts/**/*.md"\n',
    "index.md": "# Tides\n",
}


def test_what_only_a_draft_shows_is_not_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its files are where it looks for them, and no page of its own stays at its old address."""
    for folder, texts in (("old", OLD), ("new", NEW)):
        for path, text in texts.items():
            (tmp_path / folder / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / folder / path).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "new")
    assert cli.run(["import", "../old", "--keep-files"]) == 0
    kept = {path.relative_to("old-site").as_posix() for path in Path("old-site").rglob("*") if path.is_file()}
    assert kept == {"a/ebb.csv", "a/both.png"}
    assert {str(path) for path in Path().rglob("flow.*")} == {
        "posts/2021/flow.md",
        "a/flow.csv",
        "a/flow.png",
    }
