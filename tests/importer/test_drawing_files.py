"""Files of drawings, plain or compressed."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from postdocs.importer.drawing_files import clean_as_it_was, is_one

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg"><script>run()</script><path d="M0 0"/></svg>'


def test_a_drawing_at_its_old_address_is_compressed_as_it_was() -> None:
    """As the server says that it is; what runs is gone from both."""
    plain, packed = clean_as_it_was(DRAWING), clean_as_it_was(gzip.compress(DRAWING, mtime=0))
    assert b"<path" in plain
    assert b"script" not in plain
    assert gzip.decompress(packed) == plain


@pytest.mark.parametrize(
    ("name", "expected"), [("a.svg", True), ("a.SVGZ", True), ("a.svg.png", False), ("svg", False)]
)
def test_a_name_says_that_a_file_is_a_drawing(name: str, *, expected: bool) -> None:
    """In any case."""
    assert is_one(Path(name)) is expected
