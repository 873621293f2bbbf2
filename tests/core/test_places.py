"""What is where in the output, and what is in the way."""

from __future__ import annotations

from postdocs.core.places import Places


def test_no_file_is_where_a_folder_has_to_be() -> None:
    """A file is in the way of all below it, and a page of the folders above it."""
    places = Places()
    places.add("tides.php", "tides.md")
    places.add("ebb/low/index.html", "low.md")
    assert places.owner("tides.php") == "tides.md"
    assert places.in_the_way("tides.php") is None
    assert places.owner("tides.php/flood/index.html") == "tides.md"
    assert places.owner("ebb/low") == places.in_the_way("ebb/low") == "low.md"
    assert places.owner("ebb/index.html") is None


def test_a_folder_is_taken_with_all_in_it() -> None:
    """What a build needs as a folder, no page can be in."""
    places = Places()
    places.add_folder("_static", "the site")
    assert places.owner("_static/tides.css") == places.owner("_static") == "the site"
    assert places.owner("_statics") is None


def test_names_that_file_systems_mix_up_are_one() -> None:
    """Case and composition make no two places; who has one is asked only then."""
    places = Places()
    places.add("\u00dcbung/index.html", lambda: "later")
    assert places.owner("u\u0308bung/index.html") == "later"
