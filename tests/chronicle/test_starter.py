"""A new site is made as this one is."""

from __future__ import annotations

import re
import runpy
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from helpers import REPOSITORY
from packaging.requirements import Requirement
from packaging.version import Version

from postdocs.authoring import scaffold
from postdocs.authoring.hosts import HOSTS

NOW = datetime(2024, 5, 3, 9, 30, tzinfo=UTC)
OWN = {"project", "author", "html_baseurl", "postdocs_timezone", "blog_feed_subtitle", "blog_authors"}
OWN |= {"postdocs_accent", "postdocs_font", "postdocs_links"}  # the look is the author's choice
OWN |= {
    "extensions",
    "postdocs_navbar",
    "blog_title",
    "blog_baseurl",
    "html_title",
    "copyright",
    "exclude_patterns",
    "include_patterns",
    "postdocs_authors",
    "postdocs_accent",
    "postdocs_license",
    "postdocs_font",
    "postdocs_links",
}
OWN |= {"Path", "sys"}  # what the block about the manual imports


@pytest.fixture
def made() -> dict[str, str]:
    """The files of a new site."""
    return scaffold.files_of(scaffold.Site("Notes", "Ann", "https://example.org/"), NOW, "postdocs")


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


def test_requirements_have_upper_bounds(made: dict[str, str]) -> None:
    """What builds a site is asked for from the oldest version allowed up to the one that is tested."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    allowed = [*project["project"]["optional-dependencies"]["site"], *project["dependency-groups"]["site"]]
    ours = {requirement.name: requirement.specifier for requirement in map(Requirement, allowed)}
    pins = dict(
        re.findall(r"^(\S+)==(\S+)", (REPOSITORY / "constraints.txt").read_text("utf-8"), re.MULTILINE)
    )
    comment, postdocs, *lines = made["requirements.txt"].splitlines()
    assert (comment[0], postdocs) == ("#", "postdocs")
    bounded = [Requirement(line) for line in lines]
    names = {requirement.name for requirement in bounded}
    assert names == {"sphinx", "myst-parser", "pydata-sphinx-theme", "sphinx-copybutton"}
    for requirement in bounded:
        assert {str(bound) for bound in ours[requirement.name]} < {
            str(bound) for bound in requirement.specifier
        }
        assert requirement.specifier.contains(pins[requirement.name])
        (upper,) = [bound for bound in requirement.specifier if bound.operator == "<"]
        major, minor, *_ = Version(pins[requirement.name]).release
        assert upper.version == (f"0.{minor + 1}" if major == 0 else str(major + 1)), requirement


@pytest.mark.parametrize("host", ["gitlab", "netlify", "cloudflare", "readthedocs"])
def test_the_manual_shows_what_a_new_site_gets(host: str) -> None:
    """The page on publishing has the file of each host, without its comments."""
    files = scaffold.files_of(scaffold.Site("Blog", "Ann", host=host), NOW, "postdocs")
    page = (REPOSITORY / "docs/publish.md").read_text(encoding="utf-8")
    (path,) = [path for path in HOSTS[host].files if path != ".python-version"]
    language, load = ("toml", tomllib.loads) if path.endswith(".toml") else ("yaml", yaml.safe_load)
    blocks = re.findall(rf"^```{language}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert load(files[path]) in [load(block) for block in blocks]
