"""How long an article takes to read."""

from __future__ import annotations

from docutils import nodes

from postdocs.core.word_count import count_words

_WORDS_A_MINUTE = 230
_WORDS_OF_A_LINE = 4  # what the eye takes in of a line of code
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
        return count_words(node)
    return sum(map(_words_of, node.children))
