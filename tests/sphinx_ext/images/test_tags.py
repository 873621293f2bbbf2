"""The element `img`."""

from __future__ import annotations

import pytest

from postdocs.sphinx_ext.images.files import ImageInfo
from postdocs.sphinx_ext.images.tags import ImageOnPage, LoadPriority, add_img_attributes, replace_images

WIDE = ImageInfo(1000, 500)
COPIES = [(480, "x-480.webp"), (1000, "x.png")]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", 'width="1000" height="500"'),
        ('width="300"', 'width="300" height="150"'),
        ('width="300px"', 'width="300" height="150"'),
        ("width=300", 'width="300" height="150"'),
        ('height="100"', 'height="100" width="200"'),
        ('width="200" height="100"', 'width="200" height="100"'),
        ('width="100" height="100"', 'width="100" height="100" style="aspect-ratio: 100 / 100"'),
        ('width="50%"', 'style="width: 50%; height: auto" width="1000" height="500"'),
        ('style="width: 20em;"', 'style="width: 20em; height: auto" width="1000" height="500"'),
        ('style="height: 9em"', 'style="height: 9em; width: auto" width="1000" height="500"'),
        ('style="width: 9em; height: 9em"', 'style="width: 9em; height: 9em" width="1000" height="500"'),
        ('style="color: red"', 'style="color: red" width="1000" height="500"'),
        ('width="huge"', 'width="1000" height="500"'),
    ],
)
def test_a_size_is_complete_and_in_proportion(given: str, expected: str) -> None:
    """What the author says of the size counts; what is missing follows from the picture."""
    tag = add_img_attributes(f"<img {given}>", ImageOnPage(WIDE, where=LoadPriority.FIRST))
    assert tag == f"<img {expected}>"


def test_a_drawing_of_any_size_fills_the_column() -> None:
    """It has proportions only, and is as wide as it was without them."""
    tag = add_img_attributes("<img>", ImageOnPage(ImageInfo(1000, 250, fills=True), where=LoadPriority.FIRST))
    assert tag == '<img style="width: 100%; height: auto" width="1000" height="250">'


@pytest.mark.parametrize(
    ("given", "sizes"),
    [
        ("", "(max-width: 830px) 100vw, 830px"),
        ('width="300"', "(max-width: 300px) 100vw, 300px"),
        ('height="100"', "(max-width: 200px) 100vw, 200px"),
        ('width="50%"', "(max-width: 830px) 50vw, 415px"),
        ('style="width: 300px"', "(max-width: 300px) 100vw, 300px"),
        ('style="width: 20em"', "(max-width: 830px) 100vw, 830px"),
    ],
)
def test_a_browser_knows_how_wide_a_picture_is_shown(given: str, sizes: str) -> None:
    """It can choose a copy before there is a style sheet."""
    tag = add_img_attributes(f"<img {given}>", ImageOnPage(WIDE, candidates=COPIES))
    assert f' srcset="x-480.webp 480w, x.png 1000w" sizes="{sizes}"' in tag


def test_a_set_of_the_author_stays() -> None:
    """Who writes a `srcset` has copies of their own."""
    tag = add_img_attributes(
        '<img srcset="a.png 2x" src="b.png" loading="eager">', ImageOnPage(WIDE, candidates=COPIES)
    )
    assert 'srcset="a.png 2x"' in tag
    assert 'loading="eager"' in tag
    assert "sizes" not in tag


def test_all_but_the_first_wait() -> None:
    """The first picture is fetched at once, before others if in sight; the rest when one scrolls to it."""
    assert add_img_attributes("<img>", ImageOnPage(where=LoadPriority.URGENT)) == '<img fetchpriority="high">'
    assert add_img_attributes("<img>", ImageOnPage(where=LoadPriority.FIRST)) == "<img>"
    assert (
        add_img_attributes("<img>", ImageOnPage(where=LoadPriority.LATER))
        == '<img loading="lazy" decoding="async">'
    )


def test_nothing_gets_out_of_an_attribute() -> None:
    """Quotes and brackets stay text, however they were written, and the first of two attributes counts."""
    tag = add_img_attributes(
        """<IMG ALT='"><script>' title=a&amp;b alt="other" ismap/>""", ImageOnPage(where=LoadPriority.FIRST)
    )
    assert tag == '<img alt="&quot;&gt;&lt;script&gt;" title="a&amp;b" ismap="">'


def test_only_elements_are_replaced() -> None:
    """What looks like a picture in a comment, a script or an attribute is none."""
    markup = (
        "<!-- <img src=1> --><script>'<img src=2>'</script><p title='<imgs>'><img src=3><imgs>"
        '<IMG\n title=">" src="a&amp;b"/><img src="'
    )
    found: list[str] = []

    def new(tag: str, source: str) -> str:
        found.append(source)
        return "…"

    assert replace_images(markup, new) == (
        "<!-- <img src=1> --><script>'<img src=2>'</script><p title='<imgs>'>…<imgs>…<img src=\""
    )
    assert found == ["3", "a&b"]


@pytest.mark.parametrize("part", ["<img ", "<!--", "<script ", '<img "', "<img x="])
def test_strange_html_takes_no_long_time(part: str) -> None:
    """Time grows with the length, and little more."""
    replace_images(part * 3000, lambda tag, source: tag)
