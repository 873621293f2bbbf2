"""What the files of this repository promise."""

from __future__ import annotations

import importlib
import os
import re
import runpy
import shlex
import shutil
import subprocess
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from helpers import REPOSITORY
from packaging.requirements import Requirement

from postdocs import cli

PINS = dict(
    re.findall(
        r"^([a-z0-9._-]+)==([^ \\]+)",
        (REPOSITORY / "constraints.txt").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
)
SETTINGS = runpy.run_path(str(REPOSITORY / "conf.py"))
WORKFLOWS = sorted(REPOSITORY.glob(".github/workflows/*.yml"))
SETUP = REPOSITORY / ".github/actions/setup/action.yml"
ACTION = REPOSITORY / "action.yml"
PRODUCT = REPOSITORY / ".github/workflows/product.yml"
# What jobs may change, by workflow and job.
WRITES = {
    ("publish", "deploy"): {"pages", "id-token"},
    ("links", "propose"): {"contents", "pull-requests"},
    ("release", "publish"): {"id-token", "attestations"},
}


def test_the_preview_needs_the_same_in_a_clone_and_elsewhere() -> None:
    """The extra of the package has what the group of the repository adds to the site."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    group = [line for line in project["dependency-groups"]["preview"] if isinstance(line, str)]
    assert project["project"]["optional-dependencies"]["preview"] == ["postdocs[site]", *group]


def test_every_requirement_is_pinned_with_hashes() -> None:
    """The constraints name each dependency, in a version that it allows, with hashes, and no index."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"].values()
    wanted = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["site"],
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


def _mapping(path: Path) -> dict[Any, Any]:
    """Return what a file of YAML holds; YAML 1.1 reads the key `on` as True."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


def _steps(path: Path) -> list[dict[str, Any]]:
    """Return the steps of a workflow, or of an action that is made of steps."""
    data = _mapping(path)
    holders = data["jobs"].values() if "jobs" in data else [data["runs"]]
    return [step for holder in holders for step in holder["steps"]]


@pytest.mark.parametrize("path", [*WORKFLOWS, SETUP, ACTION], ids=lambda path: path.stem)
def test_actions_are_pinned_by_commit(path: Path) -> None:
    """Each action of somebody else is named by a full commit hash, with its version in a comment."""
    uses = re.findall(r"\buses: (.+)", path.read_text(encoding="utf-8"))
    assert len(uses) == sum("uses" in step for step in _steps(path)) > 0
    for action in uses:
        assert action == "$/.github/actions/setup" or re.fullmatch(
            r"[\w-]+/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action
        ), action


def test_an_action_has_one_version() -> None:
    """All workflows, and those of a new site, use an action in the same version."""
    texts = [
        path.read_text(encoding="utf-8")
        for path in (*WORKFLOWS, SETUP, ACTION, REPOSITORY / "docs/publish.md")
    ]
    pins = {tuple(pin) for text in texts for pin in re.findall(r"uses: ([\w/-]+)@(\S+)", text)}
    assert len(pins) == len({name for name, _ in pins})


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_each_job_has_the_permissions_that_it_needs(path: Path) -> None:
    """A workflow grants nothing; each job names what it needs, and none that runs nox may write."""
    workflow = _mapping(path)
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        writes = {scope for scope, access in job["permissions"].items() if access != "read"}
        assert writes == WRITES.get((path.stem, name), set()), name
        assert not writes or not any("nox" in step.get("run", "") for step in job["steps"]), name


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_checkout_leaves_no_credentials(path: Path) -> None:
    """The token of a job isn't in the checkout, where any program could read it."""
    checkouts = [step for step in _steps(path) if step.get("uses", "").startswith("actions/checkout@")]
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


@pytest.mark.skipif(not shutil.which("bash"), reason="the action runs in bash")
def test_the_action_passes_each_line_as_an_argument(tmp_path: Path) -> None:
    """With its spaces; it installs the package without extras, which is what the link check needs."""
    log = tmp_path / "log"
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nprintf "<%s>" "$@" >> {log}\n', encoding="utf-8")
    python.chmod(0o755)
    environment = {
        **os.environ,
        "PYTHON": str(python),
        "FOLDER": "my site",
        "ARGUMENTS": "--base-url\nhttps://example.org/\n\n--ledger\nmy links.toml\n",
        "GITHUB_ACTION_PATH": "/action",
    }
    command = ["bash", "-e", "-c", _steps(ACTION)[-1]["run"]]
    subprocess.run(command, check=True, env=environment)  # noqa: S603 - ours
    installed, checked = log.read_text(encoding="utf-8").split("<-m>")[1:]
    assert installed.endswith("</action>")
    assert checked == (
        "<postdocs><links><my site><--base-url><https://example.org/><--ledger><my links.toml>"
    )


