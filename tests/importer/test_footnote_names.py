"""Labels of footnotes, and names of places in the same text."""

from __future__ import annotations

import pytest

from importer.proofs import proof
from postdocs.importer.ast import nodes
from postdocs.importer.footnote_names import apart

NOTE = '<div class="footnotes"><ol><li id="fn:ebb"><p>The note.</p></li></ol></div>'
TEXT = '<p>a<sup id="fnref:ebb"><a href="#fn:ebb" class="footnote-ref">1</a></sup></p>'


@pytest.mark.parametrize("place", ['<p id="ebb"><a href="#ebb">b</a></p>', '<h2 id="ebb">Low</h2>'])
@pytest.mark.parametrize("own", ["", "a[^ebb]\n\n[^ebb]: The note.\n"])
def test_no_footnote_has_the_name_of_a_place(place: str, own: str) -> None:
    """Docutils has one set of names: the build would leave the footnote out."""
    proved = proof(f"{TEXT}{place}{NOTE}", own)
    assert not proved.notes
    assert proved.text.startswith("a[^ebb-2]\n")
    assert "[^ebb-2]: The note." in proved.text


def test_names_that_are_taken_get_a_number() -> None:
    """No other footnote has that name; case counts for nothing."""
    document = nodes.Document((nodes.Heading(2, (nodes.Text("Low"),), ids=("Ebb",), given="low"),))
    names = {"1": "ebb", "2": "ebb-2", "3": "low", "4": "tide"}
    assert apart(names, document) == {"1": "ebb-2", "2": "ebb-2-2", "3": "low-2", "4": "tide"}
