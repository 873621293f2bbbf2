"""Frames that may stay in a page."""

from __future__ import annotations

import pytest

from postdocs.importer.html.parse import parse


@pytest.mark.parametrize(
    ("address", "stays"),
    [
        ("https://www.youtube.com/embed/x", True),
        ("https://spy.example/embed/x", False),
        ("https://www.youtube.com.spy.example/embed/x", False),
        ("https://www.youtube.com@spy.example/embed/x", False),
        ("https://spy.example\\@www.youtube.com/embed/x", False),
        ("https:\\\\spy.example\\www.youtube.com", False),
        ("https://spy.example\t\\\n@www.youtube.com/", False),
        ("//spy.example\\.youtube.com/", False),
        ("https://mathstodon.xyz/@ann/109372843234/embed", True),
        ("https://toots.example/@ann/109372843234/embed", False),  # its path says nothing
    ],
)
def test_a_frame_stays_only_if_browsers_ask_a_known_host(address: str, stays: bool) -> None:
    """They take a backslash for a slash, and what is before an `@` for a name (URL Standard §4.4)."""
    document, _ = parse(f'<p>Before</p><iframe src="{address}"></iframe>', "https://tides.example/a/")
    assert ("<iframe" in repr(document)) is stays
