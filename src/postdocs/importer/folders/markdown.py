"""Markdown → HTML as the generators of blogs render it, by markdown-it and its plugins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

_SPANS = ("image", "code_inline", "link_close")


@dataclass(frozen=True)
class Dialect:
    """What a dialect has beside CommonMark, tables, struck text, footnotes, and terms.

    dollars: whether one dollar on each side makes a formula. inline_doubles: whether two do so within a line,
    where they stand for a formula on a line of its own elsewhere. attributes: `{.class}` behind a span.
    """

    dollars: bool = False
    inline_doubles: bool = False
    attributes: bool = False


def parser(dialect: Dialect) -> MarkdownIt:
    """Return a parser and renderer for a dialect."""
    markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    markdown.use(footnote_plugin).use(deflist_plugin)
    # As in pandoc: no space within next to a dollar, no digit beside it, so that prices stay.
    markdown.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    markdown.use(tasklists_plugin)
    if dialect.attributes:
        markdown.use(attrs_plugin, after=_SPANS)
    markdown.add_render_rule("footnote_anchor_name", _footnote_name)
    if not dialect.dollars:
        markdown.add_render_rule("math_inline", _as_text)
    if dialect.inline_doubles:
        markdown.add_render_rule("math_inline_double", _inline_math)
    return markdown


def _footnote_name(_: RendererHTML, tokens: Sequence[Token], at: int, __: OptionsDict, ___: EnvType) -> str:
    """Name a footnote as its author does."""
    meta = tokens[at].meta
    return f":{meta.get('label') or meta['id'] + 1}"


def _as_text(renderer: RendererHTML, tokens: Sequence[Token], at: int, _: OptionsDict, __: EnvType) -> str:
    """Show what is between single dollars as it is: scripts may make a formula of it, as on the old page."""
    return f"${escapeHtml(tokens[at].content)}$"


def _inline_math(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, _: OptionsDict, __: EnvType
) -> str:
    return f'<span class="math inline">{escapeHtml(tokens[at].content)}</span>'
