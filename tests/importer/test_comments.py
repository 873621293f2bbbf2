"""The comments of readers: what an import takes, what it leaves out, and what it writes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from helpers import assert_linear

from postdocs import cli
from postdocs.core.comment_text import to_html
from postdocs.core.comments import Comment, dump, read
from postdocs.core.errors import PostdocsError
from postdocs.importer.comment_files import plan_comments
from postdocs.importer.comments import convert_comments
from postdocs.importer.entry import Entry, NoteKind, SourceComment, Thread
from postdocs.importer.plan import ActionKind, Existing
from postdocs.importer.sources import registry
from postdocs.importer.sources.comments import comment, each_once
from postdocs.importer.sources.model import Source
from postdocs.importer.threads import attach

SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"'
)
CONF = 'project = "Kettle"\nextensions = ["myst_parser", "postdocs"]\nblog_post_pattern = "posts/**/*.md"\n'


def wordpress(*comments: str) -> bytes:
    """Return an export of WordPress with one post."""
    return f"""<rss version="2.0" {SPACES}><channel><title>Kettle</title><link>https://kettle.example</link>
    <wp:wxr_version>1.2</wp:wxr_version><item><title>Tea</title><link>https://kettle.example/tea/</link>
    <guid>https://kettle.example/?p=12</guid><content:encoded>Leaves.</content:encoded>
    <wp:post_id>12</wp:post_id><wp:post_date>2019-05-01 10:00:00</wp:post_date>
    <wp:post_date_gmt>2019-05-01 08:00:00</wp:post_date_gmt><wp:status>publish</wp:status>
    <wp:post_type>post</wp:post_type>{"".join(comments)}</item></channel></rss>""".encode()


def wordpress_comment(**fields: str) -> str:
    """Return a comment in an export of WordPress."""
    values = {"id": "41", "author": "Ada", "content": "Hot?", "approved": "1", "parent": "0", **fields}
    texts = (f"<wp:comment_{name}><![CDATA[{text}]]></wp:comment_{name}>" for name, text in values.items())
    return f"<wp:comment>{''.join(texts)}</wp:comment>"


def comments_of(source: Source) -> list[SourceComment]:
    """Return the comments of the posts of a source."""
    return [one for entry in source.entries for one in entry.comments]


def test_wordpress() -> None:
    """A comment has its public parts; e-mail and IP address are in none of them."""
    data = wordpress(
        wordpress_comment(
            author="Ada &amp; Co",
            author_email="ada@secret.example",
            author_IP="203.0.113.9",
            author_url="https://ada.example/",
            date="2019-05-02 09:30:00",
            date_gmt="2019-05-02 07:30:00",
            content="Hot?\n\nYes.\nNo.",
            type="comment",
        ),
        wordpress_comment(id="57", parent="41"),
    )
    first, second = comments_of(registry.read(data, "wp.xml"))
    assert (first.id, first.author, first.website) == ("41", "Ada & Co", "https://ada.example/")
    assert first.date is not None
    assert first.date.isoformat() == "2019-05-02T09:30:00+02:00"
    assert first.content == "<p>Hot?</p>\n<p>Yes.<br />\nNo.</p>"
    assert (second.parent, second.website, second.date) == ("41", None, None)
    assert "secret" not in repr(first)
    assert "203.0" not in repr(first)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"approved": "spam"}, "1 of type comment, spam"),
        ({"approved": "0"}, "1 of type comment, not approved"),
        ({"approved": "trash"}, "1 of type comment, trash"),
        ({"approved": ""}, "1 of type comment, not approved"),
        ({"type": "pingback"}, "1 of type pingback"),
        ({"type": "trackback"}, "1 of type trackback"),
        ({"type": "order_note"}, "1 of type order_note"),
    ],
)
def test_wordpress_leaves_out_what_was_not_shown(fields: dict[str, str], why: str) -> None:
    """Spam, what waits for approval, and pings stay out, and the report says how many."""
    source = registry.read(wordpress(wordpress_comment(**fields)), "wp.xml")
    assert comments_of(source) == []
    assert why in [note.what for note in source.notes if note.kind is NoteKind.LEFT_OUT]


def test_comments_on_what_stays_out_are_counted() -> None:
    """Comments on an attachment, which is no post, are named."""
    attachment = "<item><title>Cup</title><wp:post_type>attachment</wp:post_type>{}</item>"
    data = wordpress().replace(b"</channel>", attachment.format(wordpress_comment()).encode() + b"</channel>")
    what = [note.what for note in registry.read(data, "wp.xml").notes]
    assert "1 of type comment, on what is left out" in what


@pytest.mark.parametrize("year", [1, 1969, 9999])
def test_a_date_that_is_none_is_left_out(year: int) -> None:
    """A date that no comment can have doesn't reach the file, which a build would refuse."""
    one = SourceComment("1", "Ann", "x", datetime(year, 1, 1, tzinfo=UTC))
    assert [each.date for each in convert_comments([one], None, UTC).comments] == [None]


