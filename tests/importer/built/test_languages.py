"""Built sites in several languages, and what of them is no post."""

from __future__ import annotations

import pytest

from postdocs.importer.built import site
from postdocs.importer.entry import Entry

from .shapes import BASE, files

HTML = (
    '<html lang="{lang}"><title>{title}</title>{head}<nav class="menu"><a href="/">Tarn</a></nav>'
    "{body}</html>"
)
TEXT = (
    "<article class='h-entry'><h1>{}</h1><time datetime='2021-03-0{}'></time>"
    "<div class='e-content'><p>{}</p></div></article>"
)


def _page(lang: str, title: str, at: int, text: str, head: str = "") -> str:
    return HTML.format(lang=lang, title=title, head=head, body=TEXT.format(title, at, text))


@pytest.fixture(scope="module")
def spoken() -> dict[str, Entry]:
    """The posts and pages of a site in two languages, by title."""
    names = ("low", "high", "neap", "spring")
    pages = {
        f"{folder}posts/{name}/index.html": _page(
            lang, name.capitalize(), at, f"The {name} tide of the tarn."
        )
        for folder, lang in (("", "en"), ("de/", "de"))
        for at, name in enumerate(names, 1)
    }
    link = '<link rel="alternate" hreflang="{}" href="{}">'
    pages["posts/low/index.html"] = _page("en", "Low", 1, "It is low.", link.format("de", "/de/posts/low/"))
    pages["de/posts/low/index.html"] = _page(
        "de", "Ebbe", 1, "Es ist tief.", link.format("en", "/posts/low/")
    )
    item = '<li><time datetime="2021-03-01">2021-03-01 08:00</time> <a href="{}posts/low/">Low</a></li>'
    listed = '<article class="listpage"><header><h1>{}</h1></header><ul>{}</ul></article>'
    for folder, lang in (("", "en"), ("de/", "de")):
        body = listed.format("Posts about the moon", item.format(f"/{folder}"))
        for path in ("2021/", "archive/", "categories/moon/"):
            pages[f"{folder}{path}index.html"] = HTML.format(lang=lang, title="Posts", head="", body=body)
    imprint = "<main><h1>Imprint</h1><p>Ida Brook, Weirstead.</p></main>"
    links = "<main><h1>Talks</h1><ul><li><a href='https://a.example/'>On tides</a></li></ul></main>"
    own = (
        "<article class='storypage'><h1>About</h1><time datetime='2026-01-01'></time>"
        "<p>I live here.</p></article>"
    )
    for path, title, body in (
        ("imprint", "Imprint", imprint),
        ("talks", "Talks", links),
        ("about", "About", own),
    ):
        pages[f"pages/{path}/index.html"] = HTML.format(lang="en", title=title, head="", body=body)
    counts = "".join(f"<li><a href='/authors/{name}/'>{name}</a> (12)</li>" for name in ("ann", "bo"))
    pages["authors.html"] = HTML.format(
        lang="en", title="Authors", head="", body=f"<h1>Authors of Tarn</h1><ul>{counts}</ul>"
    )
    pages |= {f"authors/{name}/index.html": pages["archive/index.html"] for name in ("ann", "bo")}
    return {entry.title: entry for entry in site.read(files(pages), BASE).entries}


def test_translations_name_their_original(spoken: dict[str, Entry]) -> None:
    """Of pages that link to each other as alternatives, that in the main language is the original."""
    assert (spoken["Ebbe"].language, spoken["Ebbe"].original) == ("de", f"{BASE}/posts/low/")
    assert (spoken["Low"].language, spoken["Low"].original) == ("en", None)


def test_what_has_no_translation_comes_once(spoken: dict[str, Entry]) -> None:
    """Its page in the folder of another language leads to it."""
    assert spoken["Neap"].url == f"{BASE}/posts/neap/"
    assert spoken["Neap"].aliases == ("/de/posts/neap/",)


def test_lists_are_no_posts_in_any_language(spoken: dict[str, Entry]) -> None:
    """Of one post, too, and of authors with the numbers of their posts."""
    assert {*spoken} == {"Low", "Ebbe", "High", "Neap", "Spring", "Imprint", "Talks", "About"}


def test_pages_of_few_words_are_pages(spoken: dict[str, Entry]) -> None:
    """In the template of the site; the date of a page that says it is one is that of its build."""
    for title in ("Imprint", "Talks", "About"):
        assert (spoken[title].page, spoken[title].published) == (True, None)
