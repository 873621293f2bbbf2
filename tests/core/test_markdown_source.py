"""Source files: encoding, and where the front matter is."""

from __future__ import annotations

import pytest

from postdocs.core.errors import PostdocsError
from postdocs.core.markdown_source import Source, split
from postdocs.core.source_text import decode


def test_a_file_in_another_encoding_is_refused_with_its_line() -> None:
    """Latin-1 is told from UTF-8, and the line with the first wrong byte is named."""
    with pytest.raises(PostdocsError, match=r"^a\.md:2: byte 0xe9 is not UTF-8; save the file in UTF-8$"):
        decode("one\ncafé\n".encode("latin-1"), "a.md")
    assert decode(b"\xef\xbb\xbfx\r\ny\rz", "a.md") == "x\ny\nz"


def test_only_dashes_in_the_first_line_begin_front_matter() -> None:
    """Front matter is found where MyST finds it, with the number of its lines."""
    assert split("---\na: b\nc: d\n---\nText\n") == Source("a: b\nc: d", 2, "Text\n")
    assert split("---\na: \u2028 b\n...\nText").yaml_lines == 1
    assert split("\n---\na: b\n---\n").yaml_lines is None
    assert split("---\nnever closed\n").yaml_lines is None
