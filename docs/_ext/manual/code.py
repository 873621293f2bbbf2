"""The rooms of the package and the phases of a build, read from the code."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from postdocs.sphinx_ext.events import PHASES, Step


@dataclass(frozen=True)
class Module:
    """A module: its name within its room, and the first line of its docstring."""

    name: str
    about: str


@dataclass(frozen=True)
class Room:
    """A package: its full name, the first line of its docstring, and its modules in order of their names."""

    name: str
    about: str
    modules: tuple[Module, ...]


@dataclass(frozen=True)
class EventStep:
    """A step of a build: its name within `postdocs.sphinx_ext`, the first line of its docstring.

    is_html_only: whether it is left out where no site of HTML is made.
    """

    name: str
    about: str
    is_html_only: bool


@dataclass(frozen=True)
class Event:
    """An event of Sphinx: its name, what it means, and the steps in the order in which they run."""

    name: str
    about: str
    steps: tuple[EventStep, ...]


def rooms_of(package: Path) -> list[Room]:
    """Return a package and the packages in it, in order of their names, each with its own modules."""
    return [_room(package, path.parent) for path in sorted(package.rglob("__init__.py"))]


def events() -> list[Event]:
    """Return the events of a build that the extension has steps in, in order."""
    return [Event(phase.event, phase.about, tuple(_steps(phase.steps))) for phase in PHASES]


def _room(package: Path, folder: Path) -> Room:
    modules = tuple(
        Module(path.stem, _about(path)) for path in sorted(folder.glob("*.py")) if path.stem != "__init__"
    )
    name = ".".join(folder.relative_to(package.parent).parts)
    return Room(name, _about(folder / "__init__.py"), modules)


def _about(path: Path) -> str:
    return _first_line(ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))))


def _steps(steps: Iterable[Step]) -> Iterable[EventStep]:
    for step in sorted(steps, key=lambda step: step.priority):
        module = step.run.__module__.removeprefix("postdocs.sphinx_ext.")
        yield EventStep(f"{module}.{step.run.__qualname__}", _first_line(step.run.__doc__), step.html_only)


def _first_line(docstring: str | None) -> str:
    return (docstring or "").strip().partition("\n")[0]
