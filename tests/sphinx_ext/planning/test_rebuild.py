"""Builds after a change."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from helpers import read_html, searchable, texts
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.testing.util import SphinxTestApp
from sphinx.util.docutils import docutils_namespace, patch_docutils

from postdocs.sphinx_ext.pages import titles
from postdocs.sphinx_ext.planning import rebuild


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_new_title_reaches_every_page_that_shows_it(app: SphinxTestApp) -> None:
    """After a post is retitled, home, lists and neighbours show the new title, though they did not change."""
    app.build()
    path = app.srcdir / "posts/2023/marked.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("The instant decides", "Renamed"), encoding="utf-8"
    )
    app.build()
    for page in ("", "blog/", "blog/archive/", "blog/author/ann-example/", "posts/2024/plain/"):
        content = read_html(app.outdir / f"{page}index.html").text_content()
        assert "Renamed" in content, page
        assert "The instant decides" not in content, page


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_post_that_goes_away_leaves_every_list(app: SphinxTestApp) -> None:
    """After a post is deleted, no other page links to it."""
    app.build()
    (app.srcdir / "posts/2023/marked.md").unlink()
    app.build()
    for page in ("", "blog/", "blog/archive/", "posts/2024/plain/"):
        assert "The instant decides" not in read_html(app.outdir / f"{page}index.html").text_content(), page
    assert texts(read_html(app.outdir / "posts/2024/plain/index.html"), "post-newer") == []


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_the_inventory_is_written_when_something_changed_or_it_is_gone(app: SphinxTestApp) -> None:
    """A build that changes nothing leaves `objects.inv` alone; a new label or a lost file brings it again."""
    inventory = app.outdir / "objects.inv"
    app.build()
    first = inventory.read_bytes()
    os.utime(inventory, (0, 0))
    app.build()
    assert inventory.stat().st_mtime == 0
    path = app.srcdir / "posts/2024/titled.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nOne more word.\n", encoding="utf-8")
    app.build()
    assert inventory.stat().st_mtime == 0
    path.write_text(path.read_text(encoding="utf-8") + "\n(oven)=\n## Oven\n\nText.\n", encoding="utf-8")
    app.build()
    changed = inventory.read_bytes()
    assert changed != first
    inventory.unlink()
    app.build()
    assert inventory.read_bytes() == changed


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_an_edit_of_a_body_writes_no_other_document_again(app: SphinxTestApp) -> None:
    """When nothing changed that other pages show, they are left as they are."""
    app.build()
    path = app.srcdir / "posts/2024/titled.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nOne more line.\n", encoding="utf-8")
    written: list[str] = []
    app.connect("html-page-context", lambda app, name, *rest: written.append(name))
    app.build()
    documents = {name for name in written if name in app.env.found_docs}
    assert documents == {"posts/2024/titled"}


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"html_theme": "pydata_sphinx_theme"})
def test_nothing_is_read_again_when_nothing_changed(
    app: SphinxTestApp, make_app: Callable[..., SphinxTestApp]
) -> None:
    """What a theme does to the settings of ablog is no change of settings."""
    app.build()
    again = make_app("dirhtml", srcdir=app.srcdir, confoverrides={"html_theme": "pydata_sphinx_theme"})
    read: list[str] = []
    again.connect("source-read", lambda app, docname, source: read.append(docname))
    again.build()
    assert read == []


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_file_that_is_saved_while_it_is_read_is_read_again(
    app: SphinxTestApp, make_app: Callable[..., SphinxTestApp]
) -> None:
    """The last save counts, although the build that read the one before it has ended later."""
    path, page = app.srcdir / "posts/2024/plain.md", app.outdir / "posts/2024/plain/index.html"
    saved = path.read_text(encoding="utf-8") + "\nSaved meanwhile.\n"

    def save(app: Sphinx, docname: str, source: list[str]) -> None:
        if docname == "posts/2024/plain":
            path.write_text(saved, encoding="utf-8")

    app.connect("source-read", save)
    app.build()
    assert "Saved meanwhile." not in page.read_text(encoding="utf-8")
    make_app("dirhtml", srcdir=app.srcdir).build()
    assert "Saved meanwhile." in page.read_text(encoding="utf-8")


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_what_pages_show_is_not_looked_for_when_nothing_changed(
    app: SphinxTestApp, make_app: Callable[..., SphinxTestApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The build before has noted it; a file of the site that is gone is made again all the same."""
    app.build()
    written = {path: path.read_bytes() for path in app.outdir.rglob("*") if path.is_file()}
    planned: list[str] = []

    def note(*args: Any) -> dict[str, titles.PageTitle]:
        planned.append("once more")
        return titles.assign_titles(*args)

    monkeypatch.setattr(rebuild, "assign_titles", note)
    make_app("dirhtml", srcdir=app.srcdir).build()
    assert planned == []
    (app.outdir / "blog/index.html").unlink()
    make_app("dirhtml", srcdir=app.srcdir).build()
    assert planned != []
    assert {path: path.read_bytes() for path in app.outdir.rglob("*") if path.is_file()} == written


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_what_is_wrong_with_the_site_is_told_until_it_is_mended(
    app: SphinxTestApp, make_app: Callable[..., SphinxTestApp]
) -> None:
    """A build in which nothing changed says so too, or warnings would be errors only once."""
    post = "---\ntitle: One\ndate: 2024-01-01\naliases: [/search/]\n---\n"
    path = app.srcdir / "posts/2024/one.md"
    path.write_text(post, encoding="utf-8")
    app.build()
    assert "'/search/' is the place of" in app.warning.getvalue()
    again = make_app("dirhtml", srcdir=app.srcdir)
    again.build()
    assert "'/search/' is the place of" in again.warning.getvalue()


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_page_that_another_extension_wants_written_again_is_the_same(
    app: SphinxTestApp, make_app: Callable[..., SphinxTestApp]
) -> None:
    """It has all that other pages say of it, though nothing was read."""
    app.build()
    page = app.outdir / "posts/2024/plain/index.html"
    before = page.read_bytes()
    page.write_bytes(b"")
    again = make_app("dirhtml", srcdir=app.srcdir)
    again.connect("env-updated", lambda *_: ["posts/2024/plain"])
    again.build()
    assert page.read_bytes() == before


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_nothing_is_left_of_what_is_gone(app: SphinxTestApp) -> None:
    """Page, source, picture, feeds and lists of a deleted post go, and no file that is not of the site."""
    app.build()
    mine = app.outdir / "blog/mine.txt"
    mine.write_text("Mine", encoding="utf-8")
    gone = [
        *("posts/2024/plain/index.html", "_sources/posts/2024/plain.md.txt", "blog/category/notes/atom.xml"),
        *("blog/category/notes/feed.json", "blog/category/notes/index.html", "blog/tag/日本語/index.html"),
        *(path.relative_to(app.outdir).as_posix() for path in app.outdir.glob("_images/dot-*.png")),
    ]
    assert [path for path in gone if not (app.outdir / path).is_file()] == []
    (app.srcdir / "posts/2024/plain.md").unlink()
    app.build()
    assert [path for path in gone if (app.outdir / path).exists()] == []
    assert not (app.outdir / "blog/category/notes").exists()
    assert mine.read_text(encoding="utf-8") == "Mine"


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_change_of_settings_leaves_no_page_behind(
    app: SphinxTestApp, make_app: Callable[..., SphinxTestApp]
) -> None:
    """When the folder of the blog is another, nothing is left in the old one but what is not of the site."""
    app.build()
    mine = app.outdir / "blog/mine.txt"
    mine.write_text("Mine", encoding="utf-8")
    again = make_app("dirhtml", srcdir=app.srcdir, confoverrides={"blog_path": "news"})
    again.build()
    assert (app.outdir / "news/index.html").is_file()
    assert [*(app.outdir / "blog").rglob("*")] == [mine]


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_after_a_failure_the_next_build_mends_what_was_written(
    app: SphinxTestApp, make_app: Callable[..., SphinxTestApp]
) -> None:
    """A build that dies while it writes is not trusted by the next one, even if all is as it was before."""
    app.build()
    path = app.srcdir / "posts/2023/marked.md"
    before, times = path.read_text(encoding="utf-8"), path.stat()

    def fail(app: Sphinx) -> list[tuple[str, dict[str, object], str]]:
        raise RuntimeError("the power is gone")

    path.write_text(before.replace("The instant decides", "Renamed"), encoding="utf-8")
    failing = make_app("dirhtml", srcdir=app.srcdir)
    failing.connect("html-collect-pages", fail, priority=900)
    with pytest.raises(ExtensionError, match="the power is gone"):
        failing.build()
    assert "Renamed" in (app.outdir / "posts/2024/plain/index.html").read_text(encoding="utf-8")
    path.write_text(before, encoding="utf-8")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    make_app("dirhtml", srcdir=app.srcdir).build()
    pages = [*app.outdir.rglob("*.html"), *app.outdir.rglob("atom.xml")]
    assert [page for page in pages if b"Renamed" in page.read_bytes()] == []
    assert "Renamed" not in str(searchable(app.outdir))


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_two_outputs_can_share_what_was_read(
    app: SphinxTestApp, make_app: Callable[..., SphinxTestApp]
) -> None:
    """Another builder that uses the same doctrees writes all of its pages, and so does the first one then."""
    app.build()
    other = make_app("html", srcdir=app.srcdir)
    other.build()
    path = app.srcdir / "posts/2023/marked.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("The instant decides", "Renamed"), encoding="utf-8"
    )
    for builder, home in (("html", "blog.html"), ("dirhtml", "blog/index.html")):
        built = make_app(builder, srcdir=app.srcdir)
        built.build()
        for page in (home, "index.html"):
            assert "Renamed" in (built.outdir / page).read_text(encoding="utf-8"), (builder, page)


