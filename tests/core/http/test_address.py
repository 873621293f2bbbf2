"""What a web address asks for."""

from __future__ import annotations

import pytest

from postdocs.core.http.address import host_of, request_url


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("HTTPS://Example.ORG", "https://example.org/"),
        ("http://example.org:80/x", "http://example.org/x"),
        ("http://example.org:8080/x", "http://example.org:8080/x"),
        ("https://müller.example/ä b?q=ü#teil", "https://xn--mller-kva.example/%C3%A4%20b?q=%C3%BC"),
        ("https://me:secret@example.org/x", "https://example.org/x"),
        ("http://[2001:DB8::1]:8000/", "http://[2001:db8::1]:8000/"),
        ("http://example.org/a%2Fb?x=1&amp", "http://example.org/a%2Fb?x=1&amp"),
        ("https://faß.de/", "https://xn--fa-hia.de/"),
        ("http://ex%41mple.com/%26", "http://example.com/%26"),
    ],
)
def test_an_address_is_written_as_it_is_asked(url: str, key: str) -> None:
    """As a browser would send it, without fragment and password; to do it again changes nothing."""
    assert request_url(url) == key
    assert request_url(key) == key


def test_hosts_are_compared_in_lower_case() -> None:
    """What has no host has an empty one."""
    assert host_of("https://Example.ORG:8080/x") == "example.org"
    assert host_of("x.png") == ""
