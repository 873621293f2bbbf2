"""What settings name is there."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from sphinx.testing.util import SphinxTestApp


@pytest.mark.sphinx(
    "dirhtml",
    testroot="blog",
    confoverrides={
        "postdocs_navbar": [
            ("Page", "page"),
            ("Posts", "blog"),
            ("Tags", "blog/tag"),
            ("Elsewhere", "https://a.example/"),
            ("Gone", "gone"),
            ("Path", "/gone/"),
        ]
    },
)
def test_an_item_of_the_navigation_bar_that_leads_nowhere_is_told(
    app: SphinxTestApp, warning: StringIO
) -> None:
    """Pages, lists and whole addresses are right; anything else is named with its text."""
    app.build()
    told = [line.partition("postdocs_navbar: ")[2] for line in warning.getvalue().splitlines()]
    assert [line.partition(" is no page")[0] for line in told] == ["'gone' of 'Gone'", "'/gone/' of 'Path'"]


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"blog_path": "notes/all"})
def test_the_navigation_bar_follows_the_path_of_the_blog(app: SphinxTestApp, warning: StringIO) -> None:
    """Without a setting of its own it names the lists where they are, so nothing leads nowhere."""
    app.build()
    assert app.config.postdocs_navbar == [
        ("Posts", "notes/all"),
        ("Archive", "notes/all/archive"),
        ("Tags", "notes/all/tag"),
    ]
    assert "postdocs_navbar" not in warning.getvalue()


def test_a_logo_that_is_not_there_is_told_with_its_line(
    make_app: Callable[..., SphinxTestApp], tmp_path: Path
) -> None:
    """The line is that of `conf.py` which names it; one that is there is right."""
    lines = [
        'extensions = ["myst_parser", "ablog", "postdocs"]',
        'html_theme = "postdocs"',
        'html_theme_options = {"logo": {"image_light": "logo.svg",',
        '    "image_dark": "dark.svg"}}',
    ]
    (tmp_path / "conf.py").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "index.md").write_text("# Home\n\nText.\n", encoding="utf-8")
    (tmp_path / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    warning = StringIO()
    make_app("dirhtml", srcdir=tmp_path, warning=warning).build()
    (line,) = [line for line in warning.getvalue().splitlines() if "logo" in line]
    assert f"{tmp_path}/conf.py:4: WARNING: html_theme_options: the logo 'dark.svg' is not there" in line
