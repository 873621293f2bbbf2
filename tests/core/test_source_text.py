"""The bytes of a source file whose text is changed."""

from __future__ import annotations

import pytest

from postdocs.core.source_text import decode, encode


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"One!\r\n\nTwo\r\n\nThree\n", b"One.\n\nTwo\r\n\nThree\n"),
        (b"One\n\r\nTwo!\r\n\r\nThree", b"One\n\r\nTwo.\r\n\r\nThree"),
        (b"\xef\xbb\xbfOne!\r\nTwo\r\nThree\n", b"\xef\xbb\xbfOne.\r\nTwo\r\nThree\n"),
        (b"One!\rTwo\r", b"One.\rTwo\r"),
        (b"One!\r\nTwo", b"One.\r\nTwo"),
        (b"One!", b"One."),
        (b"", b""),
    ],
)
def test_lines_that_stay_keep_their_own_ends(before: bytes, after: bytes) -> None:
    """Where the ends of lines are mixed, only a changed line gets the one that most lines have."""
    assert encode(decode(before, "a.md").replace("!", "."), before) == after


def test_new_lines_end_as_most_lines_do() -> None:
    """An added line takes the usual end, also after one that was the last and had none."""
    before = b"One\r\nTwo\nThree\r\nFour"
    assert encode("One\nTwo\nNew\nThree\nFour\n", before) == b"One\r\nTwo\nNew\r\nThree\r\nFour\r\n"
