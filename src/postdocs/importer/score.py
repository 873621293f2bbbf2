"""How much of a post gives it away as a machine's: HTML, backslashes, and odd fences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markdown_it.token import Token

from postdocs.importer.myst.render import MystReader, directive_of

_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
_WORD = re.compile(r"[^\W_]+")
_LITERAL = {"code_inline", "math_inline", "html_inline"}  # in these a backslash is one


@dataclass(frozen=True)
class Score:
    """What is counted in the Markdown of a post.

    html_blocks: blocks of HTML. escapes: characters with a backslash. odd_fences: blocks of code in a
    directive, or with attributes. words: of its text, for the rate.
    """

    html_blocks: int = 0
    escapes: int = 0
    odd_fences: int = 0
    words: int = 0

    def __add__(self, other: Score) -> Score:
        """Return the score of two posts together."""
        return Score(
            self.html_blocks + other.html_blocks,
            self.escapes + other.escapes,
            self.odd_fences + other.odd_fences,
            self.words + other.words,
        )

    def per_thousand_words(self) -> dict[str, float]:
        """Return the rates of all three, rounded to hundredths."""
        counted = {"html_blocks": self.html_blocks, "escapes": self.escapes, "odd_fences": self.odd_fences}
        return {name: round(1000 * number / max(self.words, 1), 2) for name, number in counted.items()}


def score(body: str, read: MystReader) -> Score:
    """Count what a reader of the Markdown of a post stumbles over; directives count with their text."""
    total = Score()
    for token in _all(body, read):
        name = directive_of(token)
        total += Score(
            html_blocks=token.type == "html_block",
            odd_fences=name == "code-block" or (token.type == "fence" and not name and bool(token.attrs)),
        )
        if token.type == "inline":
            literal = sum(
                len(_ESCAPE.findall(child.content))
                for child in token.children or ()
                if child.type in _LITERAL
            )
            text = " ".join(child.content for child in token.children or () if child.type == "text")
            escapes = len(_ESCAPE.findall(token.content)) - literal
            total += Score(escapes=max(escapes, 0), words=len(_WORD.findall(text)))
    return total


def _all(body: str, read: MystReader) -> Iterator[Token]:
    """Return the tokens of a text, and those of the text in directives."""
    tokens: Iterable[Token] = read.tokens(body)
    for token in tokens:
        yield token
        name = directive_of(token)
        if name and name != "code-block":
            yield from _all(token.content, read)
