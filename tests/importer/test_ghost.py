"""The export of Ghost, which is its database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from helpers import assert_linear

from importer.exports import BLOG, FEEDS, said, states
from postdocs.importer.entry import Entry, NoteKind
from postdocs.importer.sources.model import Source
from postdocs.importer.sources.registry import read


def ghost(url: str | None = f"{BLOG}/") -> Source:
    """Read the export of Ghost."""
    return read((FEEDS / "ghost-export.json").read_bytes(), "ghost.json", None, url)


def test_ghost() -> None:
    """Only what is published for all is public; pages are pages, labels and people are in their order."""
    export = ghost()
    first = export.entries[0]

    assert states(export) == {
        "Steppers & gears": False, "For members": True, "Sent by mail": True, "Not yet": True, "About": False,
    }  # fmt: skip
    assert (first.url, first.id) == (f"{BLOG}/steppers/", f"{BLOG}/steppers/")
    assert (first.tags, first.authors) == (("Gears", "Motors"), ("Bo Lee", "Ann Example"))
    assert (first.summary, first.image) == ("How they turn.", f"{BLOG}/content/images/gear.png")
    assert first.updated == datetime(2021, 3, 5, 9, tzinfo=UTC)
    assert f'href="{BLOG}/about/"' in first.content
    assert [entry.title for entry in export.entries if entry.page] == ["About"]
    assert said(export, NoteKind.LEFT_OUT) == ["post 6, which is empty", "1 member"]
    assert "reader@example.org" not in repr(export)


def test_an_export_of_ghost_takes_time_by_its_size() -> None:
    """Each post finds its authors and labels without a look at those of all others."""

    def export(size: int) -> bytes:
        ids = [str(number) for number in range(size)]
        posts = [{"id": id_, "title": id_, "html": "<p>Dough</p>", "status": "published"} for id_ in ids]
        tags = [{"id": id_, "name": f"loaf {id_}"} for id_ in ids]
        links = [{"post_id": id_, "tag_id": id_} for id_ in ids]
        data = {"posts": posts, "tags": tags, "posts_tags": links}
        return json.dumps({"db": [{"data": data}]}).encode()

    entries = read(export(20), "a.json").entries
    assert [entry.tags for entry in entries] == [(f"loaf {number}",) for number in range(20)]
    assert_linear(lambda size: read(export(size), "a.json"), 1600)


def test_a_post_of_ghost_without_html_has_its_words() -> None:
    """Of a document that only Ghost's editor knows, the export has plain text at best; either is a loss."""
    posts = [
        {"title": "A", "status": "draft", "plaintext": "One.\n\nTwo."},
        {"title": "B", "status": "draft", "lexical": '{"root": "' + "x" * 500 + '"}'},
    ]
    export = read(json.dumps({"data": {"posts": posts}}).encode(), "ghost.json")

    assert [entry.content for entry in export.entries] == ["<p>One.</p>\n<p>Two.</p>", ""]
    assert all(any(note.kind is NoteKind.LOST for note in entry.notes) for entry in export.entries)


@pytest.mark.parametrize("odd", [[], {}, [[]], None, True, 1.5, "\x00"])
def test_ids_of_ghost_may_be_anything(odd: object) -> None:
    """Where an export has a list or the like in place of an id, the post comes without what that leads to."""
    tables = {"users": ["id"], "tags": ["id"], "posts_tags": ["post_id", "tag_id"]}
    rows = {name: [dict.fromkeys(keys, odd)] for name, keys in tables.items()}
    post = {"id": odd, "title": "A", "html": "x", "status": "published", "author_id": odd}
    (entry,) = read(json.dumps({"data": {"posts": [post], **rows}}).encode(), "ghost.json").entries
    assert (entry.title, entry.authors, entry.tags) == ("A", (), ())


def ghost_post(**fields: object) -> Entry:
    """Read the only post of an export of Ghost, of which its database has these fields."""
    post = {"title": "A", "status": "published"} | {
        name: value if isinstance(value, str) else json.dumps(value) for name, value in fields.items()
    }
    return read(json.dumps({"data": {"posts": [post]}}).encode(), "ghost.json").entries[0]


def lexical(*nodes: object) -> dict[str, object]:
    """Return a document of Ghost's editor of today."""
    return {"root": {"type": "root", "children": list(nodes)}}


