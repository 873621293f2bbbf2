"""The commands of the manual do what it says: each is run in a site of its own, without a network."""

from __future__ import annotations

import importlib.util
import re
import shlex
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from glob import glob
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from helpers import REPOSITORY

from postdocs import cli

FEEDS = REPOSITORY / "tests/feeds"
DOCS = REPOSITORY / "docs"
PAGES = [REPOSITORY / "README.md", REPOSITORY / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
# What stands before commands on a page that no other command makes: where it is, and what of the tests it is.
INPUTS = {
    "import.md": {
        "feed.xml": "jekyll-feed.xml",
        "disqus.xml": "",
        "../old-blog/hugo.toml": "",
        "../old-blog/content/posts/heat.md": "",
    },
    "blogger.md": {"feed.atom": "blogger-takeout.xml"},
    "ghost.md": {"export.json": "ghost-export.json", "images/": ""},
    "built-site.md": {"../old-blog/public/index.html": "", "../old-blog/public/heat/index.html": ""},
    "hexo.md": {
        "../old-blog/_config.yml": "",
        "../old-blog/package.json": "",
        "../old-blog/source/_posts/heat.md": "",
    },
    "hugo.md": {"../old-blog/hugo.toml": "", "../old-blog/content/posts/heat.md": ""},
    "jekyll.md": {"../old-blog/_config.yml": "", "../old-blog/_posts/2024-05-03-heat.md": ""},
    "markdown.md": {"../old-blog/posts/heat.md": ""},
    "mkdocs-material.md": {"../old-blog/mkdocs.yml": "", "../old-blog/docs/blog/posts/heat.md": ""},
    "mkdocs.md": {"../old-blog/mkdocs.yml": "", "../old-blog/docs/blog/posts/heat.md": ""},
    "medium.md": {"medium-export/posts/heat.html": ""},
    "myst.md": {"../old-site/myst.yml": "", "../old-site/posts/heat.md": ""},
    "nikola.md": {"../old-blog/conf.py": "", "../old-blog/posts/heat-3.md": ""},
    "notebooks.md": {"../old-blog/heat.ipynb": ""},
    "quarto.md": {"../old-blog/_quarto.yml": "", "../old-blog/posts/heat.qmd": ""},
    "sphinx.md": {"../old-docs/conf.py": "", "../old-docs/blog/heat.md": ""},
    "page.md": {
        "feed.xml": "ablog-atom.xml",
        "public/": "",
        "Heat_files/": "",
        "Heat.html": "",
        "post.txt": "",
    },
    "pelican.md": {
        "../old-blog/pelicanconf.py": "",
        "../old-blog/content/heat.md": "",
        "../old-blog/output/feeds/all.atom.xml": "pelican-atom.xml",
    },
    "recipes.md": {"posts/2024/draft-7.md": ""},
    "substack.md": {"export/posts.csv": "", "export/posts/1.heat.html": ""},
    "wordpress.md": {"export/blog.xml": "wordpress-wxr.xml", "uploads/": ""},
}
_POST = "---\ntitle: Heat\ndate: 2024-05-03\n---\n\nHow it spreads.\n"
TEXTS = {
    "../old-blog/public/index.html": '<title>Notes</title><link rel="canonical" href="https://ann.example.org/">'
    '<main><a href="heat/">Heat</a></main>',
    "../old-blog/public/heat/index.html": "<title>Heat</title>"
    '<link rel="canonical" href="https://ann.example.org/heat/"><article><h1>Heat</h1>'
    '<time datetime="2024-05-03">3 May</time><p>How it spreads.</p></article>',
    "disqus.xml": '<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals"><thread '
    'dsq:id="1"><link>https://ann.example.org/posts/heat/</link></thread>'
    '<post dsq:id="2"><message>Thanks.</message><createdAt>2022-02-03T07:30:00Z</createdAt>'
    '<author><name>Ada</name></author><thread dsq:id="1"/></post></disqus>',
    "../old-blog/hugo.toml": 'baseURL = "https://ann.example.org/"\ntitle = "Notes"\n',
    "../old-blog/content/posts/heat.md": _POST,
    "../old-blog/pelicanconf.py": "SITEURL = 'https://ann.example.org'\nPATH = 'content'\n",
    "../old-blog/content/heat.md": "Title: Heat\nDate: 2024-05-03\n\nHow it spreads.\n",
    "../old-docs/conf.py": "extensions = ['ablog', 'myst_parser']\nblog_baseurl = 'https://ann.example.org'\n",
    "../old-docs/blog/heat.md": "---\nblogpost: true\ndate: 2024-05-03\n---\n# Heat\n\nHow it spreads.\n",
    "../old-blog/conf.py": "# Nikola\nSITE_URL = 'https://ann.example.org/'\n",
    "../old-blog/posts/heat-3.md": "<!--\n.. title: Heat\n.. date: 2024-05-03\n-->\n\nHow it spreads.\n",
    "../old-blog/_config.yml": "title: Notes\nurl: https://ann.example.org\n",
    "../old-blog/_posts/2024-05-03-heat.md": _POST,
    "../old-blog/package.json": '{"dependencies": {"hexo": "^8.1.2"}}',
    "../old-blog/source/_posts/heat.md": _POST,
    "../old-blog/posts/heat.md": _POST,
    "../old-blog/mkdocs.yml": "site_url: https://ann.example.org/\nplugins: [blog]\n",
    "../old-blog/docs/blog/posts/heat.md": _POST,
    "../old-site/myst.yml": "version: 1\nproject:\n  title: Notes\n",
    "../old-site/posts/heat.md": _POST,
    "../old-blog/_quarto.yml": "website:\n  title: Notes\n  site-url: https://ann.example.org\n",
    "../old-blog/posts/heat.qmd": _POST,
    "../old-blog/heat.ipynb": '{"nbformat": 4, "nbformat_minor": 4, "metadata": {"date": "2024-05-03"}, '
    '"cells": [{"cell_type": "markdown", "metadata": {}, "source": "# Heat\\n\\nHow it spreads."}]}',
    "medium-export/posts/heat.html": '<article class="h-entry"><h1>Heat</h1>'
    '<p class="e-content">How it spreads.</p><a href="https://medium.com">Medium</a></article>',
    "export/posts.csv": "post_id,post_date,is_published,title\n1.heat,2021-03-04,true,Heat\n",
    "export/posts/1.heat.html": "<p>How it spreads.</p>",
    "Heat.html": "<title>Heat</title><article><h1>Heat</h1><p>How it spreads.</p></article>",
    "posts/2024/draft-7.md": "---\ntitle: Multigrid\ndraft: true\n---\n\nHow it converges.\n",
    "post.txt": "Heat#\n\nHow it spreads.\n\nWhy¶\n\nNobody knows.\n",
}
# What no test can run, by how the command begins.
EXCUSED = {
    "python -m pip install": "it asks the package index",
    "nox -s lock": "it asks the package index",
    "nox -s compat": "it asks the package index",
    "nox -s versions": "it asks the package index",
    "pre-commit install": "it changes how the repository commits",
    "nox -s tests": "it takes minutes",
    "nox -s bench": "it takes hours",
    "PYTHONPATH=bench": "it takes minutes",
    "SITE=": "it needs browsers, and a site that takes minutes",
    "nox -s preview": "it serves until Ctrl-C; tests/preview/test_run.py runs it so",
    "nox -s import -- https://": "it asks the old blog",
    "nox -s import -- comments.db": "it is a database; tests/importer/test_comment_sources.py reads one",
    "postdocs links public/": "another generator makes the site; the tests of the link check have some",
    "pelican": "it is not ours",
    "bundle exec jekyll": "it is not ours",
    "hugo": "it is not ours",
    "npx hexo": "it is not ours",
    "mkdocs": "it is not ours",
    "myst": "it is not ours",
    "nikola": "it is not ours",
    "quarto": "it is not ours",
    "wp export": "it is not ours",
    "rsync": "it needs a server",
}
BARE = "nox"  # lint, tests, build and linkcheck, which the manual has one by one too
BEGINNINGS = {"index.md", "project.md"}  # pages whose commands create a site
LOST = {
    "publish.md",  # a new site has an author of an example, and `doctor` says so
    "wordpress.md",  # the export has not all pictures of a gallery, and status 1 says so
}


def commands(page: Path) -> Iterator[list[str]]:
    """Yield the commands in the blocks of `sh` of a page."""
    text = page.read_text(encoding="utf-8")
    for block in re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            words = shlex.split(line, comments=True)
            while words:
                end = words.index("&&") if "&&" in words else len(words)
                yield words[:end]
                words = words[end + 1 :]


def is_excused(words: list[str]) -> bool:
    """Tell whether no test can run a command."""
    return words == [BARE] or any(" ".join(words).startswith(start) for start in EXCUSED)


def is_run_elsewhere(page: Path) -> bool:
    """Tell whether another page has all commands of a page, as guides have those of comparisons."""
    here = [words for words in commands(page) if not is_excused(words)]
    others = [[*commands(other)] for other in PAGES if other != page]
    return any(all(words in there for words in here) and len(there) > len(here) for there in others)


RUN = [page for page in PAGES if not all(map(is_excused, commands(page))) and not is_run_elsewhere(page)]


@dataclass
class Session:
    """What a session of nox gets of a command, and does in the environment of the tests."""

    posargs: list[str]
    allowed: set[int]

    def run(self, *command: str) -> None:
        """Run a command, which has to end well."""
        program, *arguments = command[2:] if command[:2] == ("python", "-m") else command
        if program == "postdocs":
            assert cli.run(arguments) in self.allowed
        else:
            module = {"sphinx-build": ["-m", "sphinx"], "sphinx": ["-m", "sphinx"]}.get(program)
            begin = [sys.executable, *module] if module else [program]
            subprocess.run([*begin, *arguments], check=True)  # noqa: S603 - what the manual says

    def log(self, text: str) -> None:
        """Print what a session says."""
        print(text)  # noqa: T201 - as nox does

    def error(self, text: str) -> None:
        """End what cannot go on."""
        pytest.fail(text)


def sessions(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[Session], None]]:
    """Return the sessions of the noxfile of this folder. They install nothing: all of it is there."""
    found: dict[str, Callable[[Session], None]] = {}

    def session(
        made: Callable[[Session], None] | None = None, *, name: str = "", **options: object
    ) -> object:
        def add(function: Callable[[Session], None]) -> Callable[[Session], None]:
            found[name or function.__name__] = function
            return function

        return add(made) if made else add

    nox = ModuleType("nox")
    vars(nox).update(session=session, options=SimpleNamespace(), Session=Session)
    vars(nox).update(param=lambda *_, **__: None, parametrize=lambda *_: lambda function: function)
    monkeypatch.setitem(sys.modules, "nox", nox)
    spec = importlib.util.spec_from_file_location("noxfile", Path("noxfile.py").absolute())
    assert spec
    assert spec.loader
    noxfile = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(noxfile)
    vars(noxfile)["install"] = lambda *_: None
    return found


