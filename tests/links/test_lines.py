"""The lines of links in HTML."""

from __future__ import annotations

import pytest

from postdocs.links.html import read_html
from postdocs.links.lines import lines_in


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>\n\n<a href='x'>", [3]),
        ("<a href=x>\n<!-- <a href=x> -->\n<a\nhref=' x\n'>", [1, 3]),
        ("<script>\n'<a href=x>'</script>\n<a href=x>", [3]),
        ('\n<a title=">" href="?a=1&amp;b">\n<a href=?a=1&b>', [2, 3]),
        ("<img src=a\nsrcset='b 1x,\nc 2x'>", [1, 2, 3]),
        ("<style>\n\np{background:url(x)}</style>", [3]),
        ("<table><tr>\n<a href=b>\n<td><a href=a>", [2, 3]),
    ],
)
def test_a_link_has_the_line_of_its_element(html: str, lines: list[int]) -> None:
    """Lines are counted from 1, and found when somebody asks; what is no element has that of its text."""
    assert lines_in(html.encode(), read_html(html.encode(), "x.html").links) == lines


@pytest.mark.parametrize(
    "start", ["<a ", "<a b='", '<a b="', "<!--", "<script", "<textarea", "<a b='\"", "<a ='", "<a b= "]
)
def test_what_does_not_end_is_read_in_one_pass(start: str) -> None:
    """Tags, values and comments without an end do not make the lines of a page the work of hours."""
    data = f'\n<a href="x">\n{start * 50_000}'.encode()
    assert lines_in(data, ["x"]) == [2]


@pytest.mark.parametrize(
    ("tag", "url"),
    [
        ("<p class=don't><a\nhref='x'>", "x"),
        ("<p title='>'><a\nhref=y>", "y"),
        ('<p \'><a\nhref="z">', "z"),
        ("<p><a\nhref='x'", "x"),
    ],
)
def test_quotation_marks_count_behind_an_equals_sign(tag: str, url: str) -> None:
    """Elsewhere they are letters of names and values (HTML Living Standard, "tokenization")."""
    assert lines_in(f"\n\n{tag}".encode(), [url]) == [3]


def test_parts_of_values_have_their_own_lines() -> None:
    """Pictures of different sizes, however many there are, and not what is a part of another address."""
    sizes = "".join(f"\n<img srcset='big/{n}.png 1x, {n}.png 2x'>" for n in range(2000))
    links = [f"{n}.png" for n in range(2000)]
    assert lines_in(sizes.encode(), links) == [*range(2, 2002)]
    assert lines_in(b"\n<p style='a: url(b)'>\n<p style='a: url(c)'>", ["c", "b"]) == [3, 2]
