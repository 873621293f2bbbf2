"""Facts of HTML, and how HTML of others is cleaned."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postdocs.core.html import BLOCKS, HIDDEN, MATHML, SVG, XML_FORBIDDEN, cleaner, srcset


@pytest.mark.parametrize(
    ("value", "candidates"),
    [
        ("", []),
        (" , ", []),
        ("a.png", [("a.png", "")]),
        ("a.png 1x, b.png 2x", [("a.png", "1x"), ("b.png", "2x")]),
        ("a.png 300w,b.png 600w", [("a.png", "300w"), ("b.png", "600w")]),
        ("a,b.png 2x", [("a,b.png", "2x")]),
        ("a.png, b.png", [("a.png", ""), ("b.png", "")]),
        ("data:image/png;base64,AA== 1.5x", [("data:image/png;base64,AA==", "1.5x")]),
        ("a.png (x, y) 2x, b.png", [("a.png", "(x, y) 2x"), ("b.png", "")]),
    ],
)
def test_a_srcset_is_read_as_browsers_read_it(value: str, candidates: list[tuple[str, str]]) -> None:
    """Commas part candidates after white space and descriptors; other commas belong to addresses."""
    assert [*srcset(value)] == candidates


@given(st.text(alphabet="a ,()\n1wx"))
def test_any_srcset_can_be_read(value: str) -> None:
    """No address in it is empty, holds white space or ends in a comma."""
    for url, _ in srcset(value):
        assert url == url.strip(" \n,") != ""


def test_what_runs_never_stays() -> None:
    """Scripts go with what is in them, handlers, styles and addresses that run something by themselves."""
    policy = cleaner({"a", "p", "img"}, {"*": {"href", "src"}}, HIDDEN)
    html = (
        '<p onclick="x()">a<script>b</script><!--c--><a href="javascript:d">e</a><u>f</u><img src=x onload=y>'
    )
    assert policy.clean(html) == '<p>a<a>e</a>f<img src="x"></p>'


def test_a_filter_decides_of_each_attribute() -> None:
    """It gets element, attribute and value, and what it returns stays."""
    policy = cleaner({"a"}, {"a": {"href", "title"}}, set(), attribute_filter=lambda *given: given[1][:3])
    assert policy.clean('<a href="x" title="y" id="z">') == '<a href="hre" title="tit"></a>'


def test_no_text_of_an_xml_document_is_forbidden_in_xml() -> None:
    """Tabs, line ends and characters beyond the first plane stay; controls and halves of pairs don't."""
    assert XML_FORBIDDEN.sub("", "\ta\r\n\x00\x0b\x1f\ud800\ufffe\N{SNAKE}") == "\ta\r\n\N{SNAKE}"


def test_kinds_of_elements_are_apart() -> None:
    """No block is hidden, and nothing of a drawing is a formula."""
    assert not BLOCKS & HIDDEN
    assert not SVG & MATHML
