"""Labels and authors: what plain ablog gets wrong, and that it is right here."""

from __future__ import annotations

import re

import pytest
from plain import Site, Sites, build_both, values


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """The same labels twice."""
    return build_both("test-plain-taxonomy", tmp_path_factory.mktemp("taxonomy"))


def labels(site: Site, kind: str, *names: str) -> dict[str, list[str]]:
    """Return the posts of some labels, if they have a page."""
    pages = site.labels(kind)
    return {name: site.posts(pages[name]) for name in names if name in pages}


def fed(site: Site, kind: str, name: str) -> list[str]:
    """Return the titles in the feed of a label."""
    path = site.labels(kind)[name].removesuffix(".html")
    return values(site.feed(f"{path}/atom.xml"), "a:entry/a:title/text()")


@pytest.mark.parametrize(
    ("spellings", "survivors", "shown", "posts"),
    [
        (("NumFOCUS", "numfocus"), ["lower"], "NumFOCUS", ["again", "upper", "lower"]),
        (
            ("machine learning", "machine-learning"),
            ["dashed"],
            "machine learning",
            ["spaced-again", "dashed", "spaced"],
        ),
    ],
    ids=["case", "space"],
)
def test_spellings_of_a_label_are_one_page(
    spellings: tuple[str, ...], survivors: list[str], shown: str, posts: list[str], sites: Sites
) -> None:
    """In plain ablog one spelling overwrites the other; here the page has all posts, and the usual name."""
    assert [*labels(sites.plain, "tag", *spellings).values()] == [survivors] * 2
    for spelling in spellings:
        assert fed(sites.plain, "tag", spelling) == [f"Post {name}" for name in survivors]
    assert sites.plain.messages == ""

    assert labels(sites.ours, "tag", *spellings) == {shown: posts}
    assert fed(sites.ours, "tag", shown) == [f"Post {name}" for name in posts]


def test_labels_that_differ_in_a_sign_have_their_own_pages(sites: Sites) -> None:
    """In plain ablog the last of them overwrites the others; here each has its page and its feed."""
    languages = {"C": "c", "C++": "cpp", "C#": "csharp"}
    assert [*labels(sites.plain, "tag", *languages).values()] == [["cpp"]] * 3
    assert [fed(sites.plain, "tag", name) for name in languages] == [["Post cpp"]] * 3
    assert sites.plain.messages == ""

    assert labels(sites.ours, "tag", *languages) == {name: [post] for name, post in languages.items()}
    assert [fed(sites.ours, "tag", name) for name in languages] == [["Post c"], ["Post cpp"], ["Post csharp"]]


def test_a_label_of_signs_alone_has_a_page_with_a_name(sites: Sites) -> None:
    """In plain ablog nothing is left of the name; here it can be read."""
    assert sites.plain.labels("tag")["!!!"] == "blog/tag/.html"
    assert (sites.plain.out / "blog/tag/.html").is_file()

    path = sites.ours.labels("tag")["!!!"]
    assert re.fullmatch(r"blog/tag/\w[\w-]*\.html", path)
    assert sites.ours.posts(path) == ["shout"]
    assert fed(sites.ours, "tag", "!!!") == ["Post shout"]


def test_a_list_is_split_where_its_author_splits_it(sites: Sites) -> None:
    """Plain ablog splits the list as text, at every comma; here a label may have one."""
    assert [*labels(sites.plain, "tag", "x", "y", "z", "y, z")] == ["x", "y", "z"]

    assert labels(sites.ours, "tag", "x", "y", "z", "y, z") == {"x": ["lists"], "y, z": ["lists"]}


def test_a_list_may_be_in_any_script(sites: Sites) -> None:
    """Plain ablog shows it as JSON writes it; here it is what the author wrote, in the page's address too."""
    assert sites.plain.labels("category") == {
        r'["\u65e5\u672c\u8a9e"]': "blog/category/u65e5u672cu8a9e.html",
    }

    assert sites.ours.labels("category") == {"日本語": "blog/category/日本語.html"}
    assert labels(sites.ours, "category", "日本語") == {"日本語": ["lists"]}


def test_a_list_of_authors_arrives_whole(sites: Sites) -> None:
    """Plain ablog takes brackets and quotes for parts of the names; here each author has a page."""
    assert [*sites.plain.labels("author")] == ["[“ann”", "“bob”]"]

    assert labels(sites.ours, "author", *sites.ours.labels("author")) == {"ann": ["lists"], "bob": ["lists"]}


def test_a_list_of_posts_of_no_known_label_is_empty(sites: Sites) -> None:
    """Plain ablog lists every post, without a word; here there is none, and a warning."""
    assert len(sites.plain.posts("index.html")) == 11
    assert sites.plain.messages == ""

    assert sites.ours.posts("index.html") == []
    (warning,) = sites.ours.warnings("index.md")
    assert re.search(r"index\.md:\d+: WARNING: .*nowhere", warning)
