"""Saved pages, and text copied from them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Entry
from postdocs.importer.sources.registry import read

WORDS = "<p>" + "Some words of an article that goes on. " * 8 + "</p>"


def page(html: str, name: str = "page.html") -> Entry:
    """Read a page."""
    return read(html.encode(), name).entries[0]


def test_a_blog() -> None:
    """What the page says of itself in meta elements, JSON-LD and links is taken, and its chrome left out."""
    entry = page(
        f"""<!doctype html><html><head><title>Kites | Wind</title>
        <meta property="og:site_name" content="Wind">
        <link rel="canonical" href="https://wind.example/kites/"><meta name="author" content="Bo Lee">
        <meta property="article:published_time" content="2019-03-01T10:00:00+02:00">
        <meta property="article:tag" content="kites"><meta property="article:tag" content="string">
        <meta name="description" content="How to fly one."></head><body><nav>Home</nav><article>
        <h1>Kites</h1>{WORDS}<div id="comments">First!</div></article><footer>(c)</footer></body></html>"""
    )

    assert (entry.title, entry.url, entry.authors) == ("Kites", "https://wind.example/kites/", ("Bo Lee",))
    assert entry.published is not None
    assert entry.published.isoformat() == "2019-03-01T10:00:00+02:00"
    assert (entry.tags, entry.summary, entry.id) == (("kites", "string"), "How to fly one.", None)
    assert entry.content == WORDS
    assert any("comments" in note.what for note in entry.notes)


@pytest.mark.parametrize(
    "categories",
    [
        '<p>In <a href="/c/wind/" rel="category tag">Wind</a></p>',
        '<div class="taxonomy-category wp-block-post-terms"><a href="/c/wind/" rel="tag">Wind</a></div>',
    ],
)
def test_categories_of_wordpress_are_no_tags(categories: str) -> None:
    """Its themes call both tags by `rel`, and tell them apart by another word there, or by a class."""
    tags = '<p><a href="/t/string/" rel="tag">string</a></p>'
    entry = page(f"<article><h1>Kites</h1>{categories}{WORDS}{tags}</article>")
    assert (entry.category, entry.tags) == (("Wind",), ("string",))


def test_json_ld() -> None:
    """JSON-LD is read, also where the article is one node of a graph."""
    entry = page(
        """<title>x</title><script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type":
        ["BlogPosting"], "datePublished": "2020-01-02T03:04:05Z", "author": [{"name": "A"}, "B"],
        "keywords": "one, two"}]}</script><main><h1>T</h1>"""
        + WORDS
        + "</main>"
    )

    assert entry.published == datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert (entry.authors, entry.tags, entry.title) == (("A", "B"), ("one", "two"), "T")


def test_sphinx() -> None:
    """In a page that Sphinx made the signs of permalinks are gone, and nothing is invented."""
    entry = page(
        f"""<title>Mission — Site</title><div class="body" role="main"><section id="m">
        <h1>Mission<a class="headerlink" href="#m">#</a></h1>{WORDS}
        <section id="n"><h2>Next<a class="headerlink" href="#n">¶</a></h2></section>
        </section></div>"""
    )

    assert entry.title == "Mission"
    assert (entry.published, entry.authors, entry.url) == (None, (), None)
    assert "<h2>Next</h2>" in entry.content
    assert "Mission" not in entry.content


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("T#\n\na\nb\n\nc", "<p>a b</p>\n<p>c</p>"),
        ("T¶\n\nPart two¶\n\nx < y", "<h2>Part two</h2>\n<p>x &lt; y</p>"),
        ("T#\n\nI write C#\n\nWhy C##\n", "<p>I write C#</p>\n<h2>Why C#</h2>"),
        ("T#\n\n  • a\n\n  • b\n\nc", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<p>c</p>"),
        ("T#\n\n  3. a\n\n  4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("T#\n\n  • a\n\n      ◦ b\n\n  • c", "<ul>\n<li>a<ul>\n<li>b</li>\n</ul></li>\n<li>c</li>\n</ul>"),
        ("T#\n\n  • a\n\n    more\n\n  • c", "<ul>\n<li><p>a</p><p>more</p></li>\n<li>c</li>\n</ul>"),
        ("T#\n\n  • a\n\n  1. b", "<ul>\n<li>a</li>\n</ul>\n<ol>\n<li>b</li>\n</ol>"),
        ("T#\n\n- not a list\n\n1. nor this", "<p>- not a list</p>\n<p>1. nor this</p>"),
    ],
)
def test_text(text: str, html: str) -> None:
    """Text copied from a Sphinx page has headings, paragraphs and lists again."""
    entry = page(text, "page.txt")

    assert (entry.title, entry.content) == ("T", html)


@pytest.mark.parametrize("name", ["script", "style", "textarea", "title"])
def test_a_page_is_not_deep_by_what_is_no_markup(name: str) -> None:
    """A script that writes elements, or a field with some in it, is no reason to refuse a page."""
    entry = page(f"<article><h1>T</h1>{WORDS}<{name}>{'<div>' * 900}</{name}></article>")
    assert entry.title == "T"


def test_a_text_without_a_page_around_it_is_an_article() -> None:
    """What exports and editors store is an article however short it is, and all of it comes along."""
    html = "<p>Low tide at noon.</p><div class='post'><p>Quoted.</p></div><p>End.</p>"
    entry = page(f"{html}<svg><title>Icon</title></svg>")

    assert entry.title == ""
    assert [part in entry.content for part in ("Low tide at noon.", "Quoted.", "End.")] == [True, True, True]
    assert page('<img src="https://wind.example/a.png">').content


@pytest.mark.parametrize(
    "html",
    [
        "<p>",
        "<h1>404 Not Found</h1><p>It is gone.</p>",
        "<p>Access denied</p>",
        "<form><p>Log in</p><input type='password'></form>",
        "<!doctype html><p>Low tide.</p>",  # a page that says no more
        "<title>Wind</title><p>Low tide.</p>",
    ],
)
def test_what_is_said_instead_of_a_text_is_no_article(html: str) -> None:
    """Errors, forms and nearly empty pages are refused, with or without a page around them."""
    with pytest.raises(PostdocsError, match="has no article"):
        page(html)


def test_a_text_that_says_that_it_is_not_public_is_a_draft() -> None:
    """It says so in the classes that WordPress gives it, which no page around it has to repeat."""
    assert page(f'<article class="post type-post status-private">{WORDS}</article>').draft
    assert not page(f'<article class="post type-post status-publish">{WORDS}</article>').draft


def test_a_page_of_the_export_of_medium() -> None:
    """Title and subtitle come once each, and the address is the one that the page says."""
    entry = page(
        """<title>Kites</title><article class="h-entry"><header><h1 class="p-name">Kites</h1></header>
        <section data-field="subtitle" class="p-summary">How to fly</section>
        <section data-field="body" class="e-content"><hr class="section-divider">
        <h3 class="graf--title">Kites</h3><h4 class="graf--subtitle">How to fly</h4>
        <p>Words of a post.</p><hr><h3>Kites</h3></section>
        <footer>By <a class="p-author" href="https://medium.com/@bo">Bo Lee</a>
        <time class="dt-published" datetime="2021-03-04T10:00:00.000Z">then</time>
        <a class="p-canonical" href="https://medium.com/@bo/kites-0a1b">x</a></footer></article>"""
    )

    assert (entry.title, entry.summary, entry.authors) == ("Kites", "How to fly", ("Bo Lee",))
    assert entry.url == "https://medium.com/@bo/kites-0a1b"
    assert entry.content == "<p>Words of a post.</p><hr/><h3>Kites</h3>"


def test_a_subtitle_beside_the_article_is_its_summary() -> None:
    """One that is the beginning of the text, or cut off, is none."""
    html = "<article class='h-entry'><h1>T</h1><p class='p-summary'>{}</p><div class='e-content'>{}</div>"

    assert page(html.format("A subtitle", WORDS)).summary == "A subtitle"
    assert page(html.format("Some words of an", WORDS)).summary is None
    assert page(html.format("Cut off …", WORDS)).summary is None


def test_a_title_below_a_picture_stays() -> None:
    """Without it the picture would stand alone, and some bring the title on purpose."""
    entry = page(f"<article><img src='a.png'><h2>T</h2>{WORDS}</article><h1>T</h1>")
    assert "<h2>T</h2>" in entry.content
