"""Sessions: `nox -s build` makes the site, `nox -s tests` runs the tests, `nox -l` lists all."""

from __future__ import annotations

import hashlib
import re
import shlex
import shutil
import sys
import time
from pathlib import Path
from typing import Any

import nox

nox.needs_version = ">=2025.5.1"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_venv = "yes"
nox.options.sessions = ["lint", "tests", "build", "linkcheck"]

ROOT = Path(__file__).parent
CONSTRAINTS = ROOT / "constraints.txt"
PYPROJECT = ROOT / "pyproject.toml"
SOURCE = Path("src/postdocs/sphinx_ext")
MANUAL = Path("docs/_ext")
HTML = Path("_build/html")
DOCTREES = Path("_build/doctrees")
LINKS = Path("_build/links")
SUCCESS = DOCTREES / "succeeded"
# `nox -s tests` passes in a clone that has become a blog: what is true of our own site only is elsewhere.
WITH_CHRONICLE = ("-o", "norecursedirs=.* adoption browser clones")


def install(session: nox.Session, group: str) -> None:
    """Install the package in place with a dependency group, unless nothing changed since the last time.

    Every file is checked against the hashes in the constraints. uv takes hashes from constraints; pip takes
    them from requirements only, so with pip the whole list is installed.
    """
    place = f"{group}\n{ROOT}\n{sys.version}"  # an environment knows both: a copy of it elsewhere is no use
    inputs = [place.encode(), PYPROJECT.read_bytes(), CONSTRAINTS.read_bytes()]
    wanted = hashlib.sha256(b"\0".join(inputs)).hexdigest()
    stamp = Path(session.virtualenv.location, "postdocs-install.sha256")
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        session.log("The environment is up to date.")
        return
    stamp.unlink(missing_ok=True)
    if session.venv_backend == "uv":
        project = nox.project.load_toml(PYPROJECT)
        needed = requirements(project, group)
        session.install("--compile-bytecode", "--constraint", str(CONSTRAINTS), *needed)  # as pip does
    else:
        session.install("--requirement", str(CONSTRAINTS))
    session.install("--no-deps", "--no-build-isolation", "--editable", ".")
    stamp.write_text(wanted, encoding="ascii")


def requirements(project: dict[str, Any], group: str) -> list[str]:
    """Return what a site and a dependency group need."""
    package = project["project"]
    site = package["optional-dependencies"]["site"]
    return [*package["dependencies"], *site, *nox.project.dependency_groups(project, group)]


@nox.session
def build(session: nox.Session) -> None:
    """Build the site into _build/html; a warning fails it, and all warnings are shown."""
    install(session, "site")
    start = time.perf_counter()
    # Only what has changed is built again. After a failure that is everything, so that no warning is missed.
    # But for copies of pictures, which take long, and are the same.
    fresh = [] if SUCCESS.is_file() else ["--fresh-env"]
    if fresh:
        shutil.rmtree(HTML, ignore_errors=True)
    SUCCESS.unlink(missing_ok=True)
    session.run(
        *("python", "-m", "postdocs", "build", "--"),
        *("-b", "dirhtml", "-d", str(DOCTREES), "-j", "auto", "-q"),
        *("--fail-on-warning", "--keep-going", "--nitpicky"),
        *fresh,
        *session.posargs,
        *(".", str(HTML)),
    )
    SUCCESS.touch()
    blog = HTML / "blog" / "index.html"
    page = blog.read_text(encoding="utf-8") if blog.is_file() else ""
    count = re.search(r'"post-count">(\d+ posts?)', page)
    took = f"{time.perf_counter() - start:.1f} s"
    session.log(f"{count[1] if count else 'Built'} in {took}: {(ROOT / HTML / 'index.html').as_uri()}")


@nox.session(default=False)
def preview(session: nox.Session) -> None:
    """Serve the site on 127.0.0.1 with drafts, and build and reload it on each save; Ctrl-C ends it."""
    install(session, "preview")
    session.run("python", "-m", "postdocs", "preview", *session.posargs)


