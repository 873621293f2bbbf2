"""HTML that is made to take for ever is not read, and what people write is."""

from __future__ import annotations

import pytest

from postdocs.links.feeds import read_xml
from postdocs.links.html import read_html
from postdocs.links.parsing import TooDeepError, is_too_deep, parse

_LISTS = "<ul><li>" * 50_000
_FORMATS = "".join(f"<i class=c{number}>" for number in range(500)) + "<p>x" * 50_000


@pytest.mark.parametrize(
    "text",
    [
        *("<div>" * 100_000, _LISTS, "<DL><DD>" * 50_000, _FORMATS, "<x-y>" * 9000, "<div/>" * 9000),
        *("<!-- a --><section\n>" * 9000, "<svg><g>" * 9000, "<svg/><p><path/>" + "<path/>" * 9000),
        f"<b>{'<u>' * 4000}{'</i>' * 4000}{'<u>' * 9000}",
        *("<div></x><p>" * 9000, "<!--><div>" * 9000, "<!---><div>" * 9000, "<!-- --!><div>" * 9000),
        *("<svg><title>" + "<div>" * 9000, "<svg><style>" + "<g>" * 9000, "<svg><script><g>" * 9000),
    ],
)
def test_what_is_nested_without_end_is_not_parsed(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its length times its depth would be spent; the parser is not even called."""
    monkeypatch.delattr("postdocs.links.parsing.LexborHTMLParser")
    with pytest.raises(TooDeepError):
        parse(text)


@pytest.mark.parametrize(
    "text",
    [
        *("<p>a<li>b<tr><td>c<option>d<br><img>" * 50_000, "<div><a href=x></a></div>" * 50_000),
        *(
            f"<svg>{'<path d=m/>' * 50_000}</svg>",
            "<a name=x>" * 50_000,
            f"<script>{'<div>' * 50_000}</script>",
            f"<svg/><SCRIPT>{'<div>' * 50_000}</Script>",
            "<h2>a</h3><svg><title>b</title><style>c</style></svg><title>d</title>" * 9000,
        ),
        *(f"<!--{'<div>' * 50_000}-->", "<div>" * 1000 + "</div>" * 1000, "<div>" * 40, "a < b" * 50_000),
        *("<script>" + "<div>" * 50_000, f"<script>{'<div>' * 50_000}</script>"),
    ],
)
def test_what_tools_write_is_parsed_at_any_length(text: str) -> None:
    """With ends left out where HTML allows it, ended pictures, and a thousand elements in each other."""
    assert not is_too_deep(text)


def test_a_page_is_told_of() -> None:
    """So are a frame's own page and the text of an entry in a feed; what is beside them is read."""
    page = read_html(f"<a href=/>{_LISTS}".encode(), "a.html")
    assert [str(problem) for problem in page.problems] == [
        "a.html:1: its elements are nested too deeply; its links aren't checked"
    ]
    frame = read_html(f"<a href=/><iframe srcdoc='{_LISTS}'></iframe><a href=/b>".encode(), "b.html")
    assert frame.problems[0].reason.startswith("the elements of a frame are nested too deeply")
    assert [*frame.links] == ["/", "/b"]
    feed = read_xml(
        f"<rss><channel><link>/</link><item><description><![CDATA[{_LISTS}]]></description></item></channel>"
        "</rss>".encode(),
        "feed.xml",
    )
    assert feed is not None
    assert [(problem.line, bool(problem.reason)) for problem in feed.problems] == [(1, True)]
    assert [*feed.links] == ["/"]
