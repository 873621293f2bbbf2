"""What the files of this repository promise."""

from __future__ import annotations

import importlib
import re
import tomllib

from helpers import REPOSITORY
from packaging.requirements import Requirement

PINS = dict(
    re.findall(
        r"^([a-z0-9._-]+)==([^ \\]+)",
        (REPOSITORY / "constraints.txt").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
)


def test_the_preview_needs_the_same_in_a_clone_and_elsewhere() -> None:
    """The extra of the package has what the group of the repository adds to the site."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    group = [line for line in project["dependency-groups"]["preview"] if isinstance(line, str)]
    assert project["project"]["optional-dependencies"]["preview"] == group


def test_every_requirement_is_pinned_with_hashes() -> None:
    """The constraints name each dependency, in a version that it allows, with hashes, and no index."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"].values()
    wanted = [
        *project["project"]["dependencies"],
        *(item for group in groups for item in group if isinstance(item, str)),
    ]
    for requirement in map(Requirement, wanted):
        assert requirement.specifier.contains(PINS[requirement.name.lower()]), requirement
    text = (REPOSITORY / "constraints.txt").read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]
    assert len(entries) == len(PINS)
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text


def test_the_version_is_said_once() -> None:
    """The package and its metadata agree on the version."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    assert importlib.import_module("postdocs").__version__ == project["project"]["version"]