def build(source: Path, out: Path, builder: str = "dirhtml") -> dict[str, bytes]:
    """Build as a new process would; return the files."""
    with patch_docutils(source), docutils_namespace():
        Sphinx(source, source, out / "html", out / "doctrees", builder, status=None, warning=None).build()
    files = (path for path in (out / "html").rglob("*") if path.is_file())
    return {path.relative_to(out / "html").as_posix(): path.read_bytes() for path in files}


CONF = """\
extensions = ["myst_parser", "ablog", "postdocs"]
blog_baseurl = html_baseurl = "https://example.org/"
blog_post_pattern = "posts/*.md"
html_theme = "basic"
"""
POST = "---\ntitle: {}\ndate: 2020-01-0{}\ntags: [x]\n---\n\n{}\n"
SITE = {
    "conf.py": CONF,
    "index.md": "# Home\n",
    "posts/a.md": POST.format("Alpha", 1, "Text."),
    "posts/b.md": POST.format("Beta", 2, "Text."),
}
PAGE = "---\norphan: true\n---\n\n"
SIDE_BAR = """\
html_theme = "pydata_sphinx_theme"
html_theme_options = {"secondary_sidebar_items": ["ablog/recentposts.html"]}
templates_path = []  # the theme adds to the default, which is one list for all builds of a process
"""
TWO = "Head\n====\n\nOne\n---\n\n.. post:: 2020-01-03\n\n{}\n{}\n\n.. post:: 2020-01-04\n"
NUMBERS = "# Home\n\n```{{toctree}}\n{}\np\n```\n"
QUERY = POST.format("Alpha", 1, "Text.").replace("tags", 'aliases: ["{}"]\ntags')


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            {"p.md": f"{PAGE}# P\n\n{{ref}}`a`\n", "q.md": f"{PAGE}# Q\n"},
            {"q.md": f"{PAGE}(a)=\n# Q\n"},
            id="an author's label takes the name of a post",
        ),
        pytest.param(
            {"posts/a.md": QUERY.format("/?x=1")}, {"posts/a.md": SITE["posts/a.md"]}, id="no query is left"
        ),
        pytest.param({}, {"posts/a.md": QUERY.format("/blog/tag/?x=1")}, id="a list leads on for a query"),
        pytest.param(
            {"conf.py": CONF + SIDE_BAR, "p.md": f"{PAGE}# P\n"},
            {"posts/a.md": POST.format("Renamed", 1, "Text.")},
            id="posts in a side bar that the theme's options name",
        ),
        pytest.param(
            {"m.rst": TWO.format("Two", "---")},
            {"m.rst": TWO.format("Renamed", "-------")},
            id="several posts in a document",
        ),
        pytest.param(
            {"index.md": NUMBERS.format(":numbered:"), "p.md": "# P\n\n## S\n"},
            {"index.md": NUMBERS.format("")},
            id="numbers of sections go",
        ),
        pytest.param(
            {},
            {
                "conf.py": f"{CONF}def more(app, name, source):\n    source[0] += ' More.'\n\n"
                "def setup(app):\n    app.connect('source-read', more)\n"
            },
            id="the settings read documents otherwise",
        ),
        pytest.param(
            {"conf.py": f"import ours\n{CONF}project = ours.NAME\n", "ours.py": "NAME = 'One'\n"},
            {"ours.py": "NAME = 'Another'\n"},
            id="a module beside the settings",
        ),
        pytest.param(
            {"p.md": f"{PAGE}# P\n\n[data](data.csv)\n"},
            {"data.csv": "1,2\n"},
            id="a file that is linked comes",
        ),
        pytest.param({}, {"blog/page/2.md": f"{PAGE}# Mine\n"}, id="a page of the author"),
    ],
)
def test_a_rebuild_is_a_clean_build(
    before: dict[str, str], after: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the random sequences do not do, one by one."""
    source = tmp_path / "source"
    monkeypatch.syspath_prepend(source)
    for number, files in enumerate((SITE | before, after)):
        for name, text in files.items():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_text(text, encoding="utf-8")
        sys.modules.pop("ours", None)
        importlib.invalidate_caches()
        again = build(source, tmp_path / "again")
        if number:
            clean = build(source, tmp_path / "clean")
            assert {
                name for name in again.keys() | clean.keys() if again.get(name) != clean.get(name)
            } == set()


def test_another_builder_in_the_same_output_leaves_nothing_of_the_first(tmp_path: Path) -> None:
    """Pages, lists and feeds of `html` go when `dirhtml` builds there."""
    source = tmp_path / "source"
    for name, text in SITE.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, encoding="utf-8")
    build(source, tmp_path / "again", "html")
    assert build(source, tmp_path / "again", "dirhtml") == build(source, tmp_path / "clean", "dirhtml")
