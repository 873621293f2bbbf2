"""The inside of a post: side notes, numbers of figures, and what is embedded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from helpers import REPOSITORY, assert_linear, read_html, searchable, texts
from sphinx.testing.util import SphinxTestApp

from postdocs.sphinx_ext.images.paths import sources_of
from postdocs.sphinx_ext.reading.embeds import with_proportions

PICTURE = REPOSITORY / "tests/roots/test-blog/posts/2024/dot.png"
CONF = """\
project = blog_title = "Kitchen"
extensions = ["myst_parser", "ablog", "postdocs"]
blog_baseurl = html_baseurl = "https://kitchen.example/"
blog_post_pattern = "posts/*.md"
myst_enable_extensions = ["colon_fence"]
numfig = True
postdocs_strict = True
html_theme = "basic"
"""
NOTES = """\
---
title: Soup
date: 2024-05-01
---

Soup is hot.

```{margin}
Blow on *it*.
```

:::{margin} On **spoons**
:name: spoons
Large ones.
:::

```{margin}
[here]: https://kitchen.example/
```

More of it. See [the spoons](#spoons).
"""
FIGURES = """\
---
title: Plates{number}
date: 2024-05-0{number}
---

See {{numref}}`bowl-{number}`, and {{numref}}`boil-{number}`.

```{{figure}} one.png
A plate.
```

```{{figure}} one.png
:name: bowl-{number}

A bowl.
```

```{{code-block}} python
:caption: Boil
:name: boil-{number}

boil()
```

<iframe width="560" height="315" src="https://video.example/1" title="A video"></iframe>
"""
GERMAN = """\
---
title: Suppe
date: 2024-05-04
language: de
---

Heiß.

```{margin}
Pusten.
```
"""
SHOWN = """\
---
title: Forks
subtitle: A <b>short</b> history
date: 2024-05-05
image: one.png
image_alt: A fork
image_caption: "Photo: Ann Example & Bo"
show_image: true
---

Forks have tines.

## The photo [as a file](one.png)

It is small.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The output of a site without a warning."""
    folder = tmp_path_factory.mktemp("inside")
    (folder / "posts").mkdir()
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    (folder / "index.md").write_text("# Home\n", encoding="utf-8")
    (folder / "posts/one.png").write_bytes(PICTURE.read_bytes())
    posts = {
        "soup": NOTES,
        "suppe": GERMAN,
        "forks": SHOWN,
        **{f"plates{n}": FIGURES.format(number=n) for n in (2, 3)},
    }
    for name, text in posts.items():
        (folder / f"posts/{name}.md").write_text(text, encoding="utf-8")
    warning = StringIO()
    app = SphinxTestApp("dirhtml", srcdir=folder, warning=warning)
    app.build()
    assert warning.getvalue() == ""
    yield Path(app.outdir)
    app.cleanup()


def item(site: Path, title: str) -> dict[str, Any]:
    """Return the item of a post in the JSON feed."""
    items = json.loads((site / "blog/feed.json").read_bytes())["items"]
    (of_title,) = [item for item in items if item["title"] == title]
    return dict(of_title)


def test_a_side_note_is_folded_under_its_title(site: Path) -> None:
    """Without a script, with words to fold it by where it has no title; one of definitions only is none."""
    page = read_html(site / "posts/soup/index.html")
    notes = page.xpath("//aside[@role='note']/details")
    assert [note.xpath("string(summary)") for note in notes] == ["Side note", "On spoons"]
    assert ["open" in note.attrib for note in notes] == [False, False]
    assert page.xpath("//aside[.//strong[text()='spoons']]/@id") == ["spoons"]
    assert page.xpath("//a[text()='the spoons']/@href") == ["#spoons"]


def test_a_side_note_is_plain_elsewhere(site: Path) -> None:
    """In feeds it is an aside with its title, in search its own words, and no summary begins with it."""
    content = " ".join(item(site, "Soup")["content_html"].split())
    assert "<details" not in content
    assert "<aside> <p>Blow on <em>it</em>.</p> </aside>" in content.replace("<aside><p>", "<aside> <p>")
    assert "<p><strong>On <strong>spoons</strong></strong></p>" in content
    found = searchable(site)["/posts/soup/"]["content"]
    assert found == "Soup is hot. Blow on it. On spoons Large ones. More of it. See the spoons."
    assert item(site, "Soup")["summary"] == "Soup is hot."


def test_a_side_note_is_in_the_language_of_its_post(site: Path) -> None:
    """As the other words that the site adds to it."""
    page = read_html(site / "posts/suppe/index.html")
    assert texts(page, "side-note-untitled") == ["Randnotiz"]


@pytest.mark.parametrize("number", [2, 3])
def test_figures_count_from_one_in_each_post(site: Path, number: int) -> None:
    """Though no table of contents has posts, which is where Sphinx counts."""
    page = read_html(site / f"posts/plates{number}/index.html")
    assert texts(page, "caption-number") == ["Fig. 1", "Fig. 2", "Listing 1"]
    assert page.xpath("//a[.//*[@class='std std-numref']]//text()") == ["Fig. 2", "Listing 1"]


def test_the_head_of_a_post(site: Path) -> None:
    """A subtitle below the title, and the image with its caption before the text."""
    page = read_html(site / "posts/forks/index.html")
    assert texts(page, "post-subtitle") == ["A <b>short</b> history"]
    (figure,) = page.find_class("post-image")
    (image,) = figure.iter("img")
    assert (image.get("alt"), image.get("fetchpriority")) == ("A fork", "high")
    assert "Photo: Ann Example & Bo" in figure.text_content()
    assert page.xpath("//meta[@property='og:image:alt']/@content") == ["A fork"]
    assert item(site, "Forks")["content_html"].index("<figure") < 30
    assert item(site, "Forks")["summary"] == "Forks have tines."
    scripts = page.xpath("//script[@type='application/ld+json']/text()")
    assert [data.get("alternativeHeadline") for data in map(json.loads, scripts)][:1] == [
        "A <b>short</b> history"
    ]


def test_frames_shrink_in_proportion(site: Path) -> None:
    """What a post embeds in HTML has its proportions on its page."""
    (frame,) = read_html(site / "posts/plates2/index.html").iter("iframe")
    assert frame.get("style") == "aspect-ratio: 560 / 315; height: auto; max-width: 100%"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (
            "<iframe src=x width=4 height=3></iframe>",
            '<iframe src="x" width="4" height="3" style="aspect-ratio: 4 / 3; height: auto;'
            ' max-width: 100%"></iframe>',
        ),
        (
            '<object data="a.pdf" width="40px" height="30px" style="border: 0;">',
            '<object data="a.pdf" width="40px" height="30px" style="border: 0; aspect-ratio: 40 / 30;'
            ' height: auto; max-width: 100%">',
        ),
        (
            '<EMBED allowfullscreen height="9" width="16.5" />',
            '<EMBED allowfullscreen="" height="9" width="16.5" style="aspect-ratio: 16.5 / 9; height: auto;'
            ' max-width: 100%">',
        ),
        (
            '<svg width="40" height="30"><linearGradient/></svg>',
            '<svg viewBox="0 0 40 30" width="40" height="30"><linearGradient/></svg>',
        ),
        ('<svg width="40" height="30" viewBox="0 0 4 3"></svg>', None),
        ('<iframe width="100%" height="300"></iframe>', None),
        ('<iframe width="300"></iframe>', None),
        ('<iframe width="300" height="0"></iframe>', None),
        ('<iframe width="4" height="3" style="width: 50%"></iframe>', None),
        ('<!-- <iframe width="4" height="3"> -->', None),
        ('<script>"<iframe width=4 height=3>"</script>', None),
        ('<img width="4" height="3"><video width="4" height="3"></video>', None),
    ],
)
def test_what_is_embedded_gets_proportions_by_its_size(markup: str, expected: str | None) -> None:
    """Where it has one in pixels, and none by style; text that only looks like a frame stays."""
    assert with_proportions(markup) == (markup if expected is None else expected)


@pytest.mark.parametrize("unit", ["<iframe ", "<svg '", "<!--", "<script>", "<textarea <img "])
def test_what_is_never_closed_is_searched_once(unit: str) -> None:
    """It stays, and takes no time that grows with the square of its length."""
    markup = unit * 20_000
    assert with_proportions(markup) == markup
    assert sources_of(markup) == []
    assert_linear(lambda size: (with_proportions(unit * size), sources_of(unit * size)), 20_000)


def test_a_heading_may_link_to_a_file(site: Path) -> None:
    """The link stands in the heading, and none in the list of headings."""
    page = read_html(site / "posts/forks/index.html")
    (heading,) = page.xpath("//h2[contains(., 'The photo')]")
    assert heading.xpath("a[contains(@class, 'download')]/@href")[0].endswith("/one.png")
    assert not page.xpath("//li//a[contains(@class, 'download')]")
