"""A site of one's own, as `postdocs init` begins it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from postdocs import cli
from postdocs.authoring import scaffold

NOW = datetime(2024, 5, 3, 9, 30, tzinfo=UTC)


@pytest.fixture
def made() -> dict[str, str]:
    """The files of a new site."""
    return scaffold.files_of(scaffold.Options("Notes", "Ann", "https://example.org/"), NOW, "postdocs")


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
