"""Links that a post has often, by reference where that is shorter (CommonMark 0.31 §4.7 and §6.3)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from postdocs.importer.myst.render import MystReader

_OFTEN = 3
_LINK = re.compile(
    r"(?<![!\\])\[(?P<text>(?:[^\[\]\\\n]|\\.)+)\]"
    r"\((?P<url>https?://[^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*)\)(?P<next>[(\[:{]?)"
)
# What names a definition: a few words as they are, no footnote, box, or markup.
_LABEL = re.compile(r"(?![xX]$)[^\W_](?:[\w .,'\u2019+#/()-]{0,38}[\w.+#)])?")
_DEFINITION = re.compile(r"\n\[[^\]^\n][^\]\n]*\]: \S+$")


def by_reference(body: str, read: MystReader) -> str:
    """Define addresses of many links at the end of a text, where it gets shorter and means the same.

    The words of a link name its address. Where a definition would change what another part says, such as
    words in square brackets, that address stays in its links.
    """
    meaning: object = None
    for url, label in _labels(body):
        shorter = _defined(body, url, label)
        if len(shorter) < len(body):
            meaning = meaning or read.meaning(body)
            body = shorter if read.meaning(shorter) == meaning else body
    return body


def _labels(body: str) -> Iterator[tuple[str, str]]:
    """Yield the addresses of many links, with the words that most of them have and no link elsewhere has."""
    words: dict[str, Counter[str]] = {}
    for match in _LINK.finditer(body):
        words.setdefault(match["url"], Counter())[match["text"]] += 1
    addresses = Counter(text.casefold() for texts in words.values() for text in {*texts})
    for url, texts in words.items():
        if texts.total() >= _OFTEN and (label := _label(texts, addresses)):
            yield url, label


def _label(texts: Counter[str], addresses: Mapping[str, int]) -> str:
    fit = (text for text, _ in texts.most_common() if _LABEL.fullmatch(text))
    return next((text for text in fit if addresses[text.casefold()] == 1), "")


def _defined(body: str, url: str, label: str) -> str:
    """Return a text with links to an address by reference, and its definition at the end."""

    def reference(match: re.Match[str]) -> str:
        if match["url"] != url:
            return match[0]
        following = match["next"]
        if match["text"] != label:
            return f"[{match['text']}][{label}]{following}"
        return f"[{label}]{'[]' * bool(following)}{following}"

    text = _LINK.sub(reference, body).rstrip("\n")
    gap = "\n" if _DEFINITION.search(text) else "\n\n"
    return f"{text}{gap}[{label}]: {url}\n"
