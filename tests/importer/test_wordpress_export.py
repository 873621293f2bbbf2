"""What an export of WordPress keeps beside the texts of its posts comes to its place."""

from __future__ import annotations

import json

import pytest

from postdocs.importer.ast.visit import walk
from postdocs.importer.entry import Entry, NoteKind
from postdocs.importer.html.parse import parse
from postdocs.importer.myst.anchors import plain_text
from postdocs.importer.sources.model import Source
from postdocs.importer.sources.registry import read

SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/" '
    'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
LOREM = "<!-- wp:paragraph --><p>Shared words.</p><!-- /wp:paragraph -->"


def item(id_: int, body: str = "Text.", kind: str = "post", status: str = "publish", **parts: str) -> str:
    """Return an item of an export. parts: its elements in WordPress's namespace; `rest` as it stands."""
    fields = {"post_id": str(id_), "post_type": kind, "status": status, "post_date": "2024-01-02 10:00:00"}
    fields |= {name: value for name, value in parts.items() if name != "rest"}
    return (
        f"<item><title>Title {id_}</title><dc:creator>ann</dc:creator>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded>"
        + "".join(f"<wp:{name}><![CDATA[{value}]]></wp:{name}>" for name, value in fields.items())
        + f"{parts.get('rest', '')}</item>"
    )


def meta(key: str, value: str) -> str:
    """Return metadata of an item."""
    content = f"<wp:meta_key>{key}</wp:meta_key><wp:meta_value><![CDATA[{value}]]></wp:meta_value>"
    return f"<wp:postmeta>{content}</wp:postmeta>"


def export(*items: str) -> Source:
    """Read an export with these items."""
    people = "".join(
        f"<wp:author><wp:author_login>{login}</wp:author_login>"
        f"<wp:author_display_name>{name}</wp:author_display_name></wp:author>"
        for login, name in (("ann", "Ann Example"), ("bob", "Bob &amp; Co"))
    )
    channel = f"<link>https://old.example</link><wp:wxr_version>1.2</wp:wxr_version>{people}{''.join(items)}"
    return read(f'<rss version="2.0" {SPACES}><channel>{channel}</channel></rss>'.encode(), "export.xml")


def texts(entry: Entry) -> list[str]:
    """Return the text of each block of an entry."""
    document, _ = parse(entry.content, None)
    return [plain_text(block) for block in document.blocks]


def said(entry: Entry, kind: NoteKind) -> list[str]:
    """Return what the notes of one kind say."""
    return [f"{note.what}: {note.before}" for note in entry.notes if note.kind is kind]


KEY = "0a1b-2c3d"
REFERENCE = f'<p>A claim<sup data-fn="{KEY}" class="fn"><a href="#{KEY}" id="{KEY}-link">1</a></sup>.</p>'
STORED = json.dumps([{"id": KEY, "content": "The <em>note</em>."}])


@pytest.mark.parametrize("block", ["<!-- wp:footnotes /-->", ""])
@pytest.mark.parametrize("value", [STORED, f"{STORED}]"])
def test_footnotes_in_metadata_are_footnotes(block: str, value: str) -> None:
    """The text of a note comes from the post's metadata, wherever the post would show the list."""
    (entry,) = export(
        item(
            1, f"<!-- wp:paragraph -->{REFERENCE}<!-- /wp:paragraph -->{block}", rest=meta("footnotes", value)
        )
    ).entries
    document, _ = parse(entry.content, None)

    assert texts(entry) == ["A claim."]
    assert [plain_text(note) for note in document.footnotes] == ["The note."]
    assert said(entry, NoteKind.LOST) == []


def test_a_footnote_without_text_is_lost() -> None:
    """The export has the reference alone."""
    (entry,) = export(item(1, f"{REFERENCE}<!-- wp:footnotes /-->")).entries
    assert said(entry, NoteKind.LOST) == [f"a footnote whose text is not in the export: {KEY}"]


def test_reusable_blocks_come_to_their_place() -> None:
    """A block that posts share is in each of them, blocks within it too, and no longer left out."""
    inner = item(6, LOREM, "wp_block")
    outer = item(5, '<!-- wp:block {"ref":6} /--><p>More.</p>', "wp_block")
    source = export(item(1, '<!-- wp:block {"ref":5} /-->'), outer, inner)

    assert texts(source.entries[0]) == ["Shared words.", "More."]
    assert source.notes == ()


