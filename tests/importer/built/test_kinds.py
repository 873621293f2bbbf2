"""What a page of a built site is."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

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


def test_a_page_is_no_list_because_of_the_data_in_a_script() -> None:
    """A parser may keep scripts apart from text already, as that of pages does."""
    text = f"<p>{'Words of a page. ' * 20}</p><a href='/a/'>Low</a> <a href='/b/'>Reed</a>"
    page = BeautifulSoup(f"{text}<script>{'let one = two; ' * 200}</script>", "lxml")
    assert page.body is not None
    assert not lists_pages(page.body, "notes/index.html", lambda _: True)


def test_a_text_in_a_script_without_spaces_has_words() -> None:
    """A post in Chinese with links to others is no list of these."""
    links = "".join(f'<p><a href="/{at}/">A post of three words {at}</a></p>' for at in range(7))
    assert not lists_pages(read(f"<p>{'潮水涨落' * 50}</p>{links}"), "notes/index.html", lambda _: True)
    assert lists_pages(read(f"<p>潮水涨落</p>{links}"), "notes/index.html", lambda _: True)


@pytest.mark.parametrize(("folder", "listed"), [("years", True), ("archive", True), ("notes", False)])
def test_the_folder_of_a_list_says_what_it_is(folder: str, listed: bool) -> None:
    """There the titles of posts may stand between dates and labels."""
    item = '<li>16 May 2016, at the water, by Ida Brook <a href="/a/">Low water at the tarn</a></li>'
    assert lists_pages(read(f"<ul>{item * 5}</ul>"), f"{folder}/index.html", lambda _: True) == listed