def mobiledoc(*sections: object, cards: Sequence[object] = ()) -> dict[str, object]:
    """Return a document of Ghost's editor before."""
    return {"version": "0.3.1", "markups": [], "atoms": [], "cards": cards, "sections": sections}


PARAGRAPH = {"type": "paragraph", "children": [{"text": "Low "}, {"text": "tide"}]}
LIST = {"type": "list", "children": [{"type": "listitem", "children": [{"text": word}]} for word in "ab"]}
WORDS = "its structure: the export has its words alone"
UNREAD = "its text, which Ghost has not made HTML of: save it there once more"


@pytest.mark.parametrize(
    ("fields", "content", "losses"),
    [
        ({"markdown": "Low *tide*"}, "<p>Low <em>tide</em></p>", []),
        ({"mobiledoc": mobiledoc([10, 0], cards=[["markdown", {"markdown": "**x**"}]])},
         "<p><strong>x</strong></p>", []),
        ({"mobiledoc": mobiledoc([10, 0], cards=[["html", {"html": "<b>x</b>"}]])}, "<b>x</b>", []),
        ({"mobiledoc": mobiledoc([1, "p", [[0, [], 0, "Low "], [0, [], 0, "tide"]]],
                                 [3, "ul", [[[0, [], 0, "a"]]]])},
         "<p>Low tide</p>\n<p>a</p>", [WORDS]),
        ({"mobiledoc": mobiledoc([10, 0], [2, "/a.png"], cards=[["gallery", {"images": []}]])}, "",
         ["a card that Ghost has not made HTML of", "a picture that Ghost has not made HTML of"]),
        ({"lexical": lexical(PARAGRAPH, LIST)}, "<p>Low tide</p>\n<p>a<br>\nb</p>", [WORDS]),
        ({"lexical": lexical({"type": "horizontalrule"}, {"type": "html", "html": "<i>x</i>"})},
         "<hr>\n<i>x</i>", []),
        ({"lexical": lexical({"type": "image", "src": "/a.png"})}, "",
         ["a card that Ghost has not made HTML of"]),
        ({"lexical": lexical({"type": "paragraph", "children": []}), "mobiledoc": mobiledoc([1, "p", []])},
         "", []),
        ({"lexical": "{", "plaintext": "Low"}, "<p>Low</p>", [WORDS]),
        ({"lexical": "x"}, "", [UNREAD]),
        ({"mobiledoc": {"sections": [[10, 3]], "cards": []}}, "", [UNREAD]),
        ({"html": "<p>x</p>", "lexical": lexical(PARAGRAPH)}, "<p>x</p>", []),
    ],
)  # fmt: skip
def test_what_the_editor_of_ghost_stores_stands_for_html(
    fields: dict[str, object], content: str, losses: list[str]
) -> None:
    """However short it is, it comes along where the export has no HTML of it, and what doesn't is a loss."""
    post = ghost_post(**fields)
    assert post.content == content
    assert [note.what for note in post.notes if note.kind is NoteKind.LOST] == losses


def test_ghost_without_an_address() -> None:
    """Its posts have none then, and a note says what gives them some."""
    export = ghost(None)
    assert export.entries[0].url is None
    assert any("--url" in note for note in said(export, NoteKind.NOTICED))


def test_what_ghost_says_of_a_featured_image_and_where_a_post_was_first() -> None:
    """Its alternative text, its caption, and the canonical address unless it is that of the post."""
    post = {
        "id": "a", "title": "Gears", "slug": "gears", "html": "<p>Teeth.</p>", "status": "published",
        "feature_image": "__GHOST_URL__/content/images/gear.png", "canonical_url": "https://first.example/gears",
    }  # fmt: skip
    meta = {"post_id": "a", "feature_image_alt": "A gear", "feature_image_caption": "By <a href='/'>Ida</a>"}
    other = {**post, "id": "b", "slug": "cogs", "canonical_url": "__GHOST_URL__/cogs/"}
    data = {"db": [{"data": {"posts": [post, other], "posts_meta": [meta]}}]}
    entry, second = read(json.dumps(data).encode(), "ghost.json", None, f"{BLOG}/").entries
    first = "https://first.example/gears"
    assert entry.extra == {"image_alt": "A gear", "image_caption": "By Ida", "canonical": first}
    assert second.extra == {}
