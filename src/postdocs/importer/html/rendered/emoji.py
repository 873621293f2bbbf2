"""Images of smileys → their characters."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from bs4.element import NavigableString, Tag

from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html.dom import attribute, classes

_CLASSES = frozenset({
    "wp-smiley", "emoji", "twemoji", "emojione", "joypixels", "smiley", "smilies", "smilie", "g-emoji",
    "emoticon", "mceSmilie", "bbcode_smiley",
})  # fmt: skip
_ADDRESS = re.compile(
    r"/(?:core/emoji|images/core/emoji|twemoji|emojione|joypixels|emoji\.php|icons/emoji|images/emoji|smilies|smileys"
    r"|emoticons)[/@]",
    re.IGNORECASE,
)
_CODE_POINTS = re.compile(r"(?:u|emoji_u)?([0-9a-f]{2,6}(?:[-_][0-9a-f]{2,6})*)", re.IGNORECASE)
_FIRST = "\u00a9"  # the first character that there is a picture of, but for digits and `#`
_JOINERS = "\u200d\ufe0e\ufe0f"
_LONGEST = 30  # characters of what stands for a smiley


def show(body: Tag, notes: list[Note]) -> None:
    """Put characters into the place of the pictures of smileys that have any."""
    for tag in body.find_all("img"):
        if character := _character(tag):
            picture = f"{attribute(tag, 'alt')} {attribute(tag, 'src')}"
            notes.append(Note(NoteKind.NOTICED, "picture of a smiley, now a character", picture, character))
            tag.replace_with(NavigableString(character))


def _character(tag: Tag) -> str:
    source = attribute(tag, "src")
    parent = tag.parent.name if tag.parent is not None else ""
    if not (_CLASSES.intersection(classes(tag)) or _ADDRESS.search(source) or parent == "g-emoji"):
        return ""
    alt = attribute(tag, "alt").strip()
    if alt and not alt.isascii():
        return alt
    return _of_file(source) or (alt if len(alt) <= _LONGEST else "")


def _of_file(source: str) -> str:
    """Return the character that a file is called after, as those of Twemoji are: `1f468-200d-1f4bb.png`."""
    try:
        stem = PurePosixPath(unquote(urlsplit(source).path)).stem
    except ValueError:
        return ""
    match = _CODE_POINTS.fullmatch(stem)
    try:
        text = "".join(chr(int(point, 16)) for point in re.split("[-_]", match[1])) if match else ""
    except (OverflowError, ValueError):
        return ""
    is_emoji = max(text, default="") >= _FIRST and all(c.isprintable() or c in _JOINERS for c in text)
    return text if is_emoji else ""
