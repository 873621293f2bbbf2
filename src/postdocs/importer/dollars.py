"""Formulas between dollars, for parsers of Markdown that blogs are written in."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.dollarmath.index import math_block_dollar

_read_block = math_block_dollar(
    label_normalizer=lambda label: "-".join(label.split()), allow_blank_lines=True
)  # as the plugin has it


def use_dollars(markdown: MarkdownIt) -> None:
    """Let a parser read formulas between dollars; two on each side make one within a line too.

    As in pandoc, no space within is next to a dollar, and no digit beside it, so that prices stay.
    """
    markdown.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    markdown.block.ruler.at("math_block", _block)


def _block(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Read a formula on lines of its own: `$$a$$ and $$b$$` is a line with two formulas, not one of both."""
    line, count = state.line, len(state.tokens)
    if not _read_block(state, first, end, silent):
        return False
    if "$$" not in state.tokens[-1].content:
        return True
    state.line = line
    del state.tokens[count:]
    return False
