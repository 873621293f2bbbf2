"""The terms of texts."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postdocs.sphinx_ext.search.terms import LONGEST, terms_of


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The sparse-matrix solver's 2nd run.", ["the", "sparse", "matrix", "solver", "s", "2nd", "run"]),
        ("to_html(numpy.array) == 3.5", ["to", "html", "numpy", "array", "3", "5"]),
        (
            "C, C++ and C#; issue #12, 1+1, c++11",
            ["c", "c++", "and", "c#", "issue", "12", "1", "1", "c", "11"],
        ),
        ("ÉCOLE naïve Übergröße Ångström", ["ecole", "naive", "ubergroße", "angstrom"]),
        ("и\u0306 й Ёж", ["й", "й", "ёж"]),
        ("λόγος ﬁne", ["λογος", "fine"]),
        ("हिन्दी עִבְרִית", ["हिन्दी", "עִבְרִית"]),
        ("検索エンジン3日", ["検索", "索エ", "エン", "ンジ", "ジン", "ン", "3", "日"]),
        ("ไทย a", ["ไท", "ทย", "ย", "a"]),
        ("", []),
        ("\ud800x — … \u00a0", ["x"]),
    ],
)
def test_words_are_told_apart(text: str, terms: list[str]) -> None:
    """As readers type them: without case, accents and punctuation; dense scripts in pairs."""
    assert terms_of(text) == [unicodedata.normalize("NFC", term) for term in terms]


def test_data_is_no_word() -> None:
    """What is longer than any word is left out."""
    assert terms_of(f"a {'b' * LONGEST} {'c' * (LONGEST + 1)} é{'d' * LONGEST}") == ["a", "b" * LONGEST]


@given(st.text(), st.text())
def test_terms_are_those_of_their_own_text(one: str, other: str) -> None:
    """A term that is asked for is found as it is, and a space parts words wherever it stands."""
    terms = terms_of(one)
    assert [*terms, *terms_of(other)] == terms_of(f"{one} {other}")
    assert all(terms_of(term)[:1] == [term] for term in terms)
