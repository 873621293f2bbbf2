"""Atom feeds as documents (RFC 4287), and how a feed is cut into them (RFC 5005)."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from channels import BASE, CHANNEL
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from postdocs.sphinx_ext.feeds import atom
from postdocs.sphinx_ext.feeds.model import Category, Channel, Document, Entry, Person, paged

SPACES = {
    "a": "http://www.w3.org/2005/Atom",
    "fh": "http://purl.org/syndication/history/1.0",
    "h": "http://www.w3.org/1999/xhtml",
}
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parents[2] / "data" / "atom.rng"))
ZONE = timezone(timedelta(hours=5, minutes=45))
ENTRY = Entry(
    id="tag:example.org,2001:first",
    title='1 < 2 & "two"',
    url=f"{BASE}first/?a=1&b=2",
    published=datetime(2024, 3, 10, 0, 30, tzinfo=ZONE),
    updated=datetime(2024, 3, 11, 12, 0, tzinfo=UTC),
    authors=(Person("Ann", "https://example.org/~ann/"), Person("Bob, Jr.")),
    categories=(Category("c++", "C++"), Category("日本語", "日本語")),
    summary="One line.\n\n  Another.",
    content="<pre>\n\n  x &lt; 1\n</pre>\n<p>é</p>",
    source="https://old.example.org/?p=12",
)


def document(*entries: Entry, **neighbours: str) -> Document:
    """Return the document to subscribe to."""
    return Document("atom.xml", entries, **neighbours)


def read(written: bytes) -> etree._Element:
    """Parse a feed; it has to be valid, also by what a grammar can't say."""
    feed = etree.fromstring(written)
    assert SCHEMA.validate(feed), SCHEMA.error_log
    ids = values(feed, "a:entry/a:id/text()")
    assert len(ids) == len(set(ids))
    for entry in feed.iterfind("a:entry", SPACES):
        assert values(entry, "a:author | ../a:author")
        assert values(entry, "a:content | a:link[@rel='alternate']")
    for address in values(feed, "//@href | //@url | //a:id/text() | //a:uri/text() | //a:icon/text()"):
        assert urlsplit(address).scheme, address
    return feed


def values(element: etree._Element, path: str) -> list[str]:
    """Return what an XPath finds, as text."""
    found = element.xpath(path, namespaces=SPACES)
    assert isinstance(found, list)
    return [str(value) for value in found]


def write(channel: Channel, doc: Document) -> etree._Element:
    """Write a document and parse it again."""
    return read(atom.to_xml(channel, doc, BASE, "../_static/feed.css"))


def test_a_feed_says_what_it_is() -> None:
    """Id, texts, language, rights, icon, generator and author are those of the channel."""
    feed = write(CHANNEL, document(ENTRY))
    assert values(feed, "a:id/text()") == [CHANNEL.id]
    assert values(feed, "a:title/text()") == [CHANNEL.title]
    assert values(feed, "a:subtitle/text()") == ["Notes"]
    assert values(feed, "@xml:lang") == ["en-GB"]
    assert values(feed, "a:rights/text()") == ["© 2024 the lab"]
    assert values(feed, "a:icon/text()") == ["https://example.org/~lab/icon.png"]
    assert values(feed, "a:generator/text() | a:generator/@version") == ["1.2", "Postdocs"]
    assert values(feed, "a:author/*/text()") == ["The lab", "https://example.org/~lab/"]
    assert values(feed, "a:link[@rel='self']/@href") == [f"{BASE}atom.xml"]
    assert values(feed, "a:link[@rel='alternate']/@href") == [BASE]


def test_an_entry_says_all_that_is_known_of_a_post() -> None:
    """Nothing is lost between a post and the entry that a reader parses: texts are the same to the letter."""
    (entry,) = write(CHANNEL, document(ENTRY)).findall("a:entry", SPACES)
    assert values(entry, "a:id/text()") == [ENTRY.id]
    assert values(entry, "a:title/text()") == [ENTRY.title]
    assert values(entry, "a:link[@rel='alternate']/@href") == [ENTRY.url]
    assert values(entry, "a:link[@rel='via']/@href") == [ENTRY.source]
    assert values(entry, "a:published/text()") == ["2024-03-10T00:30:00+05:45"]
    assert values(entry, "a:updated/text()") == ["2024-03-11T12:00:00+00:00"]
    assert values(entry, "a:author/a:name/text()") == ["Ann", "Bob, Jr."]
    assert values(entry, "a:author/a:uri/text()") == ["https://example.org/~ann/"]
    assert values(entry, "a:category/@term") == ["c++", "日本語"]
    assert values(entry, "a:category/@label") == ["C++", "日本語"]
    assert values(entry, "a:summary/text()") == [ENTRY.summary]
    assert values(entry, "a:content[@type='html']/text()") == [ENTRY.content]


