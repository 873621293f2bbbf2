"""The benchmark of continuous integration: what it runs, and its table."""

from __future__ import annotations

from pathlib import Path

import ci
import pytest
from blogs.measuring import Cost

COST = Cost(wall=1.25, cpu=0.5, largest=1, together=1, output=1, files=1)


def test_the_second_clone_has_the_cache_and_one_changed_post(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is at the path of the first, and new otherwise."""
    seen = []

    def run(_command: object, clone: Path, output: Path) -> Cost:
        texts = {path.relative_to(clone): path.read_text() for path in (clone / "posts").rglob("*.md")}
        seen.append((clone, texts, output.is_dir()))
        output.mkdir(exist_ok=True)
        return COST

    monkeypatch.setattr(ci, "run", run)
    ci.runs(4, tmp_path)
    (clone, first, was_built), (again, second, is_built) = seen[0], seen[len(ci.STEPS)]
    assert (clone, was_built, is_built) == (again, False, True)
    assert len(first) == 4
    (changed,) = (path for path in first if first[path] != second[path])
    assert "correctedinthebench" in second[changed]


def test_the_table_adds_up_the_steps() -> None:
    """Seconds of wall time, and of the processor in brackets."""
    rows = ci.table({"once": dict.fromkeys(ci.STEPS, COST)}).splitlines()
    assert rows[2] == "| once | 1.2 (0.5) | 1.2 (0.5) | 1.2 (0.5) | 3.8 (1.5) |"
