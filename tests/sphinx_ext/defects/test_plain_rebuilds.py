"""Builds after others, and in parallel: what plain ablog gets wrong, and that it is right here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from plain import OURS, PLAIN, Site, build, build_in_turn, copy


@dataclass(frozen=True)
class Builds:
    """What builds of a site have left, one by one."""

    source: Path
    messages: str  # of the first build, which reads in parallel if it may
    files: dict[str, bytes]  # that the first build has made
    other: Site  # another site, built after the first in the same process
    changed: Site  # the site after a change


def builds(folder: Path, extensions: str) -> Builds:
    """Build a site and another one; then retitle a post and take a label from it, delete one, build again."""
    source = copy("test-plain-rebuilds", folder)
    first, other = build_in_turn(
        [source, copy("test-plain-drafts", folder / "other")], extensions, "html", "-j", "2"
    )
    assert first.status == 0, first.messages
    files = first.files()
    path = source / "posts/p3.md"
    text = path.read_text(encoding="utf-8").replace("# Number 3", "# Renamed").replace(", lonely", "")
    path.write_text(text, encoding="utf-8")
    (source / "posts/p5.md").unlink()
    changed = build(source, extensions, "html")
    assert (changed.status, changed.messages) == (0, "")
    return Builds(source, first.messages, files, other, changed)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Builds:
    """Builds by plain ablog."""
    return builds(tmp_path_factory.mktemp("plain"), PLAIN)


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Builds:
    """Builds of the same sources with our extension."""
    return builds(tmp_path_factory.mktemp("ours"), OURS)


@pytest.fixture(scope="module")
def clean(ours: Builds, tmp_path_factory: pytest.TempPathFactory) -> list[Site]:
    """Our site after the change and before it, each made anew, and read one post after another."""
    before = copy("test-plain-rebuilds", tmp_path_factory.mktemp("before"))
    return build_in_turn([ours.source, before], OURS, "clean")


def different(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Return the files that are not the same in two sites."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


@pytest.mark.parametrize("page", ["index.html", "posts/p2.html", "posts/p4.html"])
def test_a_new_title_reaches_home_and_neighbours(page: str, plain: Builds, ours: Builds) -> None:
    """Plain ablog leaves the old title in pages that did not change themselves; here all have the new one."""
    assert "Number 3" in plain.changed.text(page)
    assert "Renamed" not in plain.changed.text(page)

    assert "Number 3" not in ours.changed.text(page)
    assert "Renamed" in ours.changed.text(page)


def test_an_archive_goes_with_its_last_post(plain: Builds, ours: Builds) -> None:
    """Plain ablog leaves the page of a label that no post has any more; here it goes."""
    page = "blog/tag/lonely.html"
    assert plain.changed.posts(page) == ["p3"]
    assert "Number 3" in plain.changed.text(page)

    assert page in ours.files
    assert ours.changed.files_with("lonely") == []


def test_a_post_that_is_deleted_goes(plain: Builds, ours: Builds) -> None:
    """Plain ablog leaves its page, and links to it in others; here nothing of it stays."""
    assert (plain.changed.out / "posts/p5.html").is_file()
    for page in ("index.html", "posts/p4.html", "posts/p6.html"):
        assert "p5" in plain.changed.posts(page)

    assert "posts/p5.html" in ours.files
    assert ours.changed.files_with("posts/p5", "p5.html", "Number 5") == []
    assert ours.changed.posts("index.html") == ["p6", "p4", "p3", "p2", "p1"]
    assert ours.changed.posts("posts/p4.html") == [
        "p3",
        "p6",
        "p2",
        "p1",
    ]  # older, newer, two that are related


def test_a_build_after_a_change_is_as_good_as_the_first(
    plain: Builds, ours: Builds, clean: list[Site]
) -> None:
    """Plain ablog leaves pages as they were; here every file is what a clean build makes."""
    stale = {"blog/tag/lonely.html", "index.html", *(f"posts/p{number}.html" for number in (2, 4, 5, 6))}
    assert stale & {*different(plain.changed.files(), plain.files)} == set()

    assert different(ours.changed.files(), clean[0].files()) == []


def test_two_builds_in_a_process_know_nothing_of_each_other(plain: Builds, ours: Builds) -> None:
    """In plain ablog the second site has the first one's posts instead of its own; here it has its own."""
    assert plain.other.posts("blog.html") == ["p6", "p5", "p4", "p3", "p2", "p1"]

    assert ours.other.posts("blog.html") == ["public"]


def test_posts_are_read_in_parallel(plain: Builds, ours: Builds, clean: list[Site]) -> None:
    """Plain ablog can't; here they are, and what comes out is the same as if it had been one by one."""
    assert "the ablog extension is not safe for parallel reading" in plain.messages

    assert ours.messages == ""
    assert different(ours.files, clean[1].files()) == []
