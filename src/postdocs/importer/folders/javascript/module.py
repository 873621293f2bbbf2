"""A module of JavaScript: what it declares, imports, and exports."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from postdocs.importer.folders.javascript.expressions import Expressions, Reading
from postdocs.importer.folders.javascript.tokens import text_of
from postdocs.importer.folders.javascript.values import UNKNOWN, Function, member

_DECLARING = frozenset({"const", "let", "var"})


class Module(Expressions):
    """A module, by its path from the top of the folder, and its text."""

    def __init__(self, path: str, text: str, reading: Reading) -> None:
        super().__init__(path, text, reading)
        self._declare()

    def declared(self) -> dict[str, Any]:
        """Return the value of each name that is declared."""
        return {name: self._named(name) for name in self._names}

    def exported(self, name: str = "") -> Any:
        """Return what is exported by a name; "" is all of it, with that of the default at the top."""
        named: dict[str, Any] = {}
        default: Any = UNKNOWN
        for at in range(len(self._tokens)):
            words = [self._text(at + more) for more in range(4)]
            if words[:2] in (["export", "default"], ["exports", "="]):
                default = self._value(at + 2, self._end(at + 2))
            elif words[:2] == ["exports", "."] and words[3] == "=":
                named[words[2]] = self._value(at + 4, self._end(at + 4))
            elif words[0] == "export" and words[1] in _DECLARING:
                named[words[2]] = self._named(words[2])
        default = default.returned if isinstance(default, Function) else default
        if name not in {"", "default"}:
            return named.get(name, member(default, name))
        if default is UNKNOWN:
            return named or UNKNOWN
        return {**named, **default} if isinstance(default, dict) else default

    def calls(self, method: str) -> Iterator[list[Any]]:
        """Yield the arguments of each call of a method, or of that of a member, such as `ignores.add`."""
        words = [*(word for name in method.split(".") for word in (".", name)), "("]
        for start in range(len(words), len(self._tokens) + 1):
            if all(self._text(at) == word for at, word in enumerate(words, start - len(words))):
                yield [self._value(*piece) for piece in self._pieces(start, self._close(start - 1), ",")]

    def _declare(self) -> None:
        """Note how to read the value of each name that is given one once."""
        given: list[str] = []
        for at in range(len(self._tokens)):
            word = self._text(at)
            if word == "=" and self._kind(at - 1) == "name" and self._text(at - 2) not in {".", *_DECLARING}:
                given.append(self._text(at - 1))
            if self._kind(at) != "name" or self._text(at - 1) == ".":
                continue
            if word == "import":
                self._declare_imports(at + 1)
            elif word in _DECLARING and self._text(at + 1) == "{":
                end = self._close(at + 1)
                for name, key in self._pairs(at + 2, end):
                    self._names[name] = partial(self._declared, end + 2, key)
            elif word in _DECLARING:
                start = self._after_type(at + 2)
                if self._text(start) == "=":
                    self._names[self._text(at + 1)] = partial(self._declared, start + 1, "")
        for name in given:
            self._names.pop(name, None)

    def _declared(self, start: int, key: str) -> Any:
        value = self._value(start, self._end(start))
        return member(value, key) if key else value

    def _declare_imports(self, at: int) -> None:
        """Note what a statement of imports gives. at: the place after the word `import`."""
        names: list[tuple[str, str]] = []
        while self._text(at) not in {"from", "", ";", "(", "import"} and self._kind(at) != "text":
            if self._text(at) == "{":
                names += self._pairs(at + 1, self._close(at))
                at = self._close(at)
            elif self._text(at) == "*":
                names.append((self._text(at + 2), ""))
                at += 2
            elif self._kind(at) == "name":
                names.append((self._text(at), "default"))
            at += 1
        file = text_of(self._text(at + 1)) if self._kind(at + 1) == "text" else ""
        for name, key in names:
            self._names[name] = partial(self._reading.imported, file, self._path, key)

    def _pairs(self, at: int, end: int) -> list[tuple[str, str]]:
        """Return the names of a pattern in braces, each with the key that it stands for."""
        pieces = self._pieces(at, end, ",")
        return [(self._text(stop - 1), self._text(start)) for start, stop in pieces]
