"""The values of expressions of JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from postdocs.importer.folders.javascript.tokens import Token, ends_of, text_of, tokens_of
from postdocs.importer.folders.javascript.values import UNKNOWN, Function, joined, member

_INNER = re.compile(r"\$\{(?P<code>[^{}`]*+)\}")
_CONSTANTS: Mapping[str, Any] = {"true": True, "false": False, "null": None, "undefined": None}
_WRAPPER = re.compile(r"(?:define|with)[A-Z]\w*")  # such as `defineConfig`, which returns what it gets
_BUILT = ["process", ".", "env", ".", "NODE_ENV"]  # a site is built for its readers in `production`
_DIGITS = 300  # of a number


class TooMuchError(Exception):
    """A module says more than a person writes."""


class Reading(Protocol):
    """What modules share that are read for one value. All methods may raise TooMuchError."""

    def step(self) -> None:
        """Count a token that is read."""

    def nested(self, read: Callable[[], Any], /) -> Any:
        """Return what a function reads that goes one step deeper."""

    def imported(self, name: str, of: str, key: str, /) -> Any:
        """Return what a module of the folder exports by a name; "" is all of it. of: the one that asks."""


class Expressions:
    """The expressions of a module.

    The places of one are those of its first token and of the token behind its last.
    """

    def __init__(self, path: str, text: str, reading: Reading) -> None:
        self._path, self._reading = path, reading
        self._tokens: list[Token] = tokens_of(text)
        self._ends = ends_of(self._tokens)
        self._names: dict[str, Callable[[], Any]] = {}  # what gives the values of names

    def _text(self, at: int) -> str:
        return self._tokens[at].text if 0 <= at < len(self._tokens) else ""

    def _kind(self, at: int) -> str:
        return self._tokens[at].kind if 0 <= at < len(self._tokens) else ""

    def _close(self, at: int) -> int:
        """Return the place of the bracket that closes one; the end of the module where none does."""
        return self._ends.get(at, len(self._tokens))

    def _after_type(self, at: int) -> int:
        """Return the place behind the type that TypeScript gives a name."""
        if self._text(at) == ":":
            while at < len(self._tokens) and self._text(at) not in {"=", ";"}:
                at = self._ends.get(at, at) + 1
        return at

    def _end(self, at: int) -> int:
        """Return where an expression of a statement ends (ECMA-262 §12.10)."""
        start = at
        while at < len(self._tokens):
            self._reading.step()
            token = self._tokens[at]
            is_new = token.begins_line and at > start and self._tokens[at - 1].ends_value
            if token.text in {";", ",", ")", "]", "}"} or (is_new and token.is_word):
                break
            at = self._ends.get(at, at) + 1
        return min(at, len(self._tokens))

    def _pieces(self, start: int, end: int, *signs: str) -> list[tuple[int, int]]:
        """Part a range at signs outside of brackets; nothing is left of empty parts."""
        pieces: list[tuple[int, int]] = []
        at = start
        while at < end:
            self._reading.step()
            if self._text(at) in signs:
                pieces.append((start, at))
                start = at + 1
            at = self._ends.get(at, at) + 1
        return [piece for piece in (*pieces, (start, end)) if piece[0] < piece[1]]

    def _value(self, start: int, end: int) -> Any:
        return self._reading.nested(lambda: self._expression(start, end))

    def _expression(self, start: int, end: int) -> Any:
        start, end = self._pieces(start, end, "as", "satisfies")[0] if start < end else (start, end)
        if start >= end:
            return UNKNOWN
        if (function := self._function(start, end)) is not None:
            return function
        if len(whole := self._pieces(start, end, "?")) > 1:
            return self._choice(whole[0], whole[1][0], end)
        if len(choices := self._pieces(start, end, "||", "??")) > 1:
            values = (self._value(*piece) for piece in choices)
            return next((value for value in values if value is not UNKNOWN and value), UNKNOWN)
        for signs in (("===", "=="), ("!==", "!=")):
            if len(sides := self._pieces(start, end, *signs)) > 1:
                left, right = (self._value(*side) for side in sides[:2])
                return UNKNOWN if UNKNOWN in (left, right) else (left == right) is ("==" in signs)
        terms = self._pieces(start, end, "+")
        return joined([self._value(*term) for term in terms]) if len(terms) > 1 else self._simple(start, end)

    def _choice(self, condition: tuple[int, int], start: int, end: int) -> Any:
        """Return the value of `condition ? one : other`."""
        branches = self._pieces(start, end, ":")
        chosen = self._value(*condition)
        if chosen is UNKNOWN or len(branches) != 2:  # noqa: PLR2004 - one and the other
            return UNKNOWN
        return self._value(*branches[0 if chosen else 1])

    def _function(self, start: int, end: int) -> Function | None:
        """Return a function, None where an expression is none."""
        at = start + 1 if self._text(start) == "async" else start
        if self._text(at) == "function":
            while at < end and self._text(at) != "{":
                at = self._ends.get(at, at) + 1
            return self._with_body(at)
        arrow = self._close(at) + 1 if self._text(at) == "(" else at + 1
        while self._text(at) == "(" and self._text(arrow) == ":" and arrow < end:
            arrow = self._after_type(arrow)
        if self._text(arrow) != "=>" or arrow >= end:
            return None
        if self._text(arrow + 1) == "{":
            return self._with_body(arrow + 1)
        return Function(self._value(arrow + 1, end))

    def _with_body(self, at: int) -> Function:
        """Return a function by the place of the brace that its body begins with."""
        end, found = self._close(at), Function()
        at += 1
        while at < end:
            self._reading.step()
            if self._text(at) == "return":
                found = Function(self._value(at + 1, self._end(at + 1)))
            at = self._ends.get(at, at) + 1
        return found

    def _simple(self, start: int, end: int) -> Any:
        """Return the value of what has no operators around it."""
        first = self._text(start)
        if end == start + 1:
            return self._literal(start)
        readers = {"(": self._value, "[": self._items, "{": self._mapping}
        if first in readers and self._close(start) == end - 1:
            return readers[first](start + 1, end - 1)
        if first == "-" and isinstance(number := self._value(start + 1, end), int | float):
            return -number
        return self._postfixed(start, end)

    def _postfixed(self, start: int, end: int) -> Any:
        """Return the value of a member, or of a call."""
        if [self._text(at) for at in range(start, min(end, start + len(_BUILT) + 1))] == _BUILT:
            return "production"
        if self._text(end - 2) in {".", "?."} and self._kind(end - 1) == "name":
            return member(self._value(start, end - 2), self._text(end - 1))
        if self._text(start + 1) == "(" and self._close(start + 1) == end - 1:
            return self._call(self._text(start), start + 2, end - 1)
        return UNKNOWN

    def _call(self, name: str, start: int, end: int) -> Any:
        """Return what a function that is known returns. start, end: of its arguments."""
        pieces = self._pieces(start, end, ",")
        if name == "require" and len(pieces) == 1 and self._kind(start) == "text":
            return self._reading.imported(text_of(self._text(start)), self._path, "")
        value = self._value(*pieces[0]) if pieces and _WRAPPER.fullmatch(name) else UNKNOWN
        return value if isinstance(value, dict | Function) else UNKNOWN

    def _literal(self, at: int) -> Any:
        text = self._text(at)
        if self._kind(at) == "number":
            return float(text.replace("_", "")) if "." in text else int(text.replace("_", "")[:_DIGITS])
        if self._kind(at) == "name":
            return _CONSTANTS[text] if text in _CONSTANTS else self._named(text)
        if self._kind(at) != "text":
            return UNKNOWN
        return self._template(text) if text.startswith("`") and "${" in text else text_of(text)

    def _template(self, literal: str) -> Any:
        """Return a template literal whose values are known by their names."""
        values: list[Any] = []
        rest = 0
        inner = literal[1:-1]
        for match in _INNER.finditer(inner):
            value = self._member_of(match["code"].strip())
            values += [text_of(f"`{inner[rest : match.start()]}`"), value]
            rest = match.end()
        values.append(text_of(f"`{inner[rest:]}`") if "${" not in inner[rest:] else UNKNOWN)
        return joined(values)

    def _member_of(self, path: str) -> Any:
        name, *keys = path.split(".")
        value = self._named(name)
        for key in keys:
            value = member(value, key)
        return value

    def _named(self, name: str) -> Any:
        return self._reading.nested(self._names[name]) if name in self._names else UNKNOWN

    def _items(self, start: int, end: int) -> list[Any]:
        items: list[Any] = []
        for at, stop in self._pieces(start, end, ","):
            if self._text(at) == "...":
                spread = self._value(at + 1, stop)
                items += spread if isinstance(spread, list) else [UNKNOWN]
            else:
                items.append(self._value(at, stop))
        return items

    def _mapping(self, start: int, end: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for at, stop in self._pieces(start, end, ","):
            if self._text(at) == "...":
                spread = self._value(at + 1, stop)
                values |= spread if isinstance(spread, dict) else {}
                continue
            key = text_of(self._text(at)) if self._kind(at) == "text" else self._text(at)
            if self._text(at + 1) == ":":
                values[key] = self._value(at + 2, stop)
            elif stop == at + 1 and self._kind(at) == "name":
                values[key] = self._named(key)
            elif self._text(at + 1) == "(":
                values[key] = Function()
            elif self._text(at + 2) == "(" and self._text(at) in {"async", "get", "*"}:
                values[self._text(at + 1)] = Function() if key == "async" else UNKNOWN
        return values
