"""JSON feeds as documents (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from channels import BASE, CHANNEL
from hypothesis import given
from hypothesis import strategies as st

from postdocs.sphinx_ext.feeds import jsonfeed
from postdocs.sphinx_ext.feeds.model import Category, Channel, Document, Entry, Person, paged

ENTRY = Entry(
    id="tag:example.org,2001:first",
    title="1 < 2 & “two”",
    url=f"{BASE}first/",
    published=datetime(2024, 3, 10, 0, 30, tzinfo=timezone(timedelta(hours=9))),
    updated=datetime(2024, 3, 11, 12, 0, tzinfo=UTC),
    authors=(Person("Ann", "https://example.org/~ann/"), Person("Bob, Jr.")),
    categories=(Category("c++", "C++"), Category("日本語", "日本語")),
    summary="One line.",
    content="<p>é</p>\n",
    source="https://old.example.org/?p=12",
)


def write(channel: Channel, document: Document) -> Any:
    """Write a document and parse it again."""
    return json.loads(jsonfeed.to_json(channel, document, BASE).decode("utf-8"))


def test_a_feed_says_all_that_is_known() -> None:
    """Each member has its place in the specification; nothing else is there."""
    assert write(CHANNEL, Document("feed.json", (ENTRY,))) == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "A <b>lab</b> & its blog",
        "home_page_url": BASE,
        "feed_url": f"{BASE}feed.json",
        "description": "Notes",
        "icon": "https://example.org/~lab/icon.png",
        "authors": [{"name": "The lab", "url": "https://example.org/~lab/"}],
        "language": "en-GB",
        "items": [
            {
                "id": "tag:example.org,2001:first",
                "url": f"{BASE}first/",
                "title": "1 < 2 & “two”",
                "content_html": "<p>é</p>\n",
                "summary": "One line.",
                "date_published": "2024-03-10T00:30:00+09:00",
                "date_modified": "2024-03-11T12:00:00+00:00",
                "authors": [{"name": "Ann", "url": "https://example.org/~ann/"}, {"name": "Bob, Jr."}],
                "tags": ["C++", "日本語"],
            }
        ],
    }


def test_what_is_not_known_is_left_out() -> None:
    """Members without a value are missing; an item without full text has its summary, or title, as text."""
    channel = dataclasses.replace(CHANNEL, subtitle=None, language=None, icon=None)
    bare = dataclasses.replace(ENTRY, authors=(), categories=(), summary="", content="")
    feed = write(channel, Document("feed.json", (bare, dataclasses.replace(bare, summary="Short."))))
    assert feed.keys() == {"version", "title", "home_page_url", "feed_url", "authors", "items"}
    assert feed["items"][0].keys() == {
        *("id", "url", "title", "content_text", "date_published", "date_modified")
    }
    assert [item["content_text"] for item in feed["items"]] == [ENTRY.title, "Short."]
    assert write(channel, Document("feed.json", ()))["items"] == []


def test_the_whole_feed_can_be_walked_towards_older_entries() -> None:
    """From the document to subscribe to, `next_url` leads through all archives and ends."""
    entries = [dataclasses.replace(ENTRY, id=str(number)) for number in range(7, 0, -1)]
    feeds = {}
    for page in paged(entries, 3):
        feed = write(CHANNEL, page.document("feed.json", page.items))
        feeds[feed["feed_url"]] = feed
    address = f"{BASE}feed.json"
    walked = []
    while address:
        feed = feeds.pop(address)
        walked.append([item["id"] for item in feed["items"]])
        address = feed.get("next_url")
    assert walked == [["7", "6", "5"], ["6", "5", "4"], ["3", "2", "1"]]
    assert feeds == {}


TEXTS = st.text(st.characters(codec=None), max_size=40)


@given(TEXTS, TEXTS, TEXTS)
def test_any_text_comes_back_as_it_was(title: str, summary: str, content: str) -> None:
    """Texts are the same after parsing, line separators of all scripts and all, but for half characters."""
    entry = dataclasses.replace(ENTRY, title=title, summary=summary, content=content)
    (item,) = write(CHANNEL, Document("feed.json", (entry,)))["items"]
    whole = {
        name: "".join(letter for letter in text if not "\ud800" <= letter <= "\udfff")
        for name, text in {"title": title, "summary": summary, "content_html": content}.items()
    }
    assert {name: item.get(name, "") for name in whole} == whole


def test_a_feed_reads_well_in_a_diff() -> None:
    """Each member has a line of its own, indented as deep as it is nested, and letters are not escaped."""
    written = jsonfeed.to_json(CHANNEL, Document("feed.json", (ENTRY, ENTRY)), BASE)
    assert written.decode() == json.dumps(json.loads(written), ensure_ascii=False, indent=2) + "\n"


def test_an_item_can_be_written_once_for_many_feeds() -> None:
    """A feed takes the item of an entry from the caller, byte by byte."""
    document = Document("feed.json", (ENTRY,))
    kept = {ENTRY: jsonfeed.item(ENTRY)}
    assert jsonfeed.to_json(CHANNEL, document, BASE, kept.__getitem__) == jsonfeed.to_json(
        CHANNEL, document, BASE
    )
