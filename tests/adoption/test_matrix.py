"""A blog with other themes, builders and extensions: `nox -s adoption` installs them."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import lxml.etree
import pytest
from helpers import read_html, texts

from postdocs import cli

ATOM = "{http://www.w3.org/2005/Atom}"
THEMES = {  # by name, the package that has it
    "postdocs": "postdocs",
    "alabaster": "alabaster",
    "basic": "sphinx",
    "furo": "furo",
    "piccolo_theme": "piccolo_theme",
    "pydata_sphinx_theme": "pydata_sphinx_theme",
    "shibuya": "shibuya",
    "sphinx_book_theme": "sphinx_book_theme",
    "sphinx_rtd_theme": "sphinx_rtd_theme",
    "sphinxawesome_theme": "sphinxawesome_theme",
}
BUILDERS = ("epub", "singlehtml", "text", "latex", "man", "gettext", "linkcheck", "xml", "texinfo")
EXTENSIONS = {  # by package: settings, and a file of the output
    "sphinxext.rediraffe": ("rediraffe_redirects = {'old.md': 'posts/one.md'}", "old"),
    "sphinx_sitemap": ("sitemap_url_scheme = '{link}'", "sitemap.xml"),
    "notfound.extension": ("notfound_urls_prefix = '/'", "404.html"),
    "sphinxext.opengraph": ("ogp_site_url = html_baseurl", "index.html"),
    "sphinx_thebe": ("", "index.html"),
    "sphinx_design": ("", "index.html"),
}
CONF = """\
project = "Tea & Notes"
copyright = author = "Ann"
version = release = "1"
extensions = ["myst_parser", "postdocs"]
blog_post_pattern = "posts/**/*.md"
blog_baseurl = html_baseurl = "https://tea.example/"
html_sidebars = {"**": ["ablog/recentposts.html", "ablog/tagcloud.html", "ablog/categories.html",
                        "ablog/authors.html", "ablog/archives.html", "ablog/postcard.html"]}
exclude_patterns = ["_build"]
linkcheck_ignore = [".*"]
suppress_warnings = ["epub.unknown_project_files"]
"""
INDEX = """\
# Home

Write to [Ann](mailto:ann@tea.example).

```{toctree}
blog
posts/one
```

```{postlist}
```
"""
ONE = """\
---
title: One
date: 2024/01/02
author: Ann
category: Notes
tags: [2024, "<b>bold</b>"]
---

Text of one, by <ann@tea.example>. See [the other](two.md).

## A section

```python
print("x")
```
"""
TWO = """\
# A \\<script>alert(1)\\</script> title

```{post} Feb 3, 2024
:author: Ann
:tags: green
```

Text of two.
"""


def is_installed(package: str) -> bool:
    """Tell whether a package can be imported."""
    try:
        return importlib.util.find_spec(package) is not None
    except ModuleNotFoundError:  # not even what it is in
        return False


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Write a blog as one of ablog is."""
    files = {
        "conf.py": CONF,
        "index.md": INDEX,
        "blog.md": "# Blog\n",
        "posts/one.md": ONE,
        "posts/two.md": TWO,
    }
    (tmp_path / "posts").mkdir()
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def build(site: Path, builder: str, *settings: str) -> Path:
    """Build a site; warnings fail it."""
    conf = site / "conf.py"
    conf.write_text("\n".join([conf.read_text(encoding="utf-8"), *settings, ""]), encoding="utf-8")
    out = site / "_build" / builder
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-W",
        "--keep-going",
        "-q",
        "-b",
        builder,
        "-d",
        f"{out}-trees",
    ]
    result = subprocess.run([*command, str(site), str(out)], capture_output=True, text=True, check=False)  # noqa: S603 - our own
    assert (result.returncode, result.stderr) == (0, "")
    return out


def assert_whole(out: Path, is_folder: bool) -> None:
    """Assert that pages, lists, heads and feeds are whole, and that no link is broken."""
    end = "/index.html" if is_folder else ".html"
    for name in ("posts/one", "posts/two", "blog", "blog/tag/2024", "blog/archive", "search"):
        text = (out / f"{name}{end}").read_text(encoding="utf-8")
        assert "inheriting from" not in text
        assert text.count("</html>") == 1
        root = read_html(out / f"{name}{end}")
        assert not [script for script in root.iter("script") if (script.text or "").startswith("alert(1)")]
        assert "<b>bold</b>" not in text
    root = read_html(out / f"posts/one{end}")
    assert texts(root, "post-authors") == ["by Ann"]
    assert root.xpath("//meta[@property='og:title']")
    assert root.xpath("//link[@type='application/atom+xml']")
    assert len(texts(read_html(out / f"blog{end}"), "post-row")) == 2
    entries = [*lxml.etree.parse(out / "blog/atom.xml").iter(f"{ATOM}entry")]
    assert [entry.findtext(f"{ATOM}title") for entry in entries][1] == "One"
    assert "mailto:ann@tea.example" in (out / "blog/atom.xml").read_text(encoding="utf-8")
    assert cli.run(["links", str(out), "--offline"]) == 0


@pytest.mark.parametrize("builder", ["dirhtml", "html"])
@pytest.mark.parametrize("theme", THEMES)
def test_a_blog_is_whole_in_any_theme(theme: str, builder: str, site: Path) -> None:
    """Pages, side bars, lists, heads and feeds, without a broken link."""
    if not is_installed(THEMES[theme]):
        pytest.skip(f"{theme} is not installed")
    assert_whole(build(site, builder, f"html_theme = {theme!r}"), builder == "dirhtml")


@pytest.mark.parametrize("builder", BUILDERS)
def test_a_blog_builds_with_all_builders(builder: str, site: Path) -> None:
    """Those of Sphinx make books, texts and catalogs of it."""
    assert any(build(site, builder).iterdir())


@pytest.mark.parametrize("builder", ["dirhtml", "html"])
@pytest.mark.parametrize("extension", EXTENSIONS)
def test_a_blog_works_beside_other_extensions(extension: str, builder: str, site: Path) -> None:
    """Each does its job, or ours does it."""
    if not is_installed(extension):
        pytest.skip(f"{extension} is not installed")
    settings, file = EXTENSIONS[extension]
    out = build(site, builder, f"extensions.append({extension!r})", settings)
    assert_whole(out, builder == "dirhtml")
    path = out / file
    assert path.is_file() or path.with_suffix(".html").is_file() or (path / "index.html").is_file()
    locations = lxml.etree.parse(out / "sitemap.xml").findall("{*}url/{*}loc")
    end = "/" if builder == "dirhtml" else ".html"
    assert f"https://tea.example/posts/one{end}" in [location.text for location in locations]


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_books_build_beside_other_extensions(extension: str, site: Path) -> None:
    """An EPUB has to be possible with each."""
    if not is_installed(extension):
        pytest.skip(f"{extension} is not installed")
    settings, _ = EXTENSIONS[extension]
    assert [*build(site, "epub", f"extensions.append({extension!r})", settings).glob("*.epub")]
