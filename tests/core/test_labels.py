"""When two labels are one."""

from __future__ import annotations

import pytest

from postdocs.core.labels import key_of, most_used


@pytest.mark.parametrize(
    "spellings",
    [
        ("NumFOCUS", "numfocus", "Num Focus", "num-focus", "NUM_FOCUS", "#numfocus", "Numfocus."),
        ("Node.js", "NodeJS", "node js"),
        ("Straße", "STRASSE"),
        ("ｆｕｌｌ", "full"),
    ],
)
def test_case_space_and_punctuation_do_not_part_labels(spellings: tuple[str, ...]) -> None:
    """Such labels have one key."""
    assert len({key_of(spelling) for spelling in spellings}) == 1


def test_signs_with_a_meaning_part_labels() -> None:
    """C, C++ and C# are three languages; an accent makes another word; punctuation alone is a label too."""
    labels = ["C", "C++", "C#", "A", "A*", "R&D", "RD", "café", "cafe", "!!!", "???", "日本語", "日本", "🐍"]
    assert len({key_of(label) for label in labels}) == len(labels)


def test_the_most_used_spelling_is_shown() -> None:
    """Of spellings that are used as much, the first is."""
    assert most_used(["numfocus", "NumFOCUS", "NumFOCUS", "b", "B", "C++"]) == {
        "numfocus": "NumFOCUS", "NumFOCUS": "NumFOCUS", "b": "b", "B": "b", "C++": "C++"
    }  # fmt: skip
