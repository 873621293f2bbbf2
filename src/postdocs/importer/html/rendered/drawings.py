"""Inline SVG → a safe drawing: a short one stays in the text, a long one becomes an image file.

Nothing of a drawing runs or asks for anything: no script, handler or animation, no address but of its own
parts and of pictures in it, no style that loads. What browsers show in it stays: gradients, clip paths,
markers, filters, text, and HTML in `foreignObject`.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Mapping

from bs4.dammit import EntitySubstitution
from bs4.element import Comment, PreformattedString, Tag
from bs4.formatter import XMLFormatter

from postdocs.core.html import BLOCKS, HIDDEN, SVG, SVG_ATTRIBUTES, XML_FORBIDDEN
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html import dom
from postdocs.importer.html.dom import attribute, is_gone, is_hidden, is_undrawn, text_of, words_in
from postdocs.importer.html.rendered import css
from postdocs.importer.html.rendered.build import element

_PREFIX = "data:image/svg+xml;base64,"
_SVG = "http://www.w3.org/2000/svg"
_XHTML = "http://www.w3.org/1999/xhtml"
_LONG = 2000  # characters
_MOST_SHOWN = 100_000  # elements that a drawing has once its copies are made; more stop a browser
_ELEMENTS = SVG | {
    "a", "desc", "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feConvolveMatrix",
    "feDiffuseLighting", "feDisplacementMap", "feDistantLight", "feDropShadow", "feFlood", "feFuncA",
    "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feMerge", "feMergeNode", "feMorphology",
    "feOffset", "fePointLight", "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence", "filter",
    "image", "style", "title", "use", "view",
}  # fmt: skip
_SHAPES = [
    "circle", "ellipse", "foreignObject", "image", "line", "path", "polygon", "polyline", "rect", "text",
    "use",
]  # fmt: skip
_QUIET = frozenset({"animate", "animateMotion", "animateTransform", "metadata", "script", "set", "sodipodi"})
_HTML = frozenset({
    "b", "br", "code", "div", "em", "i", "li", "ol", "p", "pre", "small", "span", "strong", "sub", "sup",
    "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
})  # fmt: skip
_ATTRIBUTES = SVG_ATTRIBUTES | {
    "aria-label", "class", "cx", "cy", "dir", "height", "id", "lang", "role", "version", "width", "xml:space",
}  # fmt: skip
_RASTER = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)
_IN_TEXT = frozenset({"height", "vertical-align", "width"})  # of a style, what may stay in a page
_XML = XMLFormatter(entity_substitution=EntitySubstitution.substitute_xml, void_element_close_prefix="/")


def show(body: Tag, notes: list[Note]) -> None:
    """Clean the drawings of an entry; those that are long or have styles of their own become pictures."""
    drawings = [svg for svg in body.find_all("svg") if svg.find_parent("svg") is None]
    shapes = {attribute(tag, "id"): tag for svg in drawings for tag in svg.find_all(id=True)}
    copied = 0
    for svg in drawings:
        if copied > _MOST_SHOWN:
            notes.append(Note(NoteKind.LOST, "shapes of drawings, for they are used too often"))
            break
        copied += _bring_in(svg, shapes)
    for svg in drawings:
        images = svg.find_all("image")
        if len(images) == 1 and svg.find([name for name in _SHAPES if name != "image"]) is None:
            _as_picture(svg, images[0])
            continue
        hidden = is_hidden(svg)
        _clean(svg, notes)
        if hidden or svg.find(_SHAPES) is None:
            svg.decompose()  # a store of shapes for others
        elif _is_apart(svg):
            _replace(svg)
        elif title := _title(svg):
            svg["aria-label"] = title


def _as_picture(svg: Tag, image: Tag) -> None:
    """Make a picture of a drawing that is nothing else."""
    src = attribute(image, "href") or attribute(image, "xlink:href")
    if src:
        sizes = {name: attribute(image, name) or attribute(svg, name) for name in ("width", "height")}
        svg.replace_with(element("img", src=src, alt=_title(svg), **sizes))
    else:
        svg.decompose()


def _title(svg: Tag) -> str:
    title = svg.find("title", recursive=False)
    return attribute(svg, "aria-label") or (words_in(title) if isinstance(title, Tag) else "")


def _bring_in(svg: Tag, shapes: Mapping[str, Tag]) -> int:
    """Copy what a drawing uses of another one into it: MathJax and sprites keep shapes apart.

    shapes: those of all drawings, by their id. Returns how many elements were copied.
    """
    seen: set[str] = set()
    copied = 0
    waiting = [*svg.find_all("use")]
    while waiting:
        use = waiting.pop()
        name = (attribute(use, "href") or attribute(use, "xlink:href")).removeprefix("#")
        if not name or name in seen:
            continue
        seen.add(name)
        target = shapes.get(name)
        if target is None or target.namespace != _SVG or any(part is svg for part in target.parents):
            continue
        copy = target.__copy__()
        holder = element("defs")
        holder.namespace = _SVG
        holder.append(copy)
        svg.insert(0, holder)
        waiting += copy.find_all("use")
        copied += 1 + len(copy.find_all(True))
    return copied


def _clean(svg: Tag, notes: list[Note]) -> None:
    """Take out of a drawing what is not a part of it, or not safe."""
    for comment in svg.find_all(string=lambda text: isinstance(text, PreformattedString | Comment)):
        comment.extract()
    for tag in [svg, *svg.find_all(True)]:
        if is_gone(tag):
            continue
        if tag.namespace == _SVG or tag.namespace is None:
            _clean_element(tag, notes)
        elif tag.name in HIDDEN:
            tag.decompose()
        elif tag.name not in _HTML:
            tag.name = "div" if tag.name in BLOCKS else "span"
        if not is_gone(tag):
            tag.attrs = {**_attributes(tag)}
    if _shown(svg) > _MOST_SHOWN:
        notes.append(Note(NoteKind.LOST, "parts of a drawing, for it repeats them too often"))
        for use in svg.find_all("use"):
            use.decompose()


def _clean_element(tag: Tag, notes: list[Note]) -> None:
    if tag.name == "style":
        sheet = css.clean_sheet("".join(filter(None, map(text_of, tag.contents))))
        tag.clear(decompose=True)
        tag.append(sheet)
    elif tag.name == "image" and not _RASTER.fullmatch(
        attribute(tag, "href") or attribute(tag, "xlink:href")
    ):
        address = attribute(tag, "href") or attribute(tag, "xlink:href")
        notes.append(Note(NoteKind.LOST, "a picture in a drawing, which is not in it but elsewhere", address))
        tag.decompose()
    elif tag.name == "use" and not (attribute(tag, "href") or attribute(tag, "xlink:href")).startswith("#"):
        tag.decompose()
    elif tag.name not in _ELEMENTS:
        if tag.name == "script":
            notes.append(Note(NoteKind.REMOVED, "`script`"))
        is_quiet = tag.name in _QUIET or ":" in tag.name or not words_in(tag)
        if not is_quiet:
            notes.append(Note(NoteKind.LOST, f"`{tag.name}` in a drawing", words_in(tag)))
        tag.decompose()


def _attributes(tag: Tag) -> dict[str, str]:
    """Return the safe attributes; styles become presentation attributes where they can (SVG 2 §6.6)."""
    attributes: dict[str, str] = {}
    for name in tag.attrs:
        value = attribute(tag, name)
        if name in {"href", "xlink:href"} and _leads_inside(tag, value):
            attributes["href"] = value
        elif name in _ATTRIBUTES and css.is_safe(value):
            attributes[str(name)] = value
    declarations = css.declarations(attribute(tag, "style"))
    if tag.namespace == _XHTML:
        return attributes | ({"style": css.written(declarations)} if declarations else {})
    attributes |= {name: value for name, value in declarations.items() if name in SVG_ATTRIBUTES}
    rest = {name: value for name, value in declarations.items() if name not in SVG_ATTRIBUTES}
    if rest:
        attributes["style"] = css.written(rest)
    return attributes


def _leads_inside(tag: Tag, value: str) -> bool:
    if tag.name == "a":
        return (
            re.match(r"(?:https?:|mailto:|#|/|[\w.\-]+(?:[/?#]|$))", value.strip(), re.IGNORECASE) is not None
        )
    return value.startswith("#") or (tag.name == "image" and _RASTER.fullmatch(value) is not None)


def _shown(svg: Tag) -> int:
    """Count the elements that a drawing shows, those of each `use` included, up to the most that it may."""
    targets = {attribute(tag, "id"): tag for tag in [svg, *svg.find_all(True)] if attribute(tag, "id")}
    counts: dict[int, int] = {}
    waiting: list[tuple[Tag, bool]] = [(svg, False)]
    while waiting:
        tag, is_ready = waiting.pop()
        uses = [tag, *tag.find_all(True)]
        parts = [targets.get(attribute(use, "href")[1:]) for use in uses if use.name == "use"]
        inner = [part for part in parts if part is not None]
        if is_ready:
            total = len(uses) + sum(counts.get(id(part), 0) for part in inner)
            counts[id(tag)] = min(total, _MOST_SHOWN + 1)
        elif id(tag) not in counts:
            counts[id(tag)] = _MOST_SHOWN + 1 if any(part is tag for part in inner) else 0
            waiting.append((tag, True))
            waiting += [(part, False) for part in {id(part): part for part in inner}.values()]
    return counts[id(svg)]


def _is_apart(svg: Tag) -> bool:
    """Tell whether a drawing is better a file of its own: it is long, or brings styles for itself."""
    if svg.find(["style", "foreignObject", "image", "filter"]) is not None:
        return True
    styles = (css.declarations(attribute(tag, "style")).keys() for tag in [svg, *svg.find_all(True)])
    if any(names - _IN_TEXT for names in styles):
        return True
    return len(str(svg)) > _LONG and svg.find("a", href=True) is None


def _replace(svg: Tag) -> None:
    """Put a picture into the place of a drawing, and its links behind that."""
    links = [
        element("a", words_in(link) or attribute(link, "href"), href=attribute(link, "href"))
        for link in svg.find_all("a", href=True)
    ]
    picture = element("img", src=_PREFIX + b64encode(_source(svg).encode()).decode(), alt=_title(svg))
    svg.insert_before(picture)
    for link in links:
        svg.insert_before(" ", link)
    svg.decompose()


def _source(svg: Tag) -> str:
    """Write a clean drawing as a document of its own."""
    svg["xmlns"] = _SVG
    for holder in svg.find_all("foreignObject"):
        for child in holder.find_all(True, recursive=False):
            child["xmlns"] = _XHTML
    return XML_FORBIDDEN.sub("", svg.decode(formatter=_XML))


def clean(source: str) -> tuple[str, tuple[Note, ...]]:
    """Return a drawing that somebody else wrote as one that is safe, "" where there is none.

    It is read as browsers read HTML: no entity is expanded, nothing else is read.
    """
    svg = dom.read(source).find("svg")
    notes: list[Note] = []
    if not isinstance(svg, Tag):
        return "", ()
    _clean(svg, notes)
    return _source(svg), tuple(notes)


def words_of(src: str) -> str:
    """Return the words that a picture shows which was a drawing in the text; "" for any other picture."""
    if not src.startswith(_PREFIX):
        return ""
    body = dom.read(b64decode(src.removeprefix(_PREFIX)).decode(errors="replace"))
    texts = (
        text
        for node in body.descendants
        if (text := text_of(node)) and not any(is_undrawn(part) for part in (node, *node.parents))
    )
    return " ".join(" ".join(texts).split())
