"""Drawings that become pictures of their own."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator

import pytest
from helpers import assert_linear
from lxml import etree

from postdocs.importer.ast.nodes import Image, RawBlock, RawInline
from postdocs.importer.ast.visit import walk
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html.parse import parse
from postdocs.importer.html.rendered import css, drawings
from postdocs.importer.html.visible import words
from postdocs.importer.words import words_of

LONG = '<path d="M 0 0 L 1 1 z"/>' * 100
PLOT = f"""<p>Plot:</p><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 width="288pt" height="216pt" viewBox="0 0 288 216" version="1.1">
<metadata><rdf:RDF><dc:date>2020</dc:date></rdf:RDF>
</metadata><title>Rain by year</title><defs><style type="text/css">*{{stroke-linejoin: round}}</style></defs>
<g id="axes_1"><defs><path id="tick" d="M 0 0 L 0 3.5" style="stroke: #000000; stroke-width: 0.8"/></defs>
<use xlink:href="#tick" x="46" y="192" style="stroke: #000000"/><!-- 1.0 -->
<clipPath id="p1"><rect width="9" height="9"/></clipPath><g clip-path="url(#p1)">{LONG}</g>
<image xlink:href="data:image/png;base64,iVBORw0KGgo=" width="9" height="9"/></g></svg>"""
CHART = """<svg id="mermaid-1" width="100%" style="max-width: 500px;" viewBox="0 0 500 90"
 role="graphics-document" aria-roledescription="flowchart"><style>
