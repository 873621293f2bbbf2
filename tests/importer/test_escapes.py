"""The smallest set of escapes that reads back the same."""

from __future__ import annotations

import re

import pytest
from helpers import new_site_settings

from postdocs.importer.html.parse import parse
from postdocs.importer.myst.render import reader
from postdocs.importer.roundtrip import prove

_READ = reader(new_site_settings())
_CASES = {
    "number in a heading": ("<h2>2. Rows, and 3) columns</h2>", "## 2. Rows, and 3) columns\n"),
    "number in an item": ("<ul><li>4. May</li></ul>", "- 4\\. May\n"),
    "number of a page": ("<p>[48]: below</p>", "\\[48]: below\n"),
    "shout": ("<p>Look! [<a href='/x/'>here</a>]!</p>", "Look! [[here](/x/){.external}]!\n"),
    "end of a sentence": ("<p>at first. Do not. - or *</p>", "at first. Do not. - or *\n"),
    "money": ("<p>$4, or $5, or <i>$6</i>.</p>", "$4, or $5, or *$6*.\n"),
    "money with a dollar behind": ("<p>$4, or 5$ more</p>", "\\$4, or 5$ more\n"),
    "one sum": ("<p>It takes $40 a year.</p>", "It takes $40 a year.\n"),
    "money beside a formula": ("<p>\\(x\\) costs $4.</p>", "$x$ costs $4.\n"),
    "stars": ("<p>2*3*4 and *args, **kwargs</p>", "2\\*3*4 and *args, **kwargs\n"),
    "underscores": ("<p>__init__ of a_b_c</p>", "\\_\\_init__ of a_b_c\n"),
    "brackets": ("<p><a href='https://a.example/'>[see] it</a></p>", "[[see] it](https://a.example/)\n"),
    "half a bracket": ("<p><a href='https://a.example/'>a] b</a></p>", "[a\\] b](https://a.example/)\n"),
    "angles": ("<p>a &lt;b&gt; c &lt; d &gt; e</p>", "a \\<b> c < d > e\n"),
    "entity": ("<p>&amp;copy; &amp; &amp;x;y</p>", "\\&copy; & &x;y\n"),
    "backslash": ("<p>C:\\dir \\* end\\</p>", "C:\\dir \\\\* end\\\\\n"),
    "definition": ("<p>W</p><p>: no meaning</p><p>~ nor here</p>", "W\n\n\\: no meaning\n\n\\~ nor here\n"),
    "label": ("<p>(a)= is no target, (b) neither</p>", "(a)= is no target, (b) neither\n"),
    "cells": (
        "<table><tr><th>a|b</th></tr><tr><td>- x*y</td></tr></table>",
        "| a\\|b |\n| --- |\n| - x*y |\n",
    ),
    "caption": (
        "<figure><img src='https://a.example/b.png'><figcaption>See: [1] x*y, #2!</figcaption></figure>",
        ":::{figure} https://a.example/b.png\nSee: [1] x*y, #2!\n:::\n",
    ),
    "note": (
        "<p>x<sup id='fnref:1'><a class='footnote-ref' href='#fn:1'>1</a></sup></p><div class='footnote'><ol>"
        "<li id='fn:1'>[48] of *x* <a class='footnote-backref' href='#fnref:1'>↩</a></li></ol></div>",
        "x[^1]\n\n[^1]: [48] of \\*x*\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", _CASES)
def test_only_what_would_be_syntax_is_escaped(name: str) -> None:
    """Each backslash is one without which the text would be read in another way, or ends a line."""
    html, text = _CASES[name]
    document, _ = parse(html, None)
    proof = prove(document, _READ)
    assert proof.text == text
    for escape in re.finditer(r"\\(?!\\$)[!-/:-@\[-`{-~]", text, re.MULTILINE):
        assert _READ(text[: escape.start()] + text[escape.start() + 1 :]) != _READ(text)
