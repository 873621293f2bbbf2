"""What each generator's feed says, and how sources that are no feed are refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from helpers import REPOSITORY

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.sources.model import Source
from postdocs.importer.sources.registry import read

FEEDS = Path(__file__).parent.parent / "feeds"
SEEDS = REPOSITORY.parent / "shared" / "seeds"


def feed(name: str) -> Source:
    """Read a feed of the tests."""
    return read((FEEDS / name).read_bytes(), name)


def said(notes: tuple[Note, ...], kind: NoteKind) -> str:
    """Return what the notes of one kind say."""
    return "; ".join(f"{note.what} ({note.before})" for note in notes if note.kind is kind)


@pytest.mark.parametrize(
    ("name", "format_", "title", "url", "count"),
    [
        ("pelican-atom.xml", "Atom 1.0", "Field Notes", "https://notes.example.org/", 2),
        ("jekyll-feed.xml", "Atom 1.0", "The Lab & I", "https://lab.example.com/", 1),
        ("ablog-atom.xml", "Atom 1.0", "Release notes", "https://docs.example.net/", 1),
        ("movabletype-atom.xml", "Atom 1.0", "Old weblog", "https://old.example.org/weblog/", 4),
        ("hugo-rss.xml", "RSS 2.0", "Orbits on Small moons", "https://moons.example.com/", 2),
        ("wordpress-rss2.xml", "RSS 2.0", "Baker & Daughters", "https://bread.example.com", 2),
        ("plain-rss.xml", "RSS 0.92", "Café", None, 3),
        ("rss1.rdf", "RSS 1.0", "星の日記", "https://stars.example.jp/", 1),
        ("jsonfeed.json", "JSON Feed 1.1", "Small Log", "https://log.example.org/", 2),
        ("wordpress-wxr.xml", "WordPress export", "Baker", "https://bread.example.com", 7),
        ("blogger-export.xml", "Blogger export", "Garden Diary", "http://garden.example.com/", 3),
        ("blogger-takeout.xml", "Blogger export", "Garden Diary", None, 2),
        ("latin1-rss.xml", "RSS 2.0", "Café", "https://cafe.example.fr/", 1),
        ("broken-tags.xml", "RSS 2.0", "Tag soup", "https://soup.example/", 2),
    ],
)
def test_formats(name: str, format_: str, title: str, url: str | None, count: int) -> None:
    """A source is known by what is in it, and says what blog it is of."""
    source = read((FEEDS / name).read_bytes(), "name-that-says-nothing")

    assert (source.format, source.title, source.url) == (format_, title, url)
    assert [entry.position for entry in source.entries] == list(range(1, count + 1))


def test_pelican() -> None:
    """Pelican's first label is the category, its links get a scheme, and a cut summary is none."""
    first, second = feed("pelican-atom.xml").entries

    assert (first.category, first.tags) == (("instruments",), ("sea", "Python"))
    assert (second.category, second.tags) == (("instruments",), ())
    assert first.authors == ("Ada Byrne", "Noor Said")
    assert first.id == "tag:notes.example.org,2021-03-04:/2021/tide-gauge.html"
    assert first.url == first.base == "https://notes.example.org/2021/tide-gauge.html"
    assert second.url == "https://notes.example.org/2020/thermometers.html"
    assert said(second.notes, NoteKind.REPAIRED).endswith("(////notes.example.org/2020/thermometers.html)")
    assert first.published == datetime(2021, 3, 4, 9, 30, tzinfo=timezone(timedelta(hours=1)))
    assert first.published.utcoffset() == timedelta(hours=1)
    assert (first.summary, second.summary) == ("What a float in a pipe can tell.", None)
    assert first.content.startswith("<p>A gauge is a float in a pipe &amp; a pen.</p>")
    assert feed("pelican-rss.xml").entries[0].category == ("instruments",)


