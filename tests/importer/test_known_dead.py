"""Links that were dead before, in the decisions of the link check."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from helpers import assert_linear

from importer.folders.trees import files
from postdocs import cli
from postdocs.importer.dead_links import OldSites
from postdocs.importer.html.parse import parse
from postdocs.importer.known_dead import known_dead_in, old_addresses
from postdocs.importer.list_links import Lists

SITES = OldSites(("tides.example",))
BUILD = (sys.executable, "-m", "sphinx", "-b", "dirhtml", "-q", "-W", "-n", ".", "_build/html")
ROOT = "https://tides.example"
CONF = """\
project = author = "Tides"
html_baseurl = blog_baseurl = "https://tides.example/"
extensions = ["myst_parser", "ablog", "postdocs"]
blog_post_pattern = "posts/**/*.md"
exclude_patterns = ["_build"]
myst_enable_extensions = ["attrs_inline", "colon_fence"]
"""
POST = """\
---
title: Ebb
date: 2021-03-04 12:00:00 +0000
---
A [page](/gone/), [the *same*](/gone/), [part](#gone), [key](/files/secret.pem), [data](/files/ebb.csv), and
[demo](/demo/wave.html).

![Gone](/gone.png)

<details><summary>More</summary><a href="/gone.zip">zip</a></details>
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new site, beside a blog of Jekyll."""
    blog = {
        "_config.yml": f"url: {ROOT}\n",
        "_posts/2021-03-04-ebb.md": POST,
        "files/secret.pem": "x",
        "files/ebb.csv": "1,2\n",
        "demo/wave.html": '<!DOCTYPE html><title>W</title><img src="wave.png"><a href="/lost/">x</a>',
        "demo/wave.png": "x",
    }
    texts = {**{f"old/{path}": text for path, text in blog.items()}, "new/conf.py": CONF}
    for path, text in {**texts, "new/index.md": "# Tides\n"}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "new")
    return tmp_path / "new"


def test_a_moved_site_passes_its_link_check(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All that was dead is listed once with a reason, and all else answers, files at their addresses too."""
    assert cli.run(["import", "../old", "--keep-files", "--allow-dead"]) == 0
    ignored = tomllib.loads((site / "links.toml").read_text(encoding="utf-8"))["ignore"]
    nothing = "the sources of the old site have nothing there"
    assert {entry["url"].removeprefix(ROOT): entry["reason"] for entry in ignored} == {
        "/gone/": nothing,
        "/gone.png": nothing,
        "/gone.zip": nothing,
        "/lost/": nothing,
        "/2021/03/04/ebb.html#gone": "the post has no such part, and had none on the old site",
        "/files/secret.pem": "its name says that it is private, so it was not imported",
    }
    assert subprocess.run(BUILD, check=False).returncode == 0  # noqa: S603 - our own
    assert (site / "_build/html/files/ebb.csv").read_text(encoding="utf-8") == "1,2\n"
    capsys.readouterr()
    assert cli.run(["links", "_build/html", "--offline"]) == 0, capsys.readouterr().out


def test_the_decisions_change_only_when_asked(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without the option, a line names it; a dry run shows what would be written."""
    assert cli.run(["import", "../old", "--dry-run", "--allow-dead"]) == 0
    assert "+[[ignore]]" in capsys.readouterr().out
    assert cli.run(["import", "../old"]) == 0
    assert not (site / "links.toml").exists()
    assert not (site / "old-site").exists()
    said = capsys.readouterr().out
    assert "5 links of these posts led nowhere on the old site either; add --allow-dead" in said
    assert "https://tides.example/demo/wave.html" in said
    assert cli.run(["import", "../old", "--allow-dead"]) == 0
    assert (site / "links.toml").read_text(encoding="utf-8").count("[[ignore]]") == 5


def test_what_the_old_site_had_is_never_left_out() -> None:
    """That it isn't here is the doing of the import; many servers leave out the suffix of a page."""
    old = old_addresses([replace(files({"demo.html": "", "a/5% off.csv": ""}), root=ROOT)], [f"{ROOT}/tags/"])
    links = [f"{ROOT}/{path}" for path in ("demo", "demo.html", "a/5%25%20off.csv", "tags/", "*/", "gone/")]
    assert [link.url for link in known_dead_in(links, old, lambda _: True)] == [f"{ROOT}/gone/"]


def test_what_the_sources_have_and_the_old_site_had_not_was_dead() -> None:
    """Built pages say what a generator served of the files that it was given."""
    sources = files({"demo/letters.htm": "", "data.csv": ""})
    old = old_addresses([replace(sources, root=ROOT, built=frozenset({"data.csv"}))], [f"{ROOT}/"])
    links = [f"{ROOT}/demo/letters.htm", f"{ROOT}/data.csv"]
    assert [link.url for link in known_dead_in(links, old, lambda _: True)] == links[:1]


@pytest.mark.parametrize(
    ("content", "dead"),
    [("", ["#gone"]), ('<p id="gone">', []), ("<a name=gone>", []), ('<p id="gone-by">', ["#gone"])],
)
def test_a_part_that_the_source_had_is_never_left_out(content: str, dead: list[str]) -> None:
    """The import has lost it, whatever the reason."""
    document, _ = parse('<a href="#gone">x</a>', f"{ROOT}/a/")
    notes = SITES.notes(document, "", Lists(), content=content)
    assert [note.dead for note in notes if note.dead] == dead


@pytest.mark.parametrize("part", ["id=", 'id="', "name = '", "id   ", "id='\""])
def test_parts_of_a_source_take_linear_time(part: str) -> None:
    """What is never closed is not looked for again and again."""
    document, _ = parse('<a href="#gone">x</a>', f"{ROOT}/a/")
    assert_linear(lambda size: [*SITES.notes(document, "", Lists(), content=part * size)], 80_000)
