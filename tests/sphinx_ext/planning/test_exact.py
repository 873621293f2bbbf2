"""A build after any changes is, byte for byte, that of a clean start."""

from __future__ import annotations

import difflib
import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sequences import Site
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

SEQUENCES = int(os.environ.get("SEQUENCES", "6"))
STEPS = 5


def build(source: Path, out: Path, builder: str, parallel: int = 1) -> dict[str, bytes]:
    """Build a site as a new process would; return its files."""
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
    files = (path for path in (out / "html").rglob("*") if path.is_file())
    return {path.relative_to(out / "html").as_posix(): path.read_bytes() for path in files}


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> dict[str, list[str]]:
    """Return the files that are not the same in two builds, with what is not."""
    unequal = sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))
    return {path: [*_diff(one.get(path, b""), other.get(path, b""))] for path in unequal}


def _diff(one: bytes, other: bytes) -> Iterator[str]:
    before, after = (text.decode("latin-1").splitlines() for text in (one, other))
    yield from itertools.islice(difflib.unified_diff(before, after, lineterm="", n=0), 20)


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_any_sequence_of_changes_ends_in_a_clean_build(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever an author does between builds, the output is that of a build from nothing."""
    site = Site(tmp_path / "site", seed)
    builder = site.chance.choice(["html", "dirhtml"])
    history: list[str] = []
    for step in range(STEPS):
        if step:
            history += [site.change() for _ in range(site.chance.randrange(1, 4))]
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(site.epoch))
        again = build(site.root, tmp_path / "again", builder, parallel=site.chance.choice([1, 2]))
        clean = build(site.root, tmp_path / f"clean-{step}", builder)
        assert differences(again, clean) == {}, f"{builder}: {history}"
        history.append("build")
