"""Exports of several files, as folders and as zip archives, and the database of Ghost."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from helpers import assert_linear

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Entry, NoteKind
from postdocs.importer.images import Picture, from_export
from postdocs.importer.sources import archive
from postdocs.importer.sources.archive import of_folder, of_zip
from postdocs.importer.sources.model import Source
from postdocs.importer.sources.registry import read, read_folder

FEEDS = Path(__file__).parents[1] / "feeds"
BLOG = "https://ann.example.org"
MEDIUM = """<title>{0}</title><article class="h-entry"><h1 class="p-name">{0}</h1>
<section class="e-content"><h3>{0}</h3><p>Words of {0}.</p></section><footer>{1}
<p>Exported from <a href="https://medium.com">Medium</a></p></footer></article>"""
PUBLISHED = """<time class="dt-published" datetime="2021-03-04T10:00:00.000Z">then</time>
<a class="p-canonical" href="https://medium.com/@ann/kites-0a1b">x</a>"""
TABLE = """post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle,podcast_url
1.heat,2021-03-04T09:00:00.000Z,true,,newsletter,everyone,"Wärme, and more",How it spreads,
2.paid,2021-03-05T09:00:00.000Z,true,,newsletter,only_paid,Paid,,
3.free,2021-03-05T09:00:00.000Z,true,,newsletter,,Who knows,,
4,,false,,newsletter,everyone,Draft,,
5.about,2021-03-05T09:00:00.000Z,true,,page,everyone,About,,
6.gone,2021-03-06T09:00:00.000Z,true,,newsletter,everyone,Gone,,
7,,false,,newsletter,everyone,,,
"""
SUBSTACK = {
    "posts.csv": TABLE,
    "email_list.ann.csv": "email\nreader@example.org\n",
    **{
        f"posts/{name}.html": f"<p>Words of {name}.</p>"
        for name in ("1.heat", "2.paid", "3.free", "4", "5.about")
    },
}
MEDIUM_FILES = {
    "README.html": "<h1>Archive</h1>",
    "posts/2021-03-04_Kites-0a1b.html": MEDIUM.format("Kites", PUBLISHED),
    "posts/draft_Wind-0c1d.html": MEDIUM.format("Wind", PUBLISHED),
    "posts/draft_Rain-0e1f.html": MEDIUM.format("Rain", ""),
    "posts/draft_-0a2b.html": MEDIUM.format("", "").replace("Words of .", ""),
    "profile/profile.html": "<p>ann@example.org</p>",
    "ips/ips-0001.html": "<p>192.0.2.1</p>",
}
TAKEOUT = {
    "Takeout/Blogger/Blogs/Garden/feed.atom": (FEEDS / "blogger-takeout.xml").read_text(encoding="utf-8"),
    "Takeout/Blogger/Blogs/Garden/settings.csv": "a,b\n",
    "Takeout/Blogger/Profile/profile.csv": "mail\n",
}


def zipped(files: Mapping[str, str]) -> bytes:
    """Return a zip archive of files."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in files.items():
            target.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)  # without the time of day
    return data.getvalue()


def source(files: Mapping[str, str], folder: Path, *, as_zip: bool, url: str | None = None) -> Source:
    """Read an export that is a folder or an archive."""
    if as_zip:
        return read(zipped(files), "export.zip", None, url)
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return read_folder(folder, url)


def states(source: Source) -> dict[str, bool]:
    """Return of each entry by title whether it is a draft."""
    return {entry.title: entry.draft for entry in source.entries}


def said(source: Source, kind: NoteKind) -> list[str]:
    """Return what the notes of one kind say."""
    return [f"{note.what}: {note.before}".rstrip(": ") for note in source.notes if note.kind is kind]


@pytest.mark.parametrize("as_zip", [True, False])
@pytest.mark.parametrize("top", ["", "substack-2024/"])
def test_substack(tmp_path: Path, top: str, *, as_zip: bool) -> None:
    """Posts for everyone are public, all others drafts; what has no text is named, by what it is."""
    files = {f"{top}{name}": text for name, text in SUBSTACK.items()}
    export = source(files, tmp_path, as_zip=as_zip, url=f"{BLOG}/")
    heat = export.entries[0]

    assert states(export) == {
        "Wärme, and more": False, "Paid": True, "Who knows": True, "Draft": True, "About": False,
    }  # fmt: skip
    assert (heat.url, heat.id, heat.summary) == (f"{BLOG}/p/heat", f"{BLOG}/p/heat", "How it spreads")
    assert (heat.published, heat.content) == (datetime(2021, 3, 4, 9, tzinfo=UTC), "<p>Words of 1.heat.</p>")
    assert [entry.title for entry in export.entries if entry.page] == ["About"]
    assert said(export, NoteKind.LOST) == ["its text is not in the export: Gone"]
    assert said(export, NoteKind.LEFT_OUT) == ["a draft without text"]


