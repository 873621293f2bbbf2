"""Titles and names of files: what plain ablog gets wrong, and that it is right here."""

from __future__ import annotations

import re

import pytest
from plain import Sites, build_both


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """The same names twice. Whatever plain ablog makes of them, it does so without a word."""
    sites = build_both("test-plain-names", tmp_path_factory.mktemp("names"), status=1)  # a post has no title
    assert sites.plain.messages == ""
    return sites


@pytest.mark.parametrize(("name", "heading"), [("blog", "My own list"), ("blog/drafts", "My own sketches")])
def test_a_page_of_the_author_stays(name: str, heading: str, sites: Sites) -> None:
    """Plain ablog overwrites it; here it is the page of that name, and a list follows on its page."""
    assert heading not in sites.plain.text(f"{name}.html")

    text = sites.ours.text(f"{name}.html")
    assert text.startswith(f"{heading}¶ A page of the author.")
    assert ("What was in 2024" in text) == (name == "blog")


def test_a_title_may_be_in_the_front_matter_only(sites: Sites) -> None:
    """Plain ablog forgets the post; here it is listed, and its page has a heading."""
    assert "titles" not in sites.plain.labels("tag")
    assert "Only in the front matter" not in sites.plain.text("posts/front.html")

    assert sites.ours.posts(sites.ours.labels("tag")["titles"]) == ["front"]
    assert [h1.text_content() for h1 in sites.ours.body("posts/front.html").iter("h1")] == [
        "Only in the front matter¶"
    ]


def test_a_post_without_a_title_is_a_mistake(sites: Sites) -> None:
    """Plain ablog forgets the post; here its file is named in a warning."""
    assert "untitled" not in sites.plain.posts("blog.html")
    assert sites.plain.warnings("untitled.md") == []

    (warning,) = sites.ours.warnings("untitled.md")
    assert re.search(r"posts/untitled\.md:\d+: WARNING: title: ", warning)


def test_posts_may_have_the_same_file_name(sites: Sites) -> None:
    """In plain ablog the last one takes a reference to both; here that is a warning, and each is reached."""
    both = ["2023/recap", "2024/recap"]
    links = [(link.text_content(), target) for link, target in sites.plain.links("index.html")]
    assert links[2] == ("What was in 2024", "posts/2024/recap.html")

    (warning,) = (line for line in sites.ours.warnings("index.md") if all(name in line for name in both))
    assert re.search(r"index\.md:3: WARNING: ", warning)
    targets = [target for _, target in sites.ours.links("index.html")]
    assert targets[:2] == [f"posts/{name}.html" for name in both]
    assert sorted(sites.ours.posts(sites.ours.labels("tag")["recaps"])) == both
    assert all((sites.ours.out / f"posts/{name}.html").is_file() for name in both)
