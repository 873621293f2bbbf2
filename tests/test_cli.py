"""The command `postdocs`."""

from __future__ import annotations

from pathlib import Path

import pytest

import postdocs
from postdocs import cli


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of one page that links to itself and to another site."""
    (tmp_path / "index.html").write_text(
        '<a href="#x" id="x"><a href="https://example.org">', encoding="utf-8"
    )
    return tmp_path


def test_a_sound_site_passes(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The summary counts what was looked at; the status is 0."""
    assert cli.run(["links", str(site)]) == 0
    assert capsys.readouterr().out == "0 faults in 1 file: 1 internal link checked, 1 outgoing not asked\n"


def test_faults_are_listed_and_fail(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each fault is a line with file and line; the status is 1."""
    (site / "page.html").write_text("<p>\n<a href='gone/'>\n<img src=gone.png>", encoding="utf-8")
    assert cli.run(["links", str(site)]) == 1
    assert capsys.readouterr().out == (
        "page.html:2: gone/: there is no such page or file\n"
        "page.html:3: gone.png: there is no such page or file\n"
        "2 faults in 2 files: 3 internal links checked, 1 outgoing not asked\n"
    )


def test_the_address_of_the_site_can_be_given(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--base-url`, links that spell the address out are internal."""
    assert cli.run(["links", str(site), "--base-url", "https://example.org"]) == 0
    assert "2 internal links checked, 0 outgoing" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere", "there is no such folder; build the site first, or name another folder"),
        ("empty", "there is no HTML in it; build the site first, or name another folder"),
    ],
)
def test_what_is_no_site_is_one_clear_line(
    name: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder that is not there, or holds no pages, ends with status 2."""
    (tmp_path / "empty").mkdir()
    assert cli.run(["links", str(tmp_path / name)]) == 2
    assert capsys.readouterr() == ("", f"postdocs: {tmp_path / name}: {message}\n")


def test_an_unreadable_feed_ends_the_check(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A broken feed is named, with status 2."""
    (site / "atom.xml").write_text("<feed>", encoding="utf-8")
    assert cli.run(["links", str(site)]) == 2
    assert capsys.readouterr().err.startswith("postdocs: atom.xml:1: it is not XML: ")


@pytest.mark.parametrize(
    "args", [[], ["nothing"], ["links"], ["links", "a", "b"], ["links", "a", "--no-such"]]
)
def test_wrong_arguments_show_the_usage(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """What the command cannot understand ends with its usage and status 2."""
    with pytest.raises(SystemExit) as caught:
        cli.run(args)
    assert caught.value.code == 2
    assert "usage: postdocs" in capsys.readouterr().err


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    """Help says what the exit status means; the version is the package's."""
    for args in (["links", "--help"], ["--version"]):
        with pytest.raises(SystemExit) as caught:
            cli.run(args)
        assert caught.value.code == 0
    out = capsys.readouterr().out
    assert "Exit status: 0 all is well" in out
    assert f"postdocs {postdocs.__version__}" in out