def test_an_export_of_old_without_audiences_was_for_everyone(tmp_path: Path) -> None:
    """Without `--url` a note says that addresses are missing."""
    table = "post_id,post_date,is_published,title\n1.heat,2021-03-04,true,Heat\n"
    export = source({"posts.csv": table, "posts/1.heat.html": "<p>a</p>"}, tmp_path, as_zip=False)

    assert states(export) == {"Heat": False}
    assert export.entries[0].url is None
    assert any("--url" in note for note in said(export, NoteKind.NOTICED))


@pytest.mark.parametrize("as_zip", [True, False])
def test_medium(tmp_path: Path, *, as_zip: bool) -> None:
    """Files of drafts are drafts, whatever is in them; what is not a post is not read."""
    export = source(MEDIUM_FILES, tmp_path, as_zip=as_zip)

    assert states(export) == {"Kites": False, "Rain": True, "Wind": True}
    assert export.entries[0].url == "https://medium.com/@ann/kites-0a1b"
    assert all(entry.source == export.name for entry in export.entries)
    assert "192.0.2.1" not in repr(export)
    assert said(export, NoteKind.LEFT_OUT)[-1] == "3 files that hold no posts"


@pytest.mark.parametrize("as_zip", [True, False])
def test_blogger(tmp_path: Path, *, as_zip: bool) -> None:
    """The feed of an archive of Takeout is deep in it."""
    export = source(TAKEOUT, tmp_path, as_zip=as_zip, url="https://garden.example.com/")
    alone = read(
        (FEEDS / "blogger-takeout.xml").read_bytes(), "feed.atom", None, "https://garden.example.com/"
    )

    assert [(entry.title, entry.url, entry.draft) for entry in export.entries] == [
        (entry.title, entry.url, entry.draft) for entry in alone.entries
    ]
    assert "2 files that hold no posts" in said(export, NoteKind.LEFT_OUT)


def test_two_blogs_in_one_archive_are_refused() -> None:
    """Posts of two blogs would become those of one."""
    one = TAKEOUT["Takeout/Blogger/Blogs/Garden/feed.atom"]
    files = {"a/feed.atom": one, "b/feed.atom": one.replace("Garden Diary", "Kitchen")}
    with pytest.raises(PostdocsError, match="holds 2 blogs: “Garden Diary”, “Kitchen”"):
        read(zipped(files), "takeout.zip")


def test_parts_of_an_export_of_wordpress_are_one() -> None:
    """On wordpress.com the archive has several files."""
    part = (FEEDS / "wordpress-wxr.xml").read_text(encoding="utf-8")
    export = read(zipped({"a.xml": part, "__MACOSX/._a.xml": "x", "b.xml": part}), "wp.zip")
    assert [entry.position for entry in export.entries] == list(range(1, 15))


PICTURES = {
    "ghost/data.json": json.dumps({
        "data": {
            "posts": [
                {
                    "title": "A", "slug": "a", "status": "published", "visibility": "public",
                    "html": '<p><img src="__GHOST_URL__/content/images/2021/gear.png"></p>',
                }
            ]
        }
    }),
    "ghost/content/images/2020/gear.png": "older",
    "ghost/content/images/2021/gear.png": "newer",
    "ghost/content/images/mark.svg": '<svg xmlns="http://www.w3.org/2000/svg" onload="a()"><path/></svg>',
    "ghost/content/members.csv": "mail\nreader@example.org\n",
}  # fmt: skip


@pytest.mark.parametrize("as_zip", [True, False])
def test_pictures_of_an_export_come_out_of_it(tmp_path: Path, *, as_zip: bool) -> None:
    """They are found by the ends of their addresses, and nothing that is data of the export is one."""
    export = source(PICTURES, tmp_path, as_zip=as_zip, url=BLOG)
    assert export.files is not None
    find = from_export(export.files, None)
    assert find is not None

    assert find(f"{BLOG}/content/images/2021/gear.png").data == b"newer"
    assert b"onload" not in find(f"{BLOG}/content/images/mark.svg").data
    assert find(f"{BLOG}/content/members.csv").reason == "it is not in the export"
    assert find(f"{BLOG}/ghost/data.json").reason == "it is not in the export"
    assert said(export, NoteKind.LEFT_OUT) == ["1 file that holds no posts"]