def blogger(*comments: str) -> bytes:
    """Return an export of Blogger with one post."""
    return f"""<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"
    xmlns:blogger="http://schemas.google.com/blogger/2018" xmlns:app="http://www.w3.org/2007/app">
    <title>Kettle</title><entry><id>tag:blogger.com,1999:blog-4.post-1</id><title>Tea</title>
    <published>2014-04-01T09:15:00-07:00</published><content type="html">Leaves.</content>
    <category scheme="http://schemas.google.com/g/2005#kind"
      term="http://schemas.google.com/blogger/2008/kind#post"/></entry>{"".join(comments)}</feed>""".encode()


KIND = (
    '<category scheme="http://schemas.google.com/g/2005#kind" '
    'term="http://schemas.google.com/blogger/2008/kind#comment"/>'
)
ON_POST = '<thr:in-reply-to ref="tag:blogger.com,1999:blog-4.post-1" href="https://k.example/tea.html"/>'
BY = "<author><name>Bo</name><uri>https://bo.example/</uri><email>noreply@blogger.com</email></author>"
TEXT = (
    "<published>2014-04-05T09:15:00-07:00</published>"
    '<content type="html">Nice &lt;i&gt;tea&lt;/i&gt;</content>'
)


def test_blogger() -> None:
    """Comments are entries that reply to a post, and name the comment that they reply to."""
    reply = '<link rel="related" href="https://www.blogger.com/feeds/4/1/comments/default/7"/>'
    first, second = comments_of(
        registry.read(
            blogger(
                f"<entry><id>tag:blogger.com,1999:blog-4.post-7</id>{KIND}{ON_POST}{BY}{TEXT}</entry>",
                f"<entry><id>tag:blogger.com,1999:blog-4.post-8</id>{KIND}{ON_POST}{reply}{TEXT}</entry>",
            ),
            "blog.xml",
        )
    )
    assert (first.id, first.author, first.website) == ("7", "Bo", "https://bo.example/")
    assert (first.content, second.parent, second.author) == ("Nice <i>tea</i>", "7", "Anonymous")


