"""Addresses that authors give to pages."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postdocs.core.permalink import Permalink, parse


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/blog/2013/07/05/recap/", Permalink("blog/2013/07/05/recap/index.html", "blog/2013/07/05/recap/")),
        ("/2013/07/x.html", Permalink("2013/07/x.html", "2013/07/x.html")),
        ("/2013/07/x", Permalink("2013/07/x/index.html", "2013/07/x/")),
        ("/numpy-1.7", Permalink("numpy-1.7/index.html", "numpy-1.7/")),
        ("/old.php", Permalink("old.php", "old.php")),
        ("/?p=12", Permalink("index.html", "", "p=12")),
        ("/index.php?p=12&x=1", Permalink("index.php", "index.php", "p=12&x=1")),
        ("/caf%C3%A9/", Permalink("café/index.html", "caf%C3%A9/")),
        ("/café/", Permalink("café/index.html", "caf%C3%A9/")),
        ("/a%20b/~c/", Permalink("a b/~c/index.html", "a%20b/~c/")),
        ("/50%25.html", Permalink("50%.html", "50%25.html")),
    ],
)
def test_a_path_names_a_file(path: str, expected: Permalink) -> None:
    """A path is the file that a web server answers with; a query stays beside it."""
    assert parse(path) == expected


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("x/", "is not a path of the site"),
        ("//example.org/x/", "is not a path of the site"),
        ("https://example.org/", "is not a path of the site"),
        ("/a\\b/", "is not a path of the site"),
        ("/x/#part", "has a fragment"),
        ("/../x/", "can't be the name"),
        ("/a/./b/", "can't be the name"),
        ("/a/%2e%2e/b/", "can't be the name"),
        ("/a//b/", "can't be the name"),
        ("/a%2Fb/", "can't be the name"),
        ("/a%00/", "can't be the name"),
        ("/.nojekyll/", "starts with a dot"),
        ("/%ff/", "is not UTF-8"),
        (f"/{'x' * 256}/", "more than 255 bytes"),
    ],
)
def test_where_no_page_can_be_is_refused(path: str, why: str) -> None:
    """No file is named that is outside of the site, or that no server could be asked for."""
    with pytest.raises(ValueError, match=why):
        parse(path)


@given(st.text())
def test_no_file_is_outside_of_the_site(text: str) -> None:
    """Whatever is written, it names a file below the root, at the address that it says, or is refused."""
    try:
        found = parse(f"/{text}")
    except ValueError:
        return
    assert posixpath.normpath(found.file) == found.file
    assert not found.file.startswith(("/", "../"))
    assert unquote(found.uri) in {found.file, found.file.removesuffix("index.html")}


def test_what_some_file_systems_take_for_one_is_one() -> None:
    """Case and composition do not make two places."""
    assert parse("/Caf\u00e9/").claim == parse("/cafe\u0301/").claim