def test_a_title_is_a_link_in_browsers() -> None:
    """An entry has its title as a link of XHTML, which browsers show and feed readers pass over."""
    entry = dataclasses.replace(ENTRY, title='<b> & "c"', url='https://example.org/?a=1&b="2"')
    (element,) = write(CHANNEL, document(entry)).findall("a:entry", SPACES)
    (link,) = element.iterchildren("{http://www.w3.org/1999/xhtml}a")
    assert (link.text, link.get("href")) == (entry.title, entry.url)


def test_what_a_post_lacks_its_entry_lacks() -> None:
    """An entry without authors, labels and texts is valid: the feed has an author."""
    bare = dataclasses.replace(ENTRY, authors=(), categories=(), summary="", content="", source=None)
    channel = dataclasses.replace(CHANNEL, subtitle=None, language=None, rights=None, icon=None)
    (entry,) = write(channel, document(bare)).findall("a:entry", SPACES)
    names = [etree.QName(child).localname for child in entry]
    assert names == ["id", "title", "a", "link", "published", "updated"]


def test_a_feed_was_updated_when_its_latest_entry_was() -> None:
    """The latest instant counts, in its own offset, wherever the entry stands; no clock does."""
    later = datetime(2024, 3, 12, 1, 0, tzinfo=ZONE)  # the 11th in UTC
    other = dataclasses.replace(ENTRY, id="tag:example.org,2001:second", updated=later)
    assert values(write(CHANNEL, document(ENTRY, other)), "a:updated/text()") == ["2024-03-12T01:00:00+05:45"]
    assert values(write(CHANNEL, document()), "a:updated/text()") == ["1970-01-01T00:00:00+00:00"]


@pytest.mark.parametrize(
    ("offset", "written"),
    [
        (timedelta(minutes=53, seconds=28), "1890-01-01T11:06:32+00:00"),  # local mean time
        (timedelta(hours=-23), "1890-01-02T11:00:00+00:00"),
        (timedelta(hours=14), "1890-01-01T12:00:00+14:00"),
    ],
)
def test_an_offset_that_no_feed_can_hold_becomes_utc(offset: timedelta, written: str) -> None:
    """RFC 3339 has no seconds in offsets, and XML Schema none beyond 14 hours; the instant stays."""
    date = datetime(1890, 1, 1, 12, 0, tzinfo=timezone(offset))
    old = dataclasses.replace(ENTRY, published=date)
    assert values(write(CHANNEL, document(old)), "a:entry/a:published/text()") == [written]


def test_an_archive_names_its_neighbours() -> None:
    """The one to subscribe to leads to the newest archive, archives to each other and back (RFC 5005 §4)."""
    entries = [dataclasses.replace(ENTRY, id=f"tag:example.org,2001:{number}") for number in range(7)]
    links = {}
    archives = {}
    for page in paged(entries, 2):
        doc = page.document("atom.xml", page.items)
        feed = write(CHANNEL, doc)
        assert values(feed, "a:id/text()") == [CHANNEL.id]
        links[doc.name] = {
            relation: address.removeprefix(BASE)
            for relation in ("self", "prev-archive", "next-archive", "current")
            for address in values(feed, f"a:link[@rel='{relation}']/@href")
        }
        archives[doc.name] = bool(values(feed, "fh:archive"))
    assert links == {
        "atom.xml": {"self": "atom.xml", "prev-archive": "atom-3.xml"},
        "atom-1.xml": {"self": "atom-1.xml", "next-archive": "atom-2.xml", "current": "atom.xml"},
        "atom-2.xml": {
            "self": "atom-2.xml",
            "prev-archive": "atom-1.xml",
            "next-archive": "atom-3.xml",
            "current": "atom.xml",
        },
        "atom-3.xml": {"self": "atom-3.xml", "prev-archive": "atom-2.xml", "current": "atom.xml"},
    }
    assert archives == {"atom.xml": False, "atom-1.xml": True, "atom-2.xml": True, "atom-3.xml": True}


