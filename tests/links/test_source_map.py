"""From built pages back to the sources."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest

from postdocs.links.lines import Lines
from postdocs.links.model import Page
from postdocs.links.source_map import Place, Sources, hints_of, pattern_of, roles_for


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("https://x.org/a", "[a](https://x.org/a)"),
        ("https://x.org/a", "<https://x.org/a>"),
        ("https://x.org/a", "see https://x.org/a."),
        ("https://x.org/a", "[r]: https://x.org/a 'title'"),
        ("https://x.org/a/", '<a href="https://x.org/a/">'),
        ("https://x.org/a?b=1&c=2", "<a href='https://x.org/a?b=1&amp;c=2'>"),
        ("https://x.org/a_b_c", r"https://x.org/a\_b\_c"),
        ("https://x.org/a%20b", "(<https://x.org/a b>)"),
        ("https://x.org/%C3%A4", "(https://x.org/ä)"),
        ("https://x.org/ä", "(https://x.org/%c3%a4)"),
        ("https://xn--mller-kva.example/x", "(https://müller.example/x)"),
        ("https://xn--fa-hia.de/x", "(https://faß.de/x)"),
        ("https://faß.de/x", "(https://faß.de/x)"),
        ("https://x.org/a_(b)", "[a](https://x.org/a_(b))"),
        ("https://x.org/a%FFb", "(https://x.org/a%FFb)"),
        ("https://x.org/", "(https://x.org/)"),
    ],
)
def test_a_link_is_found_however_it_is_written(url: str, source: str) -> None:
    """Escaped, encoded, in Unicode or not."""
    assert re.search(pattern_of(url), source)


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("https://x.org/a", "(https://x.org/ab)"),
        ("https://x.org/a", "(https://x.org/a/b)"),
        ("https://x.org/a", "(https://x.org/a.html)"),
        ("https://x.org/a", "(https://x.org/a?b)"),
        ("https://x.org/a", "(https://x.org/a#b)"),
        ("http://x.org/a", "(https://web.archive.org/web/2013/http://x.org/a)"),
        ("b/c", "(a/b/c)"),
    ],
)
def test_a_longer_link_is_another(url: str, source: str) -> None:
    """What only begins or ends like it is left alone."""
    assert not re.search(pattern_of(url), source)


def sources_of(root: Path, built: str, here: Path | None = None) -> Sources:
    """Return the sources in a folder; the links of the site are on lines that tell one page from another."""
    pages = [
        Page("a.html", ("/",), lines=(7,)),
        Page("b.html", ("/",), lines=(5,)),
        Page("page.html", ("/",), lines=(1,)),
    ]
    return Sources(root, root / built, Lines(root / built, pages), here or root)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of two documents and a template, and the inventory of its site."""
    site = tmp_path / "_build"
    (tmp_path / "posts").mkdir()
    (tmp_path / "templates").mkdir()
    site.mkdir()
    (tmp_path / "posts" / "a.md").write_text(
        "# A\n\n[x](http://x.org/)\n[x](http://x.org/)\n", encoding="utf-8"
    )
    (tmp_path / "posts" / "b.md").write_text("# B\n\n[x]: http://x.org/\n[y](c.md#there)\n", encoding="utf-8")
    (tmp_path / "templates" / "foot.html").write_text('<p>\n<a href="/gone/">', encoding="utf-8")
    (site / "old.html").write_text('<a href="/gone/">', encoding="utf-8")
    names = b"posts/a std:doc -1 2013/01/a/ A\nposts/b std:doc -1 posts/b.html B\n"
    head = b"# Sphinx inventory version 2\n# Project: x\n# Version: \n# The rest is compressed using zlib.\n"
    (site / "objects.inv").write_bytes(head + zlib.compress(names))
    return tmp_path


def test_every_place_of_a_link_is_found(project: Path) -> None:
    """In the documents of the pages, wherever those are published; lists of posts add nothing."""
    sources = sources_of(project, "_build")
    pages = [("2013/01/a/index.html", 0), ("posts/b.html", 0), ("blog/index.html", 0), ("atom.xml", 0)]
    places, rest = sources.places("http://x.org/", pages)
    assert [str(place) for place in places] == ["posts/a.md:3", "posts/a.md:4", "posts/b.md:3"]
    assert rest == []
    text = sources.text("posts/b.md")
    assert text[places[2].start : places[2].end] == "http://x.org/"


def test_only_the_documents_of_the_pages_count(project: Path) -> None:
    """A link that another document has too is not its fault there."""
    places, _ = sources_of(project, "_build").places("http://x.org/", [("posts/b.html", 0)])
    assert [str(place) for place in places] == ["posts/b.md:3"]


def test_templates_are_searched_where_no_document_has_it(project: Path) -> None:
    """The built site itself is no source."""
    places, rest = sources_of(project, "_build").places("/gone/", [("index.html", 0), ("a.html", 0)])
    assert [str(place) for place in places] == ["templates/foot.html:2"]
    assert rest == []


def test_what_no_source_has_is_told_of_the_built_pages(project: Path) -> None:
    """A theme may have made it."""
    places, rest = sources_of(project, "_build").places("/theme/", [("b.html", 0), ("a.html", 0)])
    assert places == []
    assert rest == [Place("_build/a.html", 7), Place("_build/b.html", 5)]


