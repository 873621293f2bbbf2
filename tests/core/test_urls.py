"""When two ways to write an address are the same request."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postdocs.core.urls import request, same_request, scheme_of, without_white_space


@pytest.mark.parametrize(
    ("url", "requested"),
    [
        ("HTTP://Example.org:80", "http://example.org/"),
        ("https://faß.de/", "https://xn--fa-hia.de/"),
        ("http://ex%41mple.com/", "http://example.com/"),
        (" https://example.org/a\n/b\t\n", "https://example.org/a/b"),
        ("http:\\\\example.org\\a", "http://example.org/a"),
        ("http://example.org/ä b?ü='#ß", "http://example.org/%C3%A4%20b?%C3%BC=%27#%C3%9F"),
        ("http://example.org/a/./b/../c", "http://example.org/a/c"),
        ("mailto:a@example.org?subject=ä", "mailto:a@example.org?subject=%C3%A4"),
        ("http://exa mple/ ", "http://exa mple/"),
    ],
)
def test_an_address_is_written_as_a_browser_asks_for_it(url: str, requested: str) -> None:
    """Host, path, query and fragment follow the URL Standard; what is no address stays."""
    assert request(url) == requested


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/a b", "/a%20b"),
        ("ä#ß", "%C3%A4#%C3%9F"),
        ("?x='", "?x=%27"),
        ("http://example.org", "http://EXAMPLE.org/"),
        ("/a\ud800", "/a\ufffd"),
    ],
)
def test_ways_to_write_one_request(one: str, other: str) -> None:
    """What a browser encodes may be encoded already."""
    assert same_request(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/?a=1&b", "/?a=1%26b"),
        ("/[a]", "/%5Ba%5D"),
        ("a", "/a"),
        ("a", "../a"),
        ("../a", "../../a"),
        ("//example.org/", "https://example.org/"),
        ("#a", "#b"),
        ("/%C3%A4", "/%c3%a4"),
    ],
)
def test_requests_that_differ(one: str, other: str) -> None:
    """Nothing is decoded, and relative addresses lead elsewhere on other pages."""
    assert not same_request(one, other)


@pytest.mark.parametrize(
    ("url", "scheme"),
    [
        ("https://example.org", "https"),
        (" JAVA\tscript:alert(1)", "javascript"),
        ("a/b", ""),
        ("//example.org", ""),
        ("#a:b", ""),
        ("http://exa mple/", "http"),
    ],
)
def test_the_scheme_of_an_address_is_what_a_browser_reads(url: str, scheme: str) -> None:
    """White space hides none, and a relative address has none."""
    assert scheme_of(url) == scheme


@given(st.one_of(st.text(), st.text().map("https://example.org/{}".format)))
def test_a_request_is_its_own(url: str) -> None:
    """To write an address as a browser does twice changes nothing more."""
    assert request(request(url)) == request(url)


def test_white_space_is_taken_out_of_an_address_as_browsers_do() -> None:
    """Spaces and controls go at its ends, tabs and newlines everywhere; other spaces stay."""
    assert without_white_space("\x00 a b\n/\tc\r\x1f") == "a b/c"
