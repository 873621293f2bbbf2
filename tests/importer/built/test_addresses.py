"""The address of a built site, and those of its files."""

from __future__ import annotations

import pytest

from postdocs.importer.built import addresses

PATHS = ("index.html", "about.html", "2020/heat/index.html", "notes/c++.html", "über.html")


@pytest.mark.parametrize(
    ("url", "path", "base"),
    [
        ("https://a.example/2020/heat/", "2020/heat/index.html", "https://a.example/"),
        ("https://a.example/blog/2020/heat/index.html", None, "https://a.example/blog/"),
        ("https://a.example/~ida/about", "about.html", "https://a.example/~ida/"),
        ("https://a.example/", "index.html", "https://a.example/"),
        ("https://a.example/%C3%BCber.html", None, "https://a.example/"),
    ],
)
def test_base_of_stated_addresses(url: str, path: str | None, base: str) -> None:
    """What is before the path of a file in its address is the address of the site."""
    assert addresses.learn(PATHS, [(url, path)], None).base == base


def test_the_most_frequent_base_counts() -> None:
    """One page with the address of another host doesn't move the site."""
    stated = [(f"https://a.example/{path}", path) for path in PATHS]
    places = addresses.learn(PATHS, [("https://b.example/about.html", "about.html"), *stated], None)
    assert places.base == "https://a.example/"


def test_addresses_of_files() -> None:
    """A page has the address that something states for it, else the usual one; letters are encoded."""
    places = addresses.learn(PATHS, [("https://a.example/about", "about.html")], None)
    assert places.url_of("about.html", ["https://a.example/about"]) == "https://a.example/about"
    assert places.url_of("about.html", ["https://b.example/about"]) == "https://a.example/about.html"
    assert places.url_of("2020/heat/index.html") == "https://a.example/2020/heat/"
    assert places.url_of("notes/c++.html") == "https://a.example/notes/c++.html"
    assert places.url_of("über.html") == "https://a.example/%C3%BCber.html"


def test_files_of_addresses() -> None:
    """All forms of an address lead to one file; other sites, queries and unknown paths lead to none."""
    places = addresses.learn(PATHS, [("https://a.example/about", "about.html")], None)
    forms = ("https://a.example/about", "http://www.a.example/about.html", "https://a.example/about/#x")
    assert [places.file_of(url) for url in forms] == ["about.html"] * 3
    others = (
        "https://b.example/about",
        "https://a.example/about?p=1",
        "https://a.example/no",
        "http://[",
        None,
    )
    assert [places.file_of(url) for url in others] == [None] * 5


def test_a_given_address_replaces_the_stated_one() -> None:
    """With the address of the user, pages and links move to it."""
    places = addresses.learn(PATHS, [("http://localhost:1313/about.html", None)], "https://a.example/b")
    assert places.url_of("about.html", ["http://localhost:1313/about"]) == "https://a.example/b/about"
    assert places.moved("http://localhost:1313/notes/x.png") == "https://a.example/b/notes/x.png"
    assert places.moved("https://c.example/") == "https://c.example/"


def test_nothing_says_an_address() -> None:
    """Without a stated or given address there is none."""
    assert (
        addresses.learn(PATHS, [("mailto:a@b.example", None), ("https://a.example/x?y", None)], None).base
        == ""
    )
