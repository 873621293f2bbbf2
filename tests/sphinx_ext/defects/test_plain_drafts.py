"""Drafts: what plain ablog gets wrong, and that it is right here."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import read_html, searchable
from plain import OURS, PLAIN, Site, Sites, build, copy

HELD_BACK = ["early", "unripe"]  # one dated in the future, one without a date
WORDS = (
    "posts/early",
    "not yet due",
    "prematur",
    "prophecy",
    "posts/unripe",
    "not ready",
    "unfinish",
    "rumour",
)
UPDATED = """\
---
draft: true
---

# Not ready with an update

```{update} 2020-01-02
An update of what was never published.
```
"""


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """The same drafts twice; one that ends a build of plain ablog is in ours only."""
    source = copy("test-plain-drafts", tmp_path_factory.mktemp("drafts"))
    plain = build(source, PLAIN, "plain")
    assert (plain.status, plain.messages) == (0, "")
    (source / "posts/updated.md").write_text(UPDATED, encoding="utf-8")
    ours = build(source, OURS, "ours")
    assert (ours.status, ours.messages) == (0, "")
    return Sites(plain, ours)


@pytest.fixture(scope="module")
def preview(sites: Sites) -> Site:
    """Our site with drafts."""
    site = build(sites.ours.out.parent / "source", OURS, "preview", "-D", "postdocs_drafts=1")
    assert (site.status, site.messages) == (0, "")
    return site


def test_what_is_held_back_has_no_page(sites: Sites) -> None:
    """Plain ablog writes the page, and does not even ask search engines to pass it by; here there is none."""
    for name in HELD_BACK:
        page = read_html(sites.plain.out / f"posts/{name}.html")
        assert page.xpath("//meta[@name='robots']") == []

        assert not (sites.ours.out / f"posts/{name}.html").exists()


def test_what_is_held_back_is_in_no_list(sites: Sites) -> None:
    """Plain ablog publishes a list of all drafts; here there is no such page."""
    assert sorted(sites.plain.posts("blog/drafts.html")) == HELD_BACK

    assert not (sites.ours.out / "blog/drafts.html").exists()


def test_what_is_held_back_cannot_be_searched_for(sites: Sites) -> None:
    """Plain ablog lets Sphinx index every word of it; here the index knows nothing of it."""
    index = (sites.plain.out / "searchindex.js").read_text(encoding="utf-8")
    for word in ("posts/early", "prematur", "posts/unripe", "unfinish"):
        assert word in index

    found = searchable(sites.ours.out)
    assert [word for word in WORDS if word in str(found).lower()] == []
    assert "/posts/public.html" in found


def test_the_source_of_what_is_held_back_is_not_copied(sites: Sites) -> None:
    """Plain ablog lets Sphinx copy the text; here it copies none."""
    for name in HELD_BACK:
        assert (sites.plain.out / f"_sources/posts/{name}.md.txt").is_file()

        assert not (sites.ours.out / f"_sources/posts/{name}.md.txt").exists()


def test_what_is_held_back_is_no_target_of_other_sites(sites: Sites) -> None:
    """Plain ablog puts it into the inventory, with its title; here the inventory does not know it."""
    for name, title in zip(HELD_BACK, ("Not yet due", "Not ready"), strict=True):
        assert f"posts/{name} std:doc -1 posts/{name}.html {title}\n" in sites.plain.inventory()

    assert "posts/public std:doc" in sites.ours.inventory()
    assert [word for word in WORDS if word in sites.ours.inventory().lower()] == []


def test_what_is_held_back_is_nowhere(sites: Sites) -> None:
    """Files of all kinds of a site of plain ablog hold its words; here none does."""
    assert sites.plain.files_with(*WORDS) == [
        "_sources/posts/early.md.txt",
        "_sources/posts/unripe.md.txt",
        "blog/drafts.html",
        "posts/early.html",
        "posts/unripe.html",
        "searchindex.js",
    ]

    assert sites.ours.files_with(*WORDS, "never published") == []


@pytest.mark.parametrize("name", [*HELD_BACK, "updated"])
def test_a_preview_shows_and_marks_what_is_held_back(name: str, preview: Site) -> None:
    """With `postdocs_drafts` it has its page, and is listed, with a mark on both."""
    mark = "Scheduled" if name == "early" else "Draft"
    assert mark in preview.text(f"posts/{name}.html")
    assert name in preview.posts("blog.html")
    assert [preview.text("blog.html").count(word) for word in ("Draft", "Scheduled")] == [2, 1]
    assert not {"Draft", "Scheduled"} & {*preview.text("posts/public.html").split()}


def test_a_draft_may_have_an_update(sites: Sites, preview: Site, tmp_path: Path) -> None:
    """It ends a build of plain ablog, which compares the date with none; here it is a draft like others."""
    plain = build(copy("test-plain-drafts", tmp_path, {"posts/updated.md": UPDATED}), PLAIN, "plain")
    assert plain.status == 2
    assert "'>' not supported between instances of 'NoneType' and 'datetime.datetime'" in plain.messages

    assert not (sites.ours.out / "posts/updated.html").exists()
    assert "An update of what was never published." in preview.text("posts/updated.html")