def test_labels_in_an_order_of_their_own() -> None:
    """Where the order of labels means nothing, all of them are tags."""
    assert [entry.category for entry in feed("django-atom.xml").entries] == [(), ()]
    assert feed("jekyll-feed.xml").entries[0].tags == ("fits", "statistics")
    assert feed("ablog-atom.xml").entries[0].tags == ("Data Science",)


def test_jekyll() -> None:
    """A title in HTML is text, the beginning of the text is no summary, the feed's author is inherited."""
    entry = feed("jekyll-feed.xml").entries[0]

    assert entry.title == "Fitting <lines>"
    assert entry.summary is None
    assert entry.authors == ("Ines Roth",)
    assert entry.base == "https://lab.example.com/fits/2022/02/02/fitting-lines.html"
    assert '<span class="o">=</span>' in entry.content


def test_atom_content() -> None:
    """Each type of content becomes HTML, and each base is resolved against the one around it."""
    xhtml, text, untyped, summary = feed("movabletype-atom.xml").entries

    assert xhtml.content == (
        '<p>An <em>order</em>.<br>Picture: <img src="hasse.png" alt="Hasse"></p><math><mi>x</mi></math>'
    )
    assert xhtml.base == "https://old.example.org/weblog/2006/03/pictures/"
    assert xhtml.url == "https://old.example.org/weblog/2006/03/order.html"
    assert xhtml.title == "a < b"
    assert (xhtml.category, xhtml.tags) == (("Mathematics",), ("Order theory",))
    assert xhtml.authors == ("Guest Writer",)
    assert "https://old.example.org/talk.mp3" in said(xhtml.notes, NoteKind.LEFT_OUT)
    assert text.content == "<p>One line goes on &lt;here&gt;.</p>\n<p>Another paragraph.</p>"
    assert "before 1970" in said(text.notes, NoteKind.NOTICED)
    assert untyped.content == "<p>Nobody said that this is HTML.</p>"
    assert (untyped.title, untyped.published) == ("", None)
    assert "(yesterday)" in said(untyped.notes, NoteKind.NOTICED)
    assert (summary.content, summary.summary) == ("<p>All of the text.</p>", None)
    assert summary.published == datetime(2006, 1, 1)


def test_rss() -> None:
    """Titles are decoded once more but keep their `<`, footers and cut descriptions are no summaries."""
    rye, hand = feed("wordpress-rss2.xml").entries
    hugo, cut = feed("hugo-rss.xml").entries

    assert (rye.title, rye.authors, rye.tags) == (
        "Rye – a start",
        ("mara", "Jo O'Neil"),
        ("Bread & cake", "rye"),
    )
    assert (rye.id, rye.url) == ("https://bread.example.com/?p=12", "https://bread.example.com/rye/")
    assert (rye.summary, hand.summary) == (None, "Why knead at all.")
    assert hand.title == "An excerpt by hand"
    assert hugo.title == "Don’t divide by <canvas>"
    assert hugo.published is not None
    assert hugo.published.utcoffset() == -timedelta(hours=3, minutes=30)
    assert hugo.content == "<p>All of the text is <em>here</em>.</p>"
    assert cut.published is None
    assert "cut off" in said(cut.notes, NoteKind.NOTICED)
    assert feed("ghost-rss.xml").entries[0].summary == "Small steps, one at a time."
    assert "stepper.jpg" in said(feed("ghost-rss.xml").entries[0].notes, NoteKind.LEFT_OUT)
    assert feed("substack-rss.xml").entries[0].authors == ("Ravi Anand",)


