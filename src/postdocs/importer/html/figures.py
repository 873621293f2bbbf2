"""Figures: images and other content with captions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from bs4.element import PageElement, Tag

from postdocs.core.html import BLOCKS
from postdocs.importer.ast.nodes import (
    Block,
    CodeBlock,
    Division,
    Figure,
    Image,
    Inline,
    Paragraph,
    RawBlock,
    RawInline,
    Table,
    Text,
)
from postdocs.importer.ast.visit import walk
from postdocs.importer.html import images as pictures
from postdocs.importer.html.clutter import is_clutter
from postdocs.importer.html.dom import classes, is_shown_in, text_of
from postdocs.importer.html.flow import Place
from postdocs.importer.html.reading import Reader, blocks_apart, inline_apart

_CAPTIONS = frozenset({
    "wp-caption-text", "tr-caption", "image-caption", "caption-text", "code-block-caption", "gallery-caption",
    "blocks-gallery-caption", "wp-element-caption", "code-with-filename-file", "kg-image-caption", "caption",
})  # fmt: skip
_FIGURES = frozenset({
    "wp-caption", "tr-caption-container", "captioned-image-container", "literal-block-wrapper",
    "code-with-filename", "figure",
})  # fmt: skip
_SIZE = re.compile(r"(?:-\d+x\d+|-scaled)?\.\w+$")  # of a file's name, with what WordPress adds
_WORD = re.compile(r"[^\W_]+")
_NOT_PICTURES = frozenset({"iframe", "video", "audio", "pre", "object", "table", "svg"})
_CONTENT = _NOT_PICTURES | {"img", "blockquote"}


def is_figure(tag: Tag) -> bool:
    """Tell whether an element is what holds something and its caption."""
    return tag.name == "figure" or (
        tag.name in {"div", "table"} and bool(_FIGURES.intersection(classes(tag)))
    )


def caption_of(figure: Tag) -> Tag | None:
    """Return the caption of a figure, not that of a figure in it; None where there is none, or several."""
    captions: list[Tag] = []
    for inner in figure.find_all(True):
        is_caption = inner.name == "figcaption" or (
            inner.name in BLOCKS and bool(_CAPTIONS.intersection(classes(inner)))
        )
        if (
            is_caption
            and is_shown_in(inner, figure)
            and next(filter(is_figure, inner.parents), None) is figure
            and not any(one is other for one in inner.parents for other in captions)
        ):
            captions.append(inner)
            if len(captions) > 1:
                return None
    return captions[0] if captions else None


def read(reader: Reader, tag: Tag, place: Place) -> list[Block] | None:
    """Read a figure; None where it has no caption, and is an element like any other."""
    caption = caption_of(tag)
    if caption is None or any(mark.tag != "a" for mark in place.marks):
        return None
    content = list(tag.contents)
    legend: list[PageElement] = []
    if caption.parent is tag and _has_legend(caption):
        content, legend = [*reversed(list(caption.previous_siblings)), caption], list(caption.next_siblings)
    image = _lone_picture(content, caption) if caption.find("img") is None else None
    figure = _picture(reader, image, caption, tag, place) if image is not None else None
    blocks = _other(reader, caption, content, place) if image is None else figure
    return [*(reader.blocks(content, place) if blocks is None else blocks), *reader.blocks(legend, place)]


def _has_legend(caption: Tag) -> bool:
    """Tell whether more is said after a caption, as docutils has it."""
    after = [node for sibling in caption.next_siblings for node in _all_of(sibling)]
    has_content = any(isinstance(node, Tag) and node.name in _CONTENT for node in after)
    return not has_content and any((text_of(node) or "").strip() for node in after)


def _all_of(node: PageElement) -> Iterator[PageElement]:
    yield node
    if isinstance(node, Tag):
        yield from node.descendants


def _lone_picture(content: list[PageElement], caption: Tag) -> Tag | None:
    """Return the picture that is all there is in a figure beside its caption."""
    outside = [node for child in content for node in _all_of(child) if not _is_inside(node, caption)]
    tags = [node for node in outside if isinstance(node, Tag)]
    images = [tag for tag in tags if tag.name == "img"]
    has_text = any((text_of(node) or "").strip() for node in outside)
    has_more = any(tag.name in _NOT_PICTURES and not any(map(is_clutter, tag.parents)) for tag in tags)
    return images[0] if len(images) == 1 and not (has_text or has_more) else None


def _is_inside(node: PageElement, caption: Tag) -> bool:
    return node is caption or any(parent is caption for parent in node.parents)


def _picture(reader: Reader, img: Tag, caption: Tag, tag: Tag, place: Place) -> list[Block] | None:
    image = pictures.read(img, reader.base, reader.notes)
    words = inline_apart(reader, caption, place)
    if image is None or not words:
        reader.apart.discard(id(caption))
        return None
    anchor = img.find_parent("a")
    link = reader.address(anchor) if isinstance(anchor, Tag) and tag in anchor.parents else None
    if link is None:
        link = next((mark.url for mark in place.marks), "")
    if _says_nothing_more(image, _text(words)):
        image = replace(image, title="")
    return [Figure(image, words, link)]


def _says_nothing_more(image: Image, caption: str) -> bool:
    """Tell whether the title of a picture is in its other text or its caption, or is the name of its file.

    WordPress made titles of these.
    """
    title = _words(image.title)
    name = _SIZE.sub("", re.split("[?#]", image.src)[0].rpartition("/")[2])
    return title == _words(unquote(name)) or any(title in _words(text) for text in (image.alt, caption))


def _words(text: str) -> str:
    """Return the words of a text, with a space on each side, so that one text is found in another."""
    words = " ".join(_WORD.findall(text)).casefold()
    return f" {words} "


def _text(inlines: tuple[Inline, ...]) -> str:
    return "".join(node.text for node in walk(inlines) if isinstance(node, Text))


def _other(reader: Reader, caption: Tag, content: list[PageElement], place: Place) -> list[Block] | None:
    """Read what else has a caption: code and tables have a place for it, several pictures are one figure."""
    nodes = [node for child in content for node in _all_of(child)]
    is_before = next((node for node in nodes if node is caption or _shows(node)), None) is caption
    at = next(place for place, node in enumerate(nodes) if node is caption)
    if not is_before and any(
        (text_of(node) or "").strip() and not _is_inside(node, caption) for node in nodes[at:]
    ):
        return None  # a caption in the middle of a text is a part of it
    words = blocks_apart(reader, caption, place)
    blocks = reader.blocks(content, place)
    match (blocks, words):
        case ([CodeBlock(caption=()) | Table(caption=()) as block], [Paragraph(children)]) if is_before:
            return [replace(block, caption=children)]
    is_one = any(isinstance(node, Image | RawBlock | RawInline) for node in walk(tuple(blocks)))
    if is_one and words and blocks:
        said: list[Block] = [Division("figcaption", tuple(words))]
        return [Division("figure", tuple([*said, *blocks] if is_before else [*blocks, *said]))]
    return [*words, *blocks] if is_before else [*blocks, *words]


def _shows(node: PageElement) -> bool:
    if not isinstance(node, Tag):
        return bool((text_of(node) or "").strip())
    return node.name in _CONTENT
