"""The messages of the program, as its own code has them."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_OPEN = "…"  # what is known only when the message is made
# What tells of a mistake, and which of its arguments do so: what is wrong, and the remedy.
_TELLERS: Mapping[str, tuple[int, ...]] = {
    "PostdocsError": (2, 3),
    "_WrongValueError": (0, 1),
    "ConfigError": (0,),
    "ValueError": (0,),
    "warning": (0,),
    "refuse": (1,),
}
_DEEPEST = 3  # of names that stand for names


@dataclass(frozen=True, order=True)
class Message:
    """What is wrong, and what to do. Both have an ellipsis for what differs from case to case."""

    wrong: str
    remedy: str


@dataclass(frozen=True)
class _Scope:
    """Where a statement is: the assignments to names there, in their order, and its own place."""

    assigned: tuple[tuple[str, ast.stmt, ast.expr], ...]
    statement: ast.stmt

    def of(self, name: str) -> Iterator[ast.expr]:
        """Yield what a name may stand for: what was assigned last, under a condition or not."""
        for other, place, value in reversed(self.assigned):
            if other == name and place.lineno < self.statement.lineno:
                yield value
                if place.col_offset <= self.statement.col_offset:
                    return


def messages_of(code: str) -> list[Message]:
    """Return the messages in a module, in its order, each once, but for those that are all open."""
    found = (
        message
        for scope in _scopes(ast.parse(code).body, ())
        for node in ast.walk(scope.statement)
        if isinstance(node, ast.Call)
        for message in _told(node, scope)
    )
    return [*dict.fromkeys(found)]


def _scopes(body: list[ast.stmt], outer: tuple[tuple[str, ast.stmt, ast.expr], ...]) -> Iterator[_Scope]:
    """Yield the simple statements of a body, those of functions and classes in it included."""
    assigned = [*outer]
    for statement in body:
        blocks = [getattr(statement, name, []) for name in ("body", "orelse", "finalbody")]
        blocks += [
            part.body for part in [*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())]
        ]
        for block in filter(None, blocks):
            inner = [*_scopes(block, tuple(assigned))]
            yield from inner
            if not isinstance(statement, ast.FunctionDef | ast.ClassDef) and inner:
                assigned += [found for found in inner[-1].assigned if found not in assigned]
        if not any(blocks):
            yield _Scope(tuple(assigned), statement)
        if isinstance(statement, ast.Assign):
            assigned += ((name, statement, value) for name, value in _pairs(statement))


def _pairs(statement: ast.Assign) -> Iterator[tuple[str, ast.expr]]:
    target, value = statement.targets[0], statement.value
    pairs = [(target, value)]
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        pairs = [*zip(target.elts, value.elts, strict=False)]
    yield from ((name.id, part) for name, part in pairs if isinstance(name, ast.Name))


def _told(call: ast.Call, scope: _Scope) -> Iterator[Message]:
    name: str = getattr(call.func, "id", "") or getattr(call.func, "attr", "")
    arguments = call.args
    if name == "append" and arguments and isinstance(arguments[0], ast.Tuple):  # of pairs for `refuse`
        name, arguments = "refuse", arguments[0].elts
    places = _TELLERS.get(name, ())
    if not places or len(arguments) <= places[-1]:
        return
    for parts in itertools.product(*(_texts(arguments[place], scope) for place in places)):
        wrong, _, remedy = parts[0].partition("; ") if len(parts) == 1 else (parts[0], "", parts[1])
        if wrong.strip(f"{_OPEN}' :"):
            yield Message(wrong, remedy)


def _texts(node: ast.expr, scope: _Scope, depth: int = 0) -> list[str]:
    """Return what an expression may say."""
    texts: list[str] = []
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        texts = [node.value]
    elif isinstance(node, ast.FormattedValue):
        texts = _texts(node.value, scope, depth)
    elif isinstance(node, ast.JoinedStr):
        parts = (_texts(value, scope, depth) for value in node.values)
        texts = ["".join(chosen) for chosen in itertools.product(*parts)]
    elif isinstance(node, ast.IfExp):
        texts = [*_texts(node.body, scope, depth), *_texts(node.orelse, scope, depth)]
    elif isinstance(node, ast.Name) and depth < _DEEPEST:
        texts = [text for value in scope.of(node.id) for text in _texts(value, scope, depth + 1)]
    return texts or [_OPEN]
