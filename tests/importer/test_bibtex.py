"""Bibliographies of sources, as a build prints them."""

from __future__ import annotations

import pytest
from helpers import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st
from properties import examples
from pybtex.database import parse_string
from pybtex.plugin import find_plugin

from postdocs.importer import bibtex

TEXT = r"""Words between entries are comments.
@string{mit = "MIT Press"}
@Comment{jabref-meta: {x}}
@preamble{"\newcommand{\x}{y}"}
@Book{knuth:84, author = "Knuth, Donald {"}E{"}", title = {The {\TeX}book}, publisher = mit # " & Co",
  month = jan, Year = 1984}
@article(tide, author = {Ebb, A.}, title = {Low}, journaltitle = {Sea}, date = {1999-05-03})
@book{knuth:84, title = {The second is not read}}
@misc{lost, title = nowhere}
@misc{open, title = {never
"""


def test_entries_are_read_as_bibtex_reads_them() -> None:
    """With what their strings and months stand for; what can't be read is named by its line."""
    found = bibtex.read(TEXT)
    assert [*found.works] == ["knuth:84", "tide"]
    assert found.works["knuth:84"].fields == {
        "author": 'Knuth, Donald {"}E{"}',
        "title": r"The {\TeX}book",
        "publisher": "MIT Press & Co",
        "month": "January",
        "year": "1984",
    }
    assert found.unreadable == ((9, "@misc{lost, title = nowhere}"), (10, "@misc{open, title = {never"))


@pytest.mark.parametrize(
    ("entry", "kind", "fields"),
    [
        (
            "@article{a, author={A}, title={T}, journaltitle={J}, date={2001-02}}",
            "article",
            {"journal": "J", "year": "2001", "month": "February"},
        ),
        (
            "@thesis{a, author={A}, title={T}, institution={U}, date=2001, type={mathesis}}",
            "mastersthesis",
            {},
        ),
        ("@report{a, author={A}, title={T}, institution={U}, year=2001}", "techreport", {}),
        ("@article{a, author={A}, title={T}, year=2001}", "misc", {}),
        ("@inproceedings{a, title={T}, booktitle={P}}", "misc", {"howpublished": "P"}),
        ("@misc{a, note={Seen}}", "misc", {"title": "Seen"}),
        ("@misc{a}", "misc", {"title": "a"}),
        (
            "@misc{a, author={A, B, C, D and {X, Y, Z, V} and E}}",
            "misc",
            {"author": "{A, B, C, D} and {X, Y, Z, V} and E"},
        ),
    ],
)
def test_entries_have_what_the_styles_of_bibtex_need(entry: str, kind: str, fields: dict[str, str]) -> None:
    """The names of BibLaTeX get those of BibTeX; an entry that lacks one is of a type that needs none."""
    work = bibtex.read(entry).works["a"]
    assert work.kind == kind
    assert fields.items() <= work.fields.items()


_VALUES = st.text('aB é,"{}#\\$&_%~@=\nand', max_size=12)
_NAMES = st.sampled_from(["author", "editor", "title", "date", "year", "type", "journaltitle", "url", "doi"])
_KINDS = st.sampled_from(["article", "book", "thesis", "online", "misc", "manual", "odd"])


@given(_KINDS, st.lists(st.tuples(_NAMES, _VALUES, st.sampled_from(["{}", '""'])), max_size=5))
@settings(max_examples=examples(1))
def test_what_is_written_can_be_built(kind: str, fields: list[tuple[str, str, str]]) -> None:
    """Pybtex reads each entry under its key, and its plain style prints it."""
    inner = ", ".join(f"{name} = {marks[0]}{value}{marks[1]}" for name, value, marks in fields)
    text = f"@{kind}{{first, {inner}}}\n@misc{{second, title = {{Second}}}}\n"
    works = bibtex.read(text).works
    written = "".join(work.written(key) for key, work in works.items())
    entries = parse_string(written, "bibtex").entries
    assert [*entries] == [*works]
    style = find_plugin("pybtex.style.formatting", "plain")()
    for entry in entries.values():
        if hasattr(style, f"get_{entry.type}_template"):
            assert style.format_entry("1", entry)


def test_strings_that_double_with_each_line_fill_no_memory() -> None:
    """What no longer fits is named with its line, and the entries after it are read."""
    lines = [f"@string{{s{at + 1} = s{at} # s{at}}}" for at in range(60)]
    found = bibtex.read("\n".join(["@string{s0 = {more}}", *lines, "@misc{k, title = {T}, month = may}"]))
    assert found.unreadable[-1] == (61, "@string{s60 = s59 # s59}")
    assert found.works["k"].fields["month"] == "May"


@pytest.mark.parametrize(
    "piece",
    ["@a{k, x = {", '@a{k, x = "', "@a(k, x={}", "@a(k,", "@", "@a{", "{", "}", '@a(k,x="{}', "@string(a=a#"],
)
def test_odd_bibliographies_take_no_longer_than_their_length_asks(piece: str) -> None:
    """Whatever repeats."""
    assert_linear(lambda size: bibtex.read(piece * size), 16_000)
    assert_linear(
        lambda size: bibtex.read(f"@a{{k, author = {{{piece.replace('{', '').replace('}', '') * size}}}}}"),
        16_000,
    )
