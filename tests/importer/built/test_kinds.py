"""What a page of a built site is."""

from __future__ import annotations

import pytest

from postdocs.importer.built.kinds import lists_pages
from postdocs.importer.html.dom import read


@pytest.mark.parametrize("element", ["script", "style", "template", "noscript"])
def test_words_that_no_reader_sees_are_none_of_a_page(element: str) -> None:
    """A list has few words, and the script below it many."""
    links = '<ul><li><a href="/a/">Low water at the tarn</a></li><li><a href="/b/">Reed beds</a></li></ul>'
    unseen = f"<{element}>{'let one = two; ' * 60}</{element}>"
    assert lists_pages(read(links + unseen), "notes/index.html", lambda _: True)
    assert not lists_pages(
        read(f"{links}<p>{'Words of a page. ' * 60}</p>"), "notes/index.html", lambda _: True
    )
