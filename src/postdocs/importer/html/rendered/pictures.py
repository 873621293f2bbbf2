"""Lazy and responsive images: the real image in place of its placeholder."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4.element import Tag

from postdocs.core.html import HIDING_STYLE, srcset
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html.dom import attribute, classes, is_gone, words_in
from postdocs.importer.html.rendered.build import element, json_object

# By these scripts know the picture that they load in the place of `src`. The first that is there counts.
_LOADED = (
    "data-src", "data-lazy-src", "data-original", "data-orig-src", "data-cfsrc", "data-ezsrc",
    "data-actualsrc", "data-pagespeed-lazy-src", "data-litespeed-src", "data-breeze", "data-opt-src",
    "data-wpfc-original-src", "data-nitro-lazy-src", "nitro-lazy-src", "data-flickity-lazyload",
    "data-lazyload", "data-ll-src", "data-echo", "data-layzr", "data-deferred", "data-defer-src",
    "data-img-src", "data-canonical-src", "lazy-src", "loadsrc", "data-real-src", "data-source",
)  # fmt: skip
# These name the same picture, often larger; they count where `src` only holds its place.
_NAMED = (
    "data-orig-file", "data-large-file", "data-image", "data-url", "data-lazy", "data-hi-res-src",
    "data-full-src", "data-full-url", "data-large_image", "data-medium-file", "data-zoom-src",
)  # fmt: skip
_LOADED_SETS = ("data-srcset", "data-lazy-srcset", "data-lazy-set", "data-sources", "nitro-lazy-srcset")
_PLACEHOLDER = re.compile(
    r"data:image/.*|about:.*|.*/(?:blank|spacer|transparent|placeholder|lazy|grey|gray|1x1|loading|trans|pixel"
    r"|preload|empty|dummy)[\w.\-]*\.(?:gif|png|svg|jpe?g|webp)(?:\?.*)?|.*/p\.gif",
    re.IGNORECASE | re.DOTALL,
)
_DESCRIPTOR = re.compile(r"(?<!\S)(\d+(?:\.\d+)?)[wx]$")  # the last of a candidate
_PREVIEW = re.compile(
    r"progressivemedia-thumbnail|lqip|blur-?up|placeholder|low-?res|preview-?image", re.IGNORECASE
)
_BACKGROUND = re.compile(
    r"background(?:-image)?\s*:[^;]*?url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"')]*))\s*\)", re.IGNORECASE
)
_BACKGROUNDS = ("data-bg", "data-background", "data-background-image", "data-bg-src", "data-image-src")
_COVERS = frozenset({"wp-block-cover", "wp-block-cover-image"})  # blocks that show a picture by their style
_FILE = re.compile(r"[^\s{}<>]*[./][^\s{}<>]*")


def show(body: Tag, notes: list[Note]) -> None:
    """Give each picture the address of the real one, and take away what only held its place."""
    for tag in body.find_all(["amp-img", "amp-anim", "input"]):
        _as_img(tag, notes)
    for tag in body.find_all("img"):
        _settle(tag)
    for tag in body.find_all(["audio", "source", "video"]):
        if not attribute(tag, "src") and (address := _first(tag, _LOADED)):
            tag["src"] = address
    there = {attribute(img, "src") for img in body.find_all("img") if img.find_parent("noscript") is None}
    for tag in body.find_all("noscript"):
        _open_noscript(tag, there)
    for tag in body.find_all(["img", "svg", "button"]):
        if is_gone(tag):
            continue
        if tag.name == "img" and _is_preview(tag):
            notes.append(Note(NoteKind.REMOVED, "preview of a picture", attribute(tag, "src")))
            tag.decompose()
        elif tag.name != "img" and _is_icon(tag):
            notes += [Note(NoteKind.REMOVED, "`svg` that is only an icon")] * (tag.name == "svg")
            tag.decompose()
    for tag in body.find_all(["div", "span", "a", "section", "figure", "header"]):
        _show_background(tag)
    for tag in body.find_all("map"):
        _show_areas(tag, notes)


def _as_img(tag: Tag, notes: list[Note]) -> None:
    """Make an `img` of what is one by another name: in AMP, and on a button."""
    if tag.name == "input" and not (
        attribute(tag, "type").strip().lower() == "image" and attribute(tag, "src")
    ):
        return
    notes += [
        Note(NoteKind.REMOVED, "fallback of a picture", attribute(inner, "src"))
        for inner in tag.find_all("img")
    ]
    tag.clear()
    tag.name = "img"
    del tag["type"]


def _settle(tag: Tag) -> None:
    source = _source(tag)
    if HIDING_STYLE.search(attribute(tag, "style")) and _first(tag, _LOADED):
        del tag["style"]  # the script shows it
    for name in (*_LOADED, *_NAMED, *_LOADED_SETS, "srcset", "sizes"):
        if name in tag.attrs:
            del tag[name]
    if source:
        tag["src"] = source


def _source(tag: Tag) -> str:
    """Return the address of the real picture as the source has it."""
    src = attribute(tag, "src").strip()
    if loaded := _first(tag, _LOADED):
        return loaded
    if src and not _PLACEHOLDER.fullmatch(src):
        return src
    sets = [attribute(tag, name) for name in (*_LOADED_SETS, "srcset")]
    if tag.parent is not None and tag.parent.name == "picture":
        sources = tag.parent.find_all("source")
        sets += [attribute(other, name) for other in sources for name in ("srcset", *_LOADED_SETS)]
    largest = next((_largest(candidates) for candidates in sets if candidates.strip()), "")
    return _first(tag, _NAMED) or largest or _of_editor(tag) or src


def _first(tag: Tag, names: tuple[str, ...]) -> str:
    values = (attribute(tag, name).strip() for name in names)
    return next((value for value in values if _FILE.fullmatch(value) and not value.startswith("data:")), "")


def _of_editor(tag: Tag) -> str:
    """Return what Substack's editor keeps of a picture."""
    return str(json_object(attribute(tag, "data-attrs")).get("src") or "")


