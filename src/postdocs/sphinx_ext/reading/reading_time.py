"""How long an article takes to read."""

from __future__ import annotations

import re

from docutils import nodes

_WORDS_A_MINUTE = 230
_WORDS_OF_A_LINE = 4  # what the eye takes in of a line of code
# Scripts that put no space between words: Thai, Lao, Burmese, Khmer, kana and Han.
_UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff"
)
_LETTERS_OF_A_WORD = 2
_WORD = re.compile(rf"[^\W{_UNSPACED}]+(?:['\u2019.,:-][^\W{_UNSPACED}]+)*")
_LETTER = re.compile(f"[{_UNSPACED}]")
_UNREAD = (nodes.comment, nodes.raw, nodes.substitution_definition, nodes.system_message, nodes.math_block)


def minutes_of(article: nodes.Element) -> int:
    """Return how many minutes a reader takes for an article with its code, at least 1."""
    return max(1, round(_words_of(article) / _WORDS_A_MINUTE))


def _words_of(node: nodes.Node) -> float:
    """Count words; letters of scripts that put no space between words, and lines of code, count as some."""
    if isinstance(node, _UNREAD):
        return 0
    if isinstance(node, nodes.literal_block):
        return _WORDS_OF_A_LINE * sum(map(bool, map(str.strip, node.astext().splitlines())))
    if isinstance(node, nodes.Text):
        return len(_WORD.findall(node)) + len(_LETTER.findall(node)) / _LETTERS_OF_A_WORD
    return sum(map(_words_of, node.children))
