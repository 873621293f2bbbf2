"""What pages of a built site say, and what is wrong with some."""

from __future__ import annotations

from html import escape

import pytest

from postdocs.core.errors import PostdocsError
from postdocs.importer.built import site
from postdocs.importer.entry import Entry, NoteKind
from postdocs.importer.sources.model import Source
from postdocs.importer.sources.text import plain

from .shapes import BASE, POSTS, files, minima, unnamed
from .shapes import site as files_of

STUB = f'''<meta http-equiv="refresh" content="0; url={BASE}/low-water/">
<link rel="canonical" href="{BASE}/low-water/">'''
ENTRY = """<entry><title>{0}</title><id>tag:tarn.example.org,2021:{1}</id><link href="{2}"/>
<published>2021-02-12T07:30:00Z</published><updated>2022-03-03T08:0{3}:00Z</updated>
<content type="html">&lt;p&gt;Text of {0} in the feed.&lt;/p&gt;</content></entry>"""
FEED = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Tarn</title><id>urn:tarn</id>
<link href="{BASE}/"/>
<author><name>Ida Brook</name></author>
{"".join(ENTRY.format(post.title, post.slug, f"{BASE}/{post.slug}/", post.number) for post in POSTS)}
{ENTRY.format("Gone fishing", "gone", f"{BASE}/gone-fishing/", 9)}</feed>"""


@pytest.fixture(scope="module")
def source() -> Source:
    """A site with a feed, a redirect, a printed page, and a page that can't be read."""
    pages = files_of(minima)
    printed = pages["reed-beds/index.html"]
    extra = {
        "feed.xml": FEED,
        "old/low.html": STUB,
        "reed-beds/print.html": printed,
        "broken.html": "<div>" * 600 + "Deep",
        "demo/index.html": "<title>Demo</title><canvas></canvas><p>Press a key to move the boat about.</p>",
    }
    return site.read(files(pages | extra), None)


def entry_of(source: Source, title: str) -> Entry:
    """Return the entry with a title."""
    return next(entry for entry in source.entries if entry.title == title)


def test_feeds_say_the_ids_of_posts(source: Source) -> None:
    """A post has the id of its feed entry, and the offset of its page goes before that of the feed."""
    post = entry_of(source, "Reed beds")
    assert post.id == "tag:tarn.example.org,2021:reed-beds"
    assert post.published is not None
    assert post.published.isoformat() == "2021-02-12T09:30:00+02:00"


def test_the_day_of_the_build_is_no_change(source: Source) -> None:
    """Dates of change that are of one day for nearly all posts say when the site was built."""
    assert entry_of(source, "Slow rain").updated is None


def test_posts_without_a_page_come_from_the_feed(source: Source) -> None:
    """What a feed has and the folder doesn't is kept, and named."""
    post = entry_of(source, "Gone fishing")
    assert post.content == "<p>Text of Gone fishing in the feed.</p>"
    assert (
        post.notes[-1].what == "it is in a feed, and has no page in the folder; its text is that of the feed"
    )


def test_redirects_are_aliases(source: Source) -> None:
    """The address of a page that leads on to a post stays an address of that post."""
    assert entry_of(source, "Low water").aliases == ("/old/low.html",)


def test_pages_that_are_left_out_are_named(source: Source) -> None:
    """Each kind of page that is no post is counted, and a page that can't be read counts as lost."""
    assert [entry.title for entry in source.entries].count("Reed beds") == 1
    notes = {note.what: (note.kind, note.before) for note in source.notes}
    assert notes["1 page: a second copy of a page"] == (NoteKind.LEFT_OUT, "reed-beds/print.html")
    assert notes["1 page: a redirect"] == (NoteKind.LEFT_OUT, "old/low.html")
    assert notes["1 page: a page outside of the blog's template"] == (NoteKind.LEFT_OUT, "demo/index.html")
    lost = [note for note in source.notes if note.kind is NoteKind.LOST]
    assert [note.before for note in lost] == ["broken.html"]


