"""The manual: it has all sessions, and its reference is made of the code."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from helpers import REPOSITORY, TWO_LINES, read_html

from postdocs import cli
from postdocs.core.post import FIELDS
from postdocs.sphinx_ext.config import _SETTINGS

PAGES = sorted((REPOSITORY / "docs").glob("*.md"))


def sessions() -> set[str]:
    """Return the names of the sessions of the noxfile."""
    names = set()
    for node in ast.parse((REPOSITORY / "noxfile.py").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            named = re.search(r"name='(\w+)'", ast.unparse(node.decorator_list[0]))
            names.add(named[1] if named else node.name)
    return names


def test_each_session_is_in_the_manual() -> None:
    """The table of sessions has all of the noxfile."""
    table = (REPOSITORY / "docs/start.md").read_text(encoding="utf-8").partition("| Command |")[2]
    assert {*re.findall(r"^\| `nox -s (\w+)", table, re.MULTILINE)} == sessions()


def test_the_reference_has_all_commands_and_settings(built_site: Path) -> None:
    """Each command with each of its options, and each setting, is on the page as the code has it."""
    page = read_html(built_site / "docs/reference/index.html")
    terms = {" ".join(term.text_content().split()) for term in page.iter("dt")}
    headings = {heading.text_content().rstrip("#¶") for heading in page.iter("h3")}
    assert headings == {f"postdocs {name}" for name in cli.commands()}
    for parser in cli.commands().values():
        for option in re.findall(r"(--[a-z-]+)", parser.format_usage()):
            assert any(term.startswith(option) for term in terms), option
    assert {f"{name} = {default!r}" for name, default, *_ in _SETTINGS} <= terms


def test_front_matter_is_that_of_the_schema(built_site: Path) -> None:
    """The page on front matter has each key with its kind and meaning."""
    page = read_html(built_site / "docs/front-matter/index.html")
    said = " ".join(page.text_content().split())
    for name, field in FIELDS.items():
        help_ = field.metadata["help"]
        assert f"{name}{field.metadata['kind']}{help_[0].upper()}{help_[1:]}." in said


def test_the_two_lines_for_any_project_are_those_that_are_tested() -> None:
    """The page on sites of one's own says what the tests of the package add to a plain project."""
    assert TWO_LINES in (REPOSITORY / "docs/project.md").read_text(encoding="utf-8")
