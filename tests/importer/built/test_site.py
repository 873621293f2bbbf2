"""Posts and pages of a built site, whatever made it."""

from __future__ import annotations

import pytest

from postdocs.core.errors import PostdocsError
from postdocs.importer.built import site
from postdocs.importer.entry import NoteKind
from postdocs.importer.sources.model import Source
from postdocs.importer.sources.text import plain

from .shapes import BASE, POSTS, SHAPES, SITE, Post, files, wordpress
from .shapes import site as files_of


@pytest.fixture(scope="module", params=SHAPES)
def source(request: pytest.FixtureRequest) -> Source:
    """A site of each shape, read once."""
    return site.read(files(files_of(SHAPES[request.param])), None)


def test_posts_are_told_from_other_pages(source: Source) -> None:
    """Posts are posts by date, an article without a date is a page, and lists and errors are none."""
    assert [entry.title for entry in source.entries] == [*(post.title for post in POSTS), "About the walker"]
    assert [entry.page for entry in source.entries] == [*(False for _ in POSTS), True]
    notes = [note.what for note in source.notes if note.kind is NoteKind.LEFT_OUT]
    assert "2 pages: a list of posts" in notes
    assert "1 page: a page of the site itself, such as its search" in notes


def test_articles_are_the_authors_words(source: Source) -> None:
    """Nothing of the theme is in an article, and nothing of it is missing, though posts share parts."""
    for entry, post in zip(source.entries, POSTS, strict=False):
        assert plain(entry.content) == plain(post.text)
        assert entry.content.count("<a ") == post.text.count("<a ")


def test_facts_of_posts(source: Source) -> None:
    """Address, date, author, and tags come from wherever a theme has them."""
    for entry, post in zip(source.entries, POSTS, strict=False):
        assert entry.url == f"{BASE}/{post.slug}/"
        assert entry.published is not None
        assert entry.published.isoformat().startswith(post.day)
        assert {*entry.tags} >= {"water"}
        assert (entry.summary or post.says).strip() == post.says
    assert source.url == f"{BASE}/"


def test_labels_in_a_block_for_categories_are_categories() -> None:
    """WordPress's block theme marks the links to both as tags."""
    entries = site.read(files(files_of(wordpress)), None).entries
    assert {entry.category for entry in entries} == {("Walks",)}
    assert {tag for entry in entries for tag in entry.tags} == {"walks", "water"}


def test_what_a_title_block_says_is_no_text() -> None:
    """A subtitle and a description have places of their own, however long they are beside the text."""
    banners = site.read(files(files_of(SHAPES["quarto_banner"])), None).entries
    head = f'</h1><p class="subtitle lead">Up north</p><div class="description">{POSTS[1].says}</div>'
    page = SHAPES["quarto"](POSTS[1]).replace("</h1>", head)
    page = page.replace("<head>", f'<head><meta name="description" content="{POSTS[1].says}">')
    source = site.read(files({**files_of(SHAPES["quarto"]), f"{POSTS[1].slug}/index.html": page}), None)
    entries = [
        next(one for one in found if one.title == POSTS[1].title) for found in (banners, source.entries)
    ]
    assert [entry.subtitle for entry in entries] == [None, "Up north"]
    for entry in entries:
        assert entry.summary == POSTS[1].says
        assert plain(entry.content) == plain(POSTS[1].text)


def test_a_page_in_a_folder_of_drafts_is_a_draft() -> None:
    """Pelican writes drafts there, which no list and no feed of the old site has."""
    shape = SHAPES["quarto"]
    hidden = shape(POSTS[1]).replace(POSTS[1].slug, "drafts/secret").replace(POSTS[1].title, "A secret")
    read = site.read(files({**files_of(shape), "drafts/secret/index.html": hidden}), None)
    drafts = {entry.title: entry.draft for entry in read.entries}
    assert drafts.pop("A secret")
    assert not any(drafts.values())
    assert len(drafts) == len(POSTS) + 1


def test_a_page_that_says_it_shows_one_post_is_no_list() -> None:
    """WordPress says it in the class of the body: a post may be an image, and its words lead to others."""

    def page(post: Post, body_class: str) -> str:
        others = [other for other in POSTS if other is not post]
        links = "".join(f'<a href="/{other.slug}/"><h3>{other.title}</h3></a>' for other in others)
        meta = f'<meta property="article:published_time" content="{post.instant}">'
        article = f'<h1>{post.title}</h1><figure><img src="/{post.number}.jpg"></figure><nav>{links}</nav>'
        body = f'<body class="{body_class}"><main><article>{article}</article></main></body>'
        return f"<html><head><title>{post.title}</title>{meta}</head>{body}</html>"

    def posts_of(body_class: str) -> list[str]:
        pages = {f"{post.slug}/index.html": page(post, body_class) for post in POSTS}
        entries = site.read(files(pages), f"{BASE}/").entries
        assert all("img" in entry.content and "<h3>" not in entry.content for entry in entries)
        return [entry.title for entry in entries]

    assert posts_of("single single-post") == [post.title for post in POSTS]
    assert posts_of("archive") == []


def test_the_feed_of_a_site_may_have_addresses_without_a_host() -> None:
    """Copies of WordPress have it so; what the user says of the address makes them whole."""
    feed = "".join(
        f"<item><title>{post.title}</title><link>/{post.slug}/</link>"
        f"<guid isPermaLink='false'>urn:{post.number}</guid><pubDate>{post.instant}</pubDate></item>"
        for post in POSTS
    )
    feed = f"<rss version='2.0'><channel><title>{SITE}</title><link>/</link>{feed}</channel></rss>"
    source = site.read(files({**files_of(SHAPES["wordpress"]), "feed/index.xml": feed}), f"{BASE}/")
    ids = {entry.url: entry.id for entry in source.entries if not entry.page}
    assert ids == {f"{BASE}/{post.slug}/": f"urn:{post.number}" for post in POSTS}


def test_the_domain_at_github_pages_is_the_address_of_a_site_that_says_none() -> None:
    """What the pages say themselves, and the user, goes first."""
    said = {**files_of(SHAPES["wordpress"]), "CNAME": "pond.example.org\n"}
    unsaid = {path: text.replace(BASE, "") for path, text in said.items()}
    assert site.read(files(said), None).url == f"{BASE}/"
    assert site.read(files(unsaid), None).url == "https://pond.example.org/"
    assert site.read(files(unsaid), "https://reed.example/").url == "https://reed.example/"
    for wrong in ("", "https://pond.example.org/", "../.."):
        with pytest.raises(PostdocsError, match="says the address"):
            site.read(files({**unsaid, "CNAME": wrong}), None)
