"""The words of a LaTeX formula."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ClassVar

from postdocs.sphinx_ext.math.macros import Macro

_MOST_EXPANSIONS = 1000
_LONGEST = 20_000  # characters; docutils takes time by their square
# XML 1.0 §2.2: what no document can hold.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME = re.compile(r"\\(?:[A-Za-z]+|.)")
_STARRED = "operatorname|tag|hspace|(?:re)?newcommand|providecommand"
_WORD = re.compile(rf"\\(?:{_STARRED})\*|\\[A-Za-z]+|\\.|%[^\n]*|\s+|.", re.DOTALL)
_ROW_SPACE = re.compile(r"\s*\[\s*-?[\d.]+\s*[a-z]{2}\s*\]")


def words_of(latex: str) -> list[str]:
    """Return the words of LaTeX, without comments."""
    return [word for word in _WORD.findall(latex) if not word.startswith("%")]


class Words:
    """The words that are left of a formula: commands, and single characters; macros are what they stand for.

    macros: by their names. Those that the formula defines are added.

    Raises
    ------
    ValueError
        The formula can't be in a page, or is too long to be one.

    """

    def __init__(self, latex: str, macros: dict[str, Macro]) -> None:
        forbidden = _NOT_XML.search(latex)
        if forbidden:
            raise ValueError(f"U+{ord(forbidden[0]):04X} can't be in a page")
        if len(latex) > _LONGEST:
            raise ValueError(f"it is longer than {_LONGEST} characters")
        self._words = words_of(latex)[::-1]
        self._macros = macros
        self._expansions = 0

    def raw(self) -> str:
        """Take an argument as it is."""
        self.peek()
        return "".join(self._group())

    def raw_option(self) -> str:
        """Take what is in brackets as it is, if that is next."""
        self.peek()
        return "".join(self._option() or "")

    def skip_row_space(self) -> None:
        """Leave out what can follow the end of a row: a star, and how far it is to the next."""
        if self._words and self._words[-1] == "*":
            self._words.pop()
        space = _ROW_SPACE.match("".join(self._words[:-21:-1]))
        taken = 0
        while space and taken < space.end():
            taken += len(self._words.pop())

    def peek(self) -> str:
        """Return the next word, which stays; nothing at the end."""
        while word := self._next():
            if word in self._DEFINITIONS:
                self._words.pop()
                self._DEFINITIONS[word](self)
            elif word in self._macros:
                self._words.pop()
                self._expand(self._macros[word])
            else:
                break
        return word

    def next(self, *, rows: bool = False) -> str:
        """Take a word. rows: whether an empty line ends a row, as Sphinx has it."""
        empty_line = rows and bool(self._words) and re.fullmatch(r"\s*\n\s*\n\s*", self._words[-1])
        word = self.peek()
        if word and empty_line:
            return r"\\"
        return self._words.pop() if word else ""

    def _next(self) -> str:
        while self._words and self._words[-1].isspace():
            self._words.pop()
        return self._words[-1] if self._words else ""

    def _group(self) -> list[str]:
        """Take an argument; what is in braces comes without them."""
        word = self._next()
        if word in {"", "}"}:
            raise ValueError("an argument is missing")
        self._words.pop()
        if word != "{":
            return [word]
        taken: list[str] = []
        depth = 1
        while self._words:
            following = self._words.pop()
            depth += {"{": 1, "}": -1}.get(following, 0)
            if not depth:
                return taken
            taken.append(following)
        raise ValueError("} is missing")

    def _option(self) -> list[str] | None:
        """Take what is in brackets, if that is next."""
        if self._next() != "[":
            return None
        self._words.pop()
        taken: list[str] = []
        while self._words and (taken.count("{") > taken.count("}") or self._words[-1] != "]"):
            taken.append(self._words.pop())
        if not self._words:
            raise ValueError("] is missing")
        self._words.pop()
        return taken

    def _expand(self, macro: Macro) -> None:
        """Put what a macro stands for in its place."""
        self._expansions += 1
        arguments: list[list[str]] = []
        if macro.default is not None and macro.arguments:
            option = self._option()
            arguments.append([*macro.default] if option is None else option)
        while len(arguments) < macro.arguments:
            arguments.append(self._group())
        self._words += macro.filled(arguments)[::-1]
        if self._expansions > _MOST_EXPANSIONS or len(self._words) > _LONGEST:
            raise ValueError("its macros stand for more than anybody reads")

    def _define_command(self) -> None:
        r"""Read what follows `\newcommand`."""
        name = self._name(self._group())
        number = "".join(self._option() or "0").strip()
        default = self._option()
        if not number.isdecimal():
            raise ValueError(f"{name} takes {number} arguments, which is no number")
        body = tuple(self._group())
        self._macros[name] = Macro(body, int(number), None if default is None else tuple(default))

    def _provide_command(self) -> None:
        r"""Read what follows `\providecommand`; what is known already stays what it is."""
        defined_before = {**self._macros}
        self._define_command()
        self._macros.update(defined_before)

    def _define(self) -> None:
        r"""Read what follows `\def`."""
        name = self._name([self._next()])
        self._words.pop()
        parameters: list[str] = []
        while self._words and self._words[-1] != "{":
            parameters.append(self._words.pop())
        text = "".join("".join(parameters).split())
        if text != "".join(f"#{number}" for number in range(1, text.count("#") + 1)):
            raise ValueError(f"the arguments {text} of {name} are not known")
        self._macros[name] = Macro(tuple(self._group()), text.count("#"))

    def _define_operator(self) -> None:
        r"""Read what follows `\DeclareMathOperator`."""
        name = self._name(self._group())
        self._macros[name] = Macro((r"\operatorname", "{", *self._group(), "}"))

    def _name(self, words: list[str]) -> str:
        name = "".join(words).strip()
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name or 'nothing'} is no name of a command")
        return name

    _DEFINITIONS: ClassVar[dict[str, Callable[[Words], None]]] = {
        **dict.fromkeys(
            (r"\newcommand", r"\newcommand*", r"\renewcommand", r"\renewcommand*"), _define_command
        ),
        **dict.fromkeys((r"\providecommand", r"\providecommand*"), _provide_command),
        **dict.fromkeys((r"\def", r"\gdef"), _define),
        r"\DeclareMathOperator": _define_operator,
    }


def plain(text: str) -> str:
    """Return text without commands and groups."""
    text = re.sub(r"\\(?:emph|text[a-z]+|math[a-z]+)\b", "", text)
    text = re.sub(r"\\([%&#_ ])", r"\1", re.sub(r"\\[,;:!]", "\u2009", text))
    text = re.sub(r"[{}]", "", text).replace("~", "\u00a0")
    if "\\" in text:
        raise ValueError(f"{text!r} is not plain text")
    return text