def test_what_an_export_has_not_is_looked_for_elsewhere() -> None:
    """A folder, or the network, has the rest; an export without pictures changes nothing."""
    export = source(PICTURES, Path(), as_zip=True, url=BLOG)
    assert export.files is not None

    def elsewhere(url: str) -> Picture:
        return Picture(url, b"elsewhere")

    find = from_export(export.files, elsewhere)
    assert find is not None
    assert find(f"{BLOG}/content/images/other.png").data == b"elsewhere"
    assert from_export(of_zip(zipped({"feed.atom": "x"}), "a.zip"), elsewhere) is elsewhere


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


@pytest.mark.parametrize(
    "name", ["../evil.html", "/etc/evil.html", "a/../../evil.html", "C:\\evil.html", "..\\x.html"]
)
def test_names_that_lead_outside_are_refused(name: str) -> None:
    """No file of such an archive is read."""
    with pytest.raises(PostdocsError, match="a path to the outside"):
        read(zipped({**SUBSTACK, name: "x"}), "export.zip")


def test_what_unpacks_to_more_than_any_export_is_refused() -> None:
    """The sizes that an archive states count before anything is read."""
    data = bytearray(zipped(SUBSTACK))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 2**31)  # APPNOTE.TXT 4.3.12, uncompressed size
    with pytest.raises(PostdocsError, match="more than 500 MiB"):
        read(bytes(data), "export.zip")


def test_more_than_an_archive_states_is_damage() -> None:
    """A file whose data is longer than its size says is not read further."""
    data = bytearray(zipped({"posts.csv": TABLE * 20}))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 10)
    with pytest.raises(PostdocsError, match="can't be read"):
        read(bytes(data), "export.zip")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04 and no more", "can't be read"),
        (zipped({}), "it is no source folder, built site, or export"),
        (zipped({"a.txt": "x", "b.png": "y"}), "it is no source folder, built site, or export"),
        (zipped({"posts.csv": "a,b\n1,2\n"}), "it has no column"),
        (zipped({"a/posts.csv": TABLE, "b/posts.csv": TABLE}), "2 exports of Substack"),
    ],
    ids=["cut-off", "empty", "nothing-known", "no-column", "two"],
)
def test_other_archives_are_refused(data: bytes, words: str) -> None:
    """What is in them can't be told to be a blog."""
    with pytest.raises(PostdocsError, match=words):
        read(data, "export.zip")


def test_links_of_a_folder_lead_nowhere(tmp_path: Path) -> None:
    """A symbolic link may lead to what nobody meant to publish."""
    secret = tmp_path / "secret.html"
    secret.write_text("secret", encoding="utf-8")
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "a.html").symlink_to(secret)
    (folder / "b.html").write_text("b", encoding="utf-8")

    assert archive.of_folder(folder).paths == ("b.html",)


def test_links_and_folders_of_tools_are_no_files_of_a_blog(tmp_path: Path) -> None:
    """Symbolic links may lead outside or in a circle; a note counts them."""
    for name in ("a.md", "posts/b.md", "node_modules/c.md", ".git/d.md", "vendor/e.md"):
        file = tmp_path / "blog" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("a", encoding="utf-8")
    (tmp_path / "secret.md").write_text("b", encoding="utf-8")
    (tmp_path / "blog" / "out.md").symlink_to(tmp_path / "secret.md")
    (tmp_path / "blog" / "posts" / "circle").symlink_to(tmp_path / "blog")

    files = of_folder(tmp_path / "blog")

    assert files.paths == ("a.md", "posts/b.md")
    assert [(note.what, note.before) for note in files.notes] == [
        ("2 symbolic links, which the import doesn't follow", "out.md")
    ]


def test_a_folder_of_too_many_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is probably not a blog but what is around it."""
    monkeypatch.setattr(archive, "_MOST", 3)
    for number in range(5):
        (tmp_path / f"{number}.md").write_text("a", encoding="utf-8")
    with pytest.raises(PostdocsError, match="more than 3 files, too many for a blog"):
        of_folder(tmp_path)


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
