"""Which system a folder is of, and what becomes of folders that no module reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from postdocs.core.errors import PostdocsError
from postdocs.core.progress import Advance
from postdocs.importer.sources.registry import read_folder

PAGE = "<!doctype html><title>{0}</title><main><article class=h-entry><h1 class=p-name>{0}</h1>" + (
    "<time class=dt-published datetime=2021-03-04T00:00:00Z>then</time><div class=e-content><p>{0} words "
    "that are long enough to be the text of a post, and more of them.</p></div></article></main>"
)


def folder(path: Path, **texts: str) -> Path:
    """Write files into a folder; `__` in a name is a slash, `_DOT_` a dot."""
    for name, text in texts.items():
        file = path / name.replace("__", "/").replace("_DOT_", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (
            {"_toc_DOT_yml": "", "posts__a_DOT_md": "---\ntitle: A\n---"},
            "it is the source folder of Jupyter Book; build",
        ),
        ({"zensical_DOT_toml": "", "docs__a_DOT_md": "# A"}, "it is the source folder of Zensical"),
        ({"conf_DOT_py": "import os", "a_DOT_rst": ""}, "it is the source folder of Sphinx"),
        (
            {
                "config_DOT_toml": "base_url = 'https://a.example'",
                "content__a_DOT_md": "+++\ntitle = 'A'\n+++\nA",
                "static__x_DOT_css": "",
            },
            "it is the source folder of Zola",
        ),
        ({"zola_DOT_toml": "", "theme__index_DOT_html": "<p>a"}, "it is the source folder of Zola"),
        (
            {"a_DOT_md": "# A"},
            "it has texts (.md), but no settings of Jekyll, Hugo, Hexo, Pelican, Nikola, "
            "MkDocs, Quarto, MyST, or",
        ),
        ({"a_DOT_txt": "A"}, "it is no source folder, built site, or export that the import knows"),
    ],
)
def test_a_folder_is_called_what_it_seems_to_be(tmp_path: Path, texts: dict[str, str], words: str) -> None:
    """One line says it, and what would work."""
    with pytest.raises(PostdocsError, match=re.escape(words)):
        read_folder(folder(tmp_path, **texts))


def test_sources_that_are_not_read_may_have_built_pages(tmp_path: Path) -> None:
    """Then these are read."""
    pages = {f"output__{name}__index_DOT_html": PAGE.format(name.capitalize()) for name in ("ebb", "flow")}
    home = "<!doctype html><title>Home</title><a href=/ebb/>Ebb</a> <a href=/flow/>Flow</a>"
    blog = folder(tmp_path, zola_DOT_toml="", output__index_DOT_html=home, **pages)
    source = read_folder(blog, "https://tides.example.org")
    assert [entry.title for entry in source.entries] == ["Ebb", "Flow"]


def test_an_archive_may_have_one_folder_around_all(tmp_path: Path) -> None:
    """Archives of repositories do."""
    source = read_folder(
        folder(
            tmp_path,
            **{
                "blog-main___config_DOT_yml": "url: https://tides.example.org",
                "blog-main___posts__2021-03-04-a_DOT_md": "---\ntitle: A\n---\nText.",
            },
        )
    )
    assert source.format == "Jekyll site"
    assert source.entries[0].url == "https://tides.example.org/2021/03/04/a.html"


@pytest.mark.parametrize(
    ("others", "format_"),
    [
        ({}, "MyST project"),
        ({"tools__README_DOT_md": "# Tools", "tools__a_DOT_py": ""}, "MyST project"),
        ({"_DOT_github__b_DOT_md": "---\ntitle: B\n---\nText."}, "MyST project"),
        ({"notes__b_DOT_md": "---\ntitle: B\n---\nText."}, "Markdown with front matter"),
    ],
)
def test_the_sources_may_be_in_a_folder_of_a_repository(
    tmp_path: Path, others: dict[str, str], format_: str
) -> None:
    """Its settings say what it is, if it has all texts but those at the top."""
    site = {"docs__myst_DOT_yml": "version: 1\nproject: {}\n", "docs__a_DOT_md": "---\ntitle: A\n---\nText."}
    source = read_folder(folder(tmp_path, NEWS_DOT_md="# News", **site, **others))
    assert source.format == format_


def test_built_pages_need_sources(tmp_path: Path) -> None:
    """Alone they are a source of their own."""
    built = folder(tmp_path / "built", index_DOT_html="<p>a")
    with pytest.raises(PostdocsError, match="no sources that the import knows"):
        read_folder(folder(tmp_path / "blog", a_DOT_txt="A"), None, built)


def test_progress_is_told_while_pages_are_read(tmp_path: Path) -> None:
    """Each page of a source folder is a step."""
    told: list[str] = []

    @contextmanager
    def progress(stage: str, total: int) -> Iterator[Advance]:
        told.append(f"{stage} {total}")
        yield lambda: told.append("step")

    texts = {name: f"---\ntitle: {name}\n---\nText.\n" for name in ("a_DOT_md", "b_DOT_md")}
    read_folder(folder(tmp_path, **texts), progress=progress)
    assert told == ["Reading 2", "step", "step"]


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (
            {
                "_config_DOT_yml": "title: T",
                "_posts__2021-03-04-ebb_DOT_md": "---\n---\nEbb.",
                "_layouts__post_DOT_html": "{{ content }}",
                "_sass__a__b_DOT_scss": "",
            },
            ["the theme of the old site, 2 files in _layouts, _sass"],
        ),
        ({"hugo_DOT_toml": "title = 'T'", "content__posts__ebb_DOT_md": "---\ntitle: Ebb\n---\nEbb."}, []),
        (
            {
                "hugo_DOT_toml": "title = 'T'",
                "content__posts__ebb_DOT_md": "---\ntitle: Ebb\n---\nEbb.",
                "layouts___default__single_DOT_html": "",
            },
            ["the theme of the old site, 1 file in layouts"],
        ),
    ],
)
def test_what_stays_of_a_theme_is_named(tmp_path: Path, texts: dict[str, str], words: list[str]) -> None:
    """Its files are of no use to the new site; one line says how many there are."""
    source = read_folder(folder(tmp_path, **texts))
    assert [note.what for note in source.notes if "theme" in note.what] == words


def test_posts_of_an_old_jekyll_blog_are_those_of_the_hugo_site_that_has_them(tmp_path: Path) -> None:
    """Its settings say what it is, unless those of Jekyll are still there, beside its posts."""
    posts = {"content___posts__2021-03-04-a_DOT_md": "---\ntitle: A\n---\nText."}
    hugo = folder(tmp_path / "hugo", config_DOT_toml='baseURL = "https://tides.example.org/"', **posts)
    assert [entry.url for entry in read_folder(hugo).entries] == [
        "https://tides.example.org/_posts/2021-03-04-a/"
    ]
    jekyll = folder(
        tmp_path / "jekyll",
        _config_DOT_yml="url: https://tides.example.org",
        hugo_DOT_toml="",
        **{"_posts__2021-03-04-a_DOT_md": "---\ntitle: A\n---\nText."},
    )
    assert [entry.url for entry in read_folder(jekyll).entries] == [
        "https://tides.example.org/2021/03/04/a.html"
    ]
