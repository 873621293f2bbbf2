"""Names of pictures and files: as documents write them, and as file systems have them."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

import pytest
from helpers import read_html
from photos import photo

from sphinx_ext.images.test_writing import Built, post, site

__all__ = ["site"]

FILES = (
    "größe.png",
    "a b.png",
    "100%.png",
    "c#1.png",
    "d(1).png",
    "e+f.png",
    "wie?.png",
    "図.png",
    "%20.png",
)
MARKDOWN = """\
![](größe.png)
![](gr%C3%B6%C3%9Fe.png)
![](<a b.png>)
![](a%20b.png)
![](100%25.png)
![](<c#1.png>)
![](c%231.png)
![](d(1).png)
![](./e+f.png)
![](wie%3F.png)
![](図.png)
![](%20.png)
![](größe.png?v=2)
![](/posts/größe.png)
![](../posts/größe.png)

```{figure} größe.png

A figure
```

```{image} a b.png
```

<img src="größe.png"> <img src="a%20b.png"> <img src="a b.png">
"""
RESTRUCTUREDTEXT = """\
:date: 2020-01-03

B
=

.. image:: größe.png

.. image:: a b.png

.. image:: a\\ b.png

.. image:: 100%.png

.. figure:: c#1.png

   A figure
"""


@pytest.mark.parametrize(
    ("builder", "written", "stored"), [("html", "NFC", "NFD"), ("dirhtml", "NFD", "NFC")]
)
def test_any_name_of_a_picture_is_served(
    builder: str, written: Literal["NFC", "NFD"], stored: Literal["NFC", "NFD"], site: Path
) -> None:
    """Whatever its white space, marks, script and normal form, the file that the author meant is shown."""
    for name in FILES:
        photo((20, 10)).save(site / "posts" / unicodedata.normalize(stored, name))
    post(site, unicodedata.normalize(written, MARKDOWN))
    text = unicodedata.normalize(written, RESTRUCTUREDTEXT)
    (site / "posts/b.rst").write_text(text, encoding="utf-8")
    built = Built(site, builder, blog_post_pattern=["posts/*.md", "posts/*.rst"])
    assert [line for line in built.messages if "toctree" not in line] == []
    suffix = "/index.html" if builder == "dirhtml" else ".html"
    images = built.images(f"posts/a{suffix}") + built.images(f"posts/b{suffix}")
    assert len(images) == 25
    assert [image["width"] for image in images] == ["20"] * 25
    files = {path.name for path in built.out.glob("_images/*.png")}
    assert {unquote(image["src"]).rpartition("/")[2] for image in images} == files


def test_a_file_is_linked_by_any_name(site: Path) -> None:
    """A link to a file beside the post leads to a copy of it, however its name is written."""
    for name in ("größe.pdf", "a b.csv", "c#1.pdf"):
        (site / "posts" / unicodedata.normalize("NFD", name)).write_bytes(name.encode())
    post(site, "[x](größe.pdf) [y](<a b.csv>) [z](c%231.pdf) {download}`größe.pdf`\n")
    built = Built(site)
    assert built.messages == []
    files = {path: data for path, data in built.files().items() if path.startswith("_downloads/")}
    assert sorted(data.decode() for data in files.values()) == ["a b.csv", "c#1.pdf", "größe.pdf"]


def test_files_in_html_are_published(site: Path) -> None:
    """Media and links in HTML, and the larger picture that a picture leads to, are copies that are there."""
    names = ("talk 1.mp4", "still.png", "größe.pdf", "big.png")
    (site / "secret.txt").write_text("private", encoding="utf-8")
    for name in names:
        (site / "posts" / name).write_bytes(name.encode())
    photo((20, 10)).save(site / "posts/small.png")
    post(
        site,
        '<video controls poster="still.png"><source src="talk%201.mp4"></video>\n\n'
        "<p><a title='x' href='größe.pdf'>a</a> <a href='../secret.txt'>b</a> <a href='/secret.txt'>c</a>"
        " <a href='b.md'>d</a> <a href='none.pdf'>e</a></p>\n\n"
        "```{figure} small.png\n:target: big.png\n\nA caption\n```\n\n"
        "```{figure} small.png\n:target: ../secret.txt\n\nA caption\n```\n",
    )
    post(site, "Text.\n", "b")
    built = Built(site)
    assert built.messages == []
    folder = built.out / "posts/a"
    main = read_html(folder / "index.html").xpath("//*[@role='main'] | //main")[0]
    addresses = [*main.xpath(".//video/@poster"), *main.xpath(".//source/@src"), *main.xpath(".//a/@href")]
    files = [(folder / unquote(address)).resolve() for address in addresses if "_downloads" in address]
    assert sorted(file.read_bytes().decode() for file in files) == sorted(names)
    rest = [address for address in addresses if "_downloads" not in address]
    assert {"../secret.txt", "/secret.txt", "b.md", "none.pdf"} <= {*rest}
    assert [path for path in built.files() if "secret" in path] == []


def test_of_several_names_the_one_that_is_written_counts(site: Path) -> None:
    """A name that is percent-encoded itself, or differs in its normal form only, stands for itself."""
    photo((20, 10)).save(site / "posts/a b.png")
    photo((30, 10)).save(site / "posts/ab.png")
    photo((40, 10)).save(site / "posts" / unicodedata.normalize("NFC", "ü.png"))
    photo((50, 10)).save(site / "posts" / unicodedata.normalize("NFD", "ü.png"))
    composed, decomposed = unicodedata.normalize("NFC", "ü.png"), unicodedata.normalize("NFD", "ü.png")
    post(site, f"![](<a b.png>) ![](ab.png) ![]({composed}) ![]({decomposed})\n")
    built = Built(site)
    assert [image["width"] for image in built.images("posts/a/index.html")] == ["20", "30", "40", "50"]


@pytest.mark.parametrize("name", ["größe.png", "<a b.png>", "ab.png", "%00.png", "%2E%2E/%2E%2E/x.png"])
def test_a_picture_that_is_not_there_is_a_warning(name: str, site: Path) -> None:
    """It names the file in plain letters, and no other file stands in for it."""
    for other in ("a  b.png", "a\tb.png"):  # which of them is meant can't be told
        photo((20, 10)).save(site / "posts" / other)
    post(site, f"![]({name})\n")
    (message,) = Built(site).messages
    assert "is not there" in message
    assert "%C3" not in message


def test_the_picture_of_a_post_has_any_name(site: Path) -> None:
    """`image` in the front matter is found as pictures of the text are."""
    photo((700, 400)).save(site / "posts" / unicodedata.normalize("NFD", "größe.png"))
    head = "---\ntitle: A\ndate: 2020-01-01\nimage: größe.png\n---\n\nText.\n"
    (site / "posts/a.md").write_text(head, encoding="utf-8")
    built = Built(site)
    assert built.messages == []
    page = (built.out / "posts/a/index.html").read_text(encoding="utf-8")
    assert 'property="og:image" content="https://example.org/blog/_images/gr' in page


def test_a_picture_in_html_is_found_from_the_root(site: Path) -> None:
    """As in Markdown: from the folder of the sources; what is not there stays as it is written."""
    (site / "images").mkdir()
    photo((20, 10)).save(site / "images/a.png")
    post(site, '![x](/images/a.png)\n\n<p><img src="/images/a.png"> <img src="/images/none.png"></p>\n')
    built = Built(site)
    assert built.messages == []
    main = read_html(built.out / "posts/a/index.html").xpath("//*[@role='main'] | //main")[0]
    markdown, html, missing = main.xpath(".//img/@src")
    assert markdown == html
    assert missing == "/images/none.png"
