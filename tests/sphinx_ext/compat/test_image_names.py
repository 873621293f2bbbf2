"""Names of pictures in the output."""

from __future__ import annotations

import pytest
from sphinx.util._files import FilenameUniqDict

from postdocs.sphinx_ext.compat.image_names import PathNames


def test_sphinx_still_counts_pictures_of_the_same_name() -> None:
    """When it no longer does, `PathNames` can go."""
    names = FilenameUniqDict()
    assert [names.add_file("a", "one/dot.png"), names.add_file("b", "two/dot.png")] == ["dot.png", "dot1.png"]


def test_a_name_does_not_depend_on_which_picture_was_first() -> None:
    """It is made of the path; the names of what Sphinx draws itself are unique already."""
    one, other = PathNames(), PathNames()
    first = [one.add_file("a", "one/dot.png"), one.add_file("b", "two/dot.png")]
    second = [other.add_file("b", "two/dot.png"), other.add_file("a", "one/dot.png")]
    assert first == second[::-1]
    assert len({*first}) == 2
    assert one.add_file("c", "one/dot.png") == first[0]
    assert one.add_file("a", "/drawn/graph.png") == "graph.png"


def test_the_name_of_a_picture_that_is_gone_is_free() -> None:
    """A picture that comes back is called the same."""
    names = PathNames()
    name = names.add_file("a", "dot.png")
    names.purge_doc("a")
    assert names == {}
    assert names.add_file("b", "dot.png") == name


def test_a_name_can_be_stored_and_served_anywhere() -> None:
    """It has letters of any script, composed, and no mark that a URL or a file system gives a meaning to."""
    names = PathNames()
    files = ("a b.png", 'wie "so"?.png', "c#1%.png", "x:y.png", "u\N{COMBINING DIAERESIS}.png")
    stems = [names.add_file("a", f"posts/{file}").rpartition("-")[0] for file in files]
    assert stems == ["a-b", "wie-so", "c-1", "x-y", "ü"]


@pytest.mark.parametrize(
    ("work", "path"),
    [("/site/_build", "_build/drawn/a.png"), ("/out", "../out/drawn/a.png"), ("/site", "drawn/a.png")],
)
def test_what_is_drawn_beside_the_output_is_called_the_same_anywhere(work: str, path: str) -> None:
    """An extension's pictures have the same names wherever the output is; those of the author keep theirs."""
    names, plain = PathNames(), PathNames()
    names.source, names.work = "/site", work
    assert names.add_file("a", path) == plain.add_file("a", "drawn/a.png")
    for picture in ("posts/dot.png", "../shared/dot.png"):
        assert names.add_file("a", picture) == plain.add_file("a", picture)