def test_hints_stand_in_for_links_that_were_rewritten(project: Path) -> None:
    """Sphinx turns documents into addresses; an author wrote the name, and the id."""
    url = "../c/#there"
    places, _ = sources_of(project, "_build").places(url, [("posts/b.html", 0)], *hints_of(url))
    assert [str(place) for place in places] == ["posts/b.md:4"]
    assert hints_of("../#") == []
    assert hints_of("#/gone/") == ["#/gone/", "/gone/"]


def test_a_project_without_inventory_is_searched(tmp_path: Path) -> None:
    """Any generator's site can be checked; a broken inventory is none."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "objects.inv").write_bytes(b"nonsense")
    (tmp_path / "page.md").write_text("(http://x.org/)", encoding="utf-8")
    places, _ = sources_of(tmp_path, "site").places("http://x.org/", [("page.html", 0)])
    assert places == [Place("page.md", 1, 1, 14)]


def test_folders_of_any_name_are_searched(tmp_path: Path) -> None:
    """A folder of posts may be called as programs often call theirs."""
    names = ("build", "dist", "env", "venv", "posts/build", "_builders")
    for name in names:
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "page.md").write_text("(http://x.org/)", encoding="utf-8")
    places, _ = sources_of(tmp_path, "site").places("http://x.org/", [("page.html", 0)])
    assert {place.path for place in places} == {f"{name}/page.md" for name in names}


@pytest.mark.parametrize(
    "made",
    [
        *(
            "site",
            "site/html",
            "_build/text",
            "posts/__pycache__",
            "node_modules/a",
            ".nox/a",
            "lib/site-packages",
        ),
        *("pages/objects.inv", "env/pyvenv.cfg", "env/conda-meta/history", "posts/cache/CACHEDIR.TAG"),
    ],
)
def test_what_programs_have_made_is_no_source(made: str, tmp_path: Path) -> None:
    """Any output, environments, caches and folders that begin with a dot are passed over."""
    folder = tmp_path / made
    if folder.name in {"objects.inv", "pyvenv.cfg", "history", "CACHEDIR.TAG"}:
        folder.parent.mkdir(parents=True)
        folder.touch()
        folder = tmp_path.joinpath(*Path(made).parts[: 1 + made.startswith("posts/")])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "page.md").write_text("(http://x.org/)", encoding="utf-8")
    places, rest = sources_of(tmp_path, "site").places("http://x.org/", [("page.html", 0)])
    assert (places, len(rest)) == ([], 1)


def test_places_are_relative_to_where_one_stands(project: Path) -> None:
    """Whatever the folder of the sources is."""
    places, _ = sources_of(project, "_build", project / "posts").places("/gone/", [("a.html", 0)])
    assert [str(place) for place in places] == ["../templates/foot.html:2"]
    _, pages = sources_of(project, "_build", project / "posts").places("/theme/", [("a.html", 0)])
    assert [str(place) for place in pages] == ["../_build/a.html:7"]


def test_a_report_of_the_check_is_no_source(tmp_path: Path) -> None:
    """Somebody may save it beside the posts."""
    text = "a.md:1: https://x.org/: dead\n1,234 internal links in 5 files checked\n1 fault\n"
    (tmp_path / "report.txt").write_text(text, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("https://x.org/\n", encoding="utf-8")
    places, _ = sources_of(tmp_path, "site").places("https://x.org/", [("a.html", 0)])
    assert [place.path for place in places] == ["notes.txt"]


@pytest.mark.parametrize(
    "path",
    [
        *(
            "content/posts/a.md",
            "_posts/2024-01-01-a.markdown",
            "src/pages/a.astro",
            "src/a.njk",
            "layouts/a.html",
        ),
        *("docs/a.mdx", "hugo.toml", "_config.yml", "mkdocs.yml", "_data/menu.yml", "data/links.json"),
        "posts/2024/a.comments.yml",
    ],
)
def test_the_sources_of_other_generators_are_searched(path: str, tmp_path: Path) -> None:
    """Pages, templates, settings and data."""
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text("x: 'https://x.org/'", encoding="utf-8")
    (tmp_path / "package-lock.json").write_text("'https://x.org/'", encoding="utf-8")
    places, _ = sources_of(tmp_path, "site").places("https://x.org/", [("a.html", 0)])
    assert [place.path for place in places] == [path]


@pytest.mark.parametrize(
    "role", ["{issue}`7`", "{issue}`the bug <7>`", ":issue:`7`", ":issue:`the bug <7>`", "{github}`issues/7`"]
)
def test_a_link_that_a_role_makes_is_found_there(role: str, project: Path) -> None:
    """What is written is the end of the address."""
    (project / "posts/a.md").write_text(f"# A 7\n\n`7` {role}\n", encoding="utf-8")
    url = "https://x.org/issues/7"
    places, _ = sources_of(project, "_build").places(url, [("2013/01/a/index.html", 0)])
    assert [str(place) for place in places] == ["posts/a.md:3"]


def test_no_role_holds_what_nobody_writes() -> None:
    """An address of any length costs no more than its length."""
    assert roles_for(f"https://example.org/{'a/' * 500_000}") == []
