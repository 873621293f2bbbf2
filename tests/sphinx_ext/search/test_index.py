"""The index as such."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postdocs.sphinx_ext.search import index
from postdocs.sphinx_ext.search.index import Index, Page, part_of

WORDS = st.sampled_from(
    ["array", "arrays", "art", "b", "boat", "boats", "c", "c++", "日本", "graph", "graphs"]
)
PAGES = st.builds(
    Page,
    url=st.just("x/"),
    meta=st.fixed_dictionaries({"title": st.lists(WORDS, max_size=2).map(" ".join)}),
    content=st.lists(WORDS, max_size=12).map(" ".join),
)


def made_of(pages: list[Page]) -> Index:
    """Return the index of some pages."""
    made = Index({})
    for number, page in enumerate(pages):
        made.put(number, page)
    made.settle()
    return made


def weights_in(made: Index, number: int) -> dict[str, int]:
    """Return the weights of the terms of a page, as a reader's browser takes them from the index."""
    found = {}
    for term, postings in made.postings.items():
        at = 0
        for coded in map(int, postings.split(",")):
            at += coded >> 4
            if at == number:
                assert term not in found
                found[term] = coded & 15
    return found


@given(st.lists(PAGES, max_size=5))
def test_each_page_has_its_terms(pages: list[Page]) -> None:
    """With their weights, and no others."""
    made = made_of(pages)
    assert made.changed == {*made.postings}
    for number, page in enumerate(pages):
        assert weights_in(made, number) == page.weights()


@given(st.lists(PAGES, min_size=1, max_size=5), st.data())
def test_changes_make_the_index_of_a_clean_start(pages: list[Page], data: st.DataObject) -> None:
    """Whatever pages become; what is named as changed is what has changed."""
    before = made_of(pages)
    after = Index(dict(before.postings))
    for number in data.draw(st.sets(st.integers(0, len(pages) - 1))):
        before_, pages[number] = pages[number], data.draw(PAGES)
        after.put(number, pages[number], before_)
    for page in data.draw(st.lists(PAGES, max_size=2)):
        after.put(len(pages), page)
        pages.append(page)
    after.settle()
    clean = made_of(pages)
    assert after.postings == clean.postings
    assert after.changed == {
        term
        for term in before.postings.keys() | clean.postings.keys()
        if before.postings.get(term) != clean.postings.get(term)
    }


@given(st.lists(PAGES, max_size=6), st.integers(1, 60))
def test_parts_hold_each_term_once(pages: list[Page], size: int) -> None:
    """Where it is looked for; a part is only larger than it should be if it has a single term."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "PART", size)
        made = made_of(pages)
        parts = made.parts()
    assert sorted(term for terms in parts.values() for term in terms) == sorted(made.postings)
    for prefix, terms in parts.items():
        assert [part_of(term, parts) for term in terms] == [prefix] * len(terms)
        assert len(terms) < 2 or sum(len(term) + len(made.postings[term]) for term in terms) <= size


def test_a_term_may_belong_to_no_part() -> None:
    """There is none for what begins as no term does."""
    parts = {"ar": 1, "b": 2, "bo": 3}
    assert [part_of(term, parts) for term in ("ar", "arrow", "a", "boat", "bat", "zoo", "")] == [
        *("ar", "ar", None, "bo", "b", None, None)
    ]
    assert part_of("zoo", {"": 1}) == ""


def test_titles_and_labels_say_more_than_the_text() -> None:
    """And what a short page is about more than what a long one mentions."""
    about = {"title": "Solver", "tags": "mesh", "date": "2024-05-06"}
    weights = Page("x/", about, f"kernel {'some other words ' * 130}").weights()
    assert weights["solver"] > weights["mesh"] > weights["kernel"] == weights["2024"]
    assert Page("x/", {"title": ""}, "kernel of it").weights()["kernel"] > weights["kernel"]
    assert {*weights.values()} <= {*range(1, 16)}