def test_rss_of_old() -> None:
    """Mail addresses hide names, zones have letters, years two digits; no DTD is fetched."""
    one, two, three = feed("plain-rss.xml").entries

    assert [entry.authors for entry in (one, two, three)] == [
        ("Sam Poe",),
        ("Lee Wu",),
        ("kim@plain.example",),
    ]
    assert [entry.url for entry in (one, two, three)] == [
        "https://plain.example/one",
        "https://plain.example/two",
        None,
    ]
    assert one.published == datetime(2002, 10, 2, 20, 0, tzinfo=UTC)
    assert two.published == datetime(2002, 10, 2, 22, 0, tzinfo=UTC)
    assert one.content == "<p>Just words.</p>"
    assert two.content == "Fish &amp; chips <b>today</b>"
    assert one.title == ""
    assert "it has no id" in said(one.notes, NoteKind.NOTICED)
    assert "it has no text" in said(three.notes, NoteKind.NOTICED)


def test_rss_1() -> None:
    """RSS 1.0 has its items beside the channel and its labels in Dublin Core."""
    entry = feed("rss1.rdf").entries[0]

    assert (entry.id, entry.title, entry.authors) == ("https://stars.example.jp/1", "彗星", ("Yuki",))
    assert entry.tags == ("comets", "winter")
    assert entry.published == datetime(2005, 1, 8, 10, 0, tzinfo=UTC)
    assert (entry.content, entry.summary) == ("<p>Low, green, and fast.</p>", "A comet seen low in the west.")


