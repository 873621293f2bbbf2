"""The architecture of the package, read from its imports alone: no arrow back up, and no circle."""

from __future__ import annotations

import graphlib
import subprocess
import sys
from pathlib import Path

import grimp
import pytest
from helpers import REPOSITORY

PYPROJECT = REPOSITORY / "pyproject.toml"
LAYERS = """\
[tool.importlinter]
root_package = "postdocs_sample"

[[tool.importlinter.contracts]]
name = "Layers"
type = "layers"
containers = ["postdocs_sample"]
layers = ["cli", "core"]
"""


def import_circle(package: str) -> list[str]:
    """Return the modules of a circle of imports, the first again at the end; [] if there is none.

    Imports for type checkers and those within functions count too.
    """
    graph = grimp.build_graph(package, cache_dir=None, exclude_type_checking_imports=False)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    try:
        graphlib.TopologicalSorter(imports).prepare()
    except graphlib.CycleError as error:
        circle: list[str] = error.args[1]
        return circle
    return []


def lint_imports(config: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of a configuration file, for packages in a folder."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[2]); from importlinter.cli import lint_imports; "
        "sys.exit(lint_imports(config_filenames=(sys.argv[1],), no_cache=True, no_logo=True))"
    )
    command = [sys.executable, "-c", code, str(config), str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own


def write_package(folder: Path, modules: dict[str, str]) -> None:
    """Write a small package with the given modules and their code."""
    package = folder / "postdocs_sample"
    package.mkdir()
    for name, code in {"__init__": "", **modules}.items():
        (package / f"{name}.py").write_text(code, encoding="utf-8")


def test_the_package_keeps_its_contracts() -> None:
    """The imports of the package follow the layers in pyproject.toml."""
    result = lint_imports(PYPROJECT, REPOSITORY / "src")
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_package_has_no_import_circle() -> None:
    """No module imports itself by way of others."""
    assert import_circle("postdocs") == []


@pytest.mark.parametrize(
    "back",
    [
        "from postdocs_sample import a",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from postdocs_sample.a import A",
        "def late():\n    import postdocs_sample.a",
    ],
    ids=["plain", "for type checkers", "within a function"],
)
def test_a_circle_is_found(back: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A circle over three modules is reported, however the last import is written."""
    code = {"a": "import postdocs_sample.b", "b": "from . import c", "c": back}
    write_package(tmp_path, code)
    monkeypatch.syspath_prepend(tmp_path)
    assert {*import_circle("postdocs_sample")} == {f"postdocs_sample.{name}" for name in code}


def test_an_import_from_a_higher_layer_is_found(tmp_path: Path) -> None:
    """A module that imports from the layer above breaks the contract, and is named."""
    write_package(tmp_path, {"cli": "", "core": "import postdocs_sample.cli"})
    config = tmp_path / "pyproject.toml"
    config.write_text(LAYERS, encoding="utf-8")
    result = lint_imports(config, tmp_path)
    assert result.returncode == 1
    assert "postdocs_sample.core -> postdocs_sample.cli" in result.stdout
