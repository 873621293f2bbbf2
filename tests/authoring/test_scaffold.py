"""A site of one's own, as `postdocs init` begins it."""

from __future__ import annotations

import runpy
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from helpers import REPOSITORY

from postdocs import cli
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


PROJECT = runpy.run_path(str(REPOSITORY / "conf.py")).get("project")
THIS_SITE = pytest.mark.skipif(PROJECT != "SciPy Chronicle", reason="this site may be as it likes")


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


@THIS_SITE
def test_settings_are_those_of_this_site(made: dict[str, str], tmp_path: Path) -> None:
    """How Postdocs likes its Sphinx is the same here and there, but for the sidebars of the manual."""
    (tmp_path / "conf.py").write_text(made["conf.py"], encoding="utf-8")
    assert settings_of(tmp_path / "conf.py") == settings_of(REPOSITORY / "conf.py")


@THIS_SITE
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


def test_sessions_are_those_of_the_manual(made: dict[str, str]) -> None:
    """The noxfile is Python, and its sessions are called as those of the repository."""
    code = compile(made["noxfile.py"], "noxfile.py", "exec")
    assert {"build", "preview", "new", "publish", "import_", "linkcheck"} <= {*code.co_names}


def test_no_placeholder_is_left(made: dict[str, str]) -> None:
    """Nothing is left to fill in, in any file but those of workflows, which are copied as they are."""
    filled = {path: text for path, text in made.items() if not path.startswith(".github/")}
    assert {path for path, text in filled.items() if "$" in text.replace("$E = mc^2$", "")} == set()


def test_files_that_are_there_stay(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One file in the way, and none is written; others in the folder are no hindrance."""
    (tmp_path / "README.md").touch()
    (tmp_path / "index.md").write_text("mine", encoding="utf-8")
    assert cli.run(["init", str(tmp_path)]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(f"postdocs: {tmp_path / 'index.md'}: it is there already; choose an empty folder")
    assert {path.name for path in tmp_path.iterdir()} == {"README.md", "index.md"}
    (tmp_path / "index.md").unlink()
    assert cli.run(["init", str(tmp_path)]) == 0


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--title", " "], "--title: it is empty; write it in quotes"),
        (["--author", ""], "--author: it is empty; write it in quotes"),
        (
            ["--url", "example.org"],
            "--url: it is not a web address; write one like https://example.org/blog/",
        ),
    ],
)
def test_what_makes_no_site_is_one_clear_line(
    args: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wrong arguments end with status 2, and nothing is written."""
    assert cli.run(["init", str(tmp_path / "site"), *args]) == 2
    assert capsys.readouterr() == ("", f"postdocs: {message}\n")
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("origin", "wanted"),
    [
        (None, "postdocs[preview]==1.2"),
        ('{"url": "file:///p.whl", "archive_info": {}}', "postdocs[preview] @ file:///p.whl"),
        (
            '{"url": "https://x/y", "vcs_info": {"vcs": "git", "commit_id": "abc"}}',
            "postdocs[preview] @ git+https://x/y@abc",
        ),
    ],
)
def test_sessions_install_what_made_the_site(
    origin: str | None, wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The requirement is the release, the file or the commit that is installed (PEP 610)."""

    class Installed:
        version = "1.2"

        def read_text(self, name: str) -> str | None:
            return origin if name == "direct_url.json" else None

    monkeypatch.setattr(scaffold, "distribution", lambda _: Installed())
    assert scaffold.requirement() == wanted
