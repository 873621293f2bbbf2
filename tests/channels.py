"""A feed for the tests of its documents."""

from __future__ import annotations

from postdocs.sphinx_ext.feeds.model import Channel, Notice, Person

BASE = "https://example.org/~lab/blog/"
CHANNEL = Channel(
    id="tag:example.org,2001:blog",
    title="A <b>lab</b> & its blog",
    subtitle="Notes",
    page=BASE,
    author=Person("The lab", "https://example.org/~lab/"),
    language="en-GB",
    rights="© 2024 the lab",
    icon="https://example.org/~lab/icon.png",
    generator=("Postdocs", "1.2"),
    notice=Notice(
        'See <a href="%(page)s">posts</a>.',
        'See <a href="%(newest)s">new</a> <a href="%(page)s">posts</a>.',
        "en-GB",
    ),
)