@given(st.integers(0, 60), st.integers(1, 9), st.integers(0, 20))
def test_archives_never_change(total: int, length: int, more: int) -> None:
    """Archives are full and hold what is not new; posts that are added change none of them."""
    entries = [*range(total, 0, -1)]
    first, *archives = paged(entries, length)
    assert first.items == tuple(entries[:length])
    assert len(archives) == max(-(-total // length) - 1, 0)
    assert all(len(page.items) == length for page in archives)
    assert [item for page in archives for item in reversed(page.items)] == [
        *range(1, len(archives) * length + 1)
    ]
    assert {*first.items}.union(*(page.items for page in archives)) == {*entries}
    later = paged([*range(total + more, 0, -1)], length)
    assert [page.items for page in later[1 : len(archives) + 1]] == [page.items for page in archives]


def test_a_feed_without_length_is_one_document() -> None:
    """With no length all entries are in the document to subscribe to; a length below one is refused."""
    (page,) = paged([3, 2, 1], None)
    assert page.items == (3, 2, 1)
    assert page.document("atom.xml", ()) == Document("atom.xml", ())
    with pytest.raises(ValueError, match="at least one"):
        paged([1], 0)


TEXTS = st.text(st.characters(codec=None), max_size=40)


def _held(text: str) -> str:
    """Return what XML can hold of a text (XML 1.0 §2.2), said apart from the code."""
    return "".join(
        letter
        for letter in text
        if letter in "\t\n\r" or (ord(letter) >= 0x20 and not 0xD800 <= ord(letter) <= 0xDFFF)
        if letter not in "\ufffe\uffff"
    )


@given(st.lists(TEXTS, min_size=7, max_size=7))
def test_any_text_comes_back_as_it_was(texts: list[str]) -> None:
    """What XML can hold is the same after parsing, white space and all; what it can't is left out."""
    title, name, term, label, summary, content, subtitle = texts
    entry = dataclasses.replace(
        ENTRY,
        title=title,
        authors=(Person(name),),
        categories=(Category(term, label),),
        summary=summary,
        content=content,
    )
    feed = write(dataclasses.replace(CHANNEL, subtitle=subtitle), document(entry))
    paths = {
        "a:entry/a:title/text()": title,
        "a:entry/a:author/a:name/text()": name,
        "a:entry/a:category/@term": term,
        "a:entry/a:category/@label": label,
        "a:entry/a:summary/text()": summary,
        "a:entry/a:content/text()": content,
        "a:subtitle/text()": subtitle,
    }
    for path, text in paths.items():
        assert "".join(values(feed, path)) == _held(text)


def test_a_feed_reads_well_in_a_diff() -> None:
    """Each element begins a line of its own, indented, and the end is a newline."""
    lines = atom.to_xml(CHANNEL, document(ENTRY), BASE, "feed.css").decode().splitlines()
    for line in lines:
        assert len(re.findall(r"<(?:\w)", line)) <= 1 or "<p>" in line
    assert f"    <id>{ENTRY.id}</id>" in lines
    assert "      <name>Ann</name>" in lines
    assert lines[-1] == "</feed>"


def test_an_entry_can_be_written_once_for_many_feeds() -> None:
    """A feed takes the element of an entry from the caller, byte by byte."""
    asked: Counter[str] = Counter()

    def element(entry: Entry) -> bytes:
        asked[entry.id] += 1
        return atom.entry_element(entry)

    written = atom.to_xml(CHANNEL, document(ENTRY), BASE, "feed.css", element)
    assert asked == {ENTRY.id: 1}
    assert written == atom.to_xml(CHANNEL, document(ENTRY), BASE, "feed.css")
    assert atom.entry_element(ENTRY) in written


def test_a_browser_is_shown_where_to_go() -> None:
    """A style sheet is named, and one element of XHTML links to the page; in archives also to the feed."""
    doc = document(ENTRY)
    written = atom.to_xml(CHANNEL, doc, BASE, "../_static/feed.css?a=1&b=2")
    sheet = '<?xml-stylesheet type="text/css" href="../_static/feed.css?a=1&amp;b=2"?>'
    assert written.decode().splitlines()[1] == sheet
    assert values(read(written), "h:div[following-sibling::a:entry]//h:a/@href") == [BASE]
    archive = dataclasses.replace(doc, name="atom-1.xml", current="atom.xml")
    assert values(write(CHANNEL, archive), "h:div//h:a/@href") == [f"{BASE}atom.xml", BASE]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"<updated>1970-01-01T00:00:00+00:00</updated>", b""),
        (b"+00:00</updated>", b"+00:53:28</updated>"),
        (b"<id>", b"<id/><id>"),
        (b"</title>", b"<b>x</b></title>"),
        (b'xml:lang="en-GB"', b'xml:lang="en_GB"'),
        (b"</feed>", b"<entry/></feed>"),
    ],
)
def test_the_grammar_refuses_what_is_wrong(before: bytes, after: bytes) -> None:
    """The schema that the tests validate with finds faults."""
    written = atom.to_xml(CHANNEL, document(), BASE, "feed.css")
    assert before in written
    assert not SCHEMA.validate(etree.fromstring(written.replace(before, after)))
