"""The check of links without what makes sites."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

from helpers import REPOSITORY

# Nothing but the standard library, the package, and the distributions that are named can be imported.
_ALONE = """
import importlib.metadata, sys

names = {*sys.stdlib_module_names, "postdocs", *sys.argv.pop(1).split()}


class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] not in names and not name.startswith("_sysconfigdata"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


sys.meta_path.insert(0, Refuse())
from postdocs.cli import main

main()
"""
# What the requirements are imported as, where that is not their name, and what they import themselves.
_IMPORTED = ("ada_url", "_cffi_backend", "webencodings")


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command where only the requirements without extras are there."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [re.split(r"[\[>=<]", requirement)[0] for requirement in project["dependencies"]]
    assert project["optional-dependencies"]["links"] == []
    command = [sys.executable, "-c", _ALONE, " ".join([*names, *_IMPORTED]), *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - our own


def test_links_are_checked_without_sphinx(tmp_path: Path) -> None:
    """Faults are found in the sources of any generator; other commands say what they need."""
    (tmp_path / "public").mkdir()
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("\n[x](/gone/)\n", encoding="utf-8")
    (tmp_path / "public/index.html").write_text("<a href='/gone/'>x</a><a href='/'>y</a>", encoding="utf-8")
    (tmp_path / "public/objects.inv").write_bytes(b"# Sphinx inventory version 2\n#\n#\n#\nbroken")
    result = run(tmp_path, "links", "public", "--offline", "--json", "report.json")
    assert (result.returncode, result.stderr) == (1, "")
    assert result.stdout.startswith("content/a.md:2: /gone/: there is no such page or file\n")
    result = run(tmp_path, "import", "feed.xml")
    assert result.returncode == 2
    assert result.stderr.endswith(" is not installed; run `python -m pip install 'postdocs[site]'`\n")
