"""Labels and their addresses."""

from __future__ import annotations

from io import StringIO

import pytest
from helpers import read_html, texts
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from sphinx.testing.util import SphinxTestApp

from postdocs.core.labels import key_of
from postdocs.core.permalink import parse
from postdocs.sphinx_ext.blog.taxonomy import Label, merge


@given(st.lists(st.text(min_size=1), max_size=8))
def test_no_two_labels_share_an_address(uses: list[str]) -> None:
    """Labels with keys of their own have slugs of their own, which are names of files; others lead to one."""
    labels = merge(uses)
    assert labels.keys() == set(uses)
    shown = set(labels.values())
    assert len({label.slug for label in shown}) == len(shown) == len({key_of(label) for label in uses})
    addresses = [slug for label in shown for slug in (label.slug, *label.others)]
    assert len(addresses) == len(set(addresses))
    for slug in addresses:
        assert slug not in {"", "index"}
        assert parse(f"/{slug}/").file.count("/") == 1
        assert len(slug.encode()) <= 110


def test_an_address_does_not_depend_on_other_labels() -> None:
    """What C++ is called on the web is the same whether there is a C or not."""
    assert merge(["C++"])["C++"].slug == merge(["C", "C++"])["C++"].slug == "c-plus-plus"
    assert merge(["C++"])["C++"].others == ("c",)  # as plain ablog had it
    assert merge(["C", "C++"])["C++"].others == ()


def test_names_of_authors_in_the_settings_win() -> None:
    """An author is shown under the name that the settings have, however a post spells the short name."""
    labels = merge(["ann", "ANN", "Ann Example", "Bob"], {"Ann": "Ann Example"})
    assert {labels[spelling].name for spelling in ("ann", "ANN", "Ann Example")} == {"Ann Example"}
    assert labels["Bob"] == Label("Bob", "bob", ())


def write(app: SphinxTestApp, name: str, tags: str, day: int) -> None:
    """Write a post with tags."""
    text = f"---\ntitle: {name}\ndate: 2024-01-{day:02}\ntags: {tags}\n---\n\nText.\n"
    (app.srcdir / f"posts/2024/{name}.md").write_text(text, encoding="utf-8")


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_every_post_is_on_the_page_of_its_label(app: SphinxTestApp, warning: StringIO) -> None:
    """No post is lost where spellings meet; the addresses of the others lead to the page, and feeds stay."""
    for day, (name, tags) in enumerate(
        {"x": "[Num Focus]", "y": "[numfocus]", "z": "[NumFOCUS, C]", "v": "[numfocus, C++]"}.items(), 1
    ):
        write(app, name, tags, day)
    app.build()
    assert warning.getvalue() == ""
    folder = app.outdir / "blog/tag"
    assert texts(read_html(folder / "numfocus/index.html"), "post-title") == ["v", "z", "y", "x"]
    assert texts(read_html(folder / "c/index.html"), "post-title") == ["z"]
    assert texts(read_html(folder / "c-plus-plus/index.html"), "post-title") == ["v"]
    assert texts(read_html(app.outdir / "posts/2024/x/index.html"), "post-tag") == ["numfocus"]
    (link,) = read_html(folder / "num-focus/index.html").xpath("//link[@rel='canonical']/@href")
    assert link == "https://example.org/~lab/blog/tag/numfocus/"
    feeds = [(folder / name / "atom.xml").read_bytes() for name in ("numfocus", "num-focus")]
    assert feeds[0] == feeds[1]
    terms = etree.fromstring(feeds[0]).xpath("//*[local-name()='category']")
    assert {(term.get("term"), term.get("label")) for term in terms} >= {
        ("Num Focus", "numfocus"), ("NumFOCUS", "numfocus"), ("numfocus", "numfocus")
    }  # fmt: skip
