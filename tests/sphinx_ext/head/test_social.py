"""The picture that stands for a page where it is shared."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from helpers import read_html
from PIL import Image
from sphinx.testing.util import SphinxTestApp

BASE = "https://example.org/~lab/"
Values = dict[str, str]


def write(app: SphinxTestApp, keys: str, text: str = "Text.", title: str = "A post") -> None:
    """Write a post."""
    path = app.srcdir / "posts/2024/one.md"
    path.write_text(f"---\ntitle: {title}\ndate: 2024-02-01\n{keys}\n---\n\n{text}\n", encoding="utf-8")


def draw(app: SphinxTestApp, name: str, width: int, height: int) -> None:
    """Make a picture beside the post."""
    Image.new("RGB", (width, height), (width % 256, 0, 0)).save(app.srcdir / "posts/2024" / name)


def shared(app: SphinxTestApp, page: str = "posts/2024/one/") -> Values:
    """Return what a page says of its picture, by what comes after `og:`."""
    metas = read_html(app.outdir / page / "index.html").xpath("//meta[starts-with(@property, 'og:image')]")
    return {meta.get("property").removeprefix("og:"): meta.get("content") for meta in metas}


def size_of(app: SphinxTestApp, values: Values) -> tuple[int, int]:
    """Return the size of the file that a page names, which has to be there."""
    with Image.open(app.outdir / values["image"].removeprefix(BASE)) as image:
        size = (values["image:width"], values["image:height"])
        assert size == (str(image.width), str(image.height))
        return image.size


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_post_without_a_picture_gets_a_card(app: SphinxTestApp) -> None:
    """A card of 1200 by 630; lists, pages and titles that no card can show have that of the site."""
    write(app, "", title="日本語")
    app.build()
    titled, plain = shared(app, "posts/2024/titled/"), shared(app, "posts/2024/plain/")
    assert size_of(app, titled) == size_of(app, plain) == (1200, 630)
    assert titled["image:alt"] == "Title from the heading"
    assert titled["image"] != plain["image"]
    general = shared(app, "blog/tag/")
    assert size_of(app, general) == (1200, 630)
    assert shared(app, "page/") == shared(app, "posts/2024/one/") == general
    assert read_html(app.outdir / "page/index.html").xpath("//meta[@name='twitter:card']/@content") == [
        "summary_large_image"
    ]


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_the_first_large_picture_of_an_article_stands_for_it(app: SphinxTestApp) -> None:
    """What is too small to be shown large is passed over, and so are drawings and pictures from elsewhere."""
    draw(app, "small.png", 599, 800)
    draw(app, "large.jpg", 700, 400)
    draw(app, "larger.png", 900, 500)
    (app.srcdir / "posts/2024/drawing.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8")
    names = ("https://example.com/x.png", "drawing.svg", "small.png", "large.jpg", "larger.png")
    write(app, "", "\n\n".join(f"![Shows {name}]({name})" for name in names))
    app.build()
    values = shared(app)
    assert size_of(app, values) == (700, 400)
    assert values["image:alt"] == "Shows large.jpg"


@pytest.mark.sphinx("dirhtml", testroot="blog")
@pytest.mark.parametrize("image", ["small.png", "/posts/2024/small.png", "2"])
def test_authors_choose_the_picture(image: str, app: SphinxTestApp, warning: StringIO) -> None:
    """A file that is named, from the post or from the root, or by its number in the article, goes first."""
    draw(app, "small.png", 300, 200)
    draw(app, "large.jpg", 700, 400)
    write(app, f"image: {image}", "![](large.jpg)\n\n![](small.png)" if image == "2" else "![](large.jpg)")
    app.build()
    assert warning.getvalue() == ""
    assert size_of(app, shared(app)) == (300, 200)
    assert shared(app)["image:alt"] == "A post"


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_picture_may_be_elsewhere(app: SphinxTestApp) -> None:
    """An address is passed on as it is, without a size that nobody knows."""
    write(app, "image: https://example.com/a%20b.png?x=1&y=2")
    app.build()
    assert shared(app) == {"image": "https://example.com/a%20b.png?x=1&y=2", "image:alt": "A post"}


@pytest.mark.sphinx("dirhtml", testroot="blog")
@pytest.mark.parametrize(
    ("image", "said"),
    [
        ("gone.png", "the picture 'posts/2024/gone.png' is not there; did you mean 'dot.png'?"),
        ("'[x](y)'", "the picture 'posts/2024/[x](y)' is not there; put it there, or correct its name"),
        ("titled.md", "image: 'titled.md' is not an image; write the path of a PNG, JPEG, GIF or WebP"),
    ],
)
def test_a_picture_that_is_none_is_named(
    image: str, said: str, app: SphinxTestApp, warning: StringIO
) -> None:
    """A file that is not there, or no picture, is a warning with its line, and the post has a card."""
    write(app, f"image: {image}")
    app.build()
    assert f"posts/2024/one.md:4: WARNING: {said}" in warning.getvalue()
    assert size_of(app, shared(app)) == (1200, 630)


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_picture_that_changes_or_goes_is_noticed(app: SphinxTestApp) -> None:
    """The size that a page gives is that of the file as it is; what no page names is gone from the site."""
    draw(app, "own.png", 640, 400)
    write(app, "image: own.png")
    app.build()
    first = app.outdir / shared(app)["image"].removeprefix(BASE)
    assert size_of(app, shared(app)) == (640, 400)
    draw(app, "own.png", 800, 418)
    app.build()
    assert size_of(app, shared(app)) == (800, 418)
    write(app, "")
    app.build()
    card = app.outdir / shared(app)["image"].removeprefix(BASE)
    assert size_of(app, shared(app)) == (1200, 630)
    assert not first.exists()
    write(app, "", title="Renamed")
    app.build()
    assert not card.exists()


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_cards_are_kept_for_builds_that_begin_anew(
    app: SphinxTestApp, make_app: Callable[..., SphinxTestApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    """When a setting makes all pages new, no card is drawn again that is still wanted."""
    app.build()
    before = {path.name: path.read_bytes() for path in (app.outdir / "_images/social").iterdir()}
    monkeypatch.setattr(
        "postdocs.sphinx_ext.head.cards.draw", lambda card: pytest.fail(f"{card} is drawn again")
    )
    again = make_app("dirhtml", srcdir=app.srcdir, confoverrides={"postdocs_page_length": 1})
    again.build()
    assert {path.name: path.read_bytes() for path in (app.outdir / "_images/social").iterdir()} == before
    assert len(before) == 1 + len({"plain", "titled", "marked", "outside"})


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"postdocs_social_cards": False})
def test_cards_can_be_switched_off(app: SphinxTestApp) -> None:
    """Then only posts with pictures have one."""
    draw(app, "large.jpg", 700, 400)
    write(app, "image: large.jpg")
    app.build()
    assert not (app.outdir / "_images/social").exists()
    assert shared(app, "posts/2024/titled/") == {}
    assert size_of(app, shared(app)) == (700, 400)


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"html_baseurl": "", "blog_baseurl": None})
def test_without_an_address_no_picture_is_named(app: SphinxTestApp) -> None:
    """Services need whole addresses, so none is drawn."""
    app.build()
    assert shared(app, "posts/2024/titled/") == {}
    assert not (app.outdir / "_images/social").exists()
    page = read_html(Path(app.outdir / "page/index.html"))
    assert page.xpath("//meta[@name='twitter:card']/@content") == ["summary"]
