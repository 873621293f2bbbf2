"""Comments of Disqus and in data files of a site, and how they come to their posts."""

from __future__ import annotations

import gzip
from datetime import UTC
from pathlib import Path

import pytest

from importer.folders.trees import files
from postdocs import cli
from postdocs.core.comments import read as read_comments
from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Entry, NoteKind, SourceComment
from postdocs.importer.folders.static_comments import with_comments
from postdocs.importer.sources.comments import from_markdown
from postdocs.importer.sources.model import Source
from postdocs.importer.sources.registry import read

FEEDS = Path(__file__).parents[1] / "feeds"


def left(source: Source) -> list[str]:
    """Return what a source says that it leaves out."""
    return [note.what for note in source.notes if note.kind is NoteKind.LEFT_OUT]


def told(one: SourceComment) -> tuple[str, str, str, str | None]:
    """Return what tests look at of a comment."""
    return one.id, one.author, one.content.strip(), one.parent


def disqus(*elements: str) -> bytes:
    """Return an export of Disqus."""
    spaces = 'xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals"'
    return f"<disqus {spaces}>{''.join(elements)}</disqus>".encode()


def disqus_post(id_: int, text: str, *more: str, thread: int = 1, author: str = "Ada") -> str:
    """Return a comment in an export of Disqus."""
    return (
        f'<post dsq:id="{id_}"><message><![CDATA[{text}]]></message>'
        f"<createdAt>2019-05-02T07:30:00Z</createdAt>"
        f'<author><name>{author}</name><username>ada1</username></author><thread dsq:id="{thread}"/>'
        f"{''.join(more)}</post>"
    )


@pytest.mark.parametrize("mark", ["> ", "- ", "1. "])
def test_depth_takes_no_words(mark: str) -> None:
    """Markdown that is nested deeper than its parser goes keeps its words, as the author typed them."""
    assert from_markdown(f"{mark * 5}deep").count("<") > from_markdown(f"{mark * 400}deep").count("<")
    assert "deep" in from_markdown(f"{mark * 400}deep")


def test_disqus() -> None:
    """An export of Disqus has threads with addresses; deleted comments and spam stay out by name."""
    source = read((FEEDS / "disqus-export.xml").read_bytes(), "comments.xml")
    tea, gone = source.threads
    assert tea.address == "http://www.kettle.example/2005/05/tea.html?utm_source=feed"
    assert list(map(told, tea.comments)) == [
        ("9001", "Ada", "<p>Is <b>green</b> tea hotter?<br>Yes</p>", None),
        ("9002", "Bo", "<p>No.</p>", "9001"),
    ]
    assert [one.date.isoformat() for one in tea.comments if one.date] == [
        "2019-05-02T07:30:00+00:00",
        "2019-05-02T09:05:00+00:00",
    ]
    assert (gone.address, source.entries) == ("https://kettle.example/gone/", ())
    assert left(source) == ["1 of type comment, spam", "1 of type comment, deleted"]
    assert "secret" not in repr(source)
    assert "203.0" not in repr(source)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<disqus><post>", "it is not XML"),
        ('<!DOCTYPE d [<!ENTITY a "b">]><disqus><post>&a;</post></disqus>', "declares entities"),
        ("<disqus/>", "it has no posts"),
    ],
)
def test_disqus_that_cannot_be_read(text: str, words: str) -> None:
    """A broken, hostile, or empty export is refused in one line."""
    with pytest.raises(PostdocsError, match=words):
        read(text.encode(), "comments.xml")


def site(*titles: str) -> Source:
    """Return a source with posts."""
    entries = (
        Entry(source="s", position=at, title=title, url=f"https://kettle.example/2019/{title.lower()}.html")
        for at, title in enumerate(titles, 1)
    )
    return Source("s", "Jekyll site", "", None, tuple(entries), ())


@pytest.mark.parametrize("folder", ["_data/comments", "data/comments", "src/_data/comments"])
def test_data_files(folder: str) -> None:
    """A folder for a post has a file for each comment, as Staticman writes them; dates order them."""
    tree = files(
        {
            f"{folder}/tea/comment-2.yml": "_id: b2\n_parent: a1\nname: Bo\nmessage: 'No, **cold**'\n"
            "email: 0cc175b9c0f1b6a831c399e269772661\ndate: 1556787900\n",
            f"{folder}/tea/comment-1.yml": "_id: a1\nname: Ada\nurl: https://ada.example/\nmessage: Hot?\n"
            "date: '2019-05-02T07:30:00.000Z'\nreplying_to: ''\n",
            f"{folder}/milk.json": '[{"id": 7, "author": "Cleo", "text": "Cold"}, '
            '{"text": "x", "hidden": true}]',
            f"{folder}/gone/comment-1.yml": "name: Dan\nmessage: Where?\n",
            f"{folder}/tea/broken.yml": "name: [",
            "_data/people/tea.yml": "name: Nobody\n",
        }
    )
    source = with_comments(site("Tea", "Milk"), tree)
    tea, milk = (list(map(told, entry.comments)) for entry in source.entries)
    assert tea == [
        ("a1", "Ada", "<p>Hot?</p>", None),
        ("b2", "Bo", "<p>No, <strong>cold</strong></p>", "a1"),
    ]
    assert milk == [("7", "Cleo", "<p>Cold</p>", None)]
    lost = [(note.what, note.before) for note in source.notes if note.kind is NoteKind.LOST]
    assert [what for what, _ in lost] == [
        "a file of comments that can't be read",
        "1 comment on a post that isn't there, or whose name several have",
    ]
    assert f"{folder}/tea/broken.yml:" in lost[0][1]


