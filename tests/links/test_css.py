"""What style sheets link to."""

from __future__ import annotations

import pytest

from postdocs.links.css import read_css


@pytest.mark.parametrize("start", ['"\\', "'\\", '"', "url(", "image-set(", 'url("\\', "/*", "@import '"])
def test_style_sheets_without_ends_are_read_in_one_pass(start: str) -> None:
    """Nothing is read from each of its places to the end."""
    data = f"a {{ b: url(x.png) }}\n{start * 50_000}".encode()
    page = read_css(data, "a.css")
    assert (page.links[0], page.lines[0]) == ("x.png", 1)


def test_each_address_of_a_long_style_sheet_has_its_line() -> None:
    """In the order of the file, and strings end where their line does (CSS Syntax 3 §4.3.5)."""
    text = "a { b: url(x.png) }\n" * 20_000
    assert read_css(text.encode(), "a.css").lines == (*range(1, 20_001),)
    unclosed = b"a { content: 'it\n} b { c: url(y.png) }\n@import 'bad\n;@import 'z.css"
    page = read_css(unclosed, "a.css")
    assert (page.links, page.lines) == (("y.png", "z.css"), (2, 4))