def _largest(value: str) -> str:
    """Choose from the candidates of a `srcset`."""
    return max(srcset(value), key=lambda candidate: _size_of(candidate[1]), default=("", ""))[0]


def _size_of(descriptors: str) -> float:
    match = _DESCRIPTOR.search(descriptors)
    return float(match[1]) if match else 1


def _open_noscript(tag: Tag, there: set[str]) -> None:
    """Show what browsers without scripts get, where it is a picture, or a link, that is nowhere else.

    A picture there takes the place of the one beside it that only holds a place. there: addresses of the
    pictures so far.
    """
    for img in tag.find_all("img"):
        source = attribute(img, "src")
        if source and source not in there:
            holder = _placeholder_beside(tag)
            if holder is not None:
                img["alt"] = attribute(img, "alt") or attribute(holder, "alt")
                holder.decompose()
            tag.insert_before(img.extract())
            there.add(source)
    text = words_in(tag)
    if tag.find("a", href=True) is not None and text and "javascript" not in text.lower():
        for child in [*tag.contents]:
            tag.insert_before(child.extract())
    tag.decompose()


def _placeholder_beside(noscript: Tag) -> Tag | None:
    """Return the picture beside a `noscript`, or alone in what is beside it, if it only holds a place."""
    for near in (noscript.find_previous_sibling(), noscript.find_next_sibling()):
        images = [] if near is None else [near] if near.name == "img" else near.find_all("img", limit=2)
        if len(images) == 1 and (near is images[0] or not words_in(near or noscript)):
            source = attribute(images[0], "src")
            if not source or _PLACEHOLDER.fullmatch(source):
                return images[0]
    return None


def _is_preview(tag: Tag) -> bool:
    """Tell whether a picture is what shows until the one beside it is there."""
    is_held = not attribute(tag, "src") or _PLACEHOLDER.fullmatch(attribute(tag, "src")) is not None
    is_marked = _PREVIEW.search(attribute(tag, "class")) is not None
    if not (
        is_marked or (is_held and (attribute(tag, "aria-hidden") == "true" or not attribute(tag, "alt")))
    ):
        return False
    return any(_is_real(img) for img in _images_beside(tag))


def _images_beside(tag: Tag) -> Iterator[Tag]:
    """Yield the pictures right before and after an element, or in what is there."""
    for near in (*tag.find_previous_siblings(limit=2), *tag.find_next_siblings(limit=2)):
        yield from [near] if near.name == "img" else near.find_all("img", limit=2)


def _is_real(tag: Tag) -> bool:
    source = attribute(tag, "src")
    held = not source or _PLACEHOLDER.fullmatch(source) is not None
    return not held and _PREVIEW.search(attribute(tag, "class")) is None


def _is_icon(tag: Tag) -> bool:
    """Tell whether a drawing, or a button, only helps to use the picture or the words beside it."""
    if tag.name == "button":
        return not words_in(tag) and tag.find(["img", "picture", "video", "math"]) is None
    link = tag.find_parent("a")
    if link is not None and link.find("img") is not None:
        return True
    names = " ".join([*classes(tag), *(classes(tag.parent) if tag.parent is not None else ())]).lower()
    if re.search(r"(?:^|[\s_-])(?:icon|octicon|feather|lucide|bi|fa|svg-inline--fa)(?:$|[\s_-])", names):
        return tag.find(["text", "image"]) is None
    return False


def _show_background(tag: Tag) -> None:
    """Make a picture of one that is behind an element with nothing in it, or behind the words of a cover."""
    is_cover = not _COVERS.isdisjoint(classes(tag)) and tag.find("img") is None
    if not is_cover and (tag.find(True) is not None or any(str(child).strip() for child in tag.contents)):
        return
    match = _BACKGROUND.search(attribute(tag, "style"))
    url = next(filter(None, match.groups()), "") if match else ""
    url = url or _first(tag, _BACKGROUNDS)
    if not url or url.startswith("data:") or _PLACEHOLDER.fullmatch(url):
        return
    after = tag.find_next_sibling()
    if after is None or after.name not in {"img", "picture"}:  # else it is what shows until that is there
        alt = attribute(tag, "aria-label") or attribute(tag, "title")
        tag.insert(0, element("img", src=url, alt=alt))


def _show_areas(tag: Tag, notes: list[Note]) -> None:
    """Make a list of the links that lie on a picture."""
    links = [
        element("a", attribute(area, "alt") or attribute(area, "title") or attribute(area, "href"),
                href=attribute(area, "href"))
        for area in tag.find_all("area", href=True)
    ]  # fmt: skip
    if links:
        items = element("ul")
        for link in links:
            item = element("li")
            item.append(link)
            items.append(item)
        tag.insert_after(items)
        notes.append(Note(NoteKind.NOTICED, "links on a picture, now a list", str(len(links))))
    for area in tag.find_all("area"):
        area.decompose()
    if not words_in(tag) and tag.find("img") is None:
        tag.decompose()
