"""Builds of a site that changes, each compared with a build from nothing."""

from __future__ import annotations

import difflib
import itertools
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from sequences import Site
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils


def build_here(source: Path, out: Path, builder: str, parallel: int) -> None:
    """Build a site in this process, as a new one would."""
    with patch_docutils(source), docutils_namespace():
        app = Sphinx(
            source,
            source,
            out / "html",
            out / "doctrees",
            builder,
            status=None,
            warning=None,
            parallel=parallel,
        )
        app.build()


def build_apart(source: Path, out: Path, builder: str, parallel: int) -> None:
    """Build a site in a process of its own, for extensions that leave something behind in one."""
    folders = ("-d", str(out / "doctrees"), str(source), str(out / "html"))
    command = (sys.executable, "-m", "sphinx", "-q", "-j", str(parallel), "-b", builder, *folders)
    result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    assert result.returncode == 0, result.stderr


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder, by path."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> dict[str, list[str]]:
    """Return the files that are not the same in two builds, with what is not."""
    unequal = sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))
    return {path: [*_diff(one.get(path, b""), other.get(path, b""))] for path in unequal}


def _diff(one: bytes, other: bytes) -> Iterator[str]:
    before, after = (text.decode("latin-1").splitlines() for text in (one, other))
    yield from itertools.islice(difflib.unified_diff(before, after, lineterm="", n=0), 20)


def assert_exact(
    site: Site,
    folder: Path,
    steps: int,
    build: Callable[[Path, Path, str, int], None] = build_here,
) -> None:
    """Assert that after any changes the output is that of a build from nothing. folder: for the builds."""
    builder = site.chance.choice(["html", "dirhtml"])
    history: list[str] = []
    for step in range(steps):
        if step:
            history += [site.change() for _ in range(site.chance.randrange(1, 4))]
        os.environ["SOURCE_DATE_EPOCH"] = str(site.epoch)
        again, clean = folder / "again", folder / f"clean-{step}"
        build(site.root, again, builder, site.chance.choice([1, 2]))
        build(site.root, clean, builder, 1)
        unequal = differences(files_of(again / "html"), files_of(clean / "html"))
        assert not unequal, f"{builder}: {history}: {unequal}"
        history.append("build")
