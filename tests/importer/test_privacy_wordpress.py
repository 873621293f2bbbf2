"""What is not public in an export of WordPress is never public here, however it is spelled or broken."""

from __future__ import annotations

import pytest

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import NoteKind
from postdocs.importer.sources.encoding import LARGEST
from postdocs.importer.sources.model import Source
from postdocs.importer.sources.registry import read

CONTENT = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
WP = f'{CONTENT} xmlns:wp="http://wordpress.org/export/1.2/"'
VERSION = "<wp:wxr_version>1.2</wp:wxr_version>"
AUTHOR = "<wp:author><wp:author_login>ann</wp:author_login>"
AUTHOR += "<wp:author_display_name>Ann Example</wp:author_display_name></wp:author>"
BROKEN_ITEM = "<item><title>Mismatched <b>x</title></item>"
WARNING = "<br />\n<b>Warning</b>: x in <b>y.php</b><br />\n"


def item(
    title: str,
    status: str = "private",
    kind: str = "post",
    *,
    password: str = "",
    prefix: str = "wp:",
    body: str = "Body.",
) -> str:
    """Return an item of an export."""
    fields = {
        "post_date": "2020-01-01 10:00:00",
        "post_date_gmt": "2020-01-01 09:00:00",
        "status": status,
        "post_type": kind,
        "post_password": password,
    }
    return (
        f"<item><title>{title}</title><creator>ann</creator><content:encoded><![CDATA[{body}]]></content:encoded>"
        + "".join(f"<{prefix}{name}>{value}</{prefix}{name}>" for name, value in fields.items())
        + "</item>"
    )


def export(*items: str, spaces: str = WP, version: str = VERSION + AUTHOR) -> str:
    """Return an export with these items."""
    return f'<rss version="2.0" {spaces}><channel><title>B</title>{version}{"".join(items)}</channel></rss>'


def source(text: str) -> Source:
    """Read a source."""
    return read(text.encode(), "source")


def drafts(text: str) -> dict[str, bool]:
    """Return of each entry by title whether it is a draft."""
    return {one.title: one.draft for one in source(text).entries}


PUBLIC, PRIVATE = item("Public", "publish"), item("Private")
EXPECTED = {"Public": False, "Private": True}


@pytest.mark.parametrize(
    "status", ["private", "draft", "pending", "future", "inherit", "publish-archive", " Private ", ""]
)
def test_any_status_but_publish_is_a_draft(status: str) -> None:
    """A status that isn't `publish` makes a draft, and the report says so."""
    (one,) = source(export(item("A", status))).entries
    assert one.draft
    assert any("it is a draft here" in note.what for note in one.notes)


@pytest.mark.parametrize("status", ["trash", "auto-draft"])
def test_what_was_thrown_away_is_left_out(status: str) -> None:
    """The trash, and drafts that WordPress begins by itself, stay behind, named in the report."""
    result = source(export(PUBLIC, item("Gone", status)))
    assert [one.title for one in result.entries] == ["Public"]
    assert [note.before for note in result.notes if note.kind is NoteKind.LEFT_OUT] == ["Gone"]


@pytest.mark.parametrize(
    "kind",
    [
        "revision", "nav_menu_item", "custom_css", "attachment", "wp_block", "wp_template",
        "wp_template_part", "wp_global_styles", "wp_navigation", "customize_changeset", "feedback",
        " Revision ",
    ],
)  # fmt: skip
def test_only_posts_and_pages_are_posts(kind: str) -> None:
    """Items of all other types are left out by name, though they are published."""
    result = source(export(PUBLIC, item("Other", "publish", kind)))
    assert [one.title for one in result.entries] == ["Public"]
    assert [note.before for note in result.notes if note.kind is NoteKind.LEFT_OUT] == ["Other"]


def test_a_password_makes_a_draft() -> None:
    """A published post that asks for a password isn't public."""
    assert drafts(export(item("A", "publish", password="0"))) == {"A": True}  # noqa: S106 - of nothing


@pytest.mark.parametrize(
    "text",
    [
        export(PUBLIC, PRIVATE, spaces=WP.replace("http://wordpress", "https://wordpress")),
        export(PUBLIC, PRIVATE, spaces=WP.replace("export/1.2/", "export/9.9/")),
        export(PUBLIC, PRIVATE, spaces=WP.replace("http://wordpress.org/export/1.2/", "urn:else")),
        export(PUBLIC, PRIVATE, spaces=WP.replace("xmlns:wp", "xmlns:w"), version="").replace("wp:", "w:"),
        export(PUBLIC, PRIVATE, spaces=""),
        export(PUBLIC, PRIVATE, spaces=CONTENT, version="").replace("wp:", ""),
        export(PUBLIC, PRIVATE, spaces=f'{WP} xmlns="http://wordpress.org/export/1.2/"').replace("wp:", ""),
        export(PUBLIC, PRIVATE).replace("post_type", "Post_Type").replace("wp:status", "wp:Status"),
        "<?xml version='1.0'?><!--" + "x" * 20_000 + "-->" + export(PUBLIC, PRIVATE),
    ],
    ids=["https", "version", "uri", "prefix", "undeclared", "none", "default", "case", "long comment"],
)
def test_namespaces_may_be_spelled_in_any_way(text: str) -> None:
    """Statuses are known by the names of their elements, in any namespace, under any prefix, and in none."""
    assert drafts(text) == EXPECTED


