"""A blog with other themes, builders and extensions: `nox -s compat` installs them."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

import lxml.etree
import pytest
from helpers import read_html, searchable, texts
from manual.compatibility import entries, versions

from adoption.sites import blog, build, is_installed, prepare
from postdocs import cli

ATOM = "{http://www.w3.org/2005/Atom}"
THEMES, BUILDERS, EXTENSIONS = map(entries, ("themes", "builders", "extensions"))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A blog as one of ablog is."""
    return blog(tmp_path)


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
    rows = texts(read_html(out / f"blog{end}"), "post-row")
    titles = [entry.findtext(f"{ATOM}title") for entry in entries_of(out)]
    assert len(rows) == len(titles)
    assert titles[-1] == "One"
    assert "mailto:ann@tea.example" in (out / "blog/atom.xml").read_text(encoding="utf-8")
    assert cli.run(["links", str(out), "--offline"]) == 0


def entries_of(out: Path) -> list[lxml.etree._Element]:
    """Return the entries of the feed of a site."""
    return [*lxml.etree.parse(out / "blog/atom.xml").iter(f"{ATOM}entry")]


@pytest.mark.parametrize("builder", ["dirhtml", "html"])
@pytest.mark.parametrize("theme", THEMES)
def test_a_blog_is_whole_in_any_theme(theme: str, builder: str, site: Path) -> None:
    """Pages, side bars, lists, heads and feeds, without a broken link."""
    if not is_installed(THEMES[theme].get("module", theme)):
        pytest.skip(f"{theme} is not installed")
    settings = THEMES[theme].get("settings", "")
    assert_whole(build(site, builder, f"html_theme = {theme!r}", settings), builder == "dirhtml")


@pytest.mark.parametrize("builder", BUILDERS)
def test_a_blog_builds_with_all_builders(builder: str, site: Path) -> None:
    """Those of Sphinx make books, texts and catalogs of it."""
    entry = BUILDERS[builder]
    file = build(site, builder) / entry["file"]
    assert file.is_file()
    text = file.read_text(encoding="utf-8") if "words" in entry else ""
    assert all(words in text for words in entry.get("words", ()))


@pytest.mark.parametrize("builder", ["dirhtml", "html"])
@pytest.mark.parametrize("extension", EXTENSIONS)
def test_a_blog_works_beside_other_extensions(extension: str, builder: str, site: Path) -> None:
    """Each does its job, or ours does it: in pages, feeds, lists and the search."""
    entry = EXTENSIONS[extension]
    is_folder = builder == "dirhtml"
    out = build(site, builder, *prepare(site, extension, entry))
    assert_whole(out, is_folder)
    place, address = ("posts/tried/index.html", "posts/tried/") if is_folder else ("posts/tried.html",) * 2
    page = (out / place).read_text(encoding="utf-8")
    assert [text for text in entry.get("page", ()) if text not in page] == []
    (fed,) = (item for item in entries_of(out) if item.findtext(f"{ATOM}title") == "Tried")
    content = fed.findtext(f"{ATOM}content") or ""
    assert [text for text in entry.get("feed", ()) if text not in content] == []
    searched = " ".join(searchable(out)[f"/{address}"]["content"].split())
    assert [text for text in entry.get("search", ()) if text not in searched] == []
    if "summary" in entry:
        assert fed.findtext(f"{ATOM}summary") == entry["summary"]
        listed = read_html(out / ("blog/index.html" if is_folder else "blog.html"))
        assert entry["summary"] in texts(listed, "post-summary")
    if "file" in entry:
        path = out / entry["file"]
        assert path.is_file() or path.parent.with_suffix(".html").is_file()
    locations = lxml.etree.parse(out / "sitemap.xml").findall("{*}url/{*}loc")
    assert f"https://tea.example/{address}" in [location.text for location in locations]


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_books_build_beside_other_extensions(extension: str, site: Path) -> None:
    """An EPUB has to be possible with each."""
    out = build(site, "epub", *prepare(site, extension, EXTENSIONS[extension]))
    assert [*out.glob("*.epub")]


def test_the_manual_names_the_versions_that_are_tried() -> None:
    """Each package of the page is installed in the version that is pinned."""
    pinned = versions()
    packages = {entry["package"] for entry in (*THEMES.values(), *EXTENSIONS.values())}
    assert {name: importlib.metadata.version(name) for name in packages} == {
        name: pinned[name] for name in packages
    }
