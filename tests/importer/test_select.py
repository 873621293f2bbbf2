"""CSS selectors on the pages of built sites."""

from __future__ import annotations

import pytest

from importer.built.shapes import POSTS, SHAPES
from postdocs.importer.built import facts
from postdocs.importer.html import select
from postdocs.importer.html.dom import read
from postdocs.importer.sources.article import ARTICLES

PAGE = (
    '<main class="a b"><h1 id="c">T</h1><p class="e-content"><a href="#c" rel="tag nofollow">t</a>'
    '<time datetime="2020">x</time><time>y</time></p><svg><title>no</title></svg></main><title>yes</title>'
)


@pytest.mark.parametrize(
    "selector",
    [
        "a[rel~=tag]",
        "main .e-content, h1",
        "#c, .b",
        "p > time:first-of-type",
        "title:not(svg title)",
        "[role=main], [href]",
        "a[href='a,b'], a[href]",
        ", ".join(ARTICLES),
        facts.BESIDE,
    ],
)
def test_the_same_elements_as_soupsieve_finds(selector: str) -> None:
    """In the same order, and of one the first."""
    pages = [read(PAGE), *(read(render(POSTS[0])) for render in SHAPES.values())]
    for page in pages:
        expected = page.select(selector)
        assert [*map(id, select.select(page, selector))] == [*map(id, expected)]
        assert select.select_one(page, selector) is next(iter(expected), None)
        for tag in page.find_all(True):
            assert select.matches(tag, selector) == tag.css.match(selector)


@pytest.mark.parametrize("selector", ["*", "main *", ":first-child", "a, :not(b)"])
def test_a_selector_of_any_element_is_refused(selector: str) -> None:
    """It would be tried on all of a page."""
    with pytest.raises(ValueError, match="any element"):
        select.select(read(PAGE), selector)
