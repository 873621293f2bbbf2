"""Source folders beside the pages that were built from them."""

from __future__ import annotations

from typing import Any

import pytest

from importer.folders.trees import NOW, files
from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Entry
from postdocs.importer.folders.built_pages import with_pages
from postdocs.importer.folders.systems import hexo, hugo, jekyll, plain
from postdocs.importer.sources.archive import Files

NAMES = ("ebb", "flow", "neap", "spring")
SOURCES = {
    "_config.yml": "url: https://tides.example.org\npermalink: pretty\n",
    **{
        f"_posts/2021-03-0{at}-{name}.md": f"---\ntitle: {name.capitalize()}\n---\n"
        f'It\'s the "{name}" of number {at}, which the moon brings to every shore.\n'
        for at, name in enumerate(NAMES, 1)
    },
}
PAGE = (
    "<!doctype html><title>{title}</title><nav><a href='/'>Home</a></nav><main><article class='h-entry'>"
    "<h1 class='p-name'>{title}</h1><time class='dt-published' datetime='2021-03-0{at}T00:00:00Z'>then</time>"
    "<div class='e-content'><p>It’s the “{name}” of number {at}, which the moon brings to every shore.</p>"
    "{more}</div></article></main>"
)
HOME = "<!doctype html><title>Tides</title><nav><a href='/'>Home</a></nav><ul>{}</ul>".format(
    "".join(f"<li><a href='/2021/03/0{at}/{name}/'>{name}</a></li>" for at, name in enumerate(NAMES, 1))
)


def built(**more: str) -> dict[str, str]:
    """Return the pages of the blog. more: what else is in them, by the name of the post."""
    return {
        "index.html": HOME,
        "img/moon.png": "png",
        **{
            f"2021/03/0{at}/{name}/index.html": PAGE.format(
                title=name.capitalize(), name=name, at=at, more=more.get(name, "")
            )
            for at, name in enumerate(NAMES, 1)
            if more.get(name) != "-"
        },
    }


def entries(sources: Files, pages: Files | None = None) -> dict[str, Entry]:
    """Return the posts of the blog by their titles."""
    source = with_pages(jekyll.read(sources, None, NOW), sources, pages, None)
    return {entry.title: entry for entry in source.entries}


@pytest.mark.parametrize(
    "folder",
    [
        "_site",
        "public",
        "output",
        "_website",
        "docs/_build/html",
        "dist",
        ".vitepress/dist",
        "docs/.vuepress/dist",
    ],
)
def test_pages_are_found_in_the_folder_of_the_sources(folder: str) -> None:
    """The content is that of the page; the author's text goes with it."""
    inside = {f"{folder}/{path}": text for path, text in built().items()}
    ebb = entries(files(SOURCES | inside))["Ebb"]
    assert "It’s the “ebb”" in ebb.content
    assert (ebb.markdown or "").startswith('It\'s the "ebb"')


def test_pages_may_be_in_another_folder() -> None:
    """What a plugin added to a page comes along, and files of the built site are there too."""
    pages = files(built(flow="<p>By a plugin.</p>"), "other")
    sources = files(SOURCES)
    source = with_pages(jekyll.read(sources, None, NOW), sources, pages, None)
    assert "By a plugin." in source.entries[1].content
    assert source.format == "Jekyll site with built pages in other"
    assert source.files is not None
    assert source.files.load("img/moon.png") == b"png"
    assert source.files.built == frozenset(pages.paths)


def test_a_post_without_a_page_keeps_its_own_content() -> None:
    """A line says that the site is older than its sources."""
    neap = entries(files(SOURCES), files(built(neap="-")))["Neap"]
    assert '"neap"' in neap.content or "&quot;neap&quot;" in neap.content
    assert any("it has no page" in note.what for note in neap.notes)


def test_a_folder_without_pages_is_refused() -> None:
    """The user named it, so it must have some."""
    with pytest.raises(PostdocsError, match="other: it holds no built pages; name the folder"):
        entries(files(SOURCES), files({"a.txt": ""}, "other"))


def test_a_picture_that_the_generator_copied_keeps_its_address() -> None:
    """As Sphinx copies pictures to `_images`; another file of that name stays what it is."""
    picture = "<img src='{}'>"
    sources = files(
        {
            **SOURCES,
            "img/sea.png": "one",
            "_posts/2021-03-01-ebb.md": SOURCES["_posts/2021-03-01-ebb.md"] + "\n![s](/img/sea.png)\n",
        }
    )
    ebb = "".join(map(picture.format, ("/_images/sea1.png", "/_images/sea.png", "https://b.example/sea.png")))
    pages = files({**built(ebb=ebb), "_images/sea1.png": "one", "_images/sea.png": "two"}, "other")
    content = entries(sources, pages)["Ebb"].content
    assert content.count('src="https://tides.example.org/img/sea.png"') == 1
    assert content.count('src="/_images/sea.png"') == 1


@pytest.mark.parametrize(
    ("system", "settings", "path", "text"),
    [
        (hugo, "hugo.toml", "content/2021/03/01/ebb.md", "{{< tide 1 >}}"),
        (plain, "astro.config.mjs", "src/content/2021/03/01/ebb.mdx", "import T from './t'\n\n<T />"),
        (plain, "astro.config.mjs", "src/content/2021/03/01/ebb.md", "{% tide %}"),
        (hexo, "_config.yml", "source/_posts/2021-03-01-ebb.md", "{% tide %}"),
    ],
)
def test_what_only_the_generator_shows_is_not_missing_beside_its_pages(
    system: Any, settings: str, path: str, text: str
) -> None:
    """Notes on shortcodes, components, templates, and tags are on a text that isn't taken then."""
    front = "---\ntitle: Ebb\ndate: 2021-03-01\nurl: /2021/03/01/ebb/\n---\n"
    body = 'It\'s the "ebb" of number 1, which the moon brings to every shore.\n\n'
    sources = files({settings: "", path: f"{front}{body}{text}\n"})
    read = system.read(sources, "https://tides.example.org", NOW)
    shown = with_pages(read, sources, files(built()), None)
    (own,), (entry,) = read.entries, shown.entries
    assert [note.what for note in own.notes if note.in_text]
    assert "It’s the “ebb”" in entry.content
    assert not entry.notes
