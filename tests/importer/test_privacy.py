"""What is not public in other sources than WordPress's exports is never public here either."""

from __future__ import annotations

import json

import pytest

from postdocs.importer.sources.registry import read

CONTROL = "<app:control><app:draft>yes</app:draft></app:control>"
EXPECTED = {"Public": False, "Private": True}


def entry(title: str, inner: str = "", kind: str = "post", body: str = "x") -> str:
    """Return an entry of a Blogger export; without a kind if that is empty."""
    term = f"http://schemas.google.com/blogger/2008/kind#{kind}"
    category = f'<category scheme="http://schemas.google.com/g/2005#kind" term="{term}"/>' if kind else ""
    return f'<entry><title>{title}</title>{category}<content type="html">{body}</content>{inner}</entry>'


def atom(*entries: str, spaces: str = "", namespace: str = "http://www.w3.org/2005/Atom") -> str:
    """Return a feed with these entries."""
    return f'<feed xmlns="{namespace}" {spaces}><title>B</title>{"".join(entries)}</feed>'


def drafts(text: str) -> dict[str, bool]:
    """Return of each entry by title whether it is a draft."""
    return {one.title: one.draft for one in read(text.encode(), "source").entries}


def test_marks_outside_of_exports_count() -> None:
    """A status in a feed of another kind makes a draft too; an attribute, as Media RSS has it, doesn't."""
    feed = "<rss><channel><item><title>Public</title><status state='active'/></item>"
    feed += "<item><title>Private</title><visibility>members</visibility></item></channel></rss>"
    wordpress = (
        '<rss><channel><item><title>a</title><post-id xmlns="com-wordpress:feed-additions:1">1</post-id>'
    )
    assert drafts(feed) == EXPECTED
    assert drafts(f"{wordpress}</item></channel></rss>") == {"a": False}


@pytest.mark.parametrize(
    "text",
    [
        atom(entry("Public"), entry("Private", CONTROL), spaces='xmlns:app="http://www.w3.org/2007/app"'),
        atom(entry("Public"), entry("Private", CONTROL), spaces='xmlns:app="https://purl.org/atom/app"'),
        atom(entry("Public"), entry("Private", CONTROL)),
        atom(entry("Public"), entry("Private", CONTROL.replace("app:", ""))),
        atom(entry("Public"), entry("Private", CONTROL), namespace="https://www.w3.org/2005/Atom/"),
        atom(entry("Public", body="<p>a<br>b</p>"), entry("Private", CONTROL, body="<p>a<br>b</p>")),
        atom(entry("Public"), entry("Private", "<draft>true</draft>"), namespace="http://purl.org/atom/ns#"),
        atom(entry("Public"), entry("Private", kind=""), entry("Comment", kind="comment")),
        atom(
            entry("Public"),
            entry("Private", CONTROL),
            *(entry("x", kind=kind) for kind in ("settings", "comment", "template")),
        ),
    ],
    ids=["app", "spelling", "undeclared", "none", "https", "broken", "Atom 0.3", "no kind", "kinds"],
)
def test_drafts_of_blogger(text: str) -> None:
    """`app:draft` counts in any spelling; what has no kind is a draft, and other kinds are no posts."""
    assert drafts(text) == EXPECTED


@pytest.mark.parametrize("status", ["DRAFT", "SCHEDULED", "ADMINISTRATOR", ""])
def test_statuses_of_blogger(status: str) -> None:
    """In an export by Google Takeout only what is live is public."""
    stated = "<blogger:type>POST</blogger:type><blogger:status>{}</blogger:status>"
    entries = entry("Public", stated.format("LIVE"), ""), entry("Private", stated.format(status), "")
    assert (
        drafts(atom(*entries, spaces='xmlns:blogger="https://schemas.google.com/blogger/2031"')) == EXPECTED
    )


@pytest.mark.parametrize(
    ("fields", "draft"),
    [
        ({"status": "published", "visibility": "public", "draft": False, "password": None}, False),
        ({"password": False, "published": "2020-01-01"}, False),
        ({"status": "draft"}, True),
        ({"visibility": "members"}, True),
        ({"visibility": ["public"]}, True),
        ({"_ghost": {"visibility": "paid"}}, True),
        ({"_wp": {"Post-Status": "private"}}, True),
        ({"draft": True}, True),
        ({"private": 1}, True),
        ({"published": False}, True),
        ({"password": "x"}, True),
    ],
)
def test_extensions_of_json_feed(fields: dict[str, object], draft: bool) -> None:
    """What a JSON Feed says of its items beyond the standard is honoured."""
    feed = {
        "items": [
            {"id": "1", "content_html": "a", "title": "A", **fields},
            {"content_html": "b", "status": "trash"},
        ]
    }
    assert drafts(json.dumps(feed)) == {"A": draft}


@pytest.mark.parametrize(
    ("classes", "draft"),
    [
        ("type-post status-publish", False),
        ("status-open", False),
        ("type-post status-private", True),
        ("type-post status-publish post-password-required", True),
    ],
)
def test_saved_pages_of_private_posts(classes: str, draft: bool) -> None:
    """A page that was saved by someone who may see the post says in its classes that others may not."""
    body = f"<h1>A</h1><div class='entry-content'>{'word ' * 40}</div>"
    assert drafts(f"<html><article class='{classes}'>{body}</article></html>") == {"A": draft}
