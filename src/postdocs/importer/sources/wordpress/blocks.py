"""Block posts: block comments, and dynamic blocks."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.sources.wordpress import code, footnotes, media, overrides
from postdocs.importer.sources.wordpress.autop import paragraphs
from postdocs.importer.sources.wordpress.library import Reading, link

_BLOCK = re.compile(
    r"<!--\s+(?P<end>/)?wp:(?P<name>[a-z][\w/-]*)(?:\s+(?P<json>\{.*\}))?.*?(?P<empty>/)?-->", re.DOTALL
)
# Where WordPress shows what is at an address: a block, and a paragraph that is nothing else.
_EMBED = re.compile(
    r'(<div class="wp-block-embed__wrapper">|<p(?:\s[^<>]*)?>)\s*(https?://[^\s<>]+)\s*(?=</(?:div|p)>)'
)
_PRE = re.compile(r"<pre\b(?P<attributes>[^<>]*)>", re.IGNORECASE)
_CODE_NAME = re.compile(r"code|syntax|highlight|prism|enlighter|snippet|gist", re.IGNORECASE)
_SHOWS_NOTHING = frozenset({"spacer", "more", "nextpage", "separator"})
_REUSABLE = frozenset({"block", "core/block"})
# What operates a site, or lists what is elsewhere on it: no author wrote what these show.
_OPERATES = frozenset({
    "archives", "avatar", "breadcrumbs", "calendar", "categories", "comments", "comments-pagination",
    "comments-title", "latest-comments", "latest-posts", "loginout", "navigation", "page-list", "post-author",
    "post-author-biography", "post-author-name", "post-comments", "post-comments-count",
    "post-comments-form", "post-comments-link", "post-content", "post-date", "post-excerpt",
    "post-featured-image", "post-navigation-link", "post-terms", "post-time-to-read", "post-title", "query",
    "query-no-results", "query-pagination", "query-pagination-next", "query-pagination-numbers",
    "query-pagination-previous", "query-title", "query-total", "rss", "search", "site-logo", "site-tagline",
    "site-title", "tag-cloud", "template-part", "term-description",
})  # fmt: skip
_CLASSIC = frozenset({"shortcode", "freeform", "core/shortcode", "core/freeform"})


def is_made_of_blocks(text: str) -> bool:
    """Tell whether a post is made of blocks."""
    return "<!-- wp:" in text


def read(text: str, reading: Reading, to_html: Callable[[str, Reading], str]) -> str:
    """Return a post made of blocks without their comments; what is between blocks is of the classic kind.

    to_html: reads a reusable block.
    """
    return _EMBED.sub(_embed, "".join(_blocks(text, reading, to_html))).strip()


def references_of(text: str) -> Iterator[str]:
    """Yield the ids of the reusable blocks that a post shows."""
    for start, end in _comments(text):
        match = _BLOCK.fullmatch(text, start, end)
        if match and not match["end"] and match["name"] in _REUSABLE:
            yield str(_attributes(match["json"]).get("ref") or "")


def _blocks(text: str, reading: Reading, to_html: Callable[[str, Reading], str]) -> Iterator[str]:
    open_: list[str] = []
    language = ""
    at = 0
    for start, end in _comments(text):
        match = _BLOCK.fullmatch(text, start, end)
        if match is None:
            continue
        part = text[at:start]
        if not open_ or open_[-1] in _CLASSIC:
            part = paragraphs(part)
        yield _with_language(part, language)
        at, name = end, match["name"]
        attributes = _attributes(match["json"])
        language = "" if match["end"] else _language(attributes)
        if match["end"]:
            del open_[-1:]
        elif name in _REUSABLE:
            yield _reusable(attributes, reading, to_html)
            open_ += [] if match["empty"] else [name]
        elif match["empty"]:
            yield _filled_in(name, attributes, text, reading)
        else:
            open_.append(name)
    yield _with_language(text[at:] if open_ else paragraphs(text[at:]), language)


def _comments(text: str) -> Iterator[tuple[int, int]]:
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start)
        if end < 0:
            return
        yield start, end + 3
        start = text.find("<!--", end)


def _attributes(text: str | None) -> Mapping[str, Any]:
    try:
        value = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _language(attributes: Mapping[str, Any]) -> str:
    """Return the language that a block of code says in its comment."""
    return _first(attributes, "language", "lang", "codeLanguage", "selectedLanguage", "mode", "syntax")


def _with_language(part: str, language: str) -> str:
    """Mark the code of a block by its language, as HTML does, where it isn't marked yet."""
    match = _PRE.search(part)
    if not language or match is None or re.search(r"\blang(?:uage)?-|brush:", part):
        return part
    class_ = f"language-{html.escape(language)}"
    attributes = re.sub(r'(\sclass\s*=\s*")', rf"\g<1>{class_} ", match["attributes"], count=1)
    attributes = attributes if attributes != match["attributes"] else f'{attributes} class="{class_}"'
    return f"{part[: match.start()]}<pre{attributes}>{part[match.end() :]}"