def test_blogger_of_takeout() -> None:
    """An export of Google Takeout has elements of its own for that; only what is live comes along."""
    said = (
        "<blogger:type>COMMENT</blogger:type><blogger:status>{}</blogger:status>"
        "<blogger:parent>tag:blogger.com,1999:blog-4.post-{}</blogger:parent>"
        "<blogger:inReplyTo>{}</blogger:inReplyTo>"
    )
    statuses = (("LIVE", 1, ""), ("LIVE", 1, "tag:blogger.com,1999:blog-4.post-10"), ("SPAM", 1, ""))
    entries = [
        f"<entry><id>tag:blogger.com,1999:blog-4.post-1{at}</id>{said.format(*values)}{TEXT}</entry>"
        for at, values in enumerate((*statuses, ("LIVE", 99, "")))
    ]
    source = registry.read(blogger(*entries), "feed.atom")
    assert [(one.id, one.parent) for one in comments_of(source)] == [("10", None), ("11", "10")]
    left = [note.what for note in source.notes if note.kind is NoteKind.LEFT_OUT]
    assert len([what for what in left if what.startswith("1 of type comment")]) == 2


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("ann@host.example", "ann"),
        ("Ann <ann@host.example>", "Ann"),
        ("203.0.113.9", "Anonymous"),
        ("Ann (2001:db8::1)", "Ann"),
        ("", "Anonymous"),
        ("<b>Ann</b>\n\x00 Bo", "Ann Bo"),
        ("Foo::Bar 1.2", "Foo::Bar 1.2"),
        ("ann\uff20host.example", "ann"),
        ("ann @ host.example", "ann"),
        ("Ann @ Home", "Ann @ Home"),
        ("203.0.113.9:8080", "Anonymous"),
        ("[203.0.113.9]:80", "Anonymous"),
        ("Ann-203.0.113.9", "Ann-"),
        ("Ann (203.0.113.9)", "Ann"),
        ("Python 3.11.7", "Python 3.11.7"),
        ("Bo 1.2.3.4.5", "Bo 1.2.3.4.5"),
    ],
)
def test_a_name_is_no_address(author: str, name: str) -> None:
    """A name that is an e-mail or IP address doesn't make it public."""
    assert comment("1", author, "x").author == name


@pytest.mark.parametrize(
    "website", ["javascript:alert(1)", "http://", "ann", "https://ann:pw@host.example/", "http://["]
)
def test_a_website_is_a_web_address(website: str) -> None:
    """What is no address of the web, or holds a password, is left out."""
    assert comment("1", "Ann", "x", website=website).website is None


def test_ids_are_unique() -> None:
    """A comment that is there twice comes once; another one with its id gets one of its own."""
    one, other = comment("1", "Ann", "x"), comment("1", "Bo", "y")
    assert [each.id for each in each_once([one, one, other, other])] == ["1", "1-2"]


def test_many_comments_of_one_id_take_linear_time() -> None:
    """A source whose ids are none has the same for all."""
    many = [comment("?", "Ada", f"<p>{number}</p>") for number in range(8_000)]
    assert_linear(lambda size: each_once(many[:size]), 8_000)
    assert comment("../§", "Ann", "x").id == "x"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Is <em>it</em> <b>hot</b>?<br>Yes</p>", "Is *it* **hot**?\\\nYes"),
        ("See http://tea.example/?a=1&amp;b=2.", "See <http://tea.example/?a=1&b=2>."),
        (
            '<a href="javascript:x()">a</a> <a href="https://b.example" onclick="x()">b</a>',
            "a [b](https://b.example)",
        ),
        ('<img src="https://t.example/1.gif" alt="Cup"> x', "[Cup](https://t.example/1.gif) x"),
        ("<script>x()</script><style>p{}</style>Words", "Words"),
        ("<h1>Big</h1><p>small</p>", "**Big**\n\nsmall"),
        ("<blockquote><p>a</p></blockquote><pre>b  c\n d</pre>", "> a\n\n```\nb  c\n d\n```"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<del>a</del> <span style='x'>b</span> <u>c</u>", "a b c"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("<iframe src='https://x.example'></iframe>", ""),
    ],
)
def test_a_comment_becomes_simple_markdown(html: str, text: str) -> None:
    """Emphasis, links, lists, quotations, and code stay; what else there was becomes words."""
    converted = convert_comments([SourceComment("1", "Ann", html)], None, UTC)
    assert [one.text for one in converted.comments] == ([text] if text else [])
    assert not [note for note in converted.notes if note.kind is NoteKind.LOST]


@pytest.mark.parametrize(
    "words",
    [
        "# a", "1. a", "- a", "&gt; a", "a\n===", "*a* _b_ `c`", "&lt;b&gt; &amp;amp;", "[a](b)", "[a]: b",
        "```{include} x", "{download}`conf.py`", "| a | b |", "    a", "\\(x\\) $y$", "~~~",
        "% a", "(a)=", "+++", "---", ":::{note}",
        "&lt;script&gt;x()&lt;/script&gt;", "http://", "![a](b)", "a\\",
    ],
)  # fmt: skip
def test_words_are_no_markup(words: str) -> None:
    """What a reader typed is shown as typed, whatever Markdown would make of it."""
    (one,) = convert_comments([SourceComment("1", "Ann", f"<p>{words}</p>")], None, UTC).comments
    assert " ".join(to_html(one.text).split()) == f"<p>{' '.join(words.split())}</p>"


