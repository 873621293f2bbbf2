"""Where a new post goes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from postdocs.authoring.placement import below, matches, place

DATE = datetime(2024, 5, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("posts/**/*.md", "posts/2024/hello.md"),
        ("posts/*.md", "posts/hello.md"),
        ("posts/*", "posts/hello.md"),
        ("blog/*/*.md", "blog/2024/hello.md"),
        ("blog/*/*/*", "blog/2024/05/hello.md"),
        ("blog/*/*/*/*.rst", "blog/2024/05/03/hello.rst"),
        ("posts/*/index.md", "posts/hello/index.md"),
        ("posts/**/index.md", "posts/hello/index.md"),
        ("news/20*/**", "news/2024/hello.md"),
        ("[0-9]*/*.md", "2024/hello.md"),
        ("posts/????-??-??-*.md", "posts/2024-05-03-hello.md"),
        ("**/*.md", "2024/hello.md"),
        ("20[0-9][0-9]/**/*.rst", "2024/hello.rst"),
    ],
)
def test_a_post_goes_where_the_pattern_looks(pattern: str, path: str) -> None:
    """With no post there yet, the pattern says folder, name and kind of the file."""
    assert place([pattern], [], DATE, "hello") == path
    assert matches(path, pattern)


@pytest.mark.parametrize(
    ("posts", "path"),
    [
        (["posts/2019/a.md", "posts/2020/b.md"], "posts/2024/hello.md"),
        (["posts/2020/01/a.rst"], "posts/2024/05/hello.rst"),
        (["posts/2020/01/09/a/index.md"], "posts/2024/05/03/hello/index.md"),
        (["posts/2020-01-09-a.md"], "posts/2024-05-03-hello.md"),
        (["posts/a/README.md", "posts/b/README.md", "posts/c.md"], "posts/hello/README.md"),
        (["posts/2020-01/a.md"], "posts/2024-05/hello.md"),
        (["posts/science/a.md"], "posts/science/hello.md"),
        (["posts/a.ipynb"], "posts/2024/hello.md"),
    ],
)
def test_a_post_is_named_like_the_others(posts: list[str], path: str) -> None:
    """Most of the posts that are there decide."""
    assert place(["posts/**/*"], posts, DATE, "hello") == path


def test_a_pattern_may_allow_no_post_that_can_be_begun() -> None:
    """Notebooks are none; without any pattern a post says itself that it is one."""
    assert place(["posts/*.ipynb"], [], DATE, "hello") is None
    assert place([], [], DATE, "hello") == "posts/2024/hello.md"


def test_a_folder_may_be_asked_for() -> None:
    """Its posts have to be some."""
    assert below("posts/notes", ["posts/*/*.md"], DATE, "hello") == "posts/notes/hello.md"
    assert below("notes", ["posts/**/*.md"], DATE, "hello") is None


@pytest.mark.parametrize(
    ("path", "pattern"),
    [("posts/a/b.md", "posts/*.md"), ("posts/.a.md", "posts/*.md"), ("x/posts/a.md", "posts/**/*.md")],
)
def test_a_wildcard_ends_at_a_folder(path: str, pattern: str) -> None:
    """As in `glob`: one folder, and nothing hidden."""
    assert not matches(path, pattern)
