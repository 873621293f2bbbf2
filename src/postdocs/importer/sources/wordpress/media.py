"""Images, players, and embeds."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from postdocs.core.plural import count
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.sources.wordpress.library import Attachment, Reading, link
from postdocs.importer.sources.wordpress.syntax import Shortcode

# What a shortcode embeds by an id, and where that is.
PLACES: Mapping[str, str] = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "ted": "https://www.ted.com/talks/{}",
    "wpvideo": "https://videopress.com/v/{}",
    "videopress": "https://videopress.com/v/{}",
    "gist": "https://gist.github.com/{}",
    "archiveorg": "https://archive.org/details/{}",
    "scribd": "https://www.scribd.com/document/{}",
    "spotify": "https://open.spotify.com/track/{}",
    "loom": "https://www.loom.com/share/{}",
    "wistia": "https://fast.wistia.net/embed/iframe/{}",
    "slideshare": "https://www.slideshare.net/slideshow/embed_code/{}",
    "crowdsignal": "https://poll.fm/{}",
    "polldaddy": "https://poll.fm/{}",
    "codepen_embed": "https://codepen.io/pen/{}",
    "github": "https://github.com/{}",
}
_OTHER_NAMES = {
    "youtube_sc": "youtube", "yt": "youtube", "embedyt": "youtube", "youtube_video": "youtube",
    "su_youtube": "youtube", "youtubevideo": "youtube", "su_vimeo": "vimeo", "fve": "youtube",
    "codepen": "codepen_embed",
}  # fmt: skip
# What names the address of a file or page.
ADDRESSED = frozenset({
    *PLACES, *_OTHER_NAMES,
    "embed", "audio", "video", "soundcloud", "tweet", "twitter", "instagram", "facebook", "flickr",
    "googlevideo", "googlemaps", "gmap", "iframe", "pdf", "pdf-embedder", "pdfviewer", "embedpdf",
    "pdf_viewer", "pdfjs-viewer", "gview", "embeddoc", "bandcamp", "mixcloud", "pinterest", "giphy",
    "tiktok", "kickstarter", "jsfiddle", "mastodon", "reddit", "su_audio", "su_video", "su_document",
    "evp_embed_video", "flowplayer", "fvplayer", "sc_embed_player", "podcast_player", "powerpress",
    "arve", "video_player",
})  # fmt: skip
_SOURCES = (
    "url", "src", "href", "file", "link", "mp3", "mp4", "m4a", "ogg", "ogv", "wav", "flac", "m4v", "webm",
    "wmv", "flv", "slug_hash", "source", "post", "id", "key", "video", "clip_id", "tweet", "pdf", "path",
)  # fmt: skip
_POSTERS = ("poster", "splash")
_ADDRESS = re.compile(r"(?:https?:)?//[^\s<>\"]+", re.IGNORECASE)
_ID = re.compile(r"(?=.*\d|.*[a-z][A-Z]|.{9})")  # of a video and the like: no word is so
_FILE = re.compile(r"[^\s<>\"]+\.\w{2,5}(?:[?#].*)?")
_FILES = frozenset({"audio", "video", "pdf", "su_audio", "su_video"})
_PICTURE = re.compile(r"(?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?", re.IGNORECASE)


def read_addressed(shortcode: Shortcode, reading: Reading) -> str | None:
    """Return a link to what a shortcode shows; None where it says no address.

    What stands between its tags beside an address is for those who can't see the file, and stays.
    """
    name = _OTHER_NAMES.get(shortcode.name, shortcode.name)
    content = shortcode.content or ""
    inner = re.sub(r"<[^<>]*>", " ", html.unescape(content)).strip()
    within = inner if inner and len(inner.split()) == 1 else ""
    # The plugin Audio Player takes several files, and their titles.
    values = [
        *map(shortcode.first, _SOURCES),
        *(value.split("|")[0].split(",")[0] for value in shortcode.positional),
        within,
    ]
    url = next(filter(None, (_address(name, value.strip(), shortcode) for value in values if value)), None)
    if url is None:
        if named := next((one for value in values if (one := reading.library.attachments.get(value))), None):
            return named.link
        if name in _FILES and (attached := _of_kind(reading, name)):
            return " ".join(attachment.link for attachment in attached)
        return None
    rest = "" if within or not content.strip() else reading.expand(content, reading)
    return f"{_poster(shortcode)}{link(url)}{rest}"


def _poster(shortcode: Shortcode) -> str:
    """Return the picture that stands for a video until it is played."""
    url = shortcode.first(*_POSTERS).strip()
    is_picture = url.startswith("/") or _ADDRESS.fullmatch(url) or _FILE.fullmatch(url)
    return f'<img src="{html.escape(url)}" alt=""> ' if is_picture else ""


def _address(name: str, value: str, shortcode: Shortcode) -> str | None:
    if _ADDRESS.fullmatch(value):
        return f"https:{value}" if value.startswith("//") else value
    if name in _FILES and _FILE.fullmatch(value):
        return value  # relative to the blog
    is_id = value in shortcode.named.values() or value == shortcode.content or _ID.match(value)
    if name in PLACES and is_id and re.fullmatch(r"[\w-][\w/-]*", value):
        file = re.sub(r"[^\w]+", "-", shortcode.named.get("file", "")).strip("-").lower()
        mark = f"#file-{file}" if name == "gist" and file else ""
        user = shortcode.named.get("user", "") if name == "codepen_embed" else ""
        place = f"https://codepen.io/{quote(user)}/pen/{{}}" if user else PLACES[name]
        return place.format(quote(value)) + mark
    if name == "spotify" and (match := re.fullmatch(r"spotify:(\w+):(\w+)", value)):
        return f"https://open.spotify.com/{match[1]}/{match[2]}"
    if name == "slideshare" and (number := re.match(r"(\d+)&", value)):
        return PLACES[name].format(number[1])
    return None


def _of_kind(reading: Reading, name: str) -> list[Attachment]:
    suffixes = {"audio": "mp3 m4a ogg oga wav flac aac", "video": "mp4 m4v webm ogv mov"}.get(
        name, ""
    ).split()
    return [one for one in reading.attached if one.url.rpartition(".")[2].lower() in suffixes]


def read_caption(shortcode: Shortcode, reading: Reading) -> str | None:
    """Return a picture with its caption."""
    inner = shortcode.content
    if inner is None:
        return None
    inner = reading.expand(inner, reading)
    picture = _PICTURE.search(inner)
    if picture is None:
        return inner
    words = shortcode.first("caption") or (inner[: picture.start()] + inner[picture.end() :]).strip()
    return f"\n\n<figure>{picture[0]}<figcaption>{words}</figcaption></figure>\n\n"


def read_gallery(shortcode: Shortcode, reading: Reading) -> str:
    """Return the pictures of a gallery: those that it names, else those of the post."""
    names = shortcode.first("ids", "include")
    left_out = {id_.strip() for id_ in shortcode.named.get("exclude", "").split(",")}
    if names:
        return gallery(names.split(","), reading)
    library = reading.library
    ids = library.attached.get(shortcode.first("id") or reading.post, [])
    return gallery(
        [id_ for id_ in ids if id_ not in left_out and library.attachments[id_].is_picture], reading
    )


def gallery(ids: Iterable[str], reading: Reading) -> str:
    """Return pictures of the media library, with their captions, and note how many there are."""
    ids = [id_.strip() for id_ in ids if id_.strip()]
    pictures = [one for id_ in ids if (one := reading.library.attachments.get(id_))]
    kind = NoteKind.NOTICED if len(pictures) == len(ids) and pictures else NoteKind.LOST
    what = f"a gallery is {count(len(pictures), 'picture')}, one below the other"
    if not pictures:
        what = "a gallery whose pictures are not in the export; export the media too"
    elif kind is NoteKind.LOST:
        what += f", of {len(ids)}"
    reading.notes.append(Note(kind, what))
    return "\n\n" + "\n\n".join(picture.picture for picture in pictures) + "\n\n"


def read_playlist(shortcode: Shortcode, reading: Reading) -> str | None:
    """Return links to the files of a playlist: those that it names, else those of the post; None for none."""
    ids = [id_.strip() for id_ in shortcode.first("ids", "include").split(",") if id_.strip()]
    kind = shortcode.first("type") or "audio"
    files = [one for id_ in ids if (one := reading.library.attachments.get(id_))]
    files = files if ids else _of_kind(reading, kind)
    if not files:
        return None
    if len(files) < len(ids):
        what = f"a playlist has {len(files)} of its {len(ids)} files; the others are not in the export"
        reading.notes.append(Note(NoteKind.LOST, what, before=shortcode.tag))
    items = "".join(f"<li>{one.link}</li>" for one in files)
    return f"\n\n<ul>{items}</ul>\n\n"


def read_pictures(text: str, attachments: Mapping[str, Attachment]) -> str:
    """Give pictures of the media library, which are marked by their ids, the alternative text they lack."""

    def fill(match: re.Match[str]) -> str:
        attachment = attachments.get(match["id"])
        if (
            attachment is None
            or not attachment.alt
            or re.search(r"""\balt\s*=\s*(?:"[^"]|'[^'])""", match[0])
        ):
            return match[0]
        bare = re.sub(r"""\s+alt\s*=\s*(?:""|'')""", "", match[0])
        return f'<img alt="{html.escape(attachment.alt)}"{bare[4:]}'

    return re.sub(r"<img\b[^<>]*\bwp-image-(?P<id>\d+)\b[^<>]*>", fill, text)
