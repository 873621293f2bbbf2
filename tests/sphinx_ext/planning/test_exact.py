"""A build after any changes is, byte for byte, that of a clean start."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from exactness import assert_exact
from sequences import Site

SEQUENCES = int(os.environ.get("SEQUENCES", "6"))
STEPS = 5


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_any_sequence_of_changes_ends_in_a_clean_build(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever an author does between builds, the output is that of a build from nothing."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")  # which a sequence sets, and what others see after it
    assert_exact(Site(tmp_path / "site", seed), tmp_path, STEPS)
