"""Dead links replaced in the sources."""

from __future__ import annotations

import re

import pytest

from postdocs.core.http.address import request_url
from postdocs.links.fix import Left, Repair, _Dead, _repair, finished
from postdocs.links.source_map import Place, pattern_of

DEAD = "http://dead.example/a"
COPY = "https://web.archive.org/web/20130705000000/http://dead.example/a"
MYST = {"myst_enable_extensions": ["colon_fence", "dollarmath", "attrs_inline"]}


def places_in(text: str, path: str, url: str = DEAD) -> list[Place]:
    """Return where an address is written in a text, with and without a fragment."""
    return [
        Place(path, text.count("\n", 0, match.start()) + 1, match.start(), match.end())
        for written in (url, f"{url}#part", f"{url}#&copy;")
        for match in re.finditer(pattern_of(written), text)
    ]


def repair(text: str, path: str = "posts/a.md", url: str = DEAD, copy: str = COPY) -> Repair:
    """Replace all places of an address in a text."""
    result = _repair(path, text, [_Dead(place, url, copy) for place in places_in(text, path, url)], MYST)
    assert result.before == text
    return result


def repaired(text: str, path: str = "posts/a.md") -> tuple[str, list[str]]:
    """Replace all places of DEAD in a text; return it, and why places were left."""
    result = repair(text, path)
    return result.after, [f"{left.place.line}: {left.why}" for left in result.left]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"See [a]({DEAD}).", f"See [a]({COPY})."),
        (f"[a](<{DEAD}> 'title')", f"[a](<{COPY}> 'title')"),
        (f"![alt]({DEAD})", f"![alt]({COPY})"),
        (f"[a][r] and [r]\n\n[r]: {DEAD}\n", f"[a][r] and [r]\n\n[r]: {COPY}\n"),
        (f"<{DEAD}>", f"[{DEAD}]({COPY})"),
        (f'<a href="{DEAD}">x</a>', f'<a href="{COPY}">x</a>'),
        (f'<div>\n<img src="{DEAD}" alt="x">\n</div>', f'<div>\n<img src="{COPY}" alt="x">\n</div>'),
        (f":::{{note}}\n[a]({DEAD})\n:::\n", f":::{{note}}\n[a]({COPY})\n:::\n"),
        (f":::{{figure}} {DEAD}\ncaption\n:::\n", f":::{{figure}} {COPY}\ncaption\n:::\n"),
        (f"x[^1]\n\n[^1]: [a]({DEAD})\n", f"x[^1]\n\n[^1]: [a]({COPY})\n"),
        (f"| a |\n|---|\n| [x]({DEAD}) |\n", f"| a |\n|---|\n| [x]({COPY}) |\n"),
        (f"---\ntitle: x\n---\n# A\n\n[a]({DEAD})\r\n", f"---\ntitle: x\n---\n# A\n\n[a]({COPY})\r\n"),
        (f"\ufeff# A\n\n[a]({DEAD})", f"\ufeff# A\n\n[a]({COPY})"),
        (f"[a][r]\n\n[r]: <{DEAD}> 't'\n", f"[a][r]\n\n[r]: <{COPY}> 't'\n"),
        (f"[a]({DEAD}#part 't')", f"[a]({COPY}#part 't')"),
        (f"[a]({DEAD}) [b]({DEAD}#part)", f"[a]({COPY}) [b]({COPY}#part)"),
        (f"<{DEAD}#part>", f"[{DEAD}#part]({COPY}#part)"),
        (f"<a href={DEAD}#part>x</a>", f"<a href={COPY}#part>x</a>"),
        (f"<video src='{DEAD}' poster={DEAD}></video>", f"<video src='{COPY}' poster={COPY}></video>"),
        (f'<img srcset="a.png 1x, {DEAD} 2x" alt="">', f'<img srcset="a.png 1x, {COPY} 2x" alt="">'),
        (f'<blockquote cite="{DEAD}">x</blockquote>', f'<blockquote cite="{COPY}">x</blockquote>'),
        (f'```{{raw}} html\n<a href="{DEAD}">x</a>\n```', f'```{{raw}} html\n<a href="{COPY}">x</a>\n```'),
        (f"```{{eval-rst}}\n`x <{DEAD}>`_\n```", f"```{{eval-rst}}\n`x <{COPY}>`_\n```"),
        (f"[a]({DEAD}){{target=_blank}}", f"[a]({COPY}){{target=_blank}}"),
    ],
)
def test_targets_are_replaced(before: str, after: str) -> None:
    """Of links, pictures and HTML, wherever MyST sees one; the rest of the file keeps each byte."""
    assert repaired(before) == (after, [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"`a <{DEAD}>`__ and n_\n\n.. _n: {DEAD}\n", f"`a <{COPY}>`__ and n_\n\n.. _n: {COPY}\n"),
        (f"See {DEAD} here, `too`__.\n\n__ x", f"See `{DEAD} <{COPY}>`__ here, `too`__.\n\n__ x"),
        (f".. image:: a.png\n   :target: {DEAD}\n", f".. image:: a.png\n   :target: {COPY}\n"),
        (f".. |s| replace:: `a <{DEAD}>`__\n\n|s|\n", f".. |s| replace:: `a <{COPY}>`__\n\n|s|\n"),
    ],
)
def test_targets_in_restructuredtext_are_replaced(before: str, after: str) -> None:
    """As docutils sees them; an address that is its own text keeps it."""
    assert repaired(before, "posts/a.rst") == (after, [])


