"""What a text says, also inside the directives that an import writes, without running them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import copy
from typing import Any

from docutils.parsers.rst import Directive
from docutils.parsers.rst.states import MarkupError
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from myst_parser.parsers.directives import parse_directive_text

# Directives whose body isn't Markdown, and those whose argument is.
_LITERAL = {"code-block"}
_TITLED = {"admonition", "table", "list-table"}
_MOST = 2_000  # texts that are remembered


def wording(
    parser: MarkdownIt,
    text: str,
    directives: dict[str, type[Directive]],
    meaning: Callable[[Token], object],
    env: dict[str, Any] | None = None,
) -> list[object]:
    """Return what a text and the directives in it say, as lists of what tokens mean.

    directives: those that are known; of others, their text counts to the letter. env: what the text around
    defines.
    """
    env = {} if env is None else env

    def inner(text: str) -> list[object]:
        return wording(parser, text, directives, meaning, env)

    def inline(text: str) -> list[object]:
        return [*map(meaning, parser.parseInline(text, env))]

    def said(token: Token) -> object:
        name, arguments = _opening(token)
        if name not in directives:
            return meaning(token)
        # as MyST's renderer has it, what begins with another directive has no options
        content = f"\n{token.content}" if token.content.startswith(":::") else token.content
        try:
            parts = parse_directive_text(directives[name], arguments, content)
        except MarkupError:
            return meaning(token)
        body = "\n".join(parts.body)
        options = {key: inline(value) if key == "caption" else value for key, value in parts.options.items()}
        return (
            name,
            [inline(part) if name in _TITLED else part for part in parts.arguments],
            options,
            [warning.msg for warning in parts.warnings],
            body if name in _LITERAL else inner(f"{body}\n"),
        )

    return [*map(said, parser.parse(text, env))]


def _opening(token: Token) -> tuple[str, str]:
    """Return the name of the directive that a token is, and the rest of its line; empty where it is none."""
    name, _, rest = token.info.strip().partition(" ") if token.type.endswith("fence") else ("", "", "")
    is_directive = name.startswith("{") and name.endswith("}")
    return (name[1:-1], rest.strip()) if is_directive else ("", "")


def remember_inlines(parser: MarkdownIt) -> None:
    """Let a parser read the text of the same paragraph, heading, or cell only once.

    What inline rules make of it depends on the links that are defined, and on nothing else in the document
    (CommonMark 0.31, "Phase 2: inline structure"); MyST takes references to footnotes as such even where none
    is defined. Other rules change tokens in place, so that each reading gets copies.
    """
    known: dict[object, list[Token]] = {}

    def inline(state: StateCore) -> None:
        links = state.env.get("references", {})
        defined = tuple((name, link["href"], link["title"]) for name, link in links.items())
        for token in state.tokens:
            if token.type == "inline":
                key = token.content, defined
                if key not in known:
                    if len(known) >= _MOST:
                        known.clear()
                    known[key] = []
                    state.md.inline.parse(token.content, state.md, state.env, known[key])
                token.children = _copied(known[key])

    parser.core.ruler.at("inline", inline)


def _copied(tokens: Iterable[Token]) -> list[Token]:
    copies = [*map(copy, tokens)]
    for token in copies:
        token.attrs, token.meta = {**token.attrs}, {**token.meta}
        if token.children:
            token.children = _copied(token.children)
    return copies
