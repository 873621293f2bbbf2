"""How much a command imports before it answers: what takes long to start is seldom used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

# Prints the modules that a command imports, beside those that the interpreter starts with.
IMPORTED = """
import sys
before = {*sys.modules}
from postdocs import cli
try:
    cli.run(sys.argv[1:])
except SystemExit:
    pass
print(*sorted({*sys.modules} - before))
"""
CONF = 'extensions = ["myst_parser", "ablog", "postdocs"]\nblog_post_pattern = "posts/**/*.md"\n'
DRAFT = "---\ntitle: Hello\ndate: 2024-05-03\ndraft: true\n---\n\nText.\n"


def modules(*arguments: str, folder: Path) -> list[str]:
    """Return the modules that a command imports."""
    command = [sys.executable, "-c", IMPORTED, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)  # noqa: S603 - our own
    assert done.stderr == ""
    return done.stdout.splitlines()[-1].split()


def packages(*arguments: str, folder: Path) -> set[str]:
    """Return the packages that a command imports, those of Python itself left out."""
    names = modules(*arguments, folder=folder)
    return {name.partition(".")[0] for name in names} - sys.stdlib_module_names


@pytest.mark.parametrize("arguments", ["--version", "--help", "new --help", "import --help", "links --help"])
def test_help_needs_nothing_that_is_installed(arguments: str, tmp_path: Path) -> None:
    """Version and help import Python's own modules and this package only."""
    assert packages(*arguments.split(), folder=tmp_path) == {"postdocs"}


@pytest.mark.parametrize("arguments", ["--version", "--help"])
def test_help_imports_little(arguments: str, tmp_path: Path) -> None:
    """Fewer than 150 modules, those of Python included: each takes about half a millisecond to import."""
    assert 10 < len(modules(arguments, folder=tmp_path)) < 150


@pytest.mark.parametrize(
    "arguments",
    ["init site", "new Hello --author Ann --no-edit", "publish posts/draft.md"],
)
def test_writing_starts_without_what_builds_and_fetches(arguments: str, tmp_path: Path) -> None:
    """`init`, `new` and `publish` import no parser of pages, no extension, no HTTP and no progress bars."""
    (tmp_path / "posts").mkdir()
    (tmp_path / "conf.py").write_text(CONF, encoding="utf-8")
    (tmp_path / "posts" / "draft.md").write_text(DRAFT, encoding="utf-8")
    imported = packages(*arguments.split(), folder=tmp_path)
    assert "postdocs" in imported
    assert not imported & {"ablog", "bs4", "httpx", "lxml", "myst_parser", "rich"}