@pytest.mark.parametrize(
    ("block", "kind"),
    [
        (item(5, LOREM, "wp_block", "private"), NoteKind.LEFT_OUT),
        (item(5, LOREM, "wp_block", "draft"), NoteKind.LEFT_OUT),
        (item(5, LOREM, "wp_block", "trash"), NoteKind.LEFT_OUT),
        (item(5, LOREM, "wp_block", post_password="x"), NoteKind.LEFT_OUT),  # noqa: S106 - of nothing
        (item(5, LOREM, "page", "private"), NoteKind.LOST),
        ("", NoteKind.LOST),
    ],
    ids=["private", "draft", "trash", "password", "no block", "missing"],
)
def test_a_block_that_is_not_public_is_not_shown(block: str, kind: NoteKind) -> None:
    """A reusable block has a status of its own, and a number names nothing but such a block."""
    entry = export(item(1, '<p>Mine.</p><!-- wp:block {"ref":5} /-->'), block).entries[0]

    assert "Shared words" not in entry.content
    assert len(said(entry, kind)) == 1


def _named(type_: str, name: str, body: str) -> str:
    """Return a block whose parts a post may have in other words."""
    metadata = {"bindings": {"__default": {"source": "core/pattern-overrides"}}, "name": name}
    return f"<!-- wp:{type_} {json.dumps({'metadata': metadata})} -->{body}<!-- /wp:{type_} -->"


PATTERN = (
    '<!-- wp:group {"metadata":{"name":"Lead"}} --><div class="wp-block-group">'
    + _named("heading", "Lead", '<h3 class="wp-block-heading">Any <em>tide</em></h3>')
    + _named("paragraph", "Body", "<p>Any words.</p>")
    + "</div><!-- /wp:group -->"
    + _named(
        "image",
        "Chart",
        '<figure class="wp-block-image"><a href="/any"><img src="/any.png" alt="Any"/></a></figure>',
    )
    + _named("button", "More", '<div class="wp-block-button"><a class="x" href="/any">Any link</a></div>')
)


def _shows(content: dict[str, object]) -> Entry:
    attributes = json.dumps({"ref": 5, "content": content})
    return export(item(1, f"<!-- wp:block {attributes} /-->"), item(5, PATTERN, "wp_block")).entries[0]


def test_a_post_has_its_own_words_in_a_block_that_it_shares() -> None:
    """What a post says in the place of parts of a reusable block stands there; the other parts stay."""
    entry = _shows(
        {
            "Lead": {"content": "Spring <strong>tide</strong>"},
            "Chart": {"id": 9, "url": "https://old.example/a.png?x=1&y=2", "alt": 'The "high" mark'},
            "More": {"text": "Tables", "url": "https://old.example/tables/", "rel": "nofollow"},
        }
    )

    assert texts(entry)[:2] == ["Spring tide", "Any words."]
    assert '<a href="/any"><img' in entry.content
    assert 'src="https://old.example/a.png?x=1&amp;y=2"' in entry.content
    assert 'alt="The &quot;high&quot; mark"' in entry.content
    assert 'href="https://old.example/tables/"' in entry.content
    assert ">Tables</a>" in entry.content
    assert "/any.png" not in entry.content
    assert said(entry, NoteKind.LOST) == []


@pytest.mark.parametrize(
    ("content", "lost"),
    [
        ({"Gone": {"content": "Neap"}}, ["Neap"]),
        ({"Body": {"content": "Neap", "placeholder": "Ebb"}}, ["Ebb"]),
        ({"Chart": {"caption": "Neap"}}, ["Neap"]),  # the block has no caption
        ({"Body": "Neap"}, []),
    ],
)
def test_words_that_have_no_place_in_a_shared_block_are_lost(
    content: dict[str, object], lost: list[str]
) -> None:
    """A part that the block has no longer, or has never had, is named with what it said."""
    notes = [note for note in _shows(content).notes if note.kind is NoteKind.LOST]
    assert [note.before for note in notes] == lost


@pytest.mark.parametrize(
    "name",
    [
        "latest-posts",
        "latest-comments",
        "archives",
        "calendar",
        "tag-cloud",
        "search",
        "loginout",
        "core/search",
    ],
)
def test_blocks_that_operate_a_site_are_left_out(name: str) -> None:
    """Lists of what is elsewhere on the blog, and its forms, are no words of a post: each is named once."""
    block = f'<!-- wp:{name} {{"label":"Any"}} /-->'
    entry = export(item(1, f"<p>Ebb.</p>{block}<p>Flow.</p>{block}")).entries[0]

    assert texts(entry) == ["Ebb.", "Flow."]
    assert said(entry, NoteKind.LOST) == []
    assert said(entry, NoteKind.LEFT_OUT) == [
        f"the block {name.removeprefix('core/')}, which operates the site: "
    ]


def test_a_feed_in_a_post_is_left_out_by_its_address() -> None:
    """What another site says is no part of the post, but where it says it is in the report."""
    entry = export(item(1, '<!-- wp:rss {"feedURL":"https://else.example/feed"} /-->')).entries[0]
    assert said(entry, NoteKind.LEFT_OUT) == [
        "the block rss, which operates the site: https://else.example/feed"
    ]


