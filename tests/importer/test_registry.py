"""Which format a source is in, and what becomes of one that is in none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from postdocs.core.errors import PostdocsError
from postdocs.importer.sources import atom, broken, rss
from postdocs.importer.sources.encoding import decode
from postdocs.importer.sources.registry import FORMATS, SourceFormat, format_of, read
from postdocs.importer.sources.source_text import SourceText

FEEDS = Path(__file__).parents[1] / "feeds"
_ATOM_NAMES = ("atom", "blogger", "jekyll", "truncated")
_BY_NAME: dict[str, SourceFormat] = {
    "tags": broken,
    "rss": rss,
    **dict.fromkeys(_ATOM_NAMES, atom),
    **{
        str(vars(module)["__name__"]).rpartition(".")[2]: module for module in FORMATS if module is not broken
    },
}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"db": [{"meta": {}, "data": {}}]}', "an export of Ghost without posts; export it again"),
        (
            '[{"id": 1, "slug": "a", "date_gmt": "", "content": {"rendered": "a"}}]',
            "WordPress's REST API; give",
        ),
        ('[{"html_url": "https://github.com/a/b/issues/1", "comments_url": ""}]', "issues of GitHub, where"),
        ('{"cells": [], "metadata": {}, "nbformat": 4}', "a Jupyter notebook"),
        ('{"kind": "blogger#postList", "etag": "x", "items": [{"id": "1"}]}', "an answer of a Google API"),
        ('{"@context": "https://www.w3.org/ns/activitystreams", "orderedItems": []}', "ActivityPub"),
        (
            '{"version": "2", "items": [{"content_html": "a"}]}',
            "no version of JSON Feed, only `version`, `items`",
        ),
        ('{"items": [{"name": "a"}]}', "its items have no text"),
        ("[1, 2]", "it is a list of 2"),
        ("{}", "it has no list of items, only no key"),
        ("---\nlayout: post\ntitle: A post\n---\nText.\n", "the source of one post, with front matter"),
        ('post_id,post_date,"title"\n1,2020-01-01,A\n', "a table of values (CSV)"),
        ("<opml><body/></opml>", "a list of feeds (OPML), not a feed; give the address of one"),
        ("<urlset/>", "a sitemap"),
    ],
)
def test_what_is_refused_is_called_what_it_seems_to_be(text: str, words: str) -> None:
    """A file of a blog that holds no posts to read is named, with what to give instead."""
    with pytest.raises(PostdocsError, match=re.escape(words)):
        read(text.encode(), "file")


@pytest.mark.parametrize("path", sorted(FEEDS.iterdir()), ids=lambda path: path.name)
def test_each_feed_has_the_format_that_its_name_says(path: Path) -> None:
    """Every format knows its own and leaves the rest to those after it."""
    text, _ = decode(path.read_bytes(), path.name, None)
    parts = path.stem.split("-")
    expected = next((format_ for part, format_ in _BY_NAME.items() if part in parts), rss)
    assert format_of(SourceText(path.name, text)) is expected


def test_a_feed_in_json_may_state_no_version() -> None:
    """Items with content are enough; so early feeds had it."""
    (entry,) = read(b'{"items": [{"id": "1", "content_text": "a"}]}', "feed.json").entries
    assert entry.content == "<p>a</p>"
