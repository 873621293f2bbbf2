"""The directives of reStructuredText and Sphinx that show another file of the source folder."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from docutils.parsers.rst.directives.tables import CSVTable
from docutils.statemachine import StringList

_MOST_FILES, _MOST_CHARACTERS = 100, 2**20  # that one text may include
_LOOKS = frozenset({
    "language", "caption", "linenos", "emphasize-lines", "name", "class", "lineno-start", "lineno-match",
    "number-lines", "force", "encoding", "tab-width", "width", "code", "literal",
})  # fmt: skip
_PARTS = frozenset({
    "lines", "start-line", "end-line", "start-after", "start-at", "end-before", "end-at", "dedent",
    "pyobject", "prepend", "append",
})  # fmt: skip
_RANGE = re.compile(r"(?P<start>\d*)(?P<dash>-?)(?P<end>\d*)")


class PartError(Exception):
    """An option of a directive that can't be followed, for its message."""


@dataclass
class Inclusions:
    """The files that a text shows. load: the text of one by the path that names it, None where it is none."""

    load: Callable[[str], str | None]
    waiting: list[str] = field(default_factory=list)
    files: int = 0
    characters: int = 0

    def text(self, name: str) -> str:
        """Return the text of a file.

        Raises
        ------
        PartError
            It is not there, includes itself, or is too much.

        """
        text = self.load(name)
        if text is None:
            raise PartError("the file, which is not in the folder")
        self.files += 1
        self.characters += len(text)
        if name in self.waiting or self.files > _MOST_FILES or self.characters > _MOST_CHARACTERS:
            raise PartError("files that include each other, or too many of them")
        return text


def part_of(text: str, options: Mapping[str, Any]) -> str:
    """Return the lines of a file that the options of a directive select, as Sphinx and docutils do.

    Raises
    ------
    PartError
        An option is not known, or selects nothing.

    """
    if unknown := sorted(set(options) - _LOOKS - _PARTS):
        raise PartError(f"its option {unknown[0]}")
    lines = text.splitlines()
    if name := options.get("pyobject"):
        lines = _object(text, name)
    if "lines" in options:
        lines = [lines[at] for at in _numbers(options["lines"], len(lines))]
    if "start-line" in options or "end-line" in options:
        lines = lines[_integer(options.get("start-line")) : _integer(options.get("end-line"))]
    for key in ("start-after", "start-at", "end-before", "end-at"):
        if mark := options.get(key):
            lines = _cut(lines, key, mark)
    if "dedent" in options:
        width = _integer(options["dedent"] or None)
        joined = "\n".join(lines)
        lines = (
            textwrap.dedent(joined) if width is None else re.sub(rf"(?m)^[ ]{{0,{width}}}", "", joined)
        ).split("\n")
    around = (options.get("prepend"), "\n".join(lines), options.get("append"))
    return "\n".join(part for part in around if part)


def _cut(lines: Sequence[str], key: str, mark: str) -> list[str]:
    at = next((at for at, line in enumerate(lines) if mark in line), None)
    if at is None:
        raise PartError(f"where to cut it: no line has “{mark}”")
    return {
        "start-after": list(lines[at + 1 :]),
        "start-at": list(lines[at:]),
        "end-before": list(lines[:at]),
        "end-at": list(lines[: at + 1]),
    }[key]


def _integer(text: str | None) -> int | None:
    if text is None:
        return None
    if not re.fullmatch(r"-?\d{1,6}", text.strip()):
        raise PartError(f"the number {text}")
    return int(text)


def _numbers(text: str, size: int) -> list[int]:
    """Return the lines, from 0, that a list such as `1,3-5,8-` names."""
    numbers: list[int] = []
    for part in text.split(","):
        match = _RANGE.fullmatch(part.strip())
        if match is None or not (match["start"] or match["end"]):
            raise PartError(f"the lines {text}")
        start = int((match["start"] or "1")[:9])
        end = int((match["end"] or str(size))[:9]) if match["dash"] else start
        numbers += range(start - 1, min(end, size))
    return [at for at in numbers if at >= 0]


def _object(text: str, name: str) -> list[str]:
    """Return the lines of a class or function in Python."""
    try:
        body: Sequence[ast.stmt] = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise PartError("its option pyobject, because the file is no Python of today") from None
    found: ast.stmt | None = None
    for part in name.split("."):
        named = (
            node for node in body if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        )
        found = next((node for node in named if node.name == part), None)
        body = getattr(found, "body", [])
    if not isinstance(found, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        raise PartError(f"its option pyobject: there is no {name}")
    first = min([found.lineno, *(decorator.lineno for decorator in found.decorator_list)])
    return text.splitlines()[first - 1 : found.end_lineno]


class _AnyOption(dict[str, Any]):
    def __missing__(self, _: str) -> Any:
        return directives.unchanged

    def __contains__(self, _: object) -> bool:
        return True


class _Include(Directive):
    """Another file of text, as if it stood here."""

    inclusions: ClassVar[Inclusions]
    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[Any] = _AnyOption(name=directives.unchanged)

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0].strip()
        try:
            text = part_of(self.inclusions.text(name), self.options)
        except PartError as error:
            raise self.warning(f"{name} is not included: only its generator knows {error}") from None
        if "literal" in self.options or "code" in self.options:
            language = self.options.get("code") or ""
            return [nodes.literal_block(text, text, classes=["code", language] if language else ["code"])]
        self.inclusions.waiting.append(name)
        try:
            parent = nodes.Element()
            lines = StringList(text.splitlines(), source=name)
            self.state.nested_parse(lines, 0, parent, match_titles=True)
        finally:
            self.inclusions.waiting.pop()
        return [*parent.children]


class _Table(CSVTable):
    """A table of values that are parted by commas, also in another file."""

    inclusions: ClassVar[Inclusions]

    def run(self) -> list[nodes.table | nodes.system_message]:
        if name := self.options.pop("file", None):
            try:
                text = self.inclusions.text(name)
            except PartError as error:
                raise self.warning(f"{name} is not included: only its generator knows {error}") from None
            self.content = StringList(text.splitlines(), source=name)
        return [*super().run()]


def directives_of(load: Callable[[str], str | None]) -> dict[str, type[Directive]]:
    """Return the directives, by name. load: see `Inclusions`."""
    bound = {"inclusions": Inclusions(load)}
    return {"include": type("Include", (_Include,), bound), "csv-table": type("Table", (_Table,), bound)}