@nox.session(default=False)
def doctor(session: nox.Session) -> None:
    """Check whether the site is ready to be published."""
    install(session, "site")
    session.run("python", "-m", "postdocs", "doctor", *session.posargs)


@nox.session(name="import", default=False)
def import_(session: nox.Session) -> None:
    """Make posts of an existing blog: `nox -s import -- SOURCE…`; `-- --help` says more."""
    install(session, "site")
    session.run("python", "-m", "postdocs", "import", *session.posargs)


@nox.session(default=False)
def new(session: nox.Session) -> None:
    """Begin a post: `nox -s new -- "Title"`; `-- --help` says more."""
    install(session, "site")
    session.run("python", "-m", "postdocs", "new", *session.posargs)


@nox.session(default=False)
def publish(session: nox.Session) -> None:
    """Make a post of a draft: `nox -s publish -- PATH`; `-- --help` says more."""
    install(session, "site")
    session.run("python", "-m", "postdocs", "publish", *session.posargs)


@nox.session(default=False)
def move(session: nox.Session) -> None:
    """Rename or move a post: `nox -s move -- OLD NEW`; `-- --help` says more."""
    install(session, "site")
    session.run("python", "-m", "postdocs", "move", *session.posargs)


@nox.session
def linkcheck(session: nox.Session) -> None:
    """Check the links of the built site; `-- --refresh` asks again what is due, `-- --help` says more."""
    install(session, "site")
    if not (ROOT / HTML / "index.html").is_file():
        session.error(f"{HTML}/index.html is not there; run `nox -s build` first.")
    session.run("python", "-m", "postdocs", "links", str(HTML), "--cache", str(LINKS), *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Test Postdocs, whatever site is in this repository; arguments after -- go to pytest."""
    install(session, "tests")
    session.run("python", "-m", "pytest", *session.posargs)


@nox.session(default=False)
def chronicle(session: nox.Session) -> None:
    """Test what is SciPy Chronicle's own: digests, manual, dependencies, workflows and the built site."""
    install(session, "tests")
    session.run("python", "-m", "pytest", "tests/chronicle", "tests/manual", *session.posargs)


@nox.session(default=False)
def clones(session: nox.Session) -> None:
    """Make clones of this repository blogs, in five ways, and run all that their workflows run."""
    install(session, "tests")
    nox_here = shlex.join([sys.executable, "-m", "nox"])
    session.run("python", "-m", "pytest", "tests/clones", *session.posargs, env={"NOX": nox_here})


@nox.session(default=False)
def fuzz(session: nox.Session) -> None:
    """Run the property tests with thousands of new examples; arguments after -- go to pytest."""
    install(session, "tests")
    try:
        session.run(
            "python", "-m", "pytest", "--hypothesis-profile=fuzz", "-m", "hypothesis", *session.posargs
        )
    finally:
        session.log("Examples that fail are in .hypothesis, and run first the next time.")
        session.log("To keep one for good, copy what `Falsifying example` shows above its test as")
        session.log("@hypothesis.example(…), or write a test of its own for it.")


@nox.session(default=False)
def coverage(session: nox.Session) -> None:
    """Run all tests and fail if they leave too much of the package unused; arguments go to pytest."""
    install(session, "tests")
    session.run("python", "-m", "coverage", "erase")
    session.run("python", "-m", "coverage", "run", "-m", "pytest", *WITH_CHRONICLE, *session.posargs)
    session.run("python", "-m", "coverage", "combine", "--quiet")
    session.run("python", "-m", "coverage", "report")


@nox.session(default=False)
def browser(session: nox.Session) -> None:
    """Test the built site in Chromium, and formulas in Firefox too, where they are installed."""
    install(session, "browser")
    session.run("python", "-m", "pytest", "tests/browser", *session.posargs)


@nox.session(default=False)
def screenshots(session: nox.Session) -> None:
    """Make the pictures of the README anew, from the built site in Chromium."""
    install(session, "browser")
    session.run("python", "-m", "browser.screenshots", env={"PYTHONPATH": "tests"})


@nox.session(default=False)
def audit(session: nox.Session) -> None:
    """Run the Nu HTML checker and Lighthouse on the built site, where Java and Node are there."""
    install(session, "site")
    folder = str(Path(session.virtualenv.location, "npm"))
    session.run("python", "-m", "browser.audit", folder, env={"PYTHONPATH": "tests"})


@nox.session(default=False)
def bench(session: nox.Session) -> None:
    """Measure imports, checks of links, and builds; `-- NAME --help` is about one of them."""
    install(session, "preview")
    names = sorted(path.stem for path in ROOT.glob("bench/*.py"))
    chosen, options = session.posargs[:1] or names, session.posargs[1:]
    if not set(chosen) <= set(names):
        session.error(f"There is no benchmark {chosen[0]!r}; those are {', '.join(names)}.")
    for name in chosen:
        session.run("python", f"bench/{name}.py", *options)


@nox.session(default=False, venv_backend="uv")
@nox.parametrize("versions", [nox.param(name, id=name) for name in ("oldest", "newest", "sphinx-main")])
def versions(session: nox.Session, versions: str) -> None:
    """Run the tests with the oldest allowed or newest dependencies, or Sphinx's main branch."""
    project = nox.project.load_toml(PYPROJECT)
    needed = requirements(project, "tests")
    options = ["--resolution", "lowest-direct"] if versions == "oldest" else ["--upgrade"]
    if versions == "sphinx-main":
        overrides = Path(
            session.virtualenv.location, "overrides.txt"
        )  # extensions exclude what isn't released
        overrides.write_text("sphinx @ git+https://github.com/sphinx-doc/sphinx\n", encoding="ascii")
        options += ["--overrides", str(overrides)]
    session.install(*options, *needed)
    session.install("--no-deps", "--no-build-isolation", "--editable", ".")
    session.run("python", "-m", "pytest", *WITH_CHRONICLE, *session.posargs)


@nox.session(default=False)
def compat(session: nox.Session) -> None:
    """Build a blog with other themes, builders and extensions, those on the manual's page of them."""
    install(session, "adoption")
    session.run("python", "-m", "pytest", "tests/adoption", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style with ruff, types with mypy, workflows with zizmor, and prose; `-- ruff` runs one."""
    install(session, "lint")
    commands = {
        "ruff": (("ruff", "check"), ("ruff", "format", "--check")),
        "mypy": (("mypy",),),
        "zizmor": (("zizmor", "--offline", "--quiet", ".github", "action.yml"),),
        "prose": (("codespell",), ("python", "-m", "manual.prose")),
    }
    if not MANUAL.is_dir():  # a site without our manual has prose of its own
        del commands["prose"]
    for name in session.posargs or commands:
        for command in commands[name]:
            session.run(*command, env={"PYTHONPATH": str(MANUAL)})


@nox.session(default=False)
def translations(session: nox.Session) -> None:
    """Take new messages of the site into the catalogs; `-- init NAME` begins one of another language."""
    install(session, "site")
    template = str(Path(session.create_tmp(), "postdocs.pot"))
    options = ("-F", "pyproject.toml", "--no-location", "--omit-header", "--sort-output")
    session.run("pybabel", "extract", *options, "-o", template, str(SOURCE))
    catalogs = ("-D", "postdocs", "-i", template, "-d", str(SOURCE / "locale"))
    if session.posargs[:1] == ["init"]:
        session.run("pybabel", "init", *catalogs, "-l", *session.posargs[1:])
    else:
        update = ("--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date", "-w", "100")
        session.run("pybabel", "update", *update, *catalogs)


@nox.session(default=False)
def lock(session: nox.Session) -> None:
    """Write constraints.txt anew from pyproject.toml; `nox -s lock -- --upgrade` takes newer versions."""
    session.install("uv")
    groups = nox.project.load_toml(PYPROJECT)["dependency-groups"]
    session.run(
        *("uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes"),
        *("--python-version", "3.11", "--fork-strategy", "fewest", "--custom-compile-command", "nox -s lock"),
        *("--extra", "site", *(argument for group in groups for argument in ("--group", group))),
        *session.posargs,
        *("pyproject.toml", "--output-file", CONSTRAINTS.name),
        env={"UV_CUSTOM_COMPILE_COMMAND": "nox -s lock"},
    )
