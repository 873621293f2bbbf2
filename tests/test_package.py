"""The package as people install it: its wheel, in an environment of its own, outside of the repository."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest
from helpers import REPOSITORY, TWO_LINES, read_html

import postdocs

pytest.importorskip("ensurepip", reason="this Python brings no pip")
_SCRIPTS = "Scripts" if sys.platform == "win32" else "bin"


class Environment:
    """A Python with pip and the wheel; what else is needed it finds where the tests have it."""

    def __init__(self, folder: Path, wheel: Path) -> None:
        venv.create(folder, with_pip=True)
        self._scripts = folder / _SCRIPTS
        self.run("python", "-m", "pip", "install", "--no-index", "--no-deps", "--quiet", str(wheel))
        site = self.run("python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
        Path(site, "others.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")

    def run(self, program: str, *args: str, cwd: Path | None = None) -> str:
        """Run a program of the environment; return what it prints, which may be no error."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP"))}
        result = subprocess.run(  # noqa: S603 - our own
            [str(self._scripts / program), *args],
            cwd=cwd or self._scripts,
            env={**kept, "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert (result.returncode, result.stderr) == (0, ""), result.stdout
        return result.stdout

    def build(self, source: Path, out: Path, builder: str = "dirhtml") -> None:
        """Build a site; a warning is an error."""
        options = ("-q", "--fail-on-warning", "--keep-going", "--nitpicky", "-d", f"{out}.doctrees")
        self.run("python", "-m", "sphinx", "-b", builder, *options, str(source), str(out))


def build(kind: str, source: Path, folder: Path) -> Path:
    """Build a wheel or an sdist of a source tree (PEP 517); return its path."""
    code = f"import sys, flit_core.buildapi as b; print(b.build_{kind}(sys.argv[1]))"
    command = [sys.executable, "-c", code, str(folder)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=True)  # noqa: S603 - our own
    return folder / done.stdout.strip()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this repository."""
    return build("wheel", REPOSITORY, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment with the wheel."""
    return Environment(tmp_path_factory.mktemp("environment"), wheel)


def test_the_wheel_has_all_of_the_package(wheel: Path) -> None:
    """Modules, types, templates, static files and fonts are in it, with their licences."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        metadata = message_from_bytes(archive.read(f"postdocs-{postdocs.__version__}.dist-info/METADATA"))
    source = REPOSITORY / "src"
    files = (path for path in source.rglob("*") if path.is_file() and path.suffix != ".pyc")
    assert {path.relative_to(source).as_posix() for path in files} <= names
    assert "postdocs/py.typed" in names
    assert sum("/licenses/" in name for name in names) == 6
    assert (
        metadata["License-Expression"]
        == "BSD-3-Clause AND Bitstream-Vera AND LPPL-1.3c AND MIT AND Apache-2.0 AND OFL-1.1"
    )


def test_the_source_distribution_makes_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    """What is packed as source has all that the wheel is built of."""
    sdist = build("sdist", REPOSITORY, tmp_path)
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    other = build("wheel", tmp_path / sdist.name.removesuffix(".tar.gz"), tmp_path)
    with zipfile.ZipFile(wheel) as ours, zipfile.ZipFile(other) as theirs:
        assert ours.namelist() == theirs.namelist()


def test_the_wheel_brings_the_command(environment: Environment) -> None:
    """`postdocs` is there, and is what was installed."""
    assert environment.run("postdocs", "--version") == f"postdocs {postdocs.__version__}\n"
    place = environment.run("python", "-c", "import postdocs; print(postdocs.__file__)")
    assert not Path(place).is_relative_to(REPOSITORY)


@pytest.mark.parametrize("url", ["", "https://example.org/blog/"])
def test_a_new_site_builds_at_once(url: str, environment: Environment, tmp_path: Path) -> None:
    """What `init` writes, whatever the title, builds without a warning, and all of its links are right."""
    site, out = tmp_path / "site", tmp_path / "out"
    title = """'A' "B" \\ $title {{ x }} <i>"""
    texts = ("--title", title, "--author", 'Ann "A." O\'Example, PhD', "--license", "CC-BY-4.0")
    options = (*texts, "--url", url, "--timezone", "Europe/Berlin", "--host", "gitlab")
    assert (site / "conf.py").as_posix() in environment.run("postdocs", "init", str(site), *options)
    environment.build(site, out)
    (home,) = read_html(out / "index.html").xpath("//title")
    assert title in home.text_content()
    assert environment.run("postdocs", "links", "--offline", str(out)).endswith("\n0 faults\n")
    assert (out / "blog/atom.xml").is_file() == bool(url)
    environment.run("postdocs", "new", "Second", "--date", "2024-05-03", "--author", "Ann", cwd=site)
    environment.run("postdocs", "publish", "posts/2024/second.md", "--date", "2024-05-03", cwd=site)
    (site / "talks").mkdir()
    (site / "talks/list.md").write_text("# Talks\n\nNone yet.\n", encoding="utf-8")
    environment.build(site, out)
    assert (out / "posts/2024/second/index.html").is_file()
    assert (out / "talks/list/index.html").is_file()  # a page that no table of contents has
    if url:
        feed = (out / "blog/atom.xml").read_bytes()
        post = site / "posts/2024/second.md"
        text = post.read_text(encoding="utf-8")
        post.write_text(re.sub("^id: .*\n", "", text, flags=re.MULTILINE), encoding="utf-8")
        assert post.read_text(encoding="utf-8") != text
        environment.build(site, out)
        assert (out / "blog/atom.xml").read_bytes() == feed  # the id is that which the site would make


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_two_lines_make_any_project_a_blog(builder: str, environment: Environment, tmp_path: Path) -> None:
    """The lines of the manual add Postdocs to a plain Sphinx project with a theme of its own."""
    site, out = tmp_path / "site", tmp_path / "out"
    site.mkdir()
    settings = 'project = "Plain"\nextensions = ["sphinx.ext.autodoc"]\n'
    (site / "conf.py").write_text(settings + TWO_LINES, encoding="utf-8")
    (site / "index.rst").write_text("Plain\n=====\n\n:ref:`All <blog-posts>`\n", encoding="utf-8")
    environment.run("postdocs", "new", "Hello", "--date", "2024-05-03", "--author", "Ann", cwd=site)
    environment.run("postdocs", "publish", "posts/2024/hello.md", "--date", "2024-05-03", cwd=site)
    environment.build(site, out, builder)
    assert environment.run("postdocs", "links", "--offline", str(out)).endswith("\n0 faults\n")
    blog = "blog.html" if builder == "html" else "blog/index.html"
    assert "Hello" in read_html(out / blog).text_content()
