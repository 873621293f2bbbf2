"""Ids of headings by an attribute, which several posts may have."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from helpers import read_html
from sphinx.testing.util import SphinxTestApp

_POST = "---\ntitle: {title}\ndate: 2024-05-01\n---\n\n[there](#setup)\n\n{{#setup}}\n## How to install it\n"

Build = Callable[[str], tuple[Path, str]]


@pytest.fixture
def source(rootdir: Path, tmp_path: Path) -> Path:
    """A blog whose posts have a heading each, with the same id."""
    source = tmp_path / "blog"
    shutil.copytree(rootdir / "test-blog", source)
    for name in ("one", "two"):
        (source / f"posts/{name}.md").write_text(_POST.format(title=name), encoding="utf-8")
    return source


@pytest.fixture
def build(make_app: Callable[..., SphinxTestApp], source: Path) -> Build:
    """A function that builds the blog with a text for a page, and returns the page and the warnings."""

    def built(text: str) -> tuple[Path, str]:
        (source / "page.md").write_text(f"---\norphan: true\n---\n# Page\n\n{text}\n", encoding="utf-8")
        warning = StringIO()
        settings = {"myst_enable_extensions": ["attrs_block"]}
        app = make_app("html", srcdir=source, warning=warning, confoverrides=settings)
        app.build()
        # Sphinx tells that it has been set up before.
        told = [line for line in warning.getvalue().splitlines(True) if "while setting up" not in line]
        return Path(app.outdir) / "page.html", "".join(told)

    return built


def _links(page: Path) -> list[str]:
    links = read_html(page).iterfind(".//p/a[@class='reference internal']")
    return [link.get("href", "") for link in links]


def test_two_posts_may_have_the_same_id(build: Build) -> None:
    """Links within a post lead to its own heading, and those with a path to that of the page."""
    page, warnings = build("[](posts/one.md#setup) [b](posts/two.md#setup)")
    assert warnings == ""
    assert _links(page) == ["posts/one.html#setup", "posts/two.html#setup"]
    assert "How to install it" in page.read_text(encoding="utf-8")
    post = page.parent / "posts/one.html"
    assert "#setup" in _links(post)
    assert read_html(post).get_element_by_id("setup").find("h2") is not None


def test_a_link_without_a_path_to_an_id_of_two_posts_is_told(build: Build) -> None:
    """The warning says how to name the page."""
    _, warnings = build("[a](#setup)")
    remedy = "name the page too, as in '/posts/one.md#setup'"
    assert f"headings on several pages have the id 'setup'; {remedy}" in warnings


def test_an_id_of_one_page_is_a_label_of_the_site(build: Build, source: Path) -> None:
    """As MyST has it; the second post takes that back, and gives it again."""
    two = source / "posts/two.md"
    text = two.read_text(encoding="utf-8")
    two.write_text(text.replace("setup", "other"), encoding="utf-8")
    page, warnings = build("[](#setup) {ref}`setup`")
    assert (warnings, _links(page)) == ("", ["posts/one.html#setup"] * 2)
    two.write_text(text, encoding="utf-8")
    _, warnings = build("[](#setup) {ref}`setup`")
    assert warnings.count("headings on several pages have the id 'setup'") == 2
    (source / "posts/one.md").unlink()
    page, warnings = build("[](#setup) {ref}`setup`")
    assert (warnings, _links(page)) == ("", ["posts/two.html#setup"] * 2)


def test_a_target_of_that_name_goes_first(build: Build, source: Path) -> None:
    """Sphinx warns of none, whether it reads the one or the other document first."""
    for name in ("alpha", "zeta"):
        (source / f"{name}.md").write_text(
            f"---\norphan: true\n---\n# {name}\n\n(setup)=\n## Target\n", encoding="utf-8"
        )
        page, warnings = build("[](#setup)")
        assert (warnings, _links(page)) == ("", [f"{name}.html#setup"])
        (source / f"{name}.md").unlink()
