"""What the tests share: small sites to build, and this repository's own, built as `nox -s build` does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import properties
import pytest
from filelock import FileLock
from helpers import REPOSITORY
from jinja2 import FileSystemBytecodeCache
from servers import Server, serve

from postdocs.sphinx_ext.pages import templates

properties.register(REPOSITORY / ".hypothesis" / "examples")
pytest_plugins = ["sphinx.testing.fixtures", "linked_blog"]


def pytest_configure(config: pytest.Config) -> None:
    """Fix the examples of property tests, unless a profile is asked for that searches."""
    if config.getoption("--hypothesis-profile") in {None, properties.FIXED}:
        properties.draw_no_constants_of_modules()
    for name in ("CI", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):  # commands report to who runs them there
        os.environ.pop(name, None)


@pytest.fixture(scope="session")
def rootdir() -> Path:
    """The folder of the small sites; Sphinx's `make_app` looks there."""
    return Path(__file__).parent / "roots"


@pytest.fixture(scope="session", autouse=True)
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where builds in a test's process keep compiled templates: in one folder, for all use the same."""
    folder = tmp_path_factory.mktemp("templates")

    def shared(_: str) -> FileSystemBytecodeCache:
        return FileSystemBytecodeCache(str(folder))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(templates, "FileSystemBytecodeCache", shared)
        yield folder


@pytest.fixture
def sphinx_test_tempdir(tmp_path: Path) -> Path:
    """Where Sphinx's `app` copies a small site: a folder for each test, for some change what is in it."""
    return tmp_path


@pytest.fixture
def server() -> Iterator[Server]:
    """A server on 127.0.0.1 that has an answer for each way in which a link can go wrong."""
    with serve() as running:
        yield running


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository's site, built with warnings as errors, once for all workers; no test may change it."""
    run = tmp_path_factory.getbasetemp()
    out = (run.parent if "PYTEST_XDIST_WORKER" in os.environ else run) / "built-site"
    with FileLock(f"{out}.lock"):
        if not (out / "succeeded").is_file():
            options = ("-b", "dirhtml", "-d", f"{out}/doctrees", "-q", "-W", "--keep-going", "-n")
            command = [sys.executable, "-m", "sphinx", *options, str(REPOSITORY), f"{out}/html"]
            result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own
            assert (result.returncode, result.stderr) == (0, "")
            (out / "succeeded").touch()
    return out / "html"
