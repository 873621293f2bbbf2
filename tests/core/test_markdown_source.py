"""Source files: encoding, and where the front matter is."""

from __future__ import annotations

import pytest

from postdocs.core.errors import PostdocsError
from postdocs.core.markdown_source import Source, read_yaml, split
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


@pytest.mark.parametrize(
    ("text", "line", "end"),
    [
        ("title: x\ntags: [a\n", 3, "'tags: [a': a list or mapping is not closed; end it with ']'"),
        ("title: x\ntags: {a: b\n", 3, "'tags: {a: b': a list or mapping is not closed; end it with '}'"),
        ("title: 'x\ndate: 2024-01-01\n", 2, "a quote is not closed; add the quote at the end of the value"),
        ("title: x\n date: y\n", 3, "'date: y': it is indented; start all keys in the same column"),
        ("title: x: y\n", 2, "put values that contain `: ` or start with a special character in quotes"),
    ],
)
def test_what_breaks_yaml_is_named_with_its_remedy(text: str, line: int, end: str) -> None:
    """A bracket or a quote that is not closed, a key that is indented, and values that need quotes."""
    with pytest.raises(PostdocsError) as caught:
        read_yaml(text, "x.md")
    assert (caught.value.line, str(caught.value).endswith(end)) == (line, True)