@pytest.mark.parametrize(
    "text",
    [
        export(PUBLIC, PRIVATE) + "</body>",
        f"{WARNING}<?xml version='1.0'?>{export(PUBLIC, PRIVATE)}",
        f"<html><p>It has no style.</p><?xml version='1.0'?>{export(PUBLIC, PRIVATE)}</html>",
        export(PRIVATE.replace("</item>", ""), PUBLIC),
        export(PRIVATE[: PRIVATE.index("<wp:status")], PUBLIC),
        export(item("Public", "publish", body="a ]]> b<br>c"), PRIVATE),
        export(item("Private", body="a ]]> b<br>c"), PUBLIC),
        export(PRIVATE.replace("<title>", "<title><i>"), PUBLIC),
        export(PUBLIC, PRIVATE) + "\n<rss>",
    ],
    ids=[
        "end", "warning", "browser", "open item", "no status", "section end",
        "section end in private", "open title", "second root",
    ],
)  # fmt: skip
def test_broken_xml_tells_no_secret(text: str) -> None:
    """However an export is broken, no entry gets the status of another."""
    assert drafts(text) == EXPECTED


def test_one_broken_item_costs_its_neighbours_nothing() -> None:
    """Names, offsets and types of the others are read as ever; the broken one is a draft."""
    result = source(export(PUBLIC, BROKEN_ITEM, PRIVATE, item("Menu", "publish", "nav_menu_item")))
    first, broken, private = result.entries

    assert (first.authors, first.draft) == (("Ann Example",), False)
    assert first.published is not None
    assert first.published.isoformat() == "2020-01-01T10:00:00+01:00"
    assert (broken.title, broken.draft) == ("Mismatched x", True)
    assert private.draft
    assert any(note.what.startswith("it is not XML from line 1 on") for note in result.notes)


def test_an_item_that_can_only_be_guessed_is_a_draft() -> None:
    """What the marks in its text say counts, the strictest of them, and a published one is no longer."""
    odd = PUBLIC.replace("<wp:status>", "</x></y><wp:status>")
    assert drafts(export(odd, PRIVATE)) == {"Public": True, "Private": True}
    assert drafts(export(odd.replace(">post<", ">revision<"), PRIVATE)) == {"Private": True}


def test_a_text_that_holds_its_neighbour_is_a_draft() -> None:
    """A section that ends in a later item is XML, but that item's status is not the first one's."""
    text = export(PRIVATE.replace("]]></content:encoded>", "</content:encoded>"), PUBLIC)
    assert drafts(text) == {"Private": True}
    assert drafts(text.replace("</channel>", f"{BROKEN_ITEM}</channel>"))["Private"]


def test_a_status_that_contradicts_itself_is_the_strictest() -> None:
    """Of two statuses the one that isn't public counts."""
    assert drafts(export(PRIVATE.replace("<wp:status>", "<wp:status>publish</wp:status><wp:status>"))) == {
        "Private": True
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [("</item>", ""), ("]]></content:encoded>", "</content:encoded>")],
    ids=["item", "section"],
)
def test_a_last_item_that_does_not_end_is_lost(old: str, new: str) -> None:
    """Where nothing tells what the last item is, it is lost by name, and never public."""
    result = source(export(PUBLIC, PRIVATE.replace(old, new)))
    assert [one.title for one in result.entries] == ["Public"]
    assert [note.before for note in result.notes if note.kind is NoteKind.LOST] == ["Private"]


def test_an_export_that_is_cut_off_loses_the_item_that_is_not_whole() -> None:
    """An item whose status may be beyond the end is lost, and never public."""
    text = export(PUBLIC, item("Private", body="a </item> b"))
    result = source(text[: text.index("</item> b") + 9])
    assert [one.title for one in result.entries] == ["Public"]
    assert [note.before for note in result.notes if note.kind is NoteKind.LOST] == ["Private"]


@pytest.mark.parametrize(
    "text",
    [
        f"<html><body>{export(PUBLIC, PRIVATE)}</body></html>",
        export(PRIVATE)[: export(PRIVATE).index("<wp:status>private")],
        '<entry xmlns="http://www.w3.org/2005/Atom"><title>a<b></title><draft>yes</draft></entry>',
    ],
    ids=["page", "cut", "entry"],
)
def test_what_cannot_be_read_safely_is_refused(text: str) -> None:
    """The refusal says what to give instead."""
    with pytest.raises(PostdocsError, match="export"):
        source(text)


def test_nodes_of_any_length_are_read() -> None:
    """A picture of 11 MB in a post doesn't lead to a reader that knows no statuses."""
    long = f'<img src="data:image/png;base64,{"A" * 11_000_000}">'
    assert drafts(export(PUBLIC, item("Private", body=long))) == EXPECTED
    assert drafts(export(PUBLIC, item("Private", body=long), BROKEN_ITEM))["Private"]


def test_huge_documents_are_no_deeper_than_others() -> None:
    """The limit on nesting is the same where nodes may be long."""
    deep = f"<x>{'a' * 10_000_000}</x>{'<a>' * 300}{'</a>' * 300}"
    with pytest.raises(PostdocsError, match="nested"):
        source(export(PUBLIC, deep))


def test_a_source_has_a_limit() -> None:
    """More than the limit isn't even decoded."""
    with pytest.raises(PostdocsError, match="more than 500 MiB"):
        read(bytes(LARGEST + 1), "source")
