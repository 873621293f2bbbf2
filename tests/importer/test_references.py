"""Links that come often in a post, by reference."""

from __future__ import annotations

import pytest
from helpers import new_site_settings

from postdocs.importer.myst.references import by_reference
from postdocs.importer.myst.render import reader

_READ = reader(new_site_settings())
_URL = "https://tides.example/tables/of/the/northern/coast.html"
_SHORTER = {
    "the same words": (
        "[the tables](URL), [the tables](URL), and [the tables](URL).\n",
        "[the tables], [the tables], and [the tables].\n\n[the tables]: URL\n",
    ),
    "other words": (
        "[the tables](URL) [these **tables**](URL)\n\n- [the tables](URL)\n",
        "[the tables] [these **tables**][the tables]\n\n- [the tables]\n\n[the tables]: URL\n",
    ),
    "what goes on as syntax": (
        "[ebb](URL)(low) [ebb](URL): [ebb](URL)\n",
        "[ebb][](low) [ebb][]: [ebb]\n\n[ebb]: URL\n",
    ),
    "blocks of all kinds": (
        "# [ebb](URL)\n\n> [ebb](URL)[^a]\n\n:::{note}\n[ebb](URL)\n:::\n\n[^a]: [ebb](URL)\n",
        "# [ebb]\n\n> [ebb][][^a]\n\n:::{note}\n[ebb]\n:::\n\n[^a]: [ebb]\n\n[ebb]: URL\n",
    ),
    "two addresses": (
        "[ebb](URL) [ebb](URL) [ebb](URL) [flood](URL?f) [flood](URL?f) [flood](URL?f)\n",
        "[ebb] [ebb] [ebb] [flood] [flood] [flood]\n\n[ebb]: URL\n[flood]: URL?f\n",
    ),
}
_KEPT = {
    "twice": "[ebb](URL) [ebb](URL)\n",
    "a short address": "[a page of many words](https://a.example) [b](https://a.example) [c](https://a.example)\n",
    "words of two addresses": "[here](URL) [here](URL) [here](URL) [Here](https://a.example/)\n",
    "words in brackets elsewhere": "[ebb](URL) [ebb](URL) [ebb](URL) and [ebb]\n",
    "only marked words": "[**a**](URL) [`b`](URL) [_c_](URL)\n",
    "code": "[ebb](URL) [ebb](URL) `[ebb](URL)`\n",
    "pictures": "![ebb](URL) ![ebb](URL) ![ebb](URL)\n",
    "files of the site": "[ebb](../ebb-of-the-northern-sea.md) " * 3,
}


@pytest.mark.parametrize("name", _SHORTER)
def test_an_address_of_many_links_is_defined_once(name: str) -> None:
    """Their words name it, and the definition ends the text."""
    before, after = (text.replace("URL", _URL) for text in _SHORTER[name])
    assert by_reference(before, _READ) == after
    assert by_reference(after, _READ) == after


@pytest.mark.parametrize("name", _KEPT)
def test_what_would_be_longer_or_unclear_stays(name: str) -> None:
    """There is no definition where it would save nothing or be read as something else."""
    text = _KEPT[name].replace("URL", _URL)
    assert by_reference(text, _READ) == text