def test_deep_markup_ends() -> None:
    """A comment of thousands of tags in each other is converted, or named; nothing breaks."""
    converted = convert_comments([SourceComment("1", "Ann", "<b><i>" * 3000 + "x")], None, UTC)
    assert [to_html(one.text).count("x") for one in converted.comments] == [1]


def test_threads_find_their_posts() -> None:
    """An address leads to the entry that has it, else to the post of the site; the rest is lost by name."""
    entries = [
        Entry(source="a", position=1, url="https://www.kettle.example/tea/"),
        Entry(source="a", position=2, url="https://kettle.example/milk.html"),
    ]
    site = {"2018/cup.md": Existing("", frozenset({"kettle.example/cup"}), None, permalink="/old/cup/")}
    one = comment("1", "Ann", "x")
    threads = [
        Thread(address, (one,))
        for address in (
            "http://kettle.example/tea?utm_source=x",
            "/milk",
            "https://kettle.example/cup/",
            "/gone/",
        )
    ]
    attached = attach(entries, threads, site)
    assert [entry.comments for entry in attached.entries] == [(one,), (one,)]
    assert attached.others == {"2018/cup.md": (one,)}
    (note,) = attached.notes
    assert (note.kind, note.before) == (NoteKind.LOST, "/gone/")
    assert note.what.startswith("1 comment on a page")


def test_a_file_keeps_what_is_in_it(tmp_path: Path) -> None:
    """An update adds comments at the end of a file, even one that was edited; without it, the file stays."""
    file = tmp_path / "tea.comments.yml"
    file.write_text("# mine\n- id: 1\n  author: Ann E.\n  text: edited\n")
    new = {"tea.md": [Comment("1", "Ann", "old"), Comment("2", "Bo", "new")]}
    (kept,) = plan_comments(new, {}, tmp_path, UTC, update=False).actions
    (updated,) = plan_comments(new, {}, tmp_path, UTC, update=True).actions
    assert (kept.kind, kept.text) == (ActionKind.KEEP, None)
    assert updated.kind is ActionKind.UPDATE
    assert updated.text == file.read_text() + dump([Comment("2", "Bo", "new")])
    file.write_text("[{id: 1, author: Ann, text: x}]")
    (updated,) = plan_comments(new, {}, tmp_path, UTC, update=True).actions
    assert [one.id for one in read(updated.text or "", "", UTC)] == ["1", "2"]
    file.write_text("- id: 1\n  author: Ann")
    with pytest.raises(PostdocsError, match=r"tea\.comments\.yml:1: the comment has no text"):
        plan_comments(new, {}, tmp_path, UTC, update=True)


def test_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An import writes the comments beside their post and counts them; --no-comments leaves them out."""
    monkeypatch.chdir(tmp_path)
    Path("conf.py").write_text(CONF)
    Path("wp.xml").write_bytes(wordpress(wordpress_comment(date="2019-05-02 09:30:00")))
    assert cli.run(["import", "wp.xml", "--no-comments"]) == 0
    assert "left out: 1 comment, because of --no-comments" in capsys.readouterr().out
    assert not Path("posts/2019/tea.comments.yml").exists()
    assert cli.run(["import", "wp.xml", "--report", "report.json"]) == 0
    out = capsys.readouterr().out
    assert "create: 2019/tea.comments.yml" in out
    assert "1 comment; 0 lost" in out
    report = json.loads(Path("report.json").read_text())
    assert report["comments"] == 1
    path = "2019/tea.comments.yml"
    assert report["comment_files"] == [{"path": path, "action": "create", "target": path, "reason": ""}]
    (one,) = read(Path("posts/2019/tea.comments.yml").read_text(), "", UTC)
    assert one == Comment("41", "Ada", "Hot?", datetime(2019, 5, 2, 9, 30, tzinfo=UTC))
