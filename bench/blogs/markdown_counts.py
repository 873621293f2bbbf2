"""What gives Markdown away as a machine's, counted in the files of posts."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from bs4 import BeautifulSoup, Tag
from myst_parser.parsers.options import TokenizeError, options_to_items

from postdocs.core.markdown_source import split
from postdocs.importer.entry import Entry
from postdocs.importer.html.dom import classes
from postdocs.importer.myst.render import MystReader

_FENCE = re.compile(
    r"^([ >*+\-\d.)]*)(`{3,}|~{3,})(?!\{(?:note|figure|table))([^\n]*)\n(.*?\n)??[ >]*\2[`~]*[ ]*$",
    re.MULTILINE | re.DOTALL,
)
_SPAN = re.compile(r"(?<![\\`])(`+)(?!`).+?(?<!`)\1(?!`)")
_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
# The backslash that ends a line is kept: what an author adds below would make a line break of it.
_MAY_GO = re.compile(rf"(?!\\\\$){_ESCAPE.pattern}", re.MULTILINE)
_LETTER = re.compile(r"&#\d+;")
_TAG = re.compile(r"(?<!\\)</?[A-Za-z][\w-]*(?:\s[^<>]*)?/?>")  # none of these are addresses
_OPTION = re.compile(r"^ *(:[\w-]+: )(\".*\")$", re.MULTILINE)
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
    "letters as references", "tables as HTML, without spans", "tables as HTML, with spans",
    "loose lists", "machine names of footnotes", "odd front matter", "data: pictures", "HTML tags", "words",
)  # fmt: skip


def counts(
    text: str, read: MystReader, source: Entry | None = None, *, needless: bool = True
) -> Counter[str]:
    """Count each row in the text of one post.

    source: what it was written from, if that is known: a list that is loose there, and a date with a fraction
    of a second there, don't count. needless: whether escapes are tried one by one, slowly.
    """
    file = split(text)
    body = _FENCE.sub(lambda match: f"{match[1]}\n", file.body)
    prose = _SPAN.sub("`", body)
    outer_tables = _TABLE.findall(body)
    loose = {*_loose_in(source.content)} if source else set()
    spanned = [table for table in outer_tables if re.search("(?:col|row)span", table)]
    return Counter({
        "headings as HTML": len(re.findall(r"<h[1-6][ >]", prose)),
        "escaped dollars": prose.count(r"\$"),
        ".external in the page": len(re.findall(r"\]\(<?#[^)]*\)\{\.external\}", prose)),
        "permalinks": len(re.findall(r"^#+ .*\[[#¶§]?\]\(#", prose, re.MULTILINE)),
        "anchor blocks": len(re.findall(r'<(?:div|span|a) (?:id|name)="[^"]*">(?=</)', prose)),
        "quoted options": sum(_can_be_plain(value) for _, value in _OPTION.findall(prose)),
        "odd fences": _odd_fences(file.body),
        "odd spaces": len(_ODD_SPACE.findall(_MEANT_SPACE.sub("", prose))),
        "escapes": len(_ESCAPE.findall(prose)),
        "needless escapes": _needless(file.body, read) if needless else 0,
        "letters as references": sum(chr(int(one[2:-1])).isalnum() for one in _LETTER.findall(prose)),
        "tables as HTML, without spans": len(outer_tables) - len(spanned),
        "tables as HTML, with spans": len(spanned),
        "loose lists": len([item for item in _loose(prose) if _key(item) not in loose]),
        "machine names of footnotes": len(re.findall(r"^\[\^(?:fn|footnote|easy|user)", prose, re.MULTILINE)),
        "odd front matter": _odd_keys(file.yaml, source),
        "data: pictures": prose.count("(data:"),
        "HTML tags": len(_TAG.findall(prose)),
        "words": len(re.findall(r"[^\W\d_]{2,}", prose)),
    })  # fmt: skip


def _odd_fences(body: str) -> int:
    heads = [match[3] for match in _FENCE.finditer(body)]
    return sum("class=" in head for head in heads) + body.count("\n:force:")


def _needless(body: str, read: MystReader) -> int:
    """Count the escapes without which the text is read the same; each is tried alone, in its block.

    Before it stands a paragraph, which a block could be the definition of.
    """
    blocks = re.split(r"\n{2,}(?=\S)", body)
    footnotes = "\n\n".join(block for block in blocks if block.startswith("[^"))
    return sum(_needless_in(block, footnotes, read) for block in blocks if _MAY_GO.search(block))


def _needless_in(block: str, footnotes: str, read: MystReader) -> int:
    def reading(text: str) -> object:
        return read(f"x\n\n{text}\n\n{footnotes}")

    meant = reading(block)
    places = [match.start() for match in _MAY_GO.finditer(block)]
    return sum(reading(block[:at] + block[at + 1 :]) == meant for at in places)


def _loose(prose: str) -> list[str]:
    """Return the items that a blank line parts from the next of their list, though each is one line."""
    lines = prose.split("\n")
    return [
        one
        for (one, blank), other in zip(pairwise(lines), lines[2:], strict=False)
        if not blank and _marker(one) == _marker(other) != ""
    ]


def _marker(line: str) -> str:
    """Return the marker of an item with its indent, and its number as 1; another one begins another list."""
    match = re.match(r" *(?:[-*+]|\d+[.)])(?= )", line)
    return re.sub(r"\d+", "1", match[0]) if match else ""


def _loose_in(html: str) -> Iterator[str]:
    """Return the keys of the items of loose lists in HTML: of those with a paragraph in some item."""
    for outer in BeautifulSoup(html, "html5lib").find_all(["ol", "ul"]):
        items = [item for item in outer.find_all("li", recursive=False) if isinstance(item, Tag)]
        is_simple = any("simple" in classes(one) for one in (outer, *outer.parents))
        if not is_simple and any(item.find("p", recursive=False) for item in items):
            yield from (_key(item.get_text()) for item in items)


def _key(item: str) -> str:
    """Return the first letters of an item of a list, without those of addresses."""
    return re.sub(r"\]\([^)]*\)|<[^>]*>|[\W\d_]+", "", item)[:24]


def _can_be_plain(value: str) -> bool:
    """Tell whether MyST reads the quoted value of an option in the same way without its quotation marks."""
    plain = json.loads(value)
    try:
        return options_to_items(f"option: {plain}")[0] == [("option", plain)]
    except TokenizeError:
        return False


def _odd_keys(yaml: str, source: Entry | None) -> int:
    quoted = re.findall(r"^[\w-]+: (['\"])([\w ]*[A-Za-z][\w ]*)\1$", yaml, re.MULTILINE)
    plain = [
        text
        for _, text in quoted
        if text.lower() not in {"yes", "no", "on", "off", "true", "false", "null", "y", "n"}
    ]
    has_fraction = source is not None and source.published is not None and source.published.microsecond > 0
    odd = r"T00:00:00" if has_fraction else r"T00:00:00|\.\d"
    return len(plain) + len(re.findall(rf"^date: .*(?:{odd})", yaml, re.MULTILINE))


def total(texts: Iterable[str], read: MystReader, sources: Iterable[Entry] = ()) -> Counter[str]:
    """Count the rows in the texts of several posts. sources: what they were written from, in any order."""
    by_id = {entry.id: entry for entry in sources}
    whole: Counter[str] = Counter()
    for text in texts:
        id_ = re.search(r"^id: ['\"]?(.*?)['\"]?$", split(text).yaml, re.MULTILINE)
        whole.update(counts(text, read, by_id.get(id_[1]) if id_ else None))
    return whole
