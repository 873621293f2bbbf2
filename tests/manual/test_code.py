"""The lists of phases and modules in the manual, which are made from the code."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from docutils import nodes
from helpers import REPOSITORY, read_html
from manual import PACKAGE, code
from sphinx.testing.util import SphinxTestApp

import postdocs
from postdocs.core import errors
from postdocs.sphinx_ext.events import PHASES

PAGE = REPOSITORY / "docs/how.md"
EXTEND = REPOSITORY / "docs/extend.md"


@pytest.fixture
def listed(tmp_path: Path, make_app: Callable[..., SphinxTestApp]) -> Callable[[str], dict[str, list[str]]]:
    """Build a page with a directive; return the members that it lists by the term above them."""

    def build(directive: str) -> dict[str, list[str]]:
        (tmp_path / "conf.py").write_text('extensions = ["manual"]\n', encoding="utf-8")
        (tmp_path / "index.rst").write_text(f"Manual\n======\n\n.. {directive}::\n", encoding="utf-8")
        app = make_app("dummy", srcdir=tmp_path)
        app.build()
        return {
            term.astext(): [
                next(item.findall(nodes.literal)).astext() for item in term.parent.findall(nodes.list_item)
            ]
            for term in app.env.get_doctree("index").findall(nodes.term)
        }

    return build


def test_all_modules_are_listed(listed: Callable[[str], dict[str, list[str]]]) -> None:
    """The list has each package and each module that Python finds, and no other."""
    members = [*pkgutil.walk_packages(postdocs.__path__, "postdocs.")]
    packages = {"postdocs", *(member.name for member in members if member.ispkg)}
    modules = [member.name for member in members if not member.ispkg]
    rooms = listed("postdocs-modules")
    assert {*rooms} == packages
    assert sorted(f"{room}.{name}" for room, names in rooms.items() for name in names) == sorted(modules)


def test_each_module_says_what_it_is_for() -> None:
    """Every package and module is listed with the first line of its docstring, a whole sentence or phrase."""
    abouts = {
        f"{room.name}.{member.name}": member.about
        for room in code.rooms_of(PACKAGE)
        for member in (code.Module("__init__", room.about), *room.modules)
    }
    assert [name for name, about in abouts.items() if not about.endswith(".")] == []
    assert abouts["postdocs.core.errors"] == errors.__doc__


def test_all_phases_are_listed_in_order(listed: Callable[[str], dict[str, list[str]]]) -> None:
    """The list has the events of a build as they fire, and all steps of each by their priorities."""
    phases = listed("postdocs-phases")
    assert [*phases] == [phase.event for phase in PHASES]
    for phase in PHASES:
        steps = sorted(phase.steps, key=lambda step: step.priority)
        names = [f"{step.run.__module__}.{step.run.__qualname__}" for step in steps]
        assert [f"postdocs.sphinx_ext.{name}" for name in phases[phase.event]] == names


def test_each_step_says_what_it_does() -> None:
    """Every step of a build has a docstring for the list to show."""
    assert [step.name for event in code.events() for step in event.steps if not step.about] == []


def test_the_page_shows_phases_and_modules(built_site: Path) -> None:
    """The manual's page on how Postdocs works has both lists."""
    terms = {term.text_content() for term in read_html(built_site / "docs/how/index.html").iter("dt")}
    assert {event.name for event in code.events()} <= terms
    assert {room.name for room in code.rooms_of(PACKAGE)} <= terms


def test_files_named_by_hand_exist() -> None:
    """The pages for developers name no file or module that has moved; NAME stands for a new one."""
    names = re.findall(
        r"`((?:src|tests|docs)/[\w./-]+|postdocs(?:\.\w+)+)",
        PAGE.read_text("utf-8") + EXTEND.read_text("utf-8"),
    )
    paths = [name if "/" in name else f"src/{name.replace('.', '/')}" for name in names if "NAME" not in name]
    assert len(paths) > 10
    missing = [
        path
        for path in paths
        if not (REPOSITORY / path).exists()
        and not (REPOSITORY / f"{path}.py").is_file()
        and not (REPOSITORY / path).parent.with_suffix(".py").is_file()  # a class in a module
    ]
    assert missing == []
