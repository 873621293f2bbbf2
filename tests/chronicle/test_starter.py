"""A new site is made as this one is."""

from __future__ import annotations

import runpy
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from helpers import REPOSITORY

from postdocs.authoring import scaffold

NOW = datetime(2024, 5, 3, 9, 30, tzinfo=UTC)
OWN = {"project", "author", "html_baseurl", "postdocs_timezone", "blog_feed_subtitle", "blog_authors"}
OWN |= {
    "extensions",
    "postdocs_navbar",
    "blog_title",
    "blog_baseurl",
    "html_title",
    "copyright",
    "exclude_patterns",
    "include_patterns",
}
OWN |= {"Path", "sys"}  # what the block about the manual imports


@pytest.fixture
def made() -> dict[str, str]:
    """The files of a new site."""
    return scaffold.files_of(scaffold.Options("Notes", "Ann", "https://example.org/"), NOW, "postdocs")


def settings_of(path: Path) -> dict[str, Any]:
    """Return the settings of a conf.py that do not belong to one site only."""
    values = runpy.run_path(str(path)).items()
    found = {name: value for name, value in values if name not in OWN and not name.startswith("_")}
    found["html_theme_options"].pop("logo")  # has the title
    return found


def test_settings_are_those_of_this_site(made: dict[str, str], tmp_path: Path) -> None:
    """How Postdocs likes its Sphinx is the same here and there, but for the sidebars of the manual."""
    (tmp_path / "conf.py").write_text(made["conf.py"], encoding="utf-8")
    assert settings_of(tmp_path / "conf.py") == settings_of(REPOSITORY / "conf.py")


def test_workflows_are_those_of_this_site(made: dict[str, str]) -> None:
    """A new site is checked, published and refreshed as this one is, by copies of the same files."""
    paths = {path for path in made if path.startswith(".github/")}
    assert paths >= {f".github/workflows/{name}.yml" for name in ("check", "publish", "links")}
    for path in paths:
        assert made[path] == (REPOSITORY / path).read_text(encoding="utf-8")


def test_requirements_are_those_of_this_site(made: dict[str, str]) -> None:
    """The theme and the rest are asked for in the versions that this site asks for."""
    text = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    groups = tomllib.loads(text)["dependency-groups"]
    wanted = [line for line in groups["site"] if not line.startswith("flit-core")]
    assert made["requirements.txt"].splitlines() == ["postdocs", *wanted]