@pytest.mark.parametrize(
    ("url", "before", "after"),
    [
        ("http://d.example/?x=1&copy", '<a href="{0}?x=1&amp;copy">', '<a href="{1}?x=1&amp;copy">'),
        ("http://d.example/?x=1&copy", "[a]({0}?x=1&copy)", "[a]({1}?x=1&copy)"),
        ("http://d.example/?x&copy;", "[a]({0}?x&amp;copy;)", "[a]({1}?x&amp;copy;)"),
        ("http://d.example/", "[a]({0}#&amp;copy;)", "[a]({1}#&amp;copy;)"),
        ("http://d.example/a(", "[a](<{0}a(>)", "[a](<{1}a(>)"),
        ("http://d.example/a(", "[a]({0}a\\()", "[a]({1}a\\()"),
        ("http://d.example/a_b_", "<{0}a_b_>", "[{0}a_b_]({1}a_b_)"),
        ("http://d.example/*a*", "<{0}*a*>", "[{0}\\*a\\*]({1}*a*)"),
        ("http://d.example/a%7Cb", "| a |\n|---|\n| [x]({0}a%7Cb) |", "| a |\n|---|\n| [x]({1}a%7Cb) |"),
        ("http://d.example/?a%5B%5D=1", "[a]({0}?a[]=1)", "[a]({1}?a%5B%5D=1)"),
        ('http://d.example/?a="b"', "<a href='{0}?a=\"b\"'>", "<a href='{1}?a=&quot;b&quot;'>"),
    ],
)
def test_addresses_are_escaped_for_their_place(url: str, before: str, after: str) -> None:
    """What a browser reads there is the address of the copy, with the fragment."""
    dead, copy = "http://d.example/", "https://web.archive.org/web/20130705000000/http://d.example/"
    text = before.format(dead, copy)
    result = repair(text, url=request_url(url), copy=url.replace(dead, copy))
    assert result.after == after.format(dead, copy)
    assert len(result.changed) == 1


@pytest.mark.parametrize(
    "text",
    [
        f"`{DEAD}`",
        f"```sh\ncurl {DEAD}\n```",
        f"    {DEAD}",
        f"It was at {DEAD} once.",
        f"% [a]({DEAD})\n",
        f"<!-- {DEAD} -->",
        f'<p title="{DEAD}">x</p>',
        f"[unused]: {DEAD}",
        f"$\\text{{{DEAD}}}$",
    ],
)
def test_what_is_no_target_is_left_and_named(text: str) -> None:
    """Code, plain text and comments stay, and make no link."""
    result = repair(text)
    assert result.after == text
    reason = "it is not the target of a link there"
    assert [(left.why, left.is_link) for left in result.left] == [(reason, False)]


@pytest.mark.parametrize(
    ("text", "path", "reason"),
    [
        (f"---\nsource: {DEAD}\n---\n# A\n", "a.md", "it is in the front matter"),
        (
            f":::{{versionadded}} 1\n[a]({DEAD})\n:::\n",
            "a.md",
            "only Sphinx can read the directive that holds it",
        ),
        (f"{{abc}}`x <{DEAD}>`", "a.md", "only Sphinx can read the directive that holds it"),
        (f'<a href="{DEAD}">x</a>', "foot.html", "it is neither Markdown nor reStructuredText"),
        (f"[a]({DEAD})", "a.txt", "it is neither Markdown nor reStructuredText"),
    ],
)
def test_what_may_be_a_link_is_left_to_people(text: str, path: str, reason: str) -> None:
    """Where no parser here can prove what a change does, as in a template, which may do anything."""
    result = repair(text, path)
    assert result.after == text
    assert [(left.why, left.is_link) for left in result.left] == [(reason, True)]


def test_a_link_that_is_only_written_alike_stays() -> None:
    """An encoded `&` is no `&`: another page is asked for."""
    text = "[a](http://d.example/?a%26b) [b](http://d.example/?a&b)"
    result = repair(text, url="http://d.example/?a%26b", copy="https://copy.example/")
    assert result.after == "[a](https://copy.example/) [b](http://d.example/?a&b)"
    assert (len(result.changed), result.left) == (1, ())


def test_the_target_is_replaced_and_the_text_is_not() -> None:
    """A link whose text is the address keeps its text; that place is named."""
    after, left = repaired(f"[{DEAD}]({DEAD}) and `{DEAD}`")
    assert after == f"[{DEAD}]({COPY}) and `{DEAD}`"
    assert len(left) == 2


def test_a_dead_link_is_finished_when_no_place_makes_it_a_link() -> None:
    """Text and code keep nothing alive; a place that stays a link does, and so does one that nobody found."""
    texts = {
        "done": f"[a]({DEAD}) `{DEAD}` <!-- {DEAD} -->",
        "half": f"[a]({DEAD})\n\n:::{{card}}\n[b]({DEAD})\n:::",
        "text": f"`{DEAD}`",
    }
    results = {name: repair(text, f"{name}.md") for name, text in texts.items()}
    copies = {name: places_in(text, f"{name}.md") for name, text in texts.items()}
    lost = Place("_build/html/index.html", 3)
    results["lost"] = Repair("x", "", "", (), (Left(lost, "", is_link=True),))
    assert finished({**copies, "lost": [lost]}, results.values()) == {"done"}
