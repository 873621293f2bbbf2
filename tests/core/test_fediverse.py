"""Addresses of posts on Mastodon and its kind."""

from __future__ import annotations

import pytest

from postdocs.core.fediverse import Thread, thread_of


@pytest.mark.parametrize(
    ("url", "host", "name"),
    [
        ("https://social.example/@ann/109372", "social.example", "109372"),
        ("https://social.example/@ann@other.example/109372/", "social.example", "109372"),
        ("https://social.example:8443/users/ann/statuses/109372", "social.example:8443", "109372"),
        ("https://gts.example/@ann/statuses/01HX2", "gts.example", "01HX2"),
        ("https://pleroma.example/notice/AbC9", "pleroma.example", "AbC9"),
    ],
)
def test_an_address_names_server_and_post(url: str, host: str, name: str) -> None:
    """The forms of Mastodon, GoToSocial and Pleroma are read."""
    assert thread_of(url) == Thread(url, host, name)


@pytest.mark.parametrize(
    "url",
    [
        "https://social.example/@ann",
        "http://social.example/@ann/1",
        "https://ann:x@social.example/@ann/1",
        "https://social.example/@ann/1/../../evil",
        "@ann@social.example",
        "javascript:alert(1)",
    ],
)
def test_other_addresses_are_refused(url: str) -> None:
    """A profile, an address without a server, and one that carries a password name no post."""
    with pytest.raises(ValueError, match=r".*"):
        thread_of(url)
