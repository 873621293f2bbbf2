"""A site of one's own, as `postdocs init` begins it."""

from __future__ import annotations

import ast
import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from postdocs import cli
from postdocs.authoring import scaffold
from postdocs.authoring.hosts import HOSTS
from postdocs.authoring.licences import LICENCES, NONE

NOW = datetime(2024, 5, 3, 9, 30, tzinfo=UTC)


@pytest.fixture
def made() -> dict[str, str]:
    """The files of a new site."""
    return scaffold.files_of(scaffold.Site("Notes", "Ann", "https://example.org/"), NOW, "postdocs")


def sessions(noxfile: str) -> dict[str, str]:
    """Return the code of each session of a noxfile, by its name."""
    functions = [node for node in ast.parse(noxfile).body if isinstance(node, ast.FunctionDef)]
    named = {function.name.rstrip("_"): function for function in functions if function.decorator_list}
    return {name: ast.unparse(function) for name, function in named.items()}


def test_sessions_are_those_of_the_manual(made: dict[str, str]) -> None:
    """The noxfile has the sessions that a blog needs, and each runs a command that exists."""
    names = {"build", "preview", "new", "publish", "import", "linkcheck"}
    assert sessions(made["noxfile.py"]).keys() >= names
    runs = re.findall(r"'postdocs', '(\w+)'", "".join(sessions(made["noxfile.py"]).values()))
    assert {"build", "preview", "new", "publish", "import", "links"} <= {*runs} <= cli.commands().keys()


@pytest.mark.parametrize("host", HOSTS)
def test_a_site_has_what_its_host_reads_and_nothing_of_others(host: str) -> None:
    """The files of one host are written; they can be parsed, and run sessions that the noxfile has."""
    made = scaffold.files_of(scaffold.Site("Notes", "Ann", host=host), NOW, "postdocs")
    others = (
        made.keys() - scaffold.files_of(scaffold.Site("Notes", "Ann", host="none"), NOW, "postdocs").keys()
    )
    assert {f"{path.split('/')[0]}/" if "/" in path else path for path in others} == {*HOSTS[host].files}
    for path in others:
        if path.endswith((".yml", ".yaml")):
            assert yaml.safe_load(made[path])
        elif path.endswith(".toml"):
            assert tomllib.loads(made[path])
    said = "\n".join([HOSTS[host].setup, *(made[path] for path in others)])
    runs = {name for line in re.findall(r"nox -s ([a-z ]+)", said) for name in line.split()}
    assert runs <= sessions(made["noxfile.py"]).keys()
    assert runs >= {"build", "linkcheck"} or host == "none"
    assert "_build/html" in said
    assert HOSTS[host].address.startswith("https://")


@pytest.mark.parametrize(
    ("title", "name"),
    [("Notes of Ann!", "notes-of-ann"), ("日本語", "blog"), ("-- x --", "x"), ("a" * 57 + " b c", "a" * 57)],
)
def test_a_project_has_a_name_that_hosts_accept(title: str, name: str) -> None:
    """Cloudflare takes at most 58 lower-case letters, digits and hyphens, and none of these at the ends."""
    made = scaffold.files_of(scaffold.Site(title, "Ann", host="cloudflare"), NOW, "postdocs")
    assert tomllib.loads(made["wrangler.toml"])["name"] == name


@pytest.mark.parametrize("licence", [*LICENCES, NONE])
def test_readers_learn_the_licence(licence: str) -> None:
    """The foot of each page and the page about the site name it; without one there is only the author."""
    made = scaffold.files_of(scaffold.Site("Notes", "Zoë", licence=licence), NOW, "postdocs")
    settings: dict[str, Any] = {}
    exec(made["conf.py"], settings)  # noqa: S102 - our own
    assert settings["copyright"] == ("Zoë" if licence == NONE else f"Zoë, {LICENCES[licence].title}")
    assert (licence != NONE and f"]({LICENCES[licence].url})" in made["about.md"]) or (
        licence == NONE and "](" not in made["about.md"]
    )


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
    assert err.startswith(f"postdocs: {tmp_path / 'index.md'}: it already exists; choose an empty folder")
    assert {path.name for path in tmp_path.iterdir()} == {"README.md", "index.md"}
    (tmp_path / "index.md").unlink()
    assert cli.run(["init", str(tmp_path)]) == 0


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--title", " "], "--title: it is empty; write it in quotes"),
        (["--author", ""], "--author: it is empty; write it in quotes"),
        (
            ["--timezone", "Mars"],
            "--timezone: 'Mars' is not a time zone; write a name from the IANA database, like Europe/Berlin",
        ),
        (
            ["--timezone", "../../etc/passwd"],
            "--timezone: '../../etc/passwd' is not a time zone; "
            "write a name from the IANA database, like Europe/Berlin",
        ),
        (
            ["--host", "geocities"],
            "--host: 'geocities' is not a choice; "
            "write one of github, gitlab, netlify, cloudflare, readthedocs, none",
        ),
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


def test_in_a_terminal_it_asks_for_what_options_leave_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Enter takes a default, a wrong answer is asked again, and the host says how addresses look."""
    asked: list[str] = []
    answers = iter(["", "netlify", "ftp://x", "https://ann.example/~ann", "", "cc-by-sa-4.0"])

    def answer(question: str) -> str:
        asked.append(question)
        return next(answers)

    monkeypatch.setattr("builtins.input", answer)
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True)
    assert cli.run(["init", str(tmp_path), "--title", "Notes of Ann"]) == 0
    address = "Address, such as https://ann.netlify.app/ [none yet]: "
    licences = ", ".join([*LICENCES, NONE])
    assert asked == [
        "Who writes [Ann Example]: ",
        "Host, one of github, gitlab, netlify, cloudflare, readthedocs, none [github]: ",
        address,
        address,
        "Time zone, such as Europe/Berlin [UTC]: ",
        f"Licence of your texts, one of {licences} [none]: ",
    ]
    assert "it is not a web address; write one like https://example.org/blog/" in capsys.readouterr().out
    settings: dict[str, Any] = {}
    exec((tmp_path / "conf.py").read_text(encoding="utf-8"), settings)  # noqa: S102 - our own
    assert settings["html_baseurl"] == "https://ann.example/~ann/"
    assert settings["copyright"] == "Ann Example, CC BY-SA 4.0"
    assert (tmp_path / "netlify.toml").is_file()


def test_the_end_of_the_input_ends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-D at a question is as Ctrl-C: nothing is written."""

    def end(question: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", end)
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True)
    assert cli.run(["init", str(tmp_path / "site")]) == 130
    assert capsys.readouterr().err == "postdocs: interrupted\n"
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("origin", "is_told"),
    [("postdocs[preview] @ file:///here", True), ("postdocs[preview] @ git+https://x/y@abc", False)],
)
def test_what_only_this_machine_can_install_is_told(
    origin: str,
    is_told: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A host can't install Postdocs from a folder here: the last line says so."""
    monkeypatch.setattr(scaffold, "requirement", lambda: origin)
    assert cli.run(["init", str(tmp_path)]) == 0
    note = "Only this machine has file:///here: name a release in requirements.txt."
    assert (capsys.readouterr().out.splitlines()[-1].strip() == note) == is_told
