"""Posts that are about the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import read_html, texts
from sphinx.testing.util import SphinxTestApp


def write(app: SphinxTestApp, name: str, day: int, tags: list[str]) -> None:
    """Write a post."""
    front = f"title: Post {name}\ndate: 2022-03-{day:02}\ntags: {tags}"
    (app.srcdir / f"posts/2024/{name}.md").write_text(f"---\n{front}\n---\n\nText.\n", encoding="utf-8")


def related(page: Path) -> list[str]:
    """Return the titles of the related posts that a page shows."""
    return [title for nav in read_html(page).find_class("post-related") for title in texts(nav, "post-title")]


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_rare_tags_relate_posts_more_than_common_ones(app: SphinxTestApp) -> None:
    """One tag that two posts share counts more than two that all have; at most three posts are shown."""
    for number in range(1, 7):
        write(app, f"common{number}", number, ["all", "every"])
    write(app, "alone", 8, ["unique"])
    write(app, "one", 20, ["all", "rare"])
    write(app, "between", 25, ["unrelated"])
    write(app, "other", 28, ["rare"])
    app.build()
    posts = app.outdir / "posts/2024"
    assert related(posts / "one/index.html") == ["Post other", "Post common6", "Post common5"]
    assert related(posts / "other/index.html") == ["Post one"]
    assert related(posts / "alone/index.html") == []


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_between_equals_the_nearest_in_time_goes_first(app: SphinxTestApp) -> None:
    """Of posts that share the same tags those are shown that are nearest, before or after.

    The older and the newer post are no part of that: the page leads to them below its text as it is.
    """
    for number, day in enumerate((1, 7, 9, 10, 11, 14, 28)):
        write(app, f"p{number}", day, ["same"])
    app.build()
    page = app.outdir / "posts/2024/p3/index.html"
    assert related(page) == ["Post p1", "Post p5", "Post p0"]
    (neighbours,) = read_html(page).find_class("post-neighbours")
    assert [title for title in ("p2", "p4") if f"Post {title}" in neighbours.text_content()] == ["p2", "p4"]


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_related_post_that_changes_is_shown_as_it_is(app: SphinxTestApp) -> None:
    """When its title or tags change, the pages that show it are written again, and only those."""
    for number, day in enumerate((1, 5, 9, 13, 17, 21)):
        write(app, f"p{number}", day, ["same"] if number in {0, 5} else [])
    app.build()
    page = app.outdir / "posts/2024/p0/index.html"
    before = (app.outdir / "posts/2024/p2/index.html").stat().st_mtime_ns
    assert related(page) == ["Post p5"]
    path = app.srcdir / "posts/2024/p5.md"
    path.write_text(path.read_text(encoding="utf-8").replace("Post p5", "Renamed"), encoding="utf-8")
    app.build()
    assert related(page) == ["Renamed"]
    path.write_text(path.read_text(encoding="utf-8").replace("same", "another"), encoding="utf-8")
    app.build()
    assert related(page) == []
    assert (app.outdir / "posts/2024/p2/index.html").stat().st_mtime_ns == before


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_many_posts_with_one_tag_are_no_square(app: SphinxTestApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is compared grows with the posts: each with those around it."""
    from postdocs.sphinx_ext.blog import related as module  # noqa: PLC0415

    monkeypatch.setattr(module, "_NEAR", 2)
    for day in range(1, 29):
        write(app, f"p{day:02}", day, ["same"])
    app.build()
    posts = app.outdir / "posts/2024"
    assert related(posts / "p14/index.html") == ["Post p12", "Post p16"]
    assert related(posts / "p01/index.html") == ["Post p03"]