def test_the_author_of_the_feed_is_that_of_the_blog() -> None:
    """Where pages name no author, the only one of the feed wrote them."""
    pages = {path: text.replace("Ida Brook", "") for path, text in files_of(minima).items()}
    read = site.read(files(pages | {"feed.xml": FEED}), None)
    assert {entry.authors for entry in read.entries if not entry.page} == {("Ida Brook",)}


def test_a_canonical_address_of_the_home_page_is_none() -> None:
    """Themes that name the home page on every page don't make posts copies of it."""
    pages = {
        path: text.replace(
            f'"canonical" href="{BASE}/{path.removesuffix("index.html")}"', f'"canonical" href="{BASE}/"'
        )
        for path, text in files_of(minima).items()
    }
    read = site.read(files(pages), None)
    assert [entry.url for entry in read.entries][:2] == [f"{BASE}/low-water/", f"{BASE}/reed-beds/"]


def test_a_site_that_says_no_address_needs_one() -> None:
    """Without an address, links and permalinks can't be kept: the message says how to give it."""
    pages = {path: text.replace(BASE, "") for path, text in files_of(minima).items() if path != "sitemap.xml"}
    with pytest.raises(PostdocsError, match="says the address of the site; add it: --url"):
        site.read(files(pages), None)
    read = site.read(files(pages), "https://given.example/notes")
    assert read.entries[0].url == "https://given.example/notes/low-water/"


def test_a_site_in_a_folder_of_the_archive() -> None:
    """The folder that the home page is in is the top of the site, however deep it is."""
    pages = {f"tarn-1.0/public/{path}": text for path, text in files_of(minima).items()}
    read = site.read(files(pages), None)
    assert read.entries[0].url == f"{BASE}/low-water/"


@pytest.mark.parametrize("is_whole", [True, False])
def test_feeds_of_a_few_posts_show_where_articles_are(is_whole: bool) -> None:
    """A feed of the newest posts doesn't change how others are read, and a summary in it cuts nothing."""
    texts = {post: post.text if is_whole else f"{post.text.partition('</p>')[0]}</p>" for post in POSTS[3:]}
    entries = "".join(
        f"<item><title>{post.title}</title><link>{BASE}/{post.slug}/</link><guid>{post.slug}</guid>"
        f"<description>{escape(text)}</description></item>"
        for post, text in texts.items()
    )
    feed = f'<rss version="2.0"><channel><title>Tarn</title><link>{BASE}/</link>{entries}</channel></rss>'
    read = site.read(files(files_of(unnamed) | {"rss.xml": feed}), None)
    assert [plain(entry.content) for entry in read.entries[:5]] == [plain(post.text) for post in POSTS]
    assert read.entries[4].id == "old-jetties"


def test_files_in_feeds_are_no_posts() -> None:
    """Galleries have feeds of their pictures, each of which is named."""
    item = f"<item><title>Jetty</title><link>{BASE}/gallery/jetty.jpg</link><guid>jetty.jpg</guid></item>"
    feed = f'<rss version="2.0"><channel><title>Tarn</title><link>{BASE}/</link>{item}</channel></rss>'
    read = site.read(files(files_of(unnamed) | {"gallery/rss.xml": feed}), None)
    assert "Jetty" not in [entry.title for entry in read.entries]
    assert f"{BASE}/gallery/jetty.jpg" in [note.before for note in read.notes]


def test_two_posts_are_enough() -> None:
    """Without enough posts to compare, the header and footer of an article still are the theme's."""
    pages = {path: text for path, text in files_of(unnamed).items() if "wide" in path or "rain" in path}
    sitemap = {"sitemap.xml": files_of(unnamed)["sitemap.xml"]}
    read = site.read(files(pages | sitemap), BASE)
    assert [entry.title for entry in read.entries] == ["Slow rain", "Wide skies"]
    assert all("2021" not in plain(entry.content) for entry in read.entries)


