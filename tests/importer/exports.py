"""Exports of several files, and what is read of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from postdocs.importer.entry import NoteKind
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
