"""Posts in reStructuredText, and those that a directive marks."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from docutils import nodes
from docutils.core import publish_doctree

from postdocs import cli
from postdocs.authoring import restructured
from postdocs.core.post import Post

DATE = datetime(2024, 5, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    "title", ["Hello", "*Stars* and `ticks`", "1. One", "日本語", "|a|_", "- dash", "C++", "A. b"]
)
def test_any_title_is_a_heading(title: str) -> None:
    """Whatever the title, the document has it, and its fields before it."""
    text = restructured.begin(Post(title=title, author=("Ann", "Bob"), tags=("a",)))
    doctree = publish_doctree(text, settings_overrides={"report_level": 5})
    assert next(iter(doctree.findall(nodes.title))).astext() == title
    assert not [*doctree.findall(nodes.system_message)]
    assert text.startswith(":blogpost: true\n:author: Ann, Bob\n:tags: a\n:draft: true\n\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (":blogpost: true\n:tags: a\n\nT\n=\n", ":blogpost: true\n:tags: a\n:date: {}\n\nT\n=\n"),
        (":date:\n:tags: a\n\nT\n=\n", ":date: {}\n:tags: a\n\nT\n=\n"),
        ("T\n=\n\n.. post::\n   :tags: a\n", "T\n=\n\n.. post:: {}\n   :tags: a\n"),
        ("T\n=\n", ":blogpost: true\n:date: {}\n\nT\n=\n"),
        (":date: 2020-01-01\n:draft: true\n\nT\n=\n", ":date: {}\n\nT\n=\n"),
        (":draft:\n:blogpost: false\n\nT\n=\n", ":blogpost: false\n\nT\n=\n"),
        (":draft: true\n\nT\n=\n\n.. post:: May 1, 2020\n", "\nT\n=\n\n.. post:: May 1, 2020\n"),
        (":date: 2020-01-01\n\nT\n=\n", None),
        ("T\n=\n\n.. post:: May 1, 2020\n", None),
    ],
)
def test_a_draft_gets_its_date(before: str, after: str | None) -> None:
    """In the field or the directive; what has a date is published already."""
    expected = after and after.format("2024-05-03T00:00:00+00:00")
    assert restructured.set_date(before, DATE, is_markdown=False) == expected


@pytest.mark.parametrize(
    ("pattern", "path"),
    [("blog/*.rst", "blog/hello.rst"), ("blog/*/*.md", "blog/2024/hello.md"), (None, "posts/2024/hello.md")],
)
def test_a_draft_of_any_blog_is_begun_and_published(
    pattern: str | None, path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`new` and `publish` do in a site of ablog what they do in one of `init`."""
    conf = f"blog_post_pattern = {pattern!r}\n" if pattern else "project = 'x'\n"
    (tmp_path / "conf.py").write_text(conf, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert cli.run(["new", "Hello", "--date", "2024-05-03"]) == 0
    draft = Path(path).read_text(encoding="utf-8")
    assert ("blogpost: true" in draft) is (pattern is None or path.endswith(".rst"))
    assert cli.run(["publish", path, "--date", "2024-05-03"]) == 0
    post = Path(path).read_text(encoding="utf-8")
    assert "date: 2024-05-03T00:00:00+00:00\n" in post
    assert "draft" not in post
    assert cli.run(["publish", path]) == 0
    assert Path(path).read_text(encoding="utf-8") == post


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# T\n\nText.\n", "---\ndate: {}\n---\n\n# T\n\nText.\n"),
        ("---\ntags: [2024]\n---\n\n# T\n", "---\ntags: [2024]\ndate: {}\n---\n\n# T\n"),
        ("# T\n\n```{{post}}\n:tags: a\n```\n", "# T\n\n```{{post}} {}\n:tags: a\n```\n"),
    ],
)
def test_a_draft_without_a_date_is_published(
    before: str, after: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What ablog takes for a draft since it has no date gets one."""
    (tmp_path / "conf.py").write_text("blog_post_pattern = 'posts/*.md'\n", encoding="utf-8")
    (tmp_path / "posts").mkdir()
    path = tmp_path / "posts/t.md"
    path.write_text(before.format(), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert cli.run(["publish", "posts/t.md", "--date", "2024-05-03"]) == 0
    assert path.read_text(encoding="utf-8") == after.format("2024-05-03T00:00:00+00:00")