def test_json_feed() -> None:
    """Ids may be numbers, authors the feed's or of version 1.0, text plain; what is not an item is named."""
    source = feed("jsonfeed.json")
    seven, eight = source.entries

    assert (seven.id, seven.url, seven.authors) == ("7", "https://log.example.org/2020/seven", ("Pat",))
    assert seven.published == datetime(2020, 3, 1, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    assert (seven.summary, seven.tags) == ("A count.", ("numbers", "Numbers"))
    assert eight.content == "<p>Two lines<br>\nand &lt;this&gt;.</p>\n<p>Then more.</p>"
    assert eight.authors == ("Guest",)
    assert "nine" in said(source.notes, NoteKind.LOST)


def test_wordpress_export() -> None:
    """Posts and pages come along, all that is not public is a draft, and everything else is named."""
    source = feed("wordpress-wxr.xml")
    rye, draft, *_ = source.entries

    assert [entry.draft for entry in source.entries] == [False, True, True, True, True, True, False]
    assert [entry.page for entry in source.entries] == [False] * 6 + [True]
    assert rye.published is not None
    assert rye.published.isoformat() == "2023-09-05T11:30:00+05:30"
    assert rye.updated is not None
    assert rye.updated.isoformat() == "2023-09-06T11:30:00+05:30"
    assert (rye.category, rye.tags, rye.authors) == (("Bread & cake",), ("Rye",), ("Mara Quint",))
    assert (rye.title, rye.summary) == ('Rye & "wheat"', "Patience in a jar.")
    assert rye.content.startswith("<p>Flour<br />\nand water.</p>\n<p>A week of waiting.</p>")
    assert "https://bread.example.com/wp-content/crumb.jpg" in rye.content
    assert "gallery" in said(rye.notes, NoteKind.LOST)
    assert (draft.url, draft.published, draft.content) == (None, datetime(2023, 9, 7, 10), "<p>Blocks.</p>")
    left = said(source.notes, NoteKind.LEFT_OUT)
    for words in (
        "1 of type attachment (crumb.jpg)",
        "nav_menu_item",
        "revision",
        "2 of type comment",
        "post, trash",
    ):
        assert words in left


def test_blogger_export() -> None:
    """Comments, settings and the template are left out by name; drafts and pages are told apart."""
    source = feed("blogger-export.xml")
    takeout = feed("blogger-takeout.xml")

    assert [(entry.title, entry.draft, entry.page) for entry in source.entries] == [
        ("Beans", False, False),
        ("", True, False),
        ("About", False, True),
    ]
    assert source.entries[0].tags == ("beans",)
    assert source.entries[0].content == "Up they <br />climb"
    for words in ("1 of type comment", "settings", "template"):
        assert words in said(source.notes, NoteKind.LEFT_OUT)
    assert [(entry.title, entry.draft) for entry in takeout.entries] == [("Beans", False), ("Peas", True)]
    assert "post in the trash" in said(takeout.notes, NoteKind.LEFT_OUT)


@pytest.mark.parametrize("blog", ["https://garden.example/", "https://garden.example"])
def test_blogger_takeout_does_not_say_where_the_blog_was(blog: str) -> None:
    """What the user says of it makes addresses of the paths that the export has, and of nothing else."""
    beans, peas = read((FEEDS / "blogger-takeout.xml").read_bytes(), "feed.atom", url=blog).entries
    assert (beans.url, peas.url) == ("https://garden.example/2014/04/beans.html", None)
    assert feed("blogger-takeout.xml").entries[0].url is None


def test_the_search_description_of_a_post_is_its_summary() -> None:
    """Blogger's export has an empty one where the author wrote none."""
    given = (FEEDS / "blogger-takeout.xml").read_text(encoding="utf-8")
    for described, summary in (
        ("<blogger:metaDescription>How\n beans climb.</blogger:metaDescription>", "How beans climb."),
        ("<blogger:metaDescription/>", None),
    ):
        feed_ = given.replace("<blogger:filename>", f"{described}<blogger:filename>")
        assert read(feed_.encode(), "feed.atom").entries[0].summary == summary


def test_broken() -> None:
    """What generators break is mended or read with a note, and an entry that is cut off never comes along."""
    ampersand, cut, tags = map(feed, ("broken-ampersand.xml", "broken-truncated.xml", "broken-tags.xml"))

    assert ampersand.entries[0].title == "Salt & pepper — again"
    assert ampersand.entries[0].url == "https://rd.example/?a=1&b=2"
    assert ampersand.entries[0].content == "<p>Q&A &nbsp;kept</p>"
    assert "Cannot modify header" in said(ampersand.notes, NoteKind.REMOVED)
    assert [entry.title for entry in cut.entries] == ["Whole"]
    assert "(Half)" in said(cut.notes, NoteKind.LOST)
    assert "1 entry was read" in said(cut.notes, NoteKind.NOTICED)
    assert tags.entries[0].published == datetime(2009, 1, 7, 18, tzinfo=UTC)
    assert 'onclick="x()"' in tags.entries[0].content
    assert "line 2" in said(tags.notes, NoteKind.NOTICED)


_XML = "<rss version='2.0'><channel><item><title>Заметка</title></item></channel></rss>"


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (f"<?xml version='1.0' encoding='utf-16'?>{_XML}".encode("utf-16"), None),
        (f"<?xml version='1.0'?>{_XML}".encode("utf-16-be"), None),
        (f"<?xml version='1.0' encoding='koi8-r'?>{_XML}".encode("koi8-r"), "text/xml; charset=utf-8"),
        (_XML.encode("koi8-r"), "application/rss+xml; charset=KOI8-R"),
        (f"\ufeff{_XML}".encode(), "text/xml; charset=iso-8859-1"),
    ],
)
def test_encodings(data: bytes, media_type: str | None) -> None:
    """The bytes are read in the encoding that the mark, the declaration or the header says."""
    assert read(data, "feed", media_type).entries[0].title == "Заметка"


def test_broken_content() -> None:
    """Content that feedparser finds nothing in, or that holds a section of SGML, fails nothing."""
    nothing = b"<rss><channel><item><title>a</title><x:y/><description></description></item></channel></rss>"
    section = b"<rss><channel><item><title>a</title><description><![CDATA[<p>b <![ c</p>...]]></description>"

    assert read(nothing, "feed").entries[0].content == ""
    assert read(section + b"</item></channel></rss>", "feed").entries[0].content == "<p>b <![ c</p>..."


