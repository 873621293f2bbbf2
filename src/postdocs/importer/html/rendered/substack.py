"""Embeds that Substack stores as JSON in `data-attrs`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bs4.element import NavigableString, Tag

from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html import dom
from postdocs.importer.html.dom import attribute, classes
from postdocs.importer.html.rendered import notices
from postdocs.importer.html.rendered.build import element, json_object

_ADDRESSES = ("canonical_url", "url", "base_url", "href", "link", "post_url")
_TITLES = ("title", "name", "label", "text", "full_text", "username", "handle", "caption")
_WORDS = ("subtitle", "caption", "truncated_body_text", "hero_text", "description", "truncatedBodyText")
# What readers can use on the old pages only, and whose words, if any, are beside it.
_CONTROLS = (
    "subscription-widget",
    "subscribe-widget",
    "button-wrapper",
    "captioned-button",
    "install-",
    "paywall",
)
_NAMES = {
    "poll-embed": "poll", "native-video-embed": "video", "native-audio-embed": "audio",
    "community-chat": "chat", "prediction-market-wrap": "prediction market",
}  # fmt: skip


def show(tag: Tag, notes: list[Note]) -> bool:
    """Show what `data-attrs` of an empty element says; tell whether it said anything."""
    data = json_object(attribute(tag, "data-attrs")) if "data-attrs" in tag.attrs else {}
    if not data or tag.name in {"img", "a"} or any("latex" in name for name in classes(tag)):
        return False
    name = " ".join(classes(tag))
    if any(control in name for control in _CONTROLS):
        return False
    if "mention-wrap" in name and isinstance(data.get("name"), str):
        tag.append(NavigableString(data["name"]))
        return True
    if html := data.get("innerHTML"):  # a gist
        for child in [*dom.read(str(html)).contents]:
            tag.append(child.extract())
        return True
    if images := _gallery(data):
        for image in images:
            tag.append(image)
        return True
    return _link(tag, data, notes) or _name(tag, data, notes)


def _gallery(data: Mapping[str, Any]) -> list[Tag]:
    gallery = data.get("gallery")
    images = gallery.get("images") if isinstance(gallery, dict) else None
    if not isinstance(gallery, dict) or not isinstance(images, list):
        return []
    alt = _text(gallery, ("alt",))
    figures_ = [
        element("img", src=str(image["src"]), alt=alt)
        for image in images
        if isinstance(image, dict) and image.get("src")
    ]
    caption = _text(gallery, ("caption",))
    return [*figures_, *([element("p", caption)] if caption else [])]


def _link(tag: Tag, data: Mapping[str, Any], notes: list[Note]) -> bool:
    url = _address(data)
    if not url:
        return False
    inner = data.get("comment")
    facts = {**data, **(inner if isinstance(inner, dict) else {})}
    title = _text(facts, _TITLES)
    lines = [(element("p", word)) for word in [_text(facts, _WORDS)] if word and word != title]
    if full_text := _text(facts, ("full_text", "body")):
        author = _text(facts, ("name",))
        handle = _text(facts, ("username",))
        who = f"{author} (@{handle})" if author and handle else author or (f"@{handle}" if handle else url)
        lines, title = [element("p", full_text)], who
    link = element("p")
    link.append(element("a", title or url, href=url))
    quote = element("blockquote") if full_text else element("div")
    for node in [*lines, link] if full_text else [link, *lines]:
        quote.append(node)
    for child in [*tag.contents]:
        child.extract()
    tag.append(quote)
    notes.append(Note(NoteKind.NOTICED, "embed, now a link", title, url))
    return True


def _address(data: Mapping[str, Any]) -> str:
    url = _text(data, _ADDRESSES)
    if url.startswith(("http://", "https://")):
        return url
    for key, form in (
        ("videoId", "https://www.youtube.com/watch?v={}"),
        ("vimeoId", "https://vimeo.com/{}"),
        ("instagram_id", "https://www.instagram.com/p/{}/"),
        ("src", "{}"),
    ):
        value = data.get(key)
        if isinstance(value, str) and value and not any(character in value for character in " <>\"'"):
            return form.format(value)
    return ""


def _text(data: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    values = (data.get(key) for key in keys)
    return next((" ".join(value.split()) for value in values if isinstance(value, str) and value.strip()), "")


def _name(tag: Tag, data: Mapping[str, Any], notes: list[Note]) -> bool:
    kind = next((_NAMES[name] for name in classes(tag) if name in _NAMES), "")
    if not kind and "data-component-name" not in tag.attrs:
        return False
    component = attribute(tag, "data-component-name").removesuffix("ToDOM")
    title = _text(data, _TITLES)
    notices.put(tag, f"{kind or component}{f' “{title}”' if title else ''}", notes)
    return True