def test_a_block_within_itself_ends() -> None:
    """WordPress shows it once."""
    block = item(5, '<p>Once.</p><!-- wp:block {"ref":6} /-->', "wp_block")
    other = item(6, '<!-- wp:block {"ref":5} /-->', "wp_block")
    (entry,) = export(item(1, '<!-- wp:block {"ref":5} /-->'), block, other).entries
    assert texts(entry) == ["Once."]


def test_all_authors_come_along() -> None:
    """Co-authors are terms of a taxonomy; guests without account have their names in items of their own."""
    terms = "".join(
        f'<category domain="author" nicename="cap-{name}">{name}</category>' for name in ("bob", "eve", "ann")
    )
    guest = item(
        9, "", "guest-author", rest=meta("cap-user_login", "eve") + meta("cap-display_name", "Eve Guest")
    )
    entry = export(item(1, rest=terms), guest).entries[0]

    assert entry.authors == ("Bob & Co", "Eve Guest", "Ann Example")
    assert said(entry, NoteKind.LEFT_OUT) == []


def attachment(id_: int, url: str, status: str = "inherit") -> str:
    """Return an attachment with an alternative text and a caption."""
    caption = "<excerpt:encoded>A <![CDATA[<em>caption</em>]]></excerpt:encoded>"
    rest = caption + meta("_wp_attachment_image_alt", "a hill")
    return item(id_, "", "attachment", status, attachment_url=url, post_parent="1", rest=rest)


def test_pictures_have_captions_and_alternative_texts() -> None:
    """They are among the attachments; the featured image is named in the front matter."""
    picture = attachment(4, "https://old.example/hill.jpg")
    (entry,) = export(item(1, "[gallery]", rest=meta("_thumbnail_id", "4")), picture).entries
    document, _ = parse(entry.content, None)

    assert entry.image == "https://old.example/hill.jpg"
    assert "alt='a hill'" in repr(list(walk(document)))
    assert "caption" in plain_text(document)


def test_a_featured_image_that_is_not_there_is_noted() -> None:
    """An export of posts alone has no attachments, and one in the trash is none."""
    gone = attachment(4, "https://old.example/hill.jpg", "trash")
    (entry,) = export(item(1, rest=meta("_thumbnail_id", "4")), gone).entries

    assert entry.image is None
    assert said(entry, NoteKind.NOTICED)[0].startswith("its featured image is not in the export")


def test_what_has_no_place_here_is_named() -> None:
    """Custom fields and a place at the top are in the report; what WordPress keeps for itself is not."""
    fields = (
        meta("mood", "calm")
        + meta("_edit_last", "1")
        + meta("enclosure", "https://old.example/a.mp3\n123\naudio/mpeg")
    )
    (entry,) = export(item(1, is_sticky="1", rest=fields)).entries

    assert said(entry, NoteKind.LEFT_OUT) == [
        "a file that goes with the entry is not in its text: https://old.example/a.mp3",
        "its custom field mood: calm",
    ]
    assert any("at the top" in note for note in said(entry, NoteKind.NOTICED))


def block(name: str, key: str, value: str, content: str) -> str:
    """Return a block with one attribute."""
    return f'<!-- wp:{name} {{"{key}":"{value}"}} -->{content}<!-- /wp:{name} -->'


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (block("code", "language", "python", '<pre class="a">x</pre>'), '<pre class="language-python a">'),
        (block("b/code", "lang", "c", "<pre><code>x</code></pre>"), '<pre class="language-c"><code>'),
        (block("b/code", "lang", "c", '<pre class="language-r">x</pre>'), '<pre class="language-r">'),
        ('<!-- wp:b/snippet {"code":"a<b","language":"c"} /-->', '<code class="language-c">a&lt;b</code>'),
        ('<!-- wp:embed {"url":"https://e.org/v"} /-->', '<a href="https://e.org/v">'),
        ('<!-- wp:gallery {"ids":[4]} /-->', '<img src="https://old.example/hill.jpg"'),
        ('<!-- wp:image {"id":4} /-->', '<img src="https://old.example/hill.jpg"'),
        ('<!-- wp:a/note {"content":"Words of it."} /-->', "<p>Words of it.</p>"),
    ],
)  # fmt: skip
def test_what_a_block_says_in_its_comment_is_read(raw: str, expected: str) -> None:
    """The language of code, and what a block without content shows: code, addresses, pictures."""
    (entry,) = export(item(1, raw), attachment(4, "https://old.example/hill.jpg")).entries

    assert expected in entry.content
    assert said(entry, NoteKind.LOST) == []
