"""Players that a script draws: playlists of WordPress, and cards of Ghost."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from bs4.element import NavigableString, Tag

from postdocs.importer.html import dom
from postdocs.importer.html.dom import attribute, words_in
from postdocs.importer.html.rendered.build import element

PLAYLIST = "wp-playlist-script"  # the class of the script that holds the tracks
_CONTROLLED = (
    ".kg-audio-card audio, .kg-video-card video, .plyr audio, .plyr video, .video-js video,"
    " .mejs-container audio, .mejs-container video"
)
_SPACER = re.compile(r"data:.*|.*/spacer\.png", re.DOTALL)
_BEHIND = re.compile(r"url\(\s*['\"]?(?!data:)([^'\")]+)")
_ICON = "/wp-includes/images/"


def show(body: Tag) -> None:
    """Make lists of playlists, and give the browser's controls to players that have lost their own."""
    for script in body.find_all("script", class_=PLAYLIST):
        tracks = [*_tracks(script.string or "")]
        if tracks:
            place = script.find_parent(class_="wp-playlist") or script
            tracklist = element("ol")
            tracklist.extend(tracks)
            place.replace_with(tracklist)
    for tag in body.select(_CONTROLLED):
        if not tag.has_attr("autoplay"):
            tag["controls"] = ""
        if _SPACER.fullmatch(attribute(tag, "poster")):
            tag["poster"] = _behind(tag)
            del tag["style"]
    for tag in body.select(".kg-audio-thumbnail.placeholder, .kg-audio-thumbnail.kg-audio-hide"):
        tag.decompose()  # no picture: an icon, and the place of one


def _behind(tag: Tag) -> str:
    """Return the picture that a card shows before its video is played."""
    card = tag.find_parent(class_="kg-video-card")
    named = (
        attribute(card, "data-kg-custom-thumbnail") or attribute(card, "data-kg-thumbnail") if card else ""
    )
    match = _BEHIND.search(attribute(tag, "style"))
    return named or (match[1] if match else "")


def _tracks(text: str) -> Iterator[Tag]:
    """Yield an item for each track: a link by its title, who plays it, and its caption."""
    try:
        playlist = json.loads(text)
    except (ValueError, RecursionError):
        return
    tracks = playlist.get("tracks") if isinstance(playlist, dict) else None
    covers: set[str] = set()
    for track in tracks if isinstance(tracks, list) else ():
        if isinstance(track, dict) and (url := _text(track, "src")):
            yield _track(track, url, covers)


def _track(track: dict[str, Any], url: str, covers: set[str]) -> Tag:
    item = element("li")
    cover = _text(track.get("image"), "src")
    if cover and cover not in covers and _ICON not in cover:
        covers.add(cover)
        item.extend([element("img", src=cover), NavigableString(" ")])
    title = _plain(_text(track, "title")) or _name(url)
    item.append(element("a", title, href=url))
    meta = track.get("meta")
    people = [_plain(_text(meta, key)) for key in ("artist", "album")]
    after = [f" — {', '.join(filter(None, people))}"] if any(people) else []
    caption = _plain(_text(track, "caption"))
    after += [f": {caption}"] if caption and caption != title else []
    item.extend(map(NavigableString, after))
    return item


def _name(url: str) -> str:
    return unquote(url.partition("?")[0].rstrip("/").rpartition("/")[2])


def _text(values: Any, key: str) -> str:
    value = values.get(key) if isinstance(values, dict) else None
    return value.strip() if isinstance(value, str) else ""


def _plain(text: str) -> str:
    return words_in(dom.read(text)) if text else ""
