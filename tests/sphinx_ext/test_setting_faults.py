"""Settings of the wrong kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path

from sphinx.testing.util import SphinxTestApp

MakeApp = Callable[..., SphinxTestApp]

# A setting in a line of conf.py, and what is said of it.
FAULTS = [
    ("blog_authors = None", "blog_authors: None is not a mapping of names to pairs; write one like"),
    ("blog_title = 5", "blog_title: 5 is not text; put it in quotes"),
    ("blog_default_author = 'Bob'", "blog_default_author: 'Bob' is not a key of blog_authors; add it there"),
    ("blog_feed_length = 'ten'", "blog_feed_length: 'ten' is not a number of posts; write 0 or more"),
    ("postdocs_accent = 'teal'", "postdocs_accent: 'teal' is not a colour; write one of CSS in hexadecimal"),
    ("postdocs_page_length = '20'", "postdocs_page_length: '20' is not a number of posts; write 1 or more"),
    (
        "postdocs_navbar = 'Posts'",
        "postdocs_navbar: 'Posts' is not a list of pairs; write [('Posts', 'blog')]",
    ),
    ("postdocs_timezone = 'Mars/Base'", "postdocs_timezone: 'Mars/Base' is not a time zone; write a name"),
    ("postdocs_math_macros = []", "postdocs_math_macros: [] is a list, not a mapping; write a mapping, or"),
    ("project = None", "project: None is None, not text; write text, or remove the line"),
    ("exclude_patterns = '_build'", "exclude_patterns: '_build' is text, not a list; write ['_build']"),
    ("html_css_files = 'x.css'", "html_css_files: 'x.css' is text, not a list; write ['x.css']"),
    ("html_title = ['x']", "html_title: ['x'] is a list, not text; write 'x'"),
    ("html_context = None", "html_context: None is None, not a mapping; write a mapping, or remove the line"),
    ("pygments_style = 'x'", "pygments_style: 'x' is not a style of Pygments; write a name like 'default'"),
    ("myst_enable_extensions = 'deflist'", "myst_enable_extensions: 'deflist' is text, not a list; write"),
    ("myst_heading_anchors = 'x'", "myst_heading_anchors: its value must be in"),
    ("html_static_path = ['gone']", "html_static_path: 'gone' is not there; put it there, or remove it"),
    ("html_theme_options = {'nope': 1,", "html_theme_options: the theme has no option 'nope'; correct"),
    ("    'logo': 'x.png',", "html_theme_options: logo: 'x.png' is not a mapping as it has to be; write {"),
    ("    'icon_links': {'a': 'b'},", "html_theme_options: icon_links: {'a': 'b'} is not a list as it has"),
    ("    'navbar_end': None,", "html_theme_options: navbar_end: None is not a list of templates; write []"),
    ("    'show_toc_level': 'x'}", "html_theme_options: show_toc_level: 'x' is not a number; write one"),
]
SOUND = "extensions = ['myst_parser', 'ablog', 'postdocs']\nhtml_theme = 'postdocs'\n"


def warnings_of(text: str, folder: Path, make_app: MakeApp) -> tuple[list[str], SphinxTestApp]:
    """Return what is warned of the settings of a site, without the folder, and the application."""
    (folder / "conf.py").write_text(SOUND + text, encoding="utf-8")
    (folder / "index.md").write_text("# Pond\n", encoding="utf-8")
    warning = StringIO()
    app = make_app("dirhtml", srcdir=folder, warning=warning)
    app.build()
    plain = re.sub(r"\x1b\[[\d;]*m", "", warning.getvalue())
    return [line.removeprefix(f"{folder}/") for line in plain.splitlines()], app


def test_each_wrong_setting_is_one_line(tmp_path: Path, make_app: MakeApp) -> None:
    """All come in one run with their lines, and no setting ends it; some fail the build by themselves."""
    lines, app = warnings_of("".join(f"{line}\n" for line, _ in FAULTS), tmp_path, make_app)
    first = SOUND.count("\n") + 1
    expected = {f"conf.py:{number}: {message}" for number, (_, message) in enumerate(FAULTS, first)}
    told = {re.sub(r"(?<=:) (?:WARNING|ERROR):", "", line) for line in lines}
    assert len(lines) == len(FAULTS)
    assert {text for text in expected if not any(line.startswith(text) for line in told)} == set()
    assert app.statuscode == 1
    assert (app.config.blog_authors, app.config.exclude_patterns) == ({}, ["_build"])


def test_settings_that_are_right_are_left_alone(tmp_path: Path, make_app: MakeApp) -> None:
    """Kinds that Sphinx takes for one another, and text where one pattern is enough, are no faults."""
    text = (
        "blog_post_pattern = 'posts/*.md'\nhtml_static_path = ()\nhtml_show_sphinx = 1\n"
        "html_theme_options = {'logo': {'text': 'Pond'}, 'navbar_end': 'theme-switcher'}\n"
    )
    lines, app = warnings_of(text, tmp_path, make_app)
    assert lines == []
    assert app.statuscode == 0
    assert app.config.html_theme_options["logo"]["text"] == "Pond"
