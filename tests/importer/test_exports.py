"""Exports of several files, as folders and as zip archives."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from importer.exports import (
    BLOG,
    FEEDS,
    MEDIUM_FILES,
    SUBSTACK,
    TAKEOUT,
    said,
    source,
    states,
    zipped,
)
from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import NoteKind
from postdocs.importer.images import Picture, from_export
from postdocs.importer.sources.archive import of_zip
from postdocs.importer.sources.registry import read


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