def _reusable(attributes: Mapping[str, Any], reading: Reading, to_html: Callable[[str, Reading], str]) -> str:
    """Return a reusable block, as WordPress shows it: if it is public, and not within itself.

    attributes: of the block that shows it; `content` has what the post says in the place of parts of it.
    """
    id_ = str(attributes.get("ref") or "")
    block = reading.library.blocks.get(id_)
    values = attributes.get("content")
    values = values if isinstance(values, dict) else {}
    unplaced = overrides.texts(values)
    shown = ""
    if block is None:
        reading.notes.append(Note(NoteKind.LOST, "a reusable block that is not in the export", before=id_))
    elif block.why_private:
        what = f"a reusable block that is not public: {block.why_private}"
        reading.notes.append(Note(NoteKind.LEFT_OUT, what, before=block.title))
    elif id_ in reading.around:
        reading.notes.append(Note(NoteKind.LEFT_OUT, "a reusable block within itself", before=block.title))
    else:
        inner = replace(reading, around=(*reading.around, id_), footnotes=[], labels={})
        content, unplaced = overrides.put(block.content, _named(block.content), values)
        shown = to_html(content, inner)
    for name, value in unplaced:
        what = f"the text of this post in “{name}” of a reusable block"
        reading.notes.append(Note(NoteKind.LOST, what, before=value))
    return shown


def _named(text: str) -> list[overrides.Block]:
    """Return the blocks of a text that have a name, in order."""
    named: list[overrides.Block] = []
    open_: list[tuple[re.Match[str], str]] = []
    for start, end in _comments(text):
        match = _BLOCK.fullmatch(text, start, end)
        if match is None or match["empty"]:
            continue
        if not match["end"]:
            metadata = _attributes(match["json"]).get("metadata")
            open_.append((match, str(metadata.get("name") or "") if isinstance(metadata, dict) else ""))
        elif open_:
            first, name = open_.pop()
            type_ = first["name"].removeprefix("core/")
            named += [overrides.Block(type_, name, first.end(), start)] if name else []
    return sorted(named, key=lambda block: block.start)


def _filled_in(name: str, attributes: Mapping[str, Any], text: str, reading: Reading) -> str:
    """Return what a block without content shows, where its attributes or the export say it."""
    name = name.removeprefix("core/")
    if name in _SHOWS_NOTHING:
        return ""
    if name == "footnotes":
        return footnotes.stored_list(text, reading)
    if name in _OPERATES:
        note = Note(
            NoteKind.LEFT_OUT, f"the block {name}, which operates the site", _first(attributes, "feedURL")
        )
        reading.notes += [note] if note not in reading.notes else []
        return ""
    content = _in_attributes(name, attributes, reading)
    if not content:
        what = f"the block {name} is filled in by WordPress when it is shown, and is empty here"
        reading.notes.append(Note(NoteKind.LOST, what))
    return content


def _in_attributes(name: str, attributes: Mapping[str, Any], reading: Reading) -> str:
    ids = attributes.get("ids")
    attachment = reading.library.attachments.get(str(attributes.get("id") or attributes.get("mediaId") or ""))
    content = _first(attributes, "content", "code", "text", "source")
    url = _first(attributes, "url", "src", "href", "mediaUrl")
    if isinstance(ids, list) and ids:
        return media.gallery(map(str, ids), reading)
    if content:
        return code.block(content, _language(attributes)) if _CODE_NAME.search(name) else paragraphs(content)
    if attachment:
        return attachment.picture if attachment.is_picture else f"<p>{attachment.link}</p>"
    return f"<p>{link(url)}</p>" if url else ""


def _first(attributes: Mapping[str, Any], *names: str) -> str:
    """Return the first of these attributes that is text, "" where none is."""
    return next((value for name in names if isinstance(value := attributes.get(name), str) and value), "")


def _embed(match: re.Match[str]) -> str:
    return f'{match[1]}<a href="{match[2]}">{match[2]}</a>'
