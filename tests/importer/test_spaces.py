"""No-break spaces and characters without a width."""

from __future__ import annotations

import pytest
from helpers import new_site_settings

from postdocs.importer.html.parse import parse
from postdocs.importer.myst.render import reader
from postdocs.importer.roundtrip import prove

_READ = reader(new_site_settings())
_CASES = {
    "of an editor": ("<p>One&nbsp;two.&nbsp; Three. &nbsp;Four&nbsp;</p>", "One two. Three. Four"),
    "at the edge of bold": ("<p><b>Note:&nbsp;</b>read&nbsp;<a href='https://a.example/'>&nbsp;it</a></p>",
                            "**Note:** read [it](https://a.example/)"),
    "French": ("<p>Vrai&nbsp;? «&nbsp;Oui&nbsp;», dit-il&nbsp;: 20&nbsp;%</p>",
               "Vrai\xa0? «\xa0Oui\xa0», dit-il\xa0: 20\xa0%"),
    "narrow": ("<p>Vrai\u202f! 1\u202f000\u202fkm, a\u202fb</p>", "Vrai\u202f! 1\u202f000\u202fkm, a b"),
    "unit": ("<p>5&nbsp;GB in <i>3</i>&nbsp;ms, 4&nbsp;users, 1&nbsp;and&nbsp;2</p>",
             "5\xa0GB in *3*\xa0ms, 4 users, 1 and 2"),
    "alignment": ("<p>a<br>&nbsp;&nbsp;&nbsp;&nbsp;b</p>", "a\\\n&nbsp;&nbsp;&nbsp;&nbsp;b"),
    "zero width": ("<p>a\u200bb c\ufeff \u2060d</p>", "ab c d"),
    "zero width beside a no-break space": ("<p>a&nbsp;b<i>\u200bc</i></p>", "a b*c*"),
    "directions": ("<p>\u200eAnn \u202aDoe\u202c, \u2068tide\u2069</p>", "Ann Doe, tide"),
    "directions beside Hebrew": ("<p>\u2068גאות\u2069\u200e: tide</p>", "\u2068גאות\u2069\u200e: tide"),
    "joiners that join nothing": ("<p>\u200d one\u200c, two\u200d</p>", "one, two"),
    "where a line may end": ("<p>ภาษา\u200bไทย</p>", "ภาษา\u200bไทย"),
    "joined": ("<p>👩\u200d🔬 and می\u200cخواهم</p>", "👩\u200d🔬 and می\u200cخواهم"),
    "code": ("<p><code>a&nbsp;b</code></p><pre>c&nbsp;d</pre>", "`a\xa0b`\n\n```\nc\xa0d\n```"),
}  # fmt: skip


@pytest.mark.parametrize("name", _CASES)
def test_spaces_that_mean_nothing_are_plain(name: str) -> None:
    """Those in French punctuation and before units stay, and so do marks that scripts need."""
    html, text = _CASES[name]
    document, _ = parse(html, None)
    assert prove(document, _READ).text == f"{text}\n"


def test_it_is_told_once() -> None:
    """The report has one line for a post."""
    _, notes = parse("<p>a&nbsp;b</p><p>c&nbsp;d</p><p>5&nbsp;km</p>", None)
    assert [(note.kind, note.before) for note in notes] == [("repaired", "in 2 texts")]
