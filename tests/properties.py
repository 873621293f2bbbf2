"""How property tests draw their examples: the same ones every time, or, to search on, ever new ones."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.database import DirectoryBasedExampleDatabase
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

FIXED, FUZZ = "fixed", "fuzz"  # the names of the profiles


def register(database: Path) -> None:
    """Register the profiles, and use the fixed one.

    Neither has a limit of time, which a busy machine would break. database: the folder in which the search
    keeps the examples that fail.
    """
    patient = settings(
        settings.get_profile("default"), deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    settings.register_profile(FIXED, patient, derandomize=True, database=None)
    settings.register_profile(
        FUZZ,
        patient,
        max_examples=5_000,
        print_blob=True,
        database=DirectoryBasedExampleDatabase(database),
    )
    settings.load_profile(FIXED)


def examples(factor: float) -> int:
    """Return a number of examples, in proportion to that of the profile in use."""
    return round(settings().max_examples * factor)


def draw_no_constants_of_modules() -> None:
    """Make examples independent of the modules that are loaded.

    Hypothesis also draws constants that it finds in the source of this package and its tests. Which of them
    are loaded differs from worker to worker, and the examples with it. There is no setting for this.
    """
    nothing = Constants()
    providers._get_local_constants = lambda: nothing  # noqa: SLF001 - see above