def test_threads_join_posts_of_other_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Comments of Disqus come to the posts of a feed, or, later, of the site; the rest is lost by name."""
    monkeypatch.chdir(tmp_path)
    Path("conf.py").write_text(
        'project = "K"\nextensions = ["postdocs"]\nblog_post_pattern = "posts/**/*.md"\n'
    )
    Path("feed.xml").write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:x:1</id><title>Tea</title>'
        '<link href="https://kettle.example/2005/05/tea.html"/><published>2019-05-01T00:00:00Z</published>'
        '<content type="html">Leaves.</content></entry></feed>'
    )
    threads, comments = str(FEEDS / "disqus-export.xml"), Path("posts/2019/tea.comments.yml")
    assert cli.run(["import", "feed.xml", threads]) == 1
    out = capsys.readouterr().out
    assert f"{threads}: Disqus export, 3 comments on 2 pages" in out
    assert "lost: 1 comment on a page that is no post" in out
    together = comments.read_text()
    assert cli.run(["import", threads, "--no-comments"]) == 0
    assert "all posts: left out: 3 comments, because of --no-comments" in capsys.readouterr().out
    comments.unlink()
    assert cli.run(["import", threads]) == 1
    assert comments.read_text() == together
    assert [one.id for one in read_comments(together, "", UTC)] == ["9001", "9002"]


def test_comments_come_with_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The posts of a folder get the comments of a file, with --url too; an edited one stays."""
    monkeypatch.chdir(tmp_path)
    Path("conf.py").write_text(
        'project = "K"\nextensions = ["postdocs"]\nblog_post_pattern = "posts/**/*.md"\n'
    )
    Path("blog/_posts").mkdir(parents=True)
    Path("blog/_config.yml").write_text("permalink: /:year/:title.html\n")
    Path("blog/_posts/2019-05-01-tea.md").write_text("---\ntitle: Tea\ndisqus_id: t7\n---\n\nLeaves.\n")
    thread = '<thread dsq:id="1"><id>t7</id><link>http://localhost:4000/draft/</link></thread>'
    Path("disqus.xml").write_bytes(disqus(thread, disqus_post(1, "Hot?"), disqus_post(2, "Yes.")))
    command = ["import", "blog", "disqus.xml", "--url", "https://kettle.example/"]
    assert cli.run([*command, "--dry-run"]) == 0
    assert "+    Hot?" in capsys.readouterr().out
    assert not Path("posts").exists()
    assert cli.run(command) == 0
    comments = Path("posts/2019/tea.comments.yml")
    edited = comments.read_text().replace("Hot?", "Hot? (sic)")
    comments.write_text(edited)
    Path("disqus.xml").write_bytes(disqus(thread, disqus_post(1, "Hotter?"), disqus_post(2, "Yes.")))
    assert cli.run([*command, "--update"]) == 0
    assert "conflict: 2019/tea.comments.yml.new" in capsys.readouterr().out
    assert comments.read_text() == edited
    assert "Hotter?" in Path(f"{comments}.new").read_text()


def test_odd_forms_of_disqus() -> None:
    """Identifiers, closed and deleted threads, empty names, and redirects of links are read as meant."""
    link = (
        '<a href="https://disq.us/url?url=https%3A%2F%2Fcup.example%2Fa%3Fb%3D1%3AzzGTwU4dcq96lIEIpJc8I'
        '&amp;cuid=7" rel="nofollow">cup.example</a>'
    )
    source = read(
        disqus(
            disqus_post(2, link, '<parent dsq:id="3"/>', author=""),
            disqus_post(3, "Hot", "<isApproved>false</isApproved>", '<parent dsq:id="1"/>'),
            disqus_post(1, "<p>First</p>"),
            disqus_post(4, "Hm", thread=2),
            '<thread dsq:id="1"><id>12 https://k.example/?p=12</id><link>https://k.example/tea/</link>'
            "<isClosed>true</isClosed></thread>",
            '<thread dsq:id="2"><link>https://k.example/x/</link><isDeleted>true</isDeleted></thread>',
            '<thread dsq:id="3"><link>https://k.example/empty/</link></thread>',
        ),
        "comments.xml",
    )
    (thread,) = source.threads
    assert (thread.address, thread.names) == ("https://k.example/tea/", ("12 https://k.example/?p=12", "1"))
    assert [(one.id, one.author, one.parent) for one in thread.comments] == [
        ("2", "ada1", "1"),
        ("1", "Ada", None),
    ]
    assert thread.comments[0].content == (
        '<a href="https://cup.example/a?b=1" rel="nofollow">cup.example</a>'
    )
    assert left(source) == ["1 of type comment, not approved", "1 of type comment, on a deleted page"]


def test_a_compressed_export() -> None:
    """The file of Disqus is read as it came, compressed; a damaged one is refused in one line."""
    data = gzip.compress(disqus(disqus_post(1, "Hot?")), mtime=0)
    assert [len(thread.comments) for thread in read(data, "comments.xml.gz").threads] == [1]
    with pytest.raises(PostdocsError, match="it is a gzip file that can't be read"):
        read(data[:40], "comments.xml.gz")


def test_an_export_with_spam_alone() -> None:
    """An export without a public comment says what it has instead."""
    with pytest.raises(PostdocsError, match="no posts with public comments, only 1 of type comment, spam"):
        read(disqus(disqus_post(1, "Buy", "<isSpam>true</isSpam>")), "comments.xml")
