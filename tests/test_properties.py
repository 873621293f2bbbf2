"""Property tests draw the same examples every time."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from properties import FIXED, FUZZ, examples


def draw() -> list[str]:
    """Return what a property test is given."""
    drawn: list[str] = []

    @given(st.text())
    @settings(settings.get_profile(FIXED))
    def take(text: str) -> None:
        drawn.append(text)

    take()
    return drawn


def test_examples_depend_on_nothing_that_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are the same when a test runs again, also after a module with other constants was loaded."""
    first = draw()
    file = tmp_path / "module_with_constants.py"
    file.write_text(f"WORDS = {[f'word {number}' for number in range(1000)]}", encoding="utf-8")
    module = ModuleType(file.stem)
    module.__file__ = str(file)
    monkeypatch.setitem(sys.modules, file.stem, module)
    assert len(first) >= 100
    assert draw() == first


def test_no_profile_depends_on_the_speed_of_the_machine() -> None:
    """There is no deadline for an example; the search has many more of them, and keeps those that fail."""
    fixed, fuzz = settings.get_profile(FIXED), settings.get_profile(FUZZ)
    assert fixed.deadline is fuzz.deadline is None
    assert fixed.derandomize
    assert not fuzz.derandomize
    assert fuzz.max_examples > 10 * fixed.max_examples
    assert fuzz.database is not None


def test_a_test_may_have_more_examples_than_others() -> None:
    """In proportion, so that the search has more of them, too."""
    assert examples(1.5) == round(settings().max_examples * 1.5)
