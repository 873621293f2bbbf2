"""What gives Markdown away as a machine's, counted in the files of posts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import pairwise

from postdocs.core.markdown_source import split
from postdocs.importer.myst.render import MystReader

_FENCE = re.compile(
    r"^([ >*+\-\d.)]*)(`{3,}|~{3,})(?!\{(?:note|figure|table))([^\n]*)\n(.*?\n)??[ >]*\2[`~]*[ ]*$",
    re.MULTILINE | re.DOTALL,
)
_SPAN = re.compile(r"(?<![\\`])(`+)(?!`).+?(?<!`)\1(?!`)")
_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
# Where a no-break space means something: in French punctuation, and between a number and its unit.
_NO_BREAK = r"(?:[\xa0\u2007\u202f]|&nbsp;)"
_MEANT_SPACE = re.compile(
    rf"{_NO_BREAK}(?=[:;?!%»€])|(?<=«){_NO_BREAK}|(?<=\d){_NO_BREAK}(?=[^\W\d_]{{1,3}}\b|[%°€])"
)
# Not the thin spaces and their like: lines may end there, and each is as wide as somebody chose.
_ODD_SPACE = re.compile(f"{_NO_BREAK}|[\u200b\u2060\ufeff\u00ad]|&#(?:160|8203|65279|173);")
_TABLE = re.compile(r"<table.*?</table>", re.DOTALL)

PER_ROW = (
    "headings as HTML", "escaped dollars", ".external in the page", "permalinks", "anchor blocks",
    "quoted options", "odd fences", "odd spaces", "escapes", "needless escapes",
    "tables as HTML, without spans", "tables as HTML, with spans",
    "loose lists", "machine names of footnotes", "odd front matter", "data: pictures", "HTML tags", "words",
)  # fmt: skip


def counts(text: str, read: MystReader, *, needless: bool = True) -> Counter[str]:
    """Count each row in the text of one post. needless: whether escapes are tried one by one, slowly."""
    source = split(text)
    body = _FENCE.sub(lambda match: f"{match[1]}\n", source.body)
    prose = _SPAN.sub("`", body)
    outer_tables = _TABLE.findall(body)
    spanned = [table for table in outer_tables if re.search("(?:col|row)span", table)]
    return Counter({
        "headings as HTML": len(re.findall(r"<h[1-6][ >]", prose)),
        "escaped dollars": prose.count(r"\$"),
        ".external in the page": len(re.findall(r"\]\(<?#[^)]*\)\{\.external\}", prose)),
        "permalinks": len(re.findall(r"^#+ .*\[[#¶§]?\]\(#", prose, re.MULTILINE)),
        "anchor blocks": len(re.findall(r'<(?:div|span|a) (?:id|name)="[^"]*">(?=</)', prose)),
        "quoted options": len(re.findall(r'^ *:[\w-]+: "', prose, re.MULTILINE)),
        "odd fences": _odd_fences(source.body),
        "odd spaces": len(_ODD_SPACE.findall(_MEANT_SPACE.sub("", prose))),
        "escapes": len(_ESCAPE.findall(prose)),
        "needless escapes": _needless(source.body, read) if needless else 0,
        "tables as HTML, without spans": len(outer_tables) - len(spanned),
        "tables as HTML, with spans": len(spanned),
        "loose lists": len(_loose(prose)),
        "machine names of footnotes": len(re.findall(r"^\[\^(?:fn|footnote|easy|user)", prose, re.MULTILINE)),
        "odd front matter": _odd_keys(source.yaml),
        "data: pictures": prose.count("(data:"),
        "HTML tags": len(_TAG.findall(prose)),
        "words": len(re.findall(r"[^\W\d_]{2,}", prose)),
    })  # fmt: skip


def _odd_fences(body: str) -> int:
    heads = [match[3] for match in _FENCE.finditer(body)]
    return sum("class=" in head for head in heads) + body.count("\n:force:")


def _needless(body: str, read: MystReader) -> int:
    """Count the escapes without which the text is read the same; each is tried alone, in its block."""
    blocks = re.split(r"\n{2,}(?=\S)", body)
    footnotes = "\n\n".join(block for block in blocks if block.startswith("[^"))
    return sum(_needless_in(block, footnotes, read) for block in blocks if _ESCAPE.search(block))


def _needless_in(block: str, footnotes: str, read: MystReader) -> int:
    def reading(text: str) -> object:
        return read(f"{text}\n\n{footnotes}")

    meant = reading(block)
    places = [match.start() for match in _ESCAPE.finditer(block)]
    return sum(reading(block[:at] + block[at + 1 :]) == meant for at in places)


def _loose(prose: str) -> list[str]:
    """Return the items that a blank line parts from the next, though each is one line."""
    lines = prose.split("\n")
    marker = re.compile(r" *(?:[-*+]|\d+[.)]) ")
    return [
        one
        for (one, blank), other in zip(pairwise(lines), lines[2:], strict=False)
        if marker.match(one) and not blank and marker.match(other)
    ]


def _odd_keys(yaml: str) -> int:
    quoted = re.findall(r"^[\w-]+: (['\"])([\w ]*[A-Za-z][\w ]*)\1$", yaml, re.MULTILINE)
    plain = [
        text
        for _, text in quoted
        if text.lower() not in {"yes", "no", "on", "off", "true", "false", "null", "y", "n"}
    ]
    return len(plain) + len(re.findall(r"^date: .*(?:T00:00:00|\.\d)", yaml, re.MULTILINE))


def total(texts: Iterable[str], read: MystReader, advance: Callable[[], None] = lambda: None) -> Counter[str]:
    """Count the rows in the texts of several posts."""
    whole: Counter[str] = Counter()
    for text in texts:
        whole.update(counts(text, read))
        advance()
    return whole
