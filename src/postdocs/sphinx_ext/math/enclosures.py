"""Lines, boxes and strokes around a part of a formula, for which MathML Core has no element."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from postdocs.sphinx_ext.math.engine import LatexError

_STROKE = (
    "linear-gradient(to %s, transparent calc(50%% - 0.03em), currentColor calc(50%% - 0.015em), "
    "currentColor calc(50%% + 0.015em), transparent calc(50%% + 0.03em))"
)
_LINE = "0.06em solid"
_SEGMENT = (  # a line from end to end, in the middle of the two at its ends
    "linear-gradient(currentColor, currentColor) 0 %s / 100%% 0.06em no-repeat, "
    "linear-gradient(currentColor, currentColor) 0 %s / 0.06em 0.3em no-repeat, "
    "linear-gradient(currentColor, currentColor) 100%% %s / 0.06em 0.3em no-repeat"
)
SEGMENT = "postdocs-segment"
"""The class of a line above or below a part that has an end, as the dialect writes it."""

_ENCLOSED = "postdocs-enclosed-"  # begins classes of the dialect; a notation of `menclose` ends them
_PLACED = {"postdocs-left": "tml-left", "postdocs-right": "tml-right"}  # classes of cells by those of parts

# Letters that reach no higher than x. The style sheet lowers a line above these in Firefox, whose boxes of
# letters are all as high as those of capitals.
_LOW = frozenset("acegmnopqrsuvwxyzαγεηικμνπρστυχω")

# What `menclose` draws, in CSS: the element is in no MathML that all browsers know.
_NOTATIONS = {
    "top": {"border-top": _LINE, "padding-top": "0.1em"},
    "bottom": {"border-bottom": _LINE, "padding-bottom": "0.1em"},
    "top segment": {
        "background": _SEGMENT % ("0.12em", "0", "0"),
        "padding-top": "0.35em",
        "print-color-adjust": "exact",
    },
    "bottom segment": {
        "background": _SEGMENT % ("calc(100% - 0.12em)", "100%", "100%"),
        "padding-bottom": "0.35em",
        "print-color-adjust": "exact",
    },
    "left": {"border-left": _LINE, "padding": "0.2em 0 0.2em 0.2em"},
    "right": {"border-right": _LINE, "padding": "0.2em 0.2em 0.2em 0"},
    "box": {"border": _LINE, "padding": "0.3em"},
    "roundedbox": {"border": _LINE, "border-radius": "0.3em", "padding": "0.3em"},
    "actuarial": {"border-top": _LINE, "border-right": _LINE, "padding": "0.12em 0.12em 0 0"},
    "longdiv": {"border-top": _LINE, "border-left": _LINE, "padding": "0.12em 0 0 0.2em"},
    "circle": {"border": _LINE, "border-radius": "50%", "padding": "0.2em"},
    "phasorangle": {
        "border-bottom": _LINE,
        "background": f"{_STROKE % 'bottom right'} 0 0 / 0.4em 100% no-repeat",
        "padding": "0.1em 0.1em 0.1em 0.4em",
        "print-color-adjust": "exact",
    },
    "updiagonalstrike": {
        "background": _STROKE % "top left",
        "padding": "0.1em 0.05em",
        "print-color-adjust": "exact",
    },
    "downdiagonalstrike": {
        "background": _STROKE % "top right",
        "padding": "0.1em 0.05em",
        "print-color-adjust": "exact",
    },
    "updiagonalstrike downdiagonalstrike": {
        "background": f"{_STROKE % 'top left'}, {_STROKE % 'top right'}",
        "padding": "0.1em 0.05em",
        "print-color-adjust": "exact",
    },
    "horizontalstrike": {
        "background": "linear-gradient(currentColor, currentColor) 0 55% / 100% 0.06em no-repeat",
        "padding": "0.1em 0.05em",
        "print-color-adjust": "exact",
    },
}

_DECLARATIONS = {
    notation: [f"{name}:{value}" for name, value in style.items()] for notation, style in _NOTATIONS.items()
}


def take_enclosures(tree: ET.Element) -> None:
    r"""Say how the dialect encloses a part, and in cells where `\shoveleft` puts their row.

    Raises
    ------
    LatexError
        There is no such notation.

    """
    marks = [*tree.iter("menclose")]
    for cell in tree.iter("mtd") if marks else ():
        for name in (mark.get("class", "") for mark in cell.iter("menclose")):
            if name in _PLACED:
                cell.set("class", _PLACED[name])
    for element in marks:
        name = element.get("class", "")
        if name in _PLACED:
            element.tag, element.attrib, element[:] = "mrow", {}, []
        elif name.startswith(_ENCLOSED):
            notation = name.removeprefix(_ENCLOSED)
            if notation not in _NOTATIONS:
                raise LatexError(f"the notation {notation} of \\enclose is not known")
            element.attrib = {"notation": notation}


def enclose(element: ET.Element) -> None:
    """Draw around an element what MathML Core has no element for."""
    for child in element.findall("mrow"):
        if not len(child):  # a stroke, in the style sheet of Temml
            element.remove(child)
    element.tag = "mrow"
    notation = element.attrib.pop("notation")
    if notation == "top" and all(part.text in _LOW for part in element.iter() if part.text):
        element.set("class", "low")
    element.set("style", ";".join(_DECLARATIONS[notation]))


def notation_in(style: str) -> str:
    """Return the notation that a style of ours or of Temml draws, as `menclose` has it, or ""."""
    declarations = {*style.split(";")}
    if notation := next(
        (name for name, drawn in _DECLARATIONS.items() if declarations.issuperset(drawn)), ""
    ):
        return notation
    return "box" if any(declaration.startswith("border:") for declaration in declarations) else ""
