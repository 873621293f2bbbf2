"""The command `postdocs`."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import postdocs
from postdocs import cli

MAIN = [sys.executable, "-c", "from postdocs.cli import main; main()"]


COMMANDS = [*cli.commands()]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site of one page that links to itself and to another site."""
    (tmp_path / "index.html").write_text(
        '<a href="#x" id="x"><a href="https://example.org">', encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_sound_site_passes(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The summary counts what was looked at; the status is 0."""
    assert cli.run(["links", "--offline", "."]) == 0
    assert capsys.readouterr().out == (
        "1 internal link in 1 file checked\n1 outgoing address: 1 never asked\n0 faults\n"
    )


def test_faults_are_listed_and_fail(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each fault is a line with file and line; the status is 1."""
    (site / "page.html").write_text("<p>\n<a href='gone/'>\n<img src=gone.png>", encoding="utf-8")
    assert cli.run(["links", "--offline", "."]) == 1
    assert capsys.readouterr().out == (
        "page.html:2: gone/: there is no such page or file\n"
        "page.html:3: gone.png: there is no such page or file\n"
        "3 internal links in 2 files checked\n"
        "1 outgoing address: 1 never asked\n"
        "2 faults\n"
    )


def test_links_finds_the_same_with_a_cache(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the run that writes it and in the next; it takes only a folder."""
    said = []
    for arguments in ([], ["--cache", "kept"], ["--cache", "kept"]):
        cli.run(["links", "--offline", ".", *arguments])
        said.append(capsys.readouterr().out)
    assert said[0] == said[1] == said[2]
    assert (site / "kept").is_dir()
    assert cli.run(["links", "--offline", ".", "--cache", "index.html"]) == 2
    assert "index.html" in capsys.readouterr().err


def test_the_address_of_the_site_can_be_given(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--base-url`, links that spell the address out are internal."""
    assert cli.run(["links", "--offline", ".", "--base-url", "https://example.org"]) == 0
    assert "2 internal links in 1 file checked\n0 outgoing addresses\n" in capsys.readouterr().out


@pytest.mark.parametrize("address", ["", "example.org", "file:///x", "https://[x", "https://example.org:x"])
def test_the_address_has_to_be_one(address: str, site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An address by which no link could be internal ends with status 2, not with a check of nothing."""
    assert cli.run(["links", "--offline", ".", "--base-url", address]) == 2
    assert capsys.readouterr() == (
        "",
        "postdocs: --base-url: it is not a web address; write one like https://example.org/blog/\n",
    )


def test_a_check_of_nothing_is_no_success(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A site without a single internal link ends with status 2."""
    (tmp_path / "index.html").write_text('<a href="https://example.org">', encoding="utf-8")
    assert cli.run(["links", str(tmp_path)]) == 2
    assert capsys.readouterr() == (
        "",
        f"postdocs: {tmp_path}: it has no internal links; give the site's address with --base-url\n",
    )


@pytest.mark.parametrize("canonical", ["/", "./", "//", "https://[x", "example.org"])
def test_a_site_without_an_address_is_checked(
    canonical: str, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its links count as internal, whatever stands in the place of its address."""
    (site / "page.html").write_text('<a href="gone/">', encoding="utf-8")
    with (site / "index.html").open("a", encoding="utf-8") as file:
        file.write(f'<link rel="canonical" href="{canonical}">')
    assert cli.run(["links", "--offline", "."]) == 1
    assert "page.html:1: gone/: there is no such page or file\n" in capsys.readouterr().out


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


def test_a_broken_feed_is_one_fault_among_others(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It hides nothing; what is XML of another kind, well-formed or not, is no fault."""
    (site / "atom.xml").write_text("<feed>", encoding="utf-8")
    (site / "opensearch.xml").write_text("{{ template }}", encoding="utf-8")
    (site / "page.html").write_text("<a href='gone/'>", encoding="utf-8")
    assert cli.run(["links", "--offline", "."]) == 1
    first, second, summary, *_ = capsys.readouterr().out.splitlines()
    assert first.startswith("atom.xml:1: it is not XML: ")
    assert second == "page.html:1: gone/: there is no such page or file"
    assert summary.endswith(" in 3 files checked")


def test_an_unreadable_folder_is_one_clear_line(
    site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the system refuses ends with status 2, without a traceback."""

    def refuse(path: Path) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert cli.run(["links", "--offline", "."]) == 2
    error = capsys.readouterr().err
    assert error == "postdocs: index.html: it cannot be read: Permission denied; make it readable\n"


def test_any_output_can_show_any_address(site: Path) -> None:
    """What the encoding of the output has no letters for is escaped."""
    (site / "page.html").write_text("<a href='łé'>", encoding="utf-8")
    done = subprocess.run(  # noqa: S603 - our own
        [*MAIN, "links", "--offline", "."],
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
        stdout=subprocess.PIPE,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout.startswith(b"page.html:1: \\u0142\xe9: there is no such page or file")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end in another way there")
def test_a_reader_may_stop_reading(site: Path) -> None:
    """`postdocs links … | head` ends like any other command in a closed pipe, without a word."""
    (site / "page.html").write_text("<a href='gone/'>" * 10_000, encoding="utf-8")
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(  # noqa: S603 - our own
            [*MAIN, "links", "--offline", "."], stdout=writing, stderr=subprocess.PIPE, check=False
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([], "postdocs: the following arguments are required: COMMAND"),
        (["nothing"], "postdocs: argument COMMAND: invalid choice: 'nothing'"),
        *(
            ([name, "--no-such", *paths], f"postdocs {name}: unrecognized arguments: --no-such")
            for name in COMMANDS
            for paths in [["a", "b"] if name == "move" else ["a"]]
        ),
        *(
            ([name], f"postdocs {name}: the following arguments are required: ")
            for name in COMMANDS
            if name not in {"preview", "doctor"}  # which take this folder
        ),
        *(
            ([name, "a", "b"], f"postdocs {name}: unrecognized arguments: b")
            for name in COMMANDS
            if name not in {"import", "adopt", "move", "tidy", "build"}  # which take more than one path
        ),
        *(
            ([name, *paths], f"postdocs {name}: argument ")
            for name in COMMANDS
            for paths in [["", "b"] if name == "move" else [""]]
            if name not in {"new", "build"}  # a title is no path, and Sphinx checks its own arguments
        ),
        (["move", "a", "b", "c"], "postdocs move: unrecognized arguments: c"),
        (
            ["import", "a", "--assets", "b", "--fetch-assets"],
            "postdocs import: argument --fetch-assets: not al",
        ),
        (
            ["import", "a", "--report", "."],
            "postdocs import: argument --report: '.' is a folder; name a file",
        ),
        (["links", "a", "--json", "."], "postdocs links: argument --json: '.' is a folder; name a file"),
        (["links", "a", "--offline", "--refresh"], "postdocs links: argument --refresh: not allowed with"),
        (["new", "a", "--tags"], "postdocs new: argument --tags: expected one argument"),
    ],
)
def test_wrong_arguments_are_one_clear_line(
    args: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What a command cannot understand ends with status 2 and where to read on; nothing is written."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as caught:
        cli.run(args)
    out, err = capsys.readouterr()
    assert (caught.value.code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(message)
    assert re.search(r"; run `postdocs( \w+)? --help`\n$", err)
    assert [*tmp_path.iterdir()] == []


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    """Help says what the exit status means; the version is the package's."""
    for args in (["links", "--help"], ["--version"]):
        with pytest.raises(SystemExit) as caught:
            cli.run(args)
        assert caught.value.code == 0
    out = capsys.readouterr().out
    assert "Exit status: 0 no faults" in out
    assert f"postdocs {postdocs.__version__}" in out


def test_a_bug_is_one_line(
    site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What nobody expected is said to be a mistake of ours, with its place; status 70."""
    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: [].pop() if path.suffix == ".html" else read(path))
    assert cli.run(["links", "--offline", "."]) == 70
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith("postdocs: this is a bug: IndexError: pop from empty list (")
    assert "(extract.py:" in err
    assert "--debug" in err


def test_what_the_system_refuses_is_no_bug(
    site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error of the system that nobody expected names the file; status 2."""

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "conf.py")

    monkeypatch.setattr("postdocs.links.pipeline.check", refuse)
    assert cli.run(["links", "--offline", "."]) == 2
    message = "postdocs: conf.py: Permission denied; check that it exists and that you may use it\n"
    assert capsys.readouterr() == ("", message)


@pytest.mark.parametrize("args", [["--debug", "links", "gone"], ["links", "gone", "--debug"]])
def test_a_traceback_is_shown_only_when_asked(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """`--debug`, before or after the command, shows where something went wrong; the line stays the last."""
    assert cli.run(args) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "Traceback (most recent call last):"
    assert lines[-1].startswith("postdocs: gone: there is no such folder;")


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (["links", ".", "--budget", "soon"], "'soon' is not a number of minutes; write one like 10"),
        (["links", ".", "--budget", "0"], "'0' is not a number of minutes"),
        (["links", ".", "--budget", "nan"], "'nan' is not a number of minutes"),
        (["links", ".", "--budget", "inf"], "'inf' is not a number of minutes"),
        (["preview", "--port", "70000"], "'70000' is not a port; write a number like 8000"),
        (["preview", "--port", "-1"], "'-1' is not a port"),
    ],
)
def test_numbers_that_cannot_be_are_named(
    command: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With what to write instead."""
    with pytest.raises(SystemExit):
        cli.run(command)
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--dry-run", "--redirects", "--yes"])
def test_options_of_a_fix_need_one(option: str, site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Rather than being passed over."""
    assert cli.run(["links", str(site), "--offline", option]) == 2
    assert capsys.readouterr().err == f"postdocs: {option}: it does nothing without --fix; add --fix\n"


def test_github_gets_ten_annotations_and_a_summary_of_all(
    site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other steps wrote to the summary before; marks of a page end nothing in it."""
    page = "".join(f"<a href='gone/{number}'>\n" for number in range(12))
    (site / "page.html").write_text(f"{page}<a href='`@ann`<b>'>", encoding="utf-8")
    summary = site.parent / f"{site.name}.md"
    summary.write_text("# Before\n", encoding="utf-8")
    monkeypatch.setenv("CI", "true")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    assert cli.run(["links", "."]) == 1
    out = capsys.readouterr().out
    assert out.count("::error file=page.html") == 10
    assert "Outgoing links aren't checked yet: run the check once with --refresh" in out
    lines = summary.read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["# Before", "## Links: 13 faults"]
    assert lines[2] == "- `page.html:1`: `gone/0: there is no such page or file`"
    assert "- `page.html:13`: `` `@ann`<b>: there is no such page or file ``" in lines
    assert lines[-1] == "- 1 outgoing address: 1 never asked"


def test_reports_are_written_where_they_are_asked_for(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For GitLab, and the text of a pull request."""
    assert (
        cli.run(["links", "--offline", ".", "--gitlab", "out/quality.json", "--changes", "out/text.md"]) == 0
    )
    assert (site / "out/quality.json").read_bytes() == b"[]\n"
    assert (site / "out/text.md").read_text(encoding="utf-8").startswith("No verdict changed.\n")
    assert capsys.readouterr().err == ""