def run(words: list[str], monkeypatch: pytest.MonkeyPatch, allowed: set[int]) -> None:
    """Run a command in this folder. The manual was written in 2024, and so are the posts that it begins."""
    words = [found for word in words for found in (sorted(glob(word)) if "*" in word else [word])]  # noqa: PTH207
    words += ["--date", "2024-05-03"] if "new" in words else []
    if words[0] == "cd":
        monkeypatch.chdir(words[1])
    elif words[0] != "nox":
        Session([], allowed).run(*words)
    else:
        assert words[1] == "-s"
        end = words.index("--") if "--" in words else len(words)
        for name in words[2:end]:
            sessions(monkeypatch)[name](Session(words[end + 1 :], allowed))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with the sessions of this repository, which was built."""
    site = tmp_path_factory.mktemp("built") / "site"
    begin(site)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(site)
        run(["nox", "-s", "build"], patch, {0})
    return site


def begin(site: Path) -> None:
    """Begin a site, with the sessions of this repository."""
    assert cli.run(["init", str(site), "--url", "https://example.org/"]) == 0
    shutil.copy(REPOSITORY / "noxfile.py", site)
    subprocess.run(["git", "init", "--quiet", site], check=True)  # noqa: S603, S607 - our own


@pytest.mark.parametrize("page", RUN, ids=[page.stem for page in RUN])
def test_each_command_does_what_it_says(
    page: Path, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All commands of a page, in its order, end well, with their inputs where the page says that they are."""
    if page.name in INPUTS:
        site = tmp_path / "site"
        begin(site)
    else:
        site = tmp_path if page.name in BEGINNINGS else request.getfixturevalue("built")
    for name, feed in INPUTS.get(page.name, {}).items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        if name.endswith("/"):
            (site / name).mkdir()
        else:
            text = (FEEDS / feed).read_bytes() if feed else TEXTS[name].encode()
            (site / name).write_bytes(text)

    def refuse(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "no network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.chdir(site)
    for words in commands(page):
        if not is_excused(words):
            run(words, monkeypatch, {0, 1} if page.name in LOST else {0})


def test_what_is_excused_is_in_the_manual() -> None:
    """No excuse outlives its command."""
    lines = [" ".join(words) for page in PAGES for words in commands(page)]
    assert [start for start in EXCUSED if not any(line.startswith(start) for line in lines)] == []
    assert BARE in lines
