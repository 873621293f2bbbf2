"""Embeds by scripts and frames → a frame of a known host, a link, or a notice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from bs4.element import NavigableString, Tag

from postdocs.core.html import NOT_TEXT
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html import dom
from postdocs.importer.html.dom import attribute, classes, is_gone, text_of, words_in
from postdocs.importer.html.embeds import is_known
from postdocs.importer.html.rendered import notices, pictures, substack
from postdocs.importer.html.rendered.addresses import address_of
from postdocs.importer.html.rendered.build import Embed, element, json_object, replace
from postdocs.importer.html.repair import resolve

_FRAMES = frozenset({"iframe", "embed", "object", "frame", "amp-iframe"})
_NAMES = _FRAMES | {"canvas", "oembed", "script"}
_PLAIN = frozenset({"class", "id", "cite"})  # attributes that may name what a script shows
_FRAME_OF_POST = re.compile(
    r"(/@[^/]+/\d+)/embed/?$"
)  # of Mastodon: the post itself is at the address before
_PLAYER = re.compile(r"video|audio", re.IGNORECASE)  # Blogger names its own videos by a number alone
_HTML = "http://www.w3.org/1999/xhtml"
# What shows, or leads to, what an embed shows; a picture may stand beside that.
_SAYS = frozenset({"a", "audio", "iframe", "object", "embed", "table", "video", "pre", "amp-iframe"})
_SHOWS = frozenset({"img", "picture", "svg", "math", "input"})
_LAZY = ("data-src", "data-lazy-src", "data-litespeed-src", "data-cookieblock-src", "data-original")


def show(body: Tag, base: str | None, notes: list[Note]) -> None:
    """Put what is known of an embed into its place.

    base: the address that relative ones are relative to. notes: where it is told what became a link, and what
    has no address.
    """
    places = notices.filled_places(body)
    for tag in body.find_all(_may_embed):
        if is_gone(tag):
            continue
        if tag.name in _FRAMES:
            _frame(tag, base, notes)
        else:
            _widget(tag, base, notes, places)


def _may_embed(tag: Tag) -> bool:
    if tag.namespace not in {None, _HTML}:
        return False
    return (
        tag.name in _NAMES
        or "-" in tag.name
        or any(name in _PLAIN or name[:5] == "data-" for name in tag.attrs)
    )


def _frame(tag: Tag, base: str | None, notes: list[Note]) -> None:
    """Keep a frame of a known host, as an `iframe` with its size and title; make a link of others."""
    address = _behind(_frame_address(tag))
    if tag.name == "amp-iframe":
        notes += [
            Note(NoteKind.REMOVED, "preview of a frame", attribute(inner, "src"))
            for inner in tag.find_all("img")
        ]
    url = resolve(address, base, notes) if address else None
    if _repeats_quotation(tag):
        notes.append(Note(NoteKind.REMOVED, "frame that repeats the quotation before it", address))
        tag.decompose()
    elif url is None:
        _frame_without_address(tag, notes)
    elif is_known(url):
        sizes = {name: attribute(tag, name) for name in ("width", "height", "title")}
        tag.replace_with(element("iframe", src=url, **sizes))
    else:
        inner = tag.find("a") if tag.name == "object" else None
        title = " ".join(attribute(tag, "title").split()) or (
            words_in(inner) if isinstance(inner, Tag) else ""
        )
        notes.append(Note(NoteKind.NOTICED, "embed, now a link", address, url))
        _link(tag, Embed(url, title))


def _frame_without_address(tag: Tag, notes: list[Note]) -> None:
    name = notices.in_text(attribute(tag, "srcdoc")) or notices.in_text(attribute(tag, "src"))
    player = _PLAYER.search(f"{attribute(tag, 'class')} {attribute(tag, 'id')}")
    if name or attribute(tag, "srcdoc"):
        notices.put(tag, name or "embedded page", notes)
    elif player and not words_in(tag):
        notices.put(tag, player[0].lower(), notes)
    else:
        notes.append(Note(NoteKind.REMOVED, f"`{tag.name}`", attribute(tag, "src") or attribute(tag, "data")))
        for child in [*tag.contents]:
            if tag.name == "object" and isinstance(child, Tag) and child.name not in {"param", "embed"}:
                tag.insert_before(child.extract())  # what shows where the object can't be
        tag.decompose()


def _frame_address(tag: Tag) -> str:
    """Return what a frame shows, as the source has it; empty where it says nothing of it."""
    if tag.name == "object":
        movie = tag.find("param", attrs={"name": re.compile("^(?:movie|src|url|filename)$", re.IGNORECASE)})
        inner = tag.find(["embed", "iframe"])
        return (
            attribute(tag, "data")
            or (attribute(movie, "value") if isinstance(movie, Tag) else "")
            or (attribute(inner, "src") if isinstance(inner, Tag) else "")
        )
    lazy = (attribute(tag, name) for name in _LAZY)
    src = attribute(tag, "src").strip()
    return src if src and not src.startswith(("about:", "data:")) else next(filter(None, lazy), src)


def _behind(address: str) -> str:
    """Return the address that a service frames: Embedly's `url`, or its `src` where that host is known."""
    try:
        parts = urlsplit(f"https:{address}" if address.startswith("//") else address)
        query = parse_qs(parts.query)
    except ValueError:
        return address
    if not (parts.hostname or "").endswith(("embedly.com", "iframely.com", "iframe.ly")):
        return address
    candidates = [value for name in ("src", "url") for value in query.get(name, ())]
    return next((url for url in candidates if is_known(url)), (query.get("url") or [address])[0])


