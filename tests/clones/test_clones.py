"""A clone that becomes a blog, as the manual says: the sessions of its workflows stay green.

`nox -s clones` runs this: each clone gets its environments from the package index, which takes minutes.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from helpers import REPOSITORY

NOX = shlex.split(os.environ.get("NOX", "nox"))  # the program that runs this session
NOWHERE = "http://127.0.0.1:9"  # a proxy that isn't there: no link is asked for
FEED = "tests/feeds/wordpress-rss2.xml"
BIBLIOGRAPHY = """\
@book{lattice,
  author = {Doe, Jo},
  title = {Lattices},
  year = {1999},
  publisher = {Example Press}
}
"""
CITING = """\
---
title: On sorting
date: 2024-05-03
author: Zoë Ångström
---

As {cite}`lattice` has it.

```{bibliography}
```
"""


class Clone:
    """A clone in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *command: str, offline: bool = False, may_fail: bool = False) -> None:
        """Run a command in the clone, which has to end well."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "NOX"))}
        proxies = {"HTTPS_PROXY": NOWHERE, "HTTP_PROXY": NOWHERE} if offline else {}
        done = subprocess.run(  # noqa: S603 - what the manual and the workflows say
            command,
            cwd=self.folder,
            env=kept | proxies,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0 or (may_fail and "Session" in done.stdout), done.stdout

    def nox(self, *arguments: str) -> None:
        """Run sessions."""
        self.run(*NOX, "-s", *arguments)

    def edit(self, path: str, pattern: str, text: str) -> None:
        """Put a text in the place of what matches, which has to be there."""
        file = self.folder / path
        before = file.read_text(encoding="utf-8")
        after = re.sub(pattern, lambda _: text, before, flags=re.MULTILINE)
        assert after != before, (path, pattern)
        file.write_text(after, encoding="utf-8")

    def write(self, path: str, text: str) -> None:
        """Write a file."""
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(text, encoding="utf-8")

    def install(self, name: str) -> None:
        """Add a package to the site."""
        self.edit("pyproject.toml", r"^site = \[\n", f'site = [\n    "{name}",\n')
        self.nox("lock")


def imported(clone: Clone) -> None:
    """Put the posts of an old blog in the place of ours."""
    shutil.rmtree(clone.folder / "posts")
    clone.nox("import", "--", FEED)


def without_manual(clone: Clone) -> None:
    """Leave out the manual, as its page on getting started says."""
    for folder in ("docs", "tests/manual"):
        shutil.rmtree(clone.folder / folder)
    clone.edit("conf.py", r"\n# -- The manual: remove this block[\s\S]*\Z", "\n")
    clone.edit("conf.py", r'^    \("Docs", "docs/index"\),\n', "")
    clone.edit("index.md", r"^docs/index\n", "")
    clone.edit("index.md", r"^The site is at the same time.*\n", "")
    clone.edit("about.md", r" \[How it works\]\(docs/how.md\) tells more\.", "")
    clone.edit("pyproject.toml", r'"docs/_ext"(, )?', "")


def with_bibliography(clone: Clone) -> None:
    """Add an extension that the package index has, and a post that uses it."""
    clone.install("sphinxcontrib-bibtex")
    settings = 'extensions += ["sphinxcontrib.bibtex"]\nbibtex_bibfiles = ["references.bib"]\n'
    clone.edit("conf.py", r"(?=^blog_title = )", settings)
    clone.write("references.bib", BIBLIOGRAPHY)
    clone.write("posts/2024/on-sorting.md", CITING)


def of_others(clone: Clone) -> None:
    """Name other people, in letters beyond ASCII, at another address."""
    clone.edit("conf.py", r"^project = .*$", 'project = "Zoë’s notes"')
    clone.edit("conf.py", r"^author = .*$", 'author = "Zoë Ångström"')
    clone.edit("conf.py", r"^copyright = .*$", 'copyright = "2013–2026, Zoë Ångström"  # noqa: A001')
    clone.edit("conf.py", r"^html_baseurl = .*$", 'html_baseurl = "https://zoe.example/~zoe/notes/"')
    clone.edit("conf.py", r"^postdocs_timezone = .*$", 'postdocs_timezone = "Europe/Stockholm"')
    clone.edit("conf.py", r"^blog_authors = \{[^}]*\}", 'blog_authors = {"Zoë Ångström": ("Zoë", None)}')
    shutil.rmtree(clone.folder / "posts")
    clone.nox("new", "--", "First", "--author", "Zoë Ångström", "--date", "2024-05-03", "--no-edit")
    clone.nox("publish", "--", "posts/2024/first.md", "--date", "2024-05-03")


def with_another_theme(clone: Clone) -> None:
    """Take a theme that the package index has."""
    clone.install("furo")
    clone.edit("conf.py", r"^html_theme = .*$", 'html_theme = "furo"')
    clone.edit("conf.py", r"^html_theme_options = \{[\s\S]*?^\}\n", "")


def commands(folder: Path) -> Iterator[tuple[list[str], bool]]:
    """Yield the commands of nox that the workflows of a blog run, and whether they may fail."""
    for path in sorted(folder.glob(".github/workflows/*.yml")):
        workflow: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        for job in workflow["jobs"].values():
            if "endsWith(github.repository" in job.get("if", ""):
                continue  # of the product
            for step in job["steps"]:
                for line in step.get("run", "").splitlines():
                    if line.startswith("nox "):
                        yield shlex.split(line)[1:], bool(step.get("continue-on-error"))


@pytest.mark.parametrize(
    "become",
    [imported, without_manual, with_bibliography, of_others, with_another_theme],
    ids=lambda f: f.__name__,
)
def test_the_workflows_of_a_clone_stay_green(become: Callable[[Clone], None], tmp_path: Path) -> None:
    """A clone that is made a blog passes all that its workflows run, whatever was changed."""
    clone = Clone(tmp_path / "blog")
    clone.folder.parent.mkdir(exist_ok=True)
    subprocess.run(["git", "clone", "--quiet", str(REPOSITORY), str(clone.folder)], check=True)  # noqa: S603, S607 - our own
    become(clone)
    clone.run("git", "add", ".")
    ran = [*commands(clone.folder)]
    assert {"build", "linkcheck"} <= {word for words, _ in ran for word in words}
    for words, may_fail in ran:
        asks = "--refresh" in words
        if asks:
            words[words.index("--budget") + 1] = "0.1"  # minutes, since nobody answers
        clone.run(*NOX, *words, offline=asks, may_fail=may_fail)
