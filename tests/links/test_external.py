"""What kind an outgoing link is."""

from __future__ import annotations

import pytest

from postdocs.core.http.address import request_url
from postdocs.links.external import Kind, kind_of, without_secrets


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://example.org", Kind.WEB),
        ("HTTP://EXAMPLE.org:8080/a b?ü#x", Kind.WEB),
        ("https://müller.example/", Kind.WEB),
        ("http://☃.example/", Kind.WEB),
        ("https://faß.de/", Kind.WEB),
        ("http://ex%41mple.com/", Kind.WEB),
        ("http://[2001:db8::1]:80/", Kind.WEB),
        ("http://under_score.example./", Kind.WEB),
        ("mailto:a@example.org", Kind.MAIL),
        ("mailto:a@example.org,b%40c@example.org?subject=Hi", Kind.MAIL),
        ("mailto:?subject=look", Kind.MAIL),
        ("mailto:a%40example.org", Kind.MAIL),
        ("tel:+49-30-123456;ext=7", Kind.PHONE),
        ("tel:%2B1 (512) 555-0100", Kind.PHONE),
        ("data:text/plain,x", Kind.DATA),
        ("javascript:void(0)", Kind.SCRIPT),
        ("ftp://example.org/x", Kind.OTHER),
        ("doi:10.1000/182", Kind.OTHER),
        ("sftp://example.org", Kind.OTHER),
        ("zotero://select/1", Kind.OTHER),
    ],
)
def test_each_url_is_of_a_kind(url: str, kind: Kind) -> None:
    """Only the web is asked; the rest is counted."""
    assert kind_of(url) is kind


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://", "names no host"),
        ("https:///x", "names no host"),
        ("http://exa mple/", "its host name is not valid"),
        (f"http://{'a' * 64}.org/", "its host name is not valid"),
        ("http://a%20b.org/", "its host name is not valid"),
        ("http://a..org/", "its host name is not valid"),
        ("http://x.org:99999/", "not a URL"),
        ("http://x.org:0/", "its port is not valid"),
        ("http://[::zz]/", "."),
        ("mailto:", "not a mail address"),
        ("mailto:nobody", "not a mail address"),
        ("mailto:a@b@c", "not a mail address"),
        ("tel:", "not a telephone number"),
        ("tel:call-me", "not a telephone number"),
        ("data:text/plain;base64", "it has no data"),
        ("file:///home/me/x.html", "a file on a single computer"),
        ("htps://example.org", "`https:` may be meant"),
        ("htpp://example.org", "`http:` may be meant"),
        ("mailt:a@example.org", "`mailto:` may be meant"),
        ("relative", "not a URL"),
    ],
)
def test_what_nobody_could_follow_is_named(url: str, reason: str) -> None:
    """A slip in an address needs no network to be seen."""
    with pytest.raises(ValueError, match=reason):
        kind_of(url)


def test_passwords_are_not_shown() -> None:
    """Neither user nor password is left, in whatever URL."""
    assert without_secrets("https://me:secret@example.org/a@b") == "https://example.org/a@b"
    assert without_secrets("//me@example.org") == "//example.org"
    assert without_secrets("a/b@c") == "a/b@c"


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://faß.de/", "https://xn--fa-hia.de/"),
        ("https://faß.de./", "https://xn--fa-hia.de./"),
        ("https://FASS.de/", "https://fass.de/"),
        ("http://ex%41mple.com", "http://example.com/"),
        ("http://m%C3%BCller.example/", "http://xn--mller-kva.example/"),
        ("http://example。org/", "http://example.org/"),
    ],
)
def test_a_host_is_asked_for_as_browsers_do(url: str, asked: str) -> None:
    """Letters that older rules took for others are themselves, and percent-encoded ones are read."""
    assert kind_of(url) is Kind.WEB
    assert request_url(url) == asked


@pytest.mark.parametrize(
    "url",
    [
        f"tel:{'1' * 200_000}x",
        f"tel:{'(' * 200_000}",
        f"mailto:{'a' * 200_000}@{'b' * 200_000}@",
        f"mailto:{'a' * 200_000}",
    ],
)
def test_long_addresses_are_refused_in_one_pass(url: str) -> None:
    """No part of them is read once for each of its letters."""
    with pytest.raises(ValueError, match="it is not a"):
        kind_of(url)
