"""Bibliographies in CSL, as BibTeX."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import Any

import pytest
from helpers import assert_linear

from postdocs.importer import bibtex, csl
from postdocs.importer.folders import front_matter


def fields(**item: Any) -> dict[str, str]:
    """Return the fields of a work that has an id."""
    variables = {name.replace("_", "-"): value for name, value in item.items()}
    (work,) = csl.read([{"id": "a", **variables}]).works.values()
    return {"kind": work.kind, **work.fields}


ADA = [{"family": "Tide", "given": "Ada"}]
ISSUED = {"date-parts": [[1999, 5, 2]]}


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (
            {"type": "article-journal", "container_title": "Sea", "issue": 3, "page": "1\u20139"},
            {"kind": "article", "journal": "Sea", "number": "3", "pages": "1--9"},
        ),
        ({"type": "book", "publisher": "Kelp & Co"}, {"kind": "book", "publisher": r"Kelp \& Co"}),
        (
            {"type": "chapter", "container_title": "Tides", "publisher": "Kelp"},
            {"kind": "incollection", "booktitle": "Tides"},
        ),
        ({"type": "paper-conference", "container_title": "Proc."}, {"kind": "inproceedings"}),
        ({"type": "thesis", "publisher": "Fjord"}, {"kind": "phdthesis", "school": "Fjord"}),
        (
            {"type": "thesis", "publisher": "Fjord", "genre": "Master's thesis"},
            {"kind": "mastersthesis", "school": "Fjord"},
        ),
        ({"type": "report", "publisher": "Sea", "number": "7"}, {"kind": "techreport", "number": "7"}),
        (
            {"type": "webpage", "URL": "https://a.example/?b_c"},
            {"kind": "online", "url": r"https://a.example/?b\_c"},
        ),
        ({"type": "article-journal"}, {"kind": "misc"}),  # without a journal, nothing could print it
        ({"type": "motion_picture"}, {"kind": "misc"}),
    ],
)
def test_types_and_variables_have_names_in_bibtex(item: dict[str, Any], expected: dict[str, str]) -> None:
    """By the tables of both; a work that lacks what its type needs is of the one that needs nothing."""
    found = fields(title="Low <i>Water</i>", author=ADA, issued=ISSUED, **item)
    assert found["title"] == "{Low Water}"
    assert (found["author"], found["year"], found["month"]) == ("Tide, Ada", "1999", "May")
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ({"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"}, "van Gogh, Vincent"),
        ({"family": "King", "given": "Martin", "suffix": "Jr."}, "King, Jr., Martin"),
        ({"literal": "Sea and Shore, Inc."}, "{Sea and Shore, Inc.}"),
        ({"family": "Kelp and Sons", "given": "B."}, "{Kelp and Sons}, B."),
        ({"given": "Plato"}, "{Plato}"),
        ("Homer", "{Homer}"),
        (["odd"], None),
        ({"family": {"a": 1}}, None),
    ],
)
def test_people_are_written_as_bibtex_reads_them(person: Any, expected: str | None) -> None:
    """Names that it would take apart are whole."""
    assert fields(title="A", author=[person]).get("author") == expected


@pytest.mark.parametrize(
    ("issued", "year", "month"),
    [
        ({"date-parts": [[2020]]}, "2020", None),
        ({"date-parts": [["2020", "5"], ["2021"]]}, "2020", "May"),
        ({"raw": "2020-05-01"}, "2020", "May"),
        ("2020-05~", "2020", "May"),
        ("1066/1067", "1066", None),
        ([{"year": 2020, "month": 13}], "2020", None),
        ({"year": 2020, "month": 12}, "2020", "December"),
        ({"date-parts": [[-44]]}, "44 BCE", None),
        ({"literal": "about the time of the flood"}, "about the time of the flood", None),
        ({"date-parts": []}, None, None),
        ({"date-parts": [[None]]}, None, None),
        ([], None, None),
        (True, None, None),
    ],
)
def test_dates_have_a_year_and_perhaps_a_month(issued: Any, year: str | None, month: str | None) -> None:
    """In each form that CSL, pandoc, and Zotero write."""
    found = fields(title="A", issued=issued)
    assert (found.get("year"), found.get("month")) == (year, month)


def test_what_is_written_is_read_again() -> None:
    """Whatever characters a title has, it ends no field and hides nothing."""
    odd = "50% of {x} \\ y_z #1 & ~$2 \N{SNOWMAN} }} @misc{b, title={c}"
    work = csl.read([{"id": "a", "title": odd, "note": odd}]).works["a"]
    again = bibtex.read(work.written("a"))
    assert (again.unreadable, [*again.works]) == ((), ["a"])
    shown = re.sub(r"\\([%&#_])", r"\1", again.works["a"].fields["note"])
    assert "50% of x" in shown
    assert "y_z #1 & " in shown


def test_what_has_no_counterpart_is_named() -> None:
    """Variables by name; a work without an id by its number. Of two with one id, the first counts."""
    items = [
        {"id": 1, "title": "A", "translator": ADA, "event-title": "E", "reviewed-title": ""},
        {"title": "B"},
        "C",
        {"id": "1", "title": "D"},
    ]
    found = csl.read({"references": items})
    assert found.left == ("event-title", "translator")
    assert found.unreadable == (": work 2 has no id", ": work 3 has no id")
    assert {key: work.fields["title"] for key, work in found.works.items()} == {"1": "{A}"}


@pytest.mark.parametrize("value", [None, 3, "x", True, [], {}, [[]], {"references": 3}, [{"id": []}]])
def test_what_is_no_bibliography_has_no_works(value: Any) -> None:
    """Whatever it is."""
    assert not csl.read(value).works


def test_long_texts_take_no_longer_than_their_length_asks() -> None:
    """Of marks that never end, too."""
    for piece in ("<i ", "</", "and ", "\\", "-1", "<span a"):
        assert_linear(partial(_of_length, piece), 4000)


def _of_length(piece: str, size: int) -> None:
    fields(title=piece * size, issued=piece * size, author=[{"family": piece * size}])


def test_a_large_file_is_read() -> None:
    """Of a library with thousands of works; what aliases of YAML make of a few lines is not."""
    text = json.dumps([{"id": f"a{at}", "title": "A", "type": "book"} for at in range(4000)])
    assert len(csl.read(front_matter.value_of(text, "a.json")).works) == 4000
    bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"a{at}: &a{at} [{','.join([f'*a{at - 1}'] * 10)}]\n" for at in range(1, 9)
    )
    with pytest.raises(Exception, match="more than 1,000,000 values"):
        front_matter.value_of(bomb, "a.yaml")
