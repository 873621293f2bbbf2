"""The tokens of JavaScript and TypeScript: https://tc39.es/ecma262/#sec-ecmascript-language-lexical-grammar."""

from __future__ import annotations

import re
from dataclasses import dataclass

# What never ends goes to the end of its line, or of the module.
_TOKEN = re.compile(
    r"(?P<gap>(?:\s|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z))++)"
    r"|(?P<name>[A-Za-z_$][\w$]*+)"
    r"|(?P<number>\d[\d_]*+(?:\.\d++)?)"
    r"|(?P<text>\"(?:\\.|[^\"\\\n])*+(?:\"|\\?\Z|)|'(?:\\.|[^'\\\n])*+(?:'|\\?\Z|)|`(?:\\.|[^`\\])*+(?:`|\\?\Z))"
    r"|(?P<sign>=>|\.\.\.|\?\?|\?\.|\|\||&&|[=!]==?|.)",
    re.DOTALL,
)
_REGEX = re.compile(r"/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n]){0,200}+\]|[^/\\\n\[]){1,500}+/[a-z]*+")
_ESCAPE = re.compile(
    r"\\(?:u\{(?P<point>[0-9a-fA-F]{1,5})\}|u(?P<four>[0-9a-fA-F]{4})|(?P<one>.))", re.DOTALL
)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "\n": ""}
_PAIRS = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True)
class Token:
    """A token. kind: `name`, `number`, `text`, `regex`, or `sign`. begins_line: whether one is before it."""

    kind: str
    text: str
    begins_line: bool

    @property
    def is_word(self) -> bool:
        """Whether it begins a statement where it begins a line after a whole expression."""
        return self.kind == "name" and self.text not in {"as", "satisfies", "in", "instanceof"}

    @property
    def ends_value(self) -> bool:
        """Whether an expression may end with it."""
        return self.kind != "sign" or self.text in {")", "]", "}"}


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of a module; characters that make none are signs."""
    tokens: list[Token] = []
    at, begins = 0, True
    while at < len(text):
        can_be_regex = text[at] == "/" and not (tokens and tokens[-1].ends_value)
        match = (_REGEX.match(text, at) if can_be_regex else None) or _TOKEN.match(text, at)
        if match is None:
            break
        kind = match.lastgroup or "regex"
        if kind == "gap":
            begins = begins or "\n" in match[0]
        else:
            tokens.append(Token(kind, match[0], begins))
            begins = False
        at = match.end()
    return tokens


def ends_of(tokens: list[Token]) -> dict[int, int]:
    """Return the place of the bracket that closes each, of those that one closes."""
    ends: dict[int, int] = {}
    open_: list[int] = []
    for at, token in enumerate(tokens):
        if token.kind != "sign":
            continue
        if token.text in _PAIRS:
            open_.append(at)
        elif open_ and token.text == _PAIRS[tokens[open_[-1]].text]:
            ends[open_.pop()] = at
    return ends


def text_of(literal: str) -> str:
    """Return what a literal of text means."""

    def character(match: re.Match[str]) -> str:
        code = match["point"] or match["four"]
        return chr(int(code, 16)) if code else _ESCAPED.get(match["one"], match["one"])

    return _ESCAPE.sub(character, literal[1:-1])
