"""The words of a LaTeX formula."""

from __future__ import annotations

import re

_LONGEST = 20_000  # characters; docutils takes time by their square
# XML 1.0 §2.2: what no document can hold.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WORD = re.compile(r"\\(?:operatorname|tag|hspace)\*|\\[A-Za-z]+|\\.|%[^\n]*|\s+|.", re.DOTALL)
_ROW_SPACE = re.compile(r"\s*\[\s*-?[\d.]+\s*[a-z]{2}\s*\]")


class Words:
    """The words that are left of a formula: commands, and single characters. Comments are none.

    Raises
    ------
    ValueError
        The formula can't be in a page, or is too long to be one.

    """

    def __init__(self, latex: str) -> None:
        found = _NOT_XML.search(latex)
        if found:
            raise ValueError(f"U+{ord(found[0]):04X} can't be in a page")
        if len(latex) > _LONGEST:
            raise ValueError(f"it is longer than {_LONGEST} characters")
        self._words = [word for word in reversed(_WORD.findall(latex)) if not word.startswith("%")]

    def raw(self) -> str:
        """Take an argument as it is."""
        word = self.next()
        if word not in {"", "{", "}"}:
            return word
        taken: list[str] = []
        depth = 1
        while self._words and word == "{":
            following = self._words.pop()
            depth += {"{": 1, "}": -1}.get(following, 0)
            if not depth:
                return "".join(taken)
            taken.append(following)
        raise ValueError("} is missing" if word == "{" else "an argument is missing")

    def skip_row_space(self) -> None:
        """Leave out what can follow the end of a row: a star, and how far it is to the next."""
        if self._words and self._words[-1] == "*":
            self._words.pop()
        found = _ROW_SPACE.match("".join(self._words[:-21:-1]))
        taken = 0
        while found and taken < found.end():
            taken += len(self._words.pop())

    def peek(self) -> str:
        """Return the next word, which stays; nothing at the end."""
        while self._words and self._words[-1].isspace():
            self._words.pop()
        return self._words[-1] if self._words else ""

    def next(self, *, rows: bool = False) -> str:
        """Take a word. rows: whether an empty line ends a row, as Sphinx has it."""
        empty_line = rows and bool(self._words) and re.fullmatch(r"\s*\n\s*\n\s*", self._words[-1])
        word = self.peek()
        if word and empty_line:
            return r"\\"
        return self._words.pop() if word else ""


def plain(text: str) -> str:
    """Return text without commands and groups."""
    text = re.sub(r"\\(?:emph|text[a-z]+|math[a-z]+)\b", "", text)
    text = re.sub(r"\\([%&#_ ])", r"\1", re.sub(r"\\[,;:!]", "\u2009", text))
    text = re.sub(r"[{}]", "", text).replace("~", "\u00a0")
    if "\\" in text:
        raise ValueError(f"{text!r} is not plain text")
    return text
