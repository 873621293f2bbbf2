"""What modules of JavaScript and TypeScript say in literals, read as data: nothing of them runs.

Grammar: https://tc39.es/ecma262/. Literals, names of constants, members, spreads, and files of the folder
that a module imports are known; what only running a module could tell is UNKNOWN.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable
from typing import Any, TypeAlias

from postdocs.core.errors import PostdocsError
from postdocs.importer.folders.javascript.expressions import TooMuchError
from postdocs.importer.folders.javascript.module import Module
from postdocs.importer.folders.javascript.values import UNKNOWN, Function, member

__all__ = ["UNKNOWN", "Function", "Load", "arguments", "declared", "exported", "member"]

Load: TypeAlias = Callable[[str], "str | None"]
"""Returns the text of a file by its path from the top of the folder; None where it is not there."""

_SUFFIXES = ("", ".js", ".ts", ".mjs", ".cjs", ".json", "/index.js", "/index.ts")
_MOST = 200_000  # tokens that are read for one value
_DEEPEST = 100  # values in values, and modules that modules import


def exported(path: str, load: Load) -> Any:
    """Return what a module exports by default, or by `module.exports`; UNKNOWN where it does not say.

    A function counts as what it returns. Other exports are keys of a mapping, beside those of the default.
    """
    return _guarded(lambda: _Reading(load).module(path).exported(""))


def declared(text: str) -> dict[str, Any] | None:
    """Return the values of a text that is a literal in braces, or of the names that it declares.

    None where only running it could tell one of them.
    """
    is_literal = text.lstrip().startswith("{")
    files = {"a.js": f"export default {text}" if is_literal else text}
    read = _Reading(files.get).module("a.js")
    found = _guarded(read.exported if is_literal else read.declared)
    return found if isinstance(found, dict) and not _has_unknown(found) else None


def _has_unknown(value: Any) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return value is UNKNOWN or isinstance(value, Function) or any(map(_has_unknown, inner))


def arguments(path: str, load: Load, method: str) -> list[list[Any]]:
    """Return the arguments of each call of a method in a module, in their order.

    method: its name, after that of the member that has it, if there is one: `ignores.add`.
    """
    found = _guarded(lambda: [*_Reading(load).module(path).calls(method)])
    return [] if found is UNKNOWN else found


def _guarded(read: Callable[[], Any]) -> Any:
    try:
        return read()
    except (PostdocsError, RecursionError, TooMuchError):  # one that is no text says nothing either
        return UNKNOWN


class _Reading:
    """The modules of one reading, and how much of them it may still read."""

    def __init__(self, load: Load) -> None:
        self._load, self._left, self._depth = load, _MOST, 0
        self._modules: dict[str, Module] = {}

    def step(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise TooMuchError

    def nested(self, read: Callable[[], Any]) -> Any:
        if self._depth >= _DEEPEST:
            raise TooMuchError
        self._depth += 1
        try:
            return read()
        finally:
            self._depth -= 1

    def module(self, path: str) -> Module:
        if path not in self._modules:
            self._modules[path] = Module(path, self._load(path) or "", self)
        return self._modules[path]

    def imported(self, name: str, of: str, key: str) -> Any:
        """Return what a module of the folder exports by a name; "" is all of it. of: the one that asks."""
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(of), name))
        paths = (f"{whole}{end}" for end in _SUFFIXES) if name.startswith(".") else ()
        path = next((path for path in paths if self._load(path) is not None), None)
        if path is None:
            return UNKNOWN
        if not path.endswith(".json"):
            return self.nested(lambda: self.module(path).exported(key))
        try:
            value = json.loads(self._load(path) or "")
        except ValueError:
            return UNKNOWN
        return value if key in {"", "default"} else member(value, key)