#mermaid-1{font-family:"trebuchet ms",sans-serif;fill:#333;}
#mermaid-1 .node rect{fill:#ECECFF;stroke:url(#gradient);} @keyframes dash{to{stroke-dashoffset:0;}}
@import url(https://spy.example/x.css);
#mermaid-1 .edge{background:url(https://spy.example/y.png);stroke:#000}</style>
<g class="node"><rect width="90" height="40"/><foreignObject width="80" height="24"><div
 xmlns="http://www.w3.org/1999/xhtml" style="display: table-cell; white-space: nowrap"><span
 class="nodeLabel">Rain <b>falls</b><br>here &amp; there</span></div></foreignObject></g>
<text><textPath href="#edge">on a path</textPath></text></svg>"""


def pictures(html: str) -> tuple[list[etree._Element], list[Image], tuple[Note, ...]]:
    """Return the drawings of some HTML that became pictures, those pictures, and the notes."""
    document, notes = parse(html, "https://blog.example/p/")
    assert words_of(document) == words(html, "https://blog.example/p/")
    images = [node for node in walk(document) if isinstance(node, Image) and node.src.startswith("data:")]
    return [etree.fromstring(b64decode(image.src.partition(",")[2])) for image in images], images, notes


def names(drawing: etree._Element) -> list[str]:
    """Return the names of the elements of a drawing."""
    return [etree.QName(element).localname for element in drawing.iter() if isinstance(element.tag, str)]


def test_a_plot_of_matplotlib_is_a_picture() -> None:
    """It keeps its shapes, what it uses of itself, its clip paths, pictures and style, and its size."""
    (drawing,), (image,), notes = pictures(PLOT)
    assert {"use", "clipPath", "image", "style", "path"} <= {*names(drawing)}
    assert "metadata" not in names(drawing)
    (use,) = drawing.iter("{*}use")
    assert dict(use.attrib) == {"href": "#tick", "x": "46", "y": "192", "stroke": "#000000"}
    assert (drawing.get("width"), drawing.get("viewBox")) == ("288pt", "0 0 288 216")
    assert image.alt == "Rain by year"
    assert notes == ()


def test_a_chart_of_mermaid_is_a_picture() -> None:
    """Its styles and its words in HTML stay, without what they would load."""
    (drawing,), _, _ = pictures(CHART)
    (style,) = drawing.iter("{*}style")
    assert style.text == (
        '#mermaid-1 { font-family: "trebuchet ms",sans-serif; fill: #333 }\n'
        "#mermaid-1 .node rect { fill: #ECECFF; stroke: url(#gradient) }\n"
        "#mermaid-1 .edge { stroke: #000 }"
    )
    (label,) = drawing.iter("{http://www.w3.org/1999/xhtml}span")
    assert " ".join("".join(label.itertext()).split()) == "Rain fallshere & there"
    assert "on a path" in "".join(drawing.itertext())


HOSTILE = (
    "<script>x()</script>",
    '<rect onclick="x()" width="1"/>',
    '<a href="javascript:x()"><rect width="1"/></a>',
    '<a xlink:href=" java&#10;script:x()"><rect width="1"/></a>',
    '<animate attributeName="href" values="javascript:x()"/>',
    '<set attributeName="onload" to="x()"/>',
    '<use href="https://spy.example/a.svg#b"/>',
    '<use href="data:image/svg+xml;base64,AAAA#b"/>',
    '<image href="https://spy.example/a.png"/>',
    '<image href="data:image/svg+xml;base64,AAAA"/>',
    '<feImage href="https://spy.example/a.png"/>',
    '<foreignObject><iframe src="javascript:x()"></iframe></foreignObject>',
    '<foreignObject><img src="https://spy.example/a" onerror="x()"></foreignObject>',
    '<foreignObject><body onload="x()"><form action="https://spy.example"><input></form></body></foreignObject>',
    '<style>@import "https://spy.example/a.css";</style>',
    "<style>rect{fill:u\\72l(https://spy.example/a)}</style>",
    "<style>rect{background:image-set('https://spy.example/a' 1x)}</style>",
    "<style>@font-face{font-family:a;src:url(https://spy.example/a)}</style>",
    "<style>a{}</style><style><![CDATA[</style><script>x()</script>]]></style>",
    '<rect fill="url(https://spy.example/a#b)" width="1"/>',
    '<rect style="fill:url(&quot;https://spy.example/a&quot;)" width="1"/>',
    '<rect style="behavior:url(#x);-moz-binding:url(#x)" width="1"/>',
    "<handler>x()</handler>",
    '<metadata><script xmlns="http://www.w3.org/1999/xhtml">x()</script></metadata>',
)


@pytest.mark.parametrize("part", HOSTILE)
@pytest.mark.parametrize("rest", [LONG, '<rect width="2"/>'])
def test_nothing_of_a_drawing_runs_or_loads(part: str, rest: str) -> None:
    """Neither in a picture of its own nor in the text."""
    html = f'<svg viewBox="0 0 9 9">{rest}{part}</svg>'
    document, _ = parse(html, "https://blog.example/p/")
    kept = [node.html for node in walk(document) if isinstance(node, RawBlock | RawInline)]
    sources = [node.src for node in walk(document) if isinstance(node, Image)]
    texts = [*kept, *(b64decode(src.partition(",")[2]).decode() for src in sources)]
    assert len(texts) == 1
    assert not re.search(r"spy|script:|x\(\)|\son\w+=|binding|behavior|svg\+xml", texts[0])


def bomb(levels: int) -> Iterator[str]:
    """Yield a drawing whose parts each show the one before twice."""
    yield '<svg viewBox="0 0 9 9"><g id="g0"><circle r="1"/></g>'
    for level in range(levels):
        yield f'<g id="g{level + 1}"><use href="#g{level}"/><use href="#g{level}"/></g>'
    yield "</svg>"


@pytest.mark.parametrize(
    "piece", ["<svg>", "<svg><style>", "<g>", "<foreignObject><table>", "<a>", "<script>"]
)
def test_a_drawing_takes_no_longer_than_its_length_asks(piece: str) -> None:
    """However deep its parts are in each other."""
    assert_linear(lambda size: drawings.clean("<svg>" + piece * size), 1_600)


@pytest.mark.parametrize(("levels", "is_lost"), [(3, False), (40, True)])
def test_a_drawing_that_repeats_itself_without_end_is_cut(levels: int, is_lost: bool) -> None:
    """No browser is stopped by a few lines; the loss is said."""
    document, notes = parse("".join(bomb(levels)), None)
    (block,) = document.blocks
    assert isinstance(block, RawBlock)
    assert ("<use" not in block.html) is is_lost
    assert any(note.kind is NoteKind.LOST for note in notes) is is_lost


def test_a_picture_elsewhere_in_a_drawing_is_lost() -> None:
    """A drawing must not load anything, so the report says which picture it no longer has."""
    html = '<svg viewBox="0 0 9 9"><rect width="1"/><image href="https://b.example/a.png"/></svg>'
    _, notes = parse(html, None)
    assert [(note.kind, note.before) for note in notes] == [(NoteKind.LOST, "https://b.example/a.png")]


def test_links_of_a_long_drawing_are_kept() -> None:
    """A drawing with links stays in the text, however long; with a style of its own, they follow it."""
    link = '<a xlink:href="https://b.example/"><text>More</text></a>'
    document, _ = parse(f"<svg>{LONG}{link}</svg>", None)
    assert isinstance(document.blocks[0], RawBlock)
    assert '<a href="https://b.example/">' in document.blocks[0].html
    styled = f"<p><svg><style>text{{fill:red}}</style>{LONG}{link}</svg></p>"
    document, _ = parse(styled, None)
    assert "Link(url='https://b.example/', children=(Text(text='More'),)" in repr(document)


@pytest.mark.parametrize(
    ("value", "is_safe"),
    [
        ("url(#a)", True),
        ('url("#a")', True),
        ("rgb(1 2 3 / 50%)", True),
        ("translate(1 2) rotate(-3)", True),
        ("M 0 0 L 1 1", True),
        ("url(a.svg#b)", False),
        ("url('//spy.example')", False),
        ("URL( https://spy.example )", False),
        ("var(--a, url(https://spy.example))", False),
        ("expression(x())", False),
        ("u\\rl(https://spy.example)", False),
    ],
)
def test_values_that_load_nothing(value: str, is_safe: bool) -> None:
    """Only parts of the drawing itself may be named (CSS Values 4 §4.5)."""
    assert css.is_safe(value) is is_safe