def test_encodings_that_are_wrong() -> None:
    """Bytes that are not what they declare are read as what they are, and a note says so."""
    feed_ = (
        "<?xml version='1.0' encoding='utf-8'?><rss><channel><item><title>“é”</title></item></channel></rss>"
    )
    windows = read(feed_.encode("cp1252"), "feed")

    assert windows.entries[0].title == "“é”"
    assert "Windows-1252" in said(windows.notes, NoteKind.NOTICED)
    assert feed("latin1-rss.xml").entries[0].title == "Été – l’année"


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"", None, "it is empty"),
        (b"\x89PNG\r\n\x1a\n\x00", None, "it is a picture"),
        (bytes(range(256)) * 4, None, "binary"),
        (b"A line of text.\n", 1, "neither a feed nor a page"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title></feed>", None, "it has no posts"),
        (b"<rss><channel>\n<item><title>a", 2, "before its first entry"),
        (b"<rss>\n<!-- a\nb</rss>", 3, "not XML: Comment not terminated"),
        (b"<title>404 Not Found</title><h1>404 Not Found</h1><hr>nginx", None, "404 Not Found"),
        (b"<!doctype html><title>Log in</title><form></form>", None, "an HTML page"),
        (b"<?xml version='1.0'?><opml/>", None, "a list of feeds"),
        (b"<?xml version='1.0'?><note/>", None, "<note>"),
        (b'{"items": [\n{"id": ', 2, "it is not JSON"),
        (b'{"name": "x"}', None, "no list of items"),
        (b'{"items":' + b"[" * 100_000, None, "not a feed"),
        (b"<rss><channel><item>" + b"<a>" * 10_000 + b"</item></channel></rss>", 1, "nested"),
        (b"<html><body>" + b"<div>" * 10_000, None, "nested"),
        (
            b"<!DOCTYPE rss [<!ENTITY a 'a'>]><rss><channel><item><title>&a;</title></item></channel></rss>",
            1,
            "entities",
        ),
        (
            b"<?xml version='1.0'?>\n<!-- <rss > -->\n<!DOCTYPE rss [<!ENTITY a SYSTEM 'a'>]><rss/>",
            3,
            "entities",
        ),
        (b"<!DOCTYPE html [<!ENTITY a 'a'>]><html><p>&a;</p></html>", 1, "entities"),
    ],
)
def test_refused(data: bytes, line: int | None, words: str) -> None:
    """What holds no post is refused in one line that says what it is, and where."""
    with pytest.raises(PostdocsError, match=r"^.+$") as caught:
        read(data, "file")

    assert caught.value.line == line
    assert words in caught.value.wrong
    assert "\n" not in str(caught.value)


def test_no_entity_is_expanded_in_a_broken_feed() -> None:
    """Where the XML is too broken to tell a DOCTYPE, its entities are still no more than names."""
    data = b"junk <!-- <rss --> <!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'><!ENTITY y 'BOOM'>]>"
    data += b"<rss><channel><item><title>t</b> &x; &y;</title></item></channel></rss>"
    found = read(data, "file").entries[0]

    assert "root:" not in found.title
    assert "BOOM" not in found.title


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not here")
def test_seeds() -> None:
    """The real feed and the real page say what a careful reader finds in them."""
    source = read((SEEDS / "codematician-atom.xml").read_bytes(), "atom.xml")
    text = read((SEEDS / "scipy-mission.txt").read_bytes(), "text").entries[0]

    assert (len(source.entries), source.title) == (20, "Codematician")
    assert [entry.position for entry in source.entries if entry.summary] == [1]
    assert {entry.category for entry in source.entries} == {("posts",), ("Code",)}
    assert all((entry.url or "").startswith("https://andy.terrel.us/blog/") for entry in source.entries)
    offsets = {entry.published.utcoffset() for entry in source.entries if entry.published}
    assert offsets == {timedelta(hours=-7), timedelta(hours=-8)}
    assert (text.title, text.published, text.authors, text.url) == ("SciPy Mission", None, (), None)
    counts = [text.content.count(tag) for tag in ("<h2>", "<ul>", "<ol>", "<li>")]
    assert counts == [11, 2, 1, 3 + 4 + 8]
