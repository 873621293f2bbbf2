"""The HTML of a text of Quarto, with captions where pandoc puts them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

from postdocs.importer.folders import fences, markdown
from postdocs.importer.folders.markdown import Dialect
from postdocs.importer.folders.systems.quarto import attributes
from postdocs.importer.folders.systems.quarto.cells import RAW

_AFTER = ("image", "code_inline", "link_close")
_TRAILING = re.compile(r"[ \t]*\{(?P<list>[^{}]*)\}[ \t]*$")
_NUMBER = re.compile(r"^[^:\u00a0]*\u00a0\d+(?: \([a-z]\))?: ")  # before a caption
_KEPT = frozenset({"src", "alt", "title", "id", "width", "height"})
_CAPTION = re.compile(r"(?:Table)?:[ \t]+")


def render(text: str) -> str:
    """Return the HTML of a text that `dialect.translate` wrote."""
    parser = markdown.parser(Dialect(dollars=True))
    parser.use(sub_plugin).use(superscript_plugin).use(attrs_plugin, after=_AFTER, spans=True)
    parser.core.ruler.push("quarto", _with_captions)
    parser.add_render_rule("fence", _fence)
    return str(parser.render(text))


def _fence(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    """Show HTML between fences as it is, and the titles of code above it."""
    if tokens[at].info.strip() == RAW:
        return tokens[at].content
    return markdown.captioned(fences.read)(renderer, tokens, at, options, env)


def _with_captions(state: StateCore) -> None:
    """Give headings their attributes, make figures of pictures that are alone, and captions of tables."""
    given = state.tokens
    tokens: list[Token] = []
    table = at = 0  # where the last table begins among the tokens
    waiting: list[Token] = []  # the caption of the table that comes next
    while at < len(given):
        token = given[at]
        if token.type == "paragraph_open" and (picture := _alone(given[at + 1])) is not None:
            tokens += _figure(picture, given[at + 1])
            at += 3
            continue
        if token.type == "paragraph_open" and _CAPTION.match(given[at + 1].content):
            if tokens and _is_table(tokens[-1], "</table>"):
                tokens[table + 1 : table + 1] = _caption(given[at + 1])
                at += 3
                continue
            if at + 3 < len(given) and _is_table(given[at + 3], "<table>"):
                waiting = _caption(given[at + 1])
                at += 3
                continue
        if token.type == "heading_open":
            _take_attributes(token, given[at + 1])
        for child in token.children or () if token.type == "inline" else ():
            _describe(child)
        is_table = _is_table(token, "<table>")
        if is_table:
            table = len(tokens)
        tokens.append(token)
        if is_table:
            tokens += waiting
            waiting = []
        at += 1
    state.tokens = tokens


def _is_table(token: Token, tag: str) -> bool:
    """Tell whether a table begins or ends, also one that `tables` wrote as HTML."""
    if token.type == "html_block":
        return token.content.strip().endswith(tag)
    return token.type == {"<table>": "table_open", "</table>": "table_close"}[tag]


def _take_attributes(heading: Token, inline: Token) -> None:
    """Give a heading the list that it ends with."""
    last = inline.children[-1] if inline.children else None
    match = _TRAILING.search(last.content) if last is not None and last.type == "text" else None
    said = attributes.read(match["list"]) if match else None
    if last is None or match is None or said is None:
        return
    last.content = last.content[: match.start()]
    if said.id:
        heading.attrSet("id", said.id)
    for name in said.classes:
        heading.attrJoin("class", name)


def _alone(inline: Token) -> Token | None:
    """Return the picture that a paragraph is, if it has a caption."""
    children = [child for child in inline.children or () if child.type != "text" or child.content.strip()]
    is_picture = len(children) == 1 and children[0].type == "image" and bool(children[0].children)
    return children[0] if is_picture else None


def _figure(picture: Token, inline: Token) -> list[Token]:
    identifier = str(picture.attrs.pop("id", ""))
    words = picture.children
    picture.children = [Token("text", "", 0, content=_NUMBER.sub("", _text_of(words)))]
    _describe(picture)
    opening = Token("figure_open", "figure", 1, attrs={"id": identifier} if identifier else {}, block=True)
    caption = Token("inline", "", 0, children=words, content=picture.content)
    return [
        opening,
        Token("inline", "", 0, children=[picture], content=inline.content),
        Token("figcaption_open", "figcaption", 1),
        caption,
        Token("figcaption_close", "figcaption", -1),
        Token("figure_close", "figure", -1, block=True),
    ]


def _text_of(tokens: Sequence[Token] | None) -> str:
    """Return the words of a line of text."""
    return "".join(
        _text_of(token.children) if token.children else " " if token.type == "softbreak" else token.content
        for token in tokens or ()
    )


def _describe(picture: Token) -> None:
    """Give a picture the words for those who can't see it, and take away what only Quarto reads."""
    if picture.type != "image":
        return
    if words := str(picture.attrs.get("fig-alt", "")):
        picture.children = [Token("text", "", 0, content=words)]
    picture.attrs = {key: value for key, value in picture.attrs.items() if key in _KEPT}


def _caption(inline: Token) -> list[Token]:
    """Return the caption of a table, without its mark, and with the id of its attributes alone."""
    children = [*(inline.children or ())]
    match = _TRAILING.search(children[-1].content) if children else None
    said = attributes.read(match["list"]) if match else None
    if children:
        children[0].content = _CAPTION.sub("", children[0].content, count=1)
        children[-1].content = _TRAILING.sub("", children[-1].content)
    return [
        Token("caption_open", "caption", 1, attrs={"id": said.id} if said and said.id else {}),
        Token("inline", "", 0, children=children, content=inline.content),
        Token("caption_close", "caption", -1),
    ]
