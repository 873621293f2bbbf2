"""Faults planted in a site that no generator made, and good links that look like faults."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from blogs.link_cases import CASES, Case, plant

from postdocs.links.site import read


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[str]]:
    """The addresses that lead nowhere, by file."""
    root = tmp_path_factory.mktemp("planted")
    plant(root)
    site = read(root, None, root)
    addresses: dict[str, list[str]] = {}
    for link in site.broken:
        addresses.setdefault(link.path, []).append(link.url)
    for problem in site.result.problems:
        addresses.setdefault(problem.path, []).append(problem.reason)
    return addresses


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.path)
def test_each_fault_is_found_and_nothing_else(case: Case, broken: Mapping[str, list[str]]) -> None:
    """A file has the fault that was planted in it, or none."""
    assert broken.get(case.path, []) == ([case.fault] if case.fault else [])


def test_there_are_enough_of_them() -> None:
    """Sixty faults and thirty good files at least."""
    faults = sum(case.fault is not None for case in CASES)
    assert (faults >= 60, len(CASES) - faults >= 30) == (True, True)
