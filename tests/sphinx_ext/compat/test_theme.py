"""What is done to the theme's files and scripts in ways that are not public: that it is needed still."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from helpers import read_html
from jinja2.exceptions import SecurityError
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.testing.util import SphinxTestApp

from postdocs.sphinx_ext.compat import theme

MakeApp = Callable[..., SphinxTestApp]
ISSUE = "https://github.com/example/heat/issues/7"


@pytest.fixture
def plain(tmp_path: Path, make_app: MakeApp) -> SphinxTestApp:
    """A site without Postdocs, and with its parent theme and ablog, built."""
    (tmp_path / "_templates").mkdir()
    (tmp_path / "_templates" / "layout.html").write_text("{% extends '!layout.html' %}", encoding="utf-8")
    (tmp_path / "conf.py").write_text(
        'extensions = ["ablog"]\nhtml_theme = "pydata_sphinx_theme"\ntemplates_path = ["_templates"]\n'
        'blog_baseurl = "https://example.org/"\n',
        encoding="utf-8",
    )
    (tmp_path / "index.rst").write_text(f"Home\n====\n\nText, {ISSUE}\n", encoding="utf-8")
    app = make_app("html", srcdir=tmp_path)
    app.build()
    return app


def test_sphinx_still_puts_templates_into_a_sandbox(plain: SphinxTestApp) -> None:
    """When it trusts what the author installed, `trust_templates` can go."""
    environment = theme.jinja_environment(plain)
    template = "{{ ''.__class__.__name__ }}"
    with pytest.raises(SecurityError):
        environment.from_string(template).render()
    theme.trust_templates(environment)
    assert environment.from_string(template).render() == "str"


def test_sphinx_still_copies_all_that_a_theme_inherits(plain: SphinxTestApp) -> None:
    """When a theme can leave files out, `copy_static_files` can go."""
    static = plain.outdir / "_static"
    unused = ("basic.css", "webpack-macros.html", "scripts/bootstrap.js", "scripts/bootstrap.js.map")
    assert [name for name in unused if not (static / name).is_file()] == []
    assert hasattr(StandaloneHTMLBuilder, "copy_theme_static_files")  # which ours overrides


def test_style_sheets_are_still_where_they_were(plain: SphinxTestApp) -> None:
    """When they move, `PARENT_STYLES` has to follow."""
    builder: Any = plain.builder
    folders = [*map(Path, builder.theme.get_theme_dirs())]
    assert all(any((folder / name).is_file() for folder in folders) for name in theme.PARENT_STYLES)


def test_sphinx_still_skips_templates_path_for_an_exclamation_mark(plain: SphinxTestApp) -> None:
    """When a folder of `templates_path` serves `!layout.html`, `insert_templates` can go."""
    templates: Any = plain.builder.templates
    _, authors, _ = templates.get_source(templates.environment, "layout.html")
    _, skipped_to, _ = templates.get_source(templates.environment, "!layout.html")
    assert (Path(authors).parent.name, Path(skipped_to).parent.name) == ("_templates", "pydata_sphinx_theme")
    assert templates.templatepathlen == len(plain.config.templates_path)


def test_the_parent_still_writes_scripts_into_pages(plain: SphinxTestApp) -> None:
    """When its pages have no inline scripts but that of the colour mode, `is_of_parent` can go."""
    bodies = [script.text for script in read_html(plain.outdir / "index.html").xpath("//script[not(@src)]")]
    assert "DOCUMENTATION_OPTIONS.pagename = 'index';" in bodies
    assert "DOCUMENTATION_OPTIONS.search_as_you_type = false;" in bodies


def test_the_parent_still_shortens_links(plain: SphinxTestApp) -> None:
    """When it shows a bare link to GitHub as it is written, `keep_link_texts` can go."""
    (link,) = read_html(plain.outdir / "index.html").xpath(f"//a[@href='{ISSUE}']")
    assert link.text == "example/heat#7"


def test_scripts_still_hold_up_the_page(plain: SphinxTestApp) -> None:
    """When Sphinx defers its own scripts, `deferred` can go."""
    (script,) = read_html(plain.outdir / "index.html").xpath(
        "//script[contains(@src, 'documentation_options')]"
    )
    assert script.get("defer") is None


def test_the_style_sheet_of_code_is_still_written_for_any_theme(plain: SphinxTestApp) -> None:
    """When a theme can do without, `remove_pygments_css` can go."""
    text = (plain.outdir / "_static/pygments.css").read_text(encoding="utf-8")
    assert 'html[data-theme="dark"]' in text


def test_ablog_still_adds_the_style_of_tag_clouds_to_every_site(plain: SphinxTestApp) -> None:
    """When it is copied only where it is used, `without_tag_cloud` can go."""
    assert (plain.outdir / "_static/ablog/tagcloud.css").is_file()
    assert theme.without_tag_cloud(plain) == []