def test_the_hook_is_a_command_that_needs_no_network() -> None:
    """What others run before a commit: the folder of the site is theirs to name."""
    (hook,) = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    name, *arguments = shlex.split(hook["entry"]) + hook["args"]
    options = cli.parser().parse_args(arguments)
    assert (name, options.offline, options.built_html) == ("postdocs", True, Path("_build/html"))
    assert (hook["language"], hook["pass_filenames"], hook["always_run"]) == ("python", False, True)


def test_a_new_site_refreshes_its_links_as_we_do() -> None:
    """The workflow that `postdocs init` writes, which other tests run, is the one that we use."""
    template = REPOSITORY / "src/postdocs/authoring/template/_github/workflows/links.yml.txt"
    assert template.read_bytes() == (REPOSITORY / ".github/workflows/links.yml").read_bytes()


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_no_workflow_runs_for_ever(path: Path) -> None:
    """Each job ends after a time, and none is started by what a stranger's workflow did."""
    workflow = _mapping(path)
    assert all(job["timeout-minutes"] <= 180 for job in workflow["jobs"].values())
    assert not {"workflow_run", "pull_request_target"} & {*workflow[True]}


def test_a_blog_runs_only_what_a_blog_needs() -> None:
    """Workflows that need Postdocs' own tests or its place on PyPI do nothing in a clone of another name."""
    for path in WORKFLOWS:
        jobs = _mapping(path)["jobs"].values()
        sessions = set(re.findall(r"nox -s (.+)", path.read_text(encoding="utf-8")))
        if path.stem in {"product", "fuzz", "release"}:
            first = [job for job in jobs if "needs" not in job]
            assert first
            assert all("endsWith(github.repository, '/postdocs')" in job["if"] for job in first)
        else:
            assert {word for session in sessions for word in session.split(" -- ")[0].split()} <= {
                "build",
                "linkcheck",
            }


def test_tests_run_with_each_python_that_the_package_names() -> None:
    """The classifiers, the oldest Python that is allowed, and the workflow agree; so do the three systems."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [line.rpartition(" ")[2] for line in project["classifiers"] if re.search(r":: 3\.\d+$", line)]
    matrix = _mapping(PRODUCT)["jobs"]["tests"]["strategy"]["matrix"]
    assert matrix["python"] == named
    assert project["requires-python"] == f">={named[0]}"
    assert {*matrix["os"], *(job["os"] for job in matrix["include"])} == {
        "ubuntu-latest",
        "macos-latest",
        "windows-latest",
    }


def test_addresses_of_the_project_are_those_of_the_site() -> None:
    """The manual and the changelog are below the address that conf.py gives the site."""
    urls = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]["urls"]
    base = SETTINGS["html_baseurl"]
    assert urls["Homepage"] == base
    assert (REPOSITORY / "docs/index.md").is_file()
    assert urls["Documentation"] == f"{base}docs/"
    assert (REPOSITORY / "docs/changelog.md").is_file()
    assert urls["Changelog"] == f"{base}docs/changelog/"


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of Git with two pages, which is the current folder."""
    (tmp_path / "a.md").write_text("a", encoding="utf-8")
    (tmp_path / "b.md").write_text("b", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    _git("init", "--quiet")
    _git("add", ".")
    return tmp_path


def _git(*args: str) -> None:
    subprocess.run(["git", *args], check=True)  # noqa: S603, S607 - Git, wherever it is


def _set_times() -> dict[str, float]:
    """Run the script of the action as after a checkout, when all files are new; return their times."""
    pages = sorted(Path().glob("*.md"))
    for page in pages:
        os.utime(page)
    runpy.run_path(str(SETUP.with_name("times.py")), run_name="__main__")
    return {page.name: page.stat().st_mtime for page in pages}


def test_a_checkout_leaves_unchanged_files_old(checkout: Path) -> None:
    """A file that the cached build has seen gets a time in the past; a changed or new one has the present."""
    before = _set_times()
    assert all(moment < time.time() - 1e8 for moment in before.values())
    (checkout / "b.md").write_text("B", encoding="utf-8")
    (checkout / "c.md").write_text("c", encoding="utf-8")
    _git("add", ".")
    started = (checkout / "_build/sources").stat().st_mtime
    after = _set_times()
    assert after["a.md"] == before["a.md"]
    assert min(after["b.md"], after["c.md"]) >= started


def test_the_time_of_a_file_is_that_of_its_content(checkout: Path) -> None:
    """What remembers a file by its time and size notices when another run leaves other content there."""
    before = _set_times()
    (checkout / "b.md").write_text("B", encoding="utf-8")
    _git("add", ".")
    _set_times()
    after = _set_times()
    assert after["a.md"] == before["a.md"]
    assert after["b.md"] != before["b.md"]
    assert after["b.md"] < time.time() - 1e8