def _repeats_quotation(tag: Tag) -> bool:
    """Tell whether a frame shows the post that the quotation before it links to, as WordPress embeds one."""
    if "wp-embedded-content" not in classes(tag):
        return False
    before = tag.find_previous_sibling()
    return before is not None and before.name == "blockquote" and before.find("a", href=True) is not None


def _widget(tag: Tag, base: str | None, notes: list[Note], places: Mapping[str, str]) -> None:
    """Show what a script would put into an element, where nothing is there yet."""
    if tag.name == "script":
        if embed := address_of(tag):
            _embed(tag, embed, base, notes)
        elif name := notices.of(tag, places):
            notices.put(tag, name, notes)
        return
    if "tableauPlaceholder" not in classes(tag) and _holds(tag, _SAYS):
        _link_address(tag)
        return
    if html := attribute(tag, "data-html") or str(
        json_object(attribute(tag, "data-block-json")).get("html") or ""
    ):
        _unpack(tag, html, base, notes)
    elif embed := address_of(tag):
        _embed(tag, embed, base, notes)
    elif not _holds(tag, _SHOWS) and not substack.show(tag, notes) and (name := notices.of(tag, places)):
        notices.put(tag, name, notes)


def _holds(tag: Tag, names: frozenset[str]) -> bool:
    """Tell whether words, or one of these elements, are in an element."""
    for node in tag.descendants:
        if isinstance(node, Tag):
            if node.name in names:
                return True
        elif (text_of(node) or "").strip() and node.parent is not None and node.parent.name not in NOT_TEXT:
            return True
    return False


def _link_address(tag: Tag) -> None:
    """Make a link of an address that is all there is of an embed of WordPress."""
    if "wp-block-embed__wrapper" in classes(tag) and tag.find(True) is None:
        address = words_in(tag)
        if re.fullmatch(r"https?://\S+", address):
            tag.clear()
            tag.append(element("a", address, href=address))


def _embed(tag: Tag, embed: Embed, base: str | None, notes: list[Note]) -> None:
    url = resolve(embed.url, base, notes)
    if url is None or _is_said_beside(tag, url):
        tag.decompose()
        return
    url = _FRAME_OF_POST.sub(r"\1", url)
    notes.append(Note(NoteKind.NOTICED, "embed, now a link", embed.url, url))
    _link(tag, Embed(url, embed.title))


def _link(tag: Tag, embed: Embed) -> None:
    """Put a link into the place of an element, or behind the picture that is in it."""
    link = element("a", embed.title or embed.url, href=embed.url)
    if tag.name not in _FRAMES and tag.find("img") is not None:
        tag.append(NavigableString(" "))
        tag.append(link)
    else:
        replace(tag, link)


def _is_said_beside(tag: Tag, url: str) -> bool:
    """Tell whether an element near a script links to what that shows."""
    if tag.name != "script":
        return False
    before = tag.find_previous_sibling()
    links = before.find_all("a", href=True) if before is not None else []
    if before is not None and before.name == "a":
        links.append(before)
    return any(attribute(link, "href").rstrip("/") == url.rstrip("/") for link in links)


def _unpack(tag: Tag, html: str, base: str | None, notes: list[Note]) -> None:
    """Put HTML that an attribute holds into the element, and show what is in that."""
    inner = dom.read(html)
    pictures.show(inner, notes)
    show(inner, base, notes)
    tag.extend([*inner.contents])