def test_what_articles_share_is_named() -> None:
    """It can be the author's, as the sentence that opens each post of a series."""
    opening = '<div class="series"><p>Each spring I count the birds, and write down what I see.</p></div>'
    pages = {path: text.replace("<p>word", f"{opening}<p>word", 1) for path, text in files_of(minima).items()}
    read = site.read(files(pages), BASE)
    notes = [note.before for note in read.notes if note.what == "a part of the theme, which articles share"]
    assert notes == ["div.series: Each spring I count the birds, and write down what I see."]


def test_a_headline_is_text() -> None:
    """Other values of JSON-LD are no titles."""
    said = '<script type="application/ld+json">{"@type": "BlogPosting", "headline": {"a": 1}}</script></head>'
    pages = {path: text.replace("</head>", said) for path, text in files_of(minima).items()}
    assert site.read(files(pages), BASE).entries[0].title == "Low water"


def test_few_posts_have_no_name_of_the_site_in_their_titles() -> None:
    """The home page tells it, where there are too few titles to compare."""
    post = (
        "<!doctype html><title>Slow rain | Tarn</title><main><p>{0}</p>"
        "<time datetime=2021-03-04></time></main>"
    )
    pages = {
        "index.html": "<title>Tarn</title><ul><li><a href=rain.html>Slow rain</a></ul>",
        "rain.html": post.format("It rains for days on end over the hills and the tarn. " * 4),
    }
    (entry,) = site.read(files(pages), BASE).entries
    assert entry.title == "Slow rain"


def test_a_feed_of_tags_makes_no_posts_of_them() -> None:
    """Hugo has a feed whose entries are the lists of posts with each tag."""
    names = ("moon", "sun")
    terms = "".join(
        f"<item><title>{name}</title><link>{BASE}/tags/{name}/</link><guid>{BASE}/tags/{name}/</guid></item>"
        for name in names
    )
    rss = f"<rss version='2.0'><channel><title>Tags</title><link>{BASE}/tags/</link>{terms}</channel></rss>"
    lists = {
        f"tags/{name}/index.html": f"<h1>{name}</h1><a href='/low-water/'>Low water</a>" for name in names
    }
    read = site.read(files(files_of(minima) | lists | {"tags/index.xml": rss}), None)
    assert {entry.title for entry in read.entries if not entry.page} == {post.title for post in POSTS}


def test_addresses_on_a_page_are_from_the_folder_that_it_is_in() -> None:
    """Also where the site states its address without a slash at the end."""
    pages = files_of(minima)
    page = pages["reed-beds/index.html"].replace(f"{BASE}/reed-beds/", f"{BASE}/reed-beds")
    source = site.read(files({**pages, "reed-beds/index.html": page}), None)
    assert entry_of(source, "Reed beds").base == f"{BASE}/reed-beds/"


@pytest.mark.parametrize("path", ["feed/index.html", "feed.html", "rss.php", "feed/atom"])
def test_a_feed_is_one_by_its_content(path: str) -> None:
    """Programs that copy a site save `/feed/` as a page, and hosts as whatever they know no type of."""
    source = site.read(files({**files_of(minima), path: f'<?xml version="1.0"?>{FEED}'}), None)
    assert entry_of(source, "Reed beds").id == "tag:tarn.example.org,2021:reed-beds"
    assert [entry.title for entry in source.entries if entry.page] == ["About the walker"]
    assert not any(path in (note.before or "") for note in source.notes)


def test_a_feed_of_comments_says_nothing_of_their_post() -> None:
    """WordPress has one for each post, whose entries lead to places on its page."""
    talk = FEED.replace('/"/>\n<published', '/#comment-7"/>\n<published').replace(
        ">Tarn<", ">Comments on: Reed<"
    )
    source = site.read(files({**files_of(minima), "reed-beds/feed/index.html": talk}), None)
    assert entry_of(source, "Reed beds").id is None
    assert source.title == ""
    assert any("a feed of comments" in note.what for note in source.notes)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("text", ['<?xml version="1.0"?><rows><row>1</row></rows>', "../other.html"])
def test_no_library_warns_of_a_page(text: str) -> None:
    """What is no HTML by its content is left out, and only the report says so."""
    source = site.read(files({**files_of(minima), "data.html": text}), None)
    assert any(note.before == "data.html" for note in source.notes)
