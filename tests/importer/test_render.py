"""What MyST makes of texts."""

from __future__ import annotations

import pytest

from postdocs.importer.ast import nodes
from postdocs.importer.myst.render import reader

_READ = reader({"myst_enable_extensions": ["attrs_inline", "tasklist"], "myst_heading_anchors": 4})


def test_tightness_is_read() -> None:
    """A blank line between items makes a list loose."""
    tight, _ = _READ("- a\n- b\n")
    loose, _ = _READ("- a\n\n- b\n")
    lists = [found.blocks[0] for found in (tight, loose)]
    assert [isinstance(block, nodes.List) and block.tight for block in lists] == [True, False]


def test_headings_that_jump_are_reported_with_their_line() -> None:
    """A level left out is a warning."""
    _, warnings = _READ("text\n\n#### Deep\n")
    assert warnings[0].startswith("3: Non-consecutive header level")


def test_a_footnote_without_reference_is_reported() -> None:
    """A footnote that nothing refers to is a warning."""
    assert "not referenced" in _READ("text\n\n[^1]: note\n")[1][0]


@pytest.mark.parametrize(
    ("address", "url"), [("", "/feed.xml"), ("https://a.example/blog/", "https://a.example/feed.xml")]
)
def test_a_link_from_the_root_of_the_host_is_one(address: str, url: str) -> None:
    """With or without an address of the site, as in the build."""
    document, warnings = reader({}, address)("[Feed](/feed.xml)")
    assert document.blocks == (nodes.Paragraph((nodes.Link(url, (nodes.Text("Feed"),)),)),)
    assert not warnings
