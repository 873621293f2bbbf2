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
    "SettingError": (0,),
    "Problem": (2,),
    "Broken": (2,),
    "_nowhere": (0,),
    "Unclosed": (1,),
    "warning": (0,),
    "tell": (0,),
    "_tell": (0,),
    "refuse": (1,),
}
_DEEPEST = 3  # of names that stand for names
_Assigned = tuple[str, ast.expr, bool]  # a name, what is assigned to it, and whether it is for certain


@dataclass(frozen=True, order=True)
class Message:
    """What is wrong, and what to do. Both have an ellipsis for what differs from case to case."""

    wrong: str
    remedy: str


@dataclass(frozen=True)
class _Scope:
    """Where a statement is: the assignments to names before it, in their order.

    returned: what functions of the module return.
    """

    assigned: tuple[_Assigned, ...]
    returned: Mapping[str, list[ast.expr]]

    def of(self, name: str) -> Iterator[ast.expr]:
        """Yield what a name may stand for: what was assigned last, under a condition or not."""
        for other, value, is_certain in reversed(self.assigned):
            if other == name:
                yield value
                if is_certain:
                    return


def messages_of(code: str) -> list[Message]:
    """Return the messages in a module, in its order, each once, but for those that are all open."""
    module = ast.parse(code)
    returned = {
        function.name: [
            node.value for node in ast.walk(function) if isinstance(node, ast.Return) and node.value
        ]
        for function in module.body
        if isinstance(function, ast.FunctionDef)
    }
    found = (
        message
        for assigned, statement in _statements(module.body, ())
        for scope in [_Scope(assigned, returned)]
        for node in ast.walk(statement)
        if isinstance(node, ast.Call)
        for message in _told(node, scope)
    )
    return [*dict.fromkeys(found)]


def _statements(
    body: list[ast.stmt], outer: tuple[_Assigned, ...]
) -> Iterator[tuple[tuple[_Assigned, ...], ast.stmt]]:
    """Yield the simple statements of a body, those of blocks in it included, and what is assigned before."""
    assigned = [*outer]
    for statement in body:
        blocks = [getattr(statement, name, []) for name in ("body", "orelse", "finalbody")]
        blocks += [part.body for part in getattr(statement, "handlers", ())]
        for block in filter(None, blocks):
            yield from _statements(block, tuple(assigned))
            if not isinstance(statement, ast.FunctionDef | ast.ClassDef):
                inner = (node for part in block for node in ast.walk(part))
                assigned += (pair for node in inner for pair in _pairs(node, is_certain=False))
        if not any(blocks):
            yield tuple(assigned), statement
            assigned += _pairs(statement, is_certain=True)


def _pairs(statement: ast.AST, *, is_certain: bool) -> Iterator[_Assigned]:
    if isinstance(statement, ast.Assign):
        target, value = statement.targets[0], statement.value
        pairs = [(target, value)]
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            pairs = [*zip(target.elts, value.elts, strict=False)]
        yield from ((name.id, part, is_certain) for name, part in pairs if isinstance(name, ast.Name))


def _told(call: ast.Call, scope: _Scope) -> Iterator[Message]:
    name: str = getattr(call.func, "id", "") or getattr(call.func, "attr", "")
    arguments = call.args
    if name == "append" and arguments and isinstance(arguments[0], ast.Tuple):  # of pairs for `refuse`
        name, arguments = "refuse", arguments[0].elts
    places = _TELLERS.get(name, ())
    if not places or len(arguments) <= places[-1]:
        return
    told = [arguments[place] for place in places]
    options = [_texts(argument, scope) for argument in told]
    are_pairs = all(isinstance(argument, ast.Name) for argument in told) and len({*map(len, options)}) == 1
    for parts in zip(*options, strict=True) if are_pairs else itertools.product(*options):
        wrong, _, remedy = parts[0].partition("; ") if len(parts) == 1 else (parts[0], "", parts[1])
        if wrong.strip(f"{_OPEN}' :"):
            yield Message(wrong.replace("%s", _OPEN), remedy)


def _texts(node: ast.expr, scope: _Scope, depth: int = 0) -> list[str]:
    """Return what an expression may say."""
    texts: list[str] = []
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        texts = [node.value]
    elif isinstance(node, ast.FormattedValue) and not isinstance(node.value, ast.Call):
        texts = _texts(node.value, scope, depth)
    elif isinstance(node, ast.JoinedStr):
        parts = (_texts(value, scope, depth) for value in node.values)
        texts = ["".join(chosen) for chosen in itertools.product(*parts)]
    elif isinstance(node, ast.IfExp):
        texts = [*_texts(node.body, scope, depth), *_texts(node.orelse, scope, depth)]
    elif isinstance(node, ast.Name) and depth < _DEEPEST:
        texts = [text for value in scope.of(node.id) for text in _texts(value, scope, depth + 1)]
    elif isinstance(node, ast.BoolOp):  # `x and y` says what `y` does
        texts = _texts(node.values[-1], scope, depth)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and depth < _DEEPEST:
        said = scope.returned.get(node.func.id, [])
        texts = [text for value in said for text in _texts(value, scope, depth + 1)]
    return texts or [_OPEN]
