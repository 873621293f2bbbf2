"""Texts that are not what their source calls them: escaped twice, Markdown, summaries, feeds in pages."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence

import pytest

from postdocs.core.errors import PostdocsError
from postdocs.importer.ast.nodes import CodeBlock, Heading, Link, Math
from postdocs.importer.ast.visit import walk
from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.html.parse import parse
from postdocs.importer.sources.markup import is_markdown, markup_of
from postdocs.importer.sources.model import Source
from postdocs.importer.sources.registry import read

MARKDOWN = "Intro with [a link](https://e.org/a_(b)).\n\n## Part\n\n```python\nif a < b:\n    pass\n```\n\n"
MARKDOWN += "It costs $5 or $10.\n"
ATOM = 'xmlns="http://www.w3.org/2005/Atom"'
CONTENT = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'


def rss(*contents: str, tag: str = "description") -> str:
    """Return a feed with a text for each entry, which is escaped once, as it should be."""
    items = "".join(
        f"<item><title>T{at}</title><link>https://e.org/{at}/</link><{tag}>{html.escape(text)}</{tag}></item>"
        for at, text in enumerate(contents)
    )
    return f'<rss version="2.0" {CONTENT}><channel><title>B</title>{items}</channel></rss>'


def feed_of(text: str) -> Source:
    """Read a feed."""
    return read(text.encode(), "feed")


def said(notes: Sequence[Note], words: str) -> list[str]:
    """Return the notes with some words in them."""
    return [note.what for note in notes if words in note.what]


def first(text: str) -> Entry:
    """Return the first entry of a source."""
    return feed_of(text).entries[0]


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("tag", ["description", "content:encoded"])
def test_html_that_was_escaped_again_is_html(tag: str, times: int) -> None:
    """Where every tag is escaped once too often, that is undone, and noted."""
    text = '<p>One &amp; <a href="https://e.org/?a=1&amp;b=2">two</a>.</p>'
    escaped = text
    for _ in range(times):
        escaped = html.escape(escaped)
    entry = first(rss(escaped, tag=tag))

    assert entry.content == text
    assert said(entry.notes, "escaped twice")


@pytest.mark.parametrize(
    "text",
    [
        "<p>The tag &lt;p&gt; begins a paragraph, and &lt;/p&gt; ends it.</p>",
        "The tag &lt;p&gt; begins a paragraph, and &lt;/p&gt; ends it.",
        "&lt;canvas&gt; is new",
        "&lt;3 from us",
    ],
)
def test_a_text_about_tags_keeps_them(text: str) -> None:
    """A post on HTML has escaped tags among its words."""
    notes: list[Note] = []
    assert markup_of(text, notes) == text
    assert notes == []


@pytest.mark.parametrize(
    "source",
    [
        rss(MARKDOWN),
        rss(MARKDOWN, tag="content:encoded"),
        json.dumps({"items": [{"id": "1", "content_html": MARKDOWN}]}),
        json.dumps({"items": [{"id": "1", "content_text": MARKDOWN}]}),
        f'<feed {ATOM}><entry><content type="html">{html.escape(MARKDOWN)}</content></entry></feed>',
        f"<feed {ATOM}><entry><content>{html.escape(MARKDOWN)}</content></entry></feed>",
    ],
)
def test_markdown_is_read_as_such(source: str) -> None:
    """Its headings, links and code are what they are; money is no formula."""
    entry = first(source)
    document, _ = parse(entry.content, None)
    nodes = list(walk(document))

    assert [node.url for node in nodes if isinstance(node, Link)] == ["https://e.org/a_(b)"]
    assert [node.text for node in nodes if isinstance(node, CodeBlock)] == ["if a < b:\n    pass"]
    assert sum(isinstance(node, Heading) for node in nodes) == 1
    assert not any(isinstance(node, Math) for node in nodes)
    assert said(entry.notes, "Markdown")


def test_formulas_in_markdown_are_formulas() -> None:
    """Marks of emphasis and backslashes mean nothing in them."""
    document, _ = parse(markup_of("## A\n\n$a_1 \\\\ b_2$\n\n- a\n- b\n", []), None)
    assert [node.tex for node in walk(document) if isinstance(node, Math)] == ["a_1 \\\\ b_2"]


@pytest.mark.parametrize(
    "text",
    [
        "Some words.\n\nMore of them - and more.",
        "- a dash begins a line\nof talk",
        "<p>Write <code>[text](https://e.org/)</code> for a link.</p>",
        "Write <code>[text](https://e.org/)</code> for a link.",
        "<h2>Part</h2>\n# a comment\n**bold**",
        "One line.\n----\n",
        "> They wrote:\n> **this**\n\n1. one\n2. two\n",
        "```\nnever closed",
        "#1 of 3\n\n#2 of 3",
    ],
)
def test_other_texts_are_no_markdown(text: str) -> None:
    """A mark by chance, or in code, is not enough."""
    assert not is_markdown(text)


def test_markdown_in_an_export_of_wordpress() -> None:
    """Its shortcodes are read as well; what has code in tags or shortcodes is left as it is."""

    def export(text: str) -> str:
        item = f"<content:encoded><![CDATA[{text}]]></content:encoded>"
        item += "<post_type>post</post_type><status>publish</status>"
        return f"<rss {CONTENT}><channel><item>{item}</item></channel></rss>"

    assert "<h2>Part</h2>" in first(export("## Part\n\n[vimeo 12]\n\n- **a**\n- b\n")).content
    assert "[a](https://e.org/)" in first(export("[code]\n## x\n[a](https://e.org/)\n[/code]")).content


LONG = "Words of an entry that goes on for a while. " * 3


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (["<p>The first words …</p>", "<p>Whole.</p>"], "1 of 2 texts are cut off"),
        (["Some words [...]", f"{LONG} Read more"], "2 of 2"),
        ([LONG] * 5, "no text has more than a paragraph"),
        ([f"<p>{LONG}</p>"] * 6, "no text has more than a paragraph"),
    ],
)
def test_a_feed_of_summaries_is_said_to_be_one(texts: list[str], words: str) -> None:
    """The report begins with it, and says what to change."""
    (note,) = said(feed_of(rss(*texts)).notes, "feed of summaries")
    assert words in note
    assert "set the blog's feed to full text" in note


@pytest.mark.parametrize(
    "texts",
    [
        [f"<p>{LONG}</p><p>{LONG}</p>", *[LONG] * 5],
        [LONG] * 3,
        ["<p>Short.</p>"] * 9,
        ["<p>The first words …</p>", *["<p>Whole.</p>"] * 4],
        [f"<p>{LONG}</p><pre>x</pre>"] * 6,
    ],
)
def test_a_feed_of_short_posts_is_none_of_summaries(texts: list[str]) -> None:
    """A few short posts, or one that is cut off, say nothing of the feed."""
    assert not said(feed_of(rss(*texts)).notes, "feed of summaries")


@pytest.mark.parametrize(
    "page",
    [
        "<html><head></head><body><pre style='x'>{escaped}</pre></body></html>",
        "<!DOCTYPE html><html><body><p>No style is associated.</p><pre>{escaped}</pre></body></html>",
        "<html><body><div id='webkit-xml-viewer-source-xml'>{feed}</div></body></html>",
        "<html><body>{feed}</body></html>",
    ],
)
def test_a_feed_that_a_browser_saved_is_read(page: str) -> None:
    """As text in a page it is whole; as elements it is, where no script took it apart."""
    entry = "<entry><title>A</title><id>urn:a</id><content type='html'>&lt;p&gt;a&lt;/p&gt;</content></entry>"
    feed = f"<feed {ATOM}><title>B</title>{entry}</feed>"
    source = feed_of(page.format(feed=feed, escaped=html.escape(feed)))

    assert (source.format, [one.content for one in source.entries]) == ("Atom 1.0", ["<p>a</p>"])
    assert said(source.notes, "a page around a feed")


def test_what_a_saved_feed_says_of_drafts_counts() -> None:
    """As text it is what it was; as elements it is refused, for a browser may have moved what says so."""
    control = "<app:control xmlns:app='http://www.w3.org/2007/app'><app:draft>yes</app:draft></app:control>"
    feed = f"<feed {ATOM}><entry><title>A</title>{control}<content>a</content></entry></feed>"

    assert first(f"<html><body><pre>{html.escape(feed)}</pre></body></html>").draft
    with pytest.raises(PostdocsError):
        feed_of(f"<html><body>{feed}</body></html>")


def test_a_post_with_a_feed_in_it_is_a_post() -> None:
    """A page that explains feeds has words around it."""
    feed = html.escape(f"<feed {ATOM}></feed>")
    page = f"<html><body><article><h1>Feeds</h1><p>{LONG * 4}</p><pre>{feed}</pre></article></body></html>"
    assert first(page).title == "Feeds"


def test_a_theme_of_blogger_is_named() -> None:
    """It is XML in the form of a page, and holds none of the posts."""
    body = "<body><b:section id='a'/></body>"
    theme = f"<?xml version='1.0'?><!DOCTYPE html><html><head><b:skin>x</b:skin></head>{body}</html>"
    with pytest.raises(PostdocsError, match="a theme of Blogger, which holds no posts; give the export"):
        feed_of(theme)


def test_an_entry_document_of_atom_is_read() -> None:
    """One entry may be all there is (RFC 4287 §2), under any prefix, and be a draft."""
    fields = "<a:title>A</a:title><a:id>urn:a</a:id><a:content type='html'>&lt;p&gt;a&lt;/p&gt;</a:content>"
    document = f"<a:entry {ATOM.replace('xmlns', 'xmlns:a')}>{fields}</a:entry>"

    assert [(one.title, one.content) for one in feed_of(document).entries] == [("A", "<p>a</p>")]
    assert NoteKind.LOST not in {note.kind for note in feed_of(document).notes}
