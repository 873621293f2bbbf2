"""Lines, boxes and strokes around a part of a formula, for which MathML Core has no element."""

from __future__ import annotations

from xml.etree import ElementTree as ET

_STROKE = (
    "linear-gradient(to %s, transparent calc(50%% - 0.03em), currentColor calc(50%% - 0.015em), "
    "currentColor calc(50%% + 0.015em), transparent calc(50%% + 0.03em))"
)
_LINE = "0.06em solid"
# What `menclose` draws, in CSS: the element is in no MathML that all browsers know.
_NOTATIONS = {
    "top": {"border-top": _LINE, "padding-top": "0.1em"},
    "bottom": {"border-bottom": _LINE, "padding-bottom": "0.1em"},
    "box": {"border": _LINE, "padding": "0.3em"},
    "actuarial": {"border-top": _LINE, "border-right": _LINE, "padding": "0.04em 0.04em 0 0"},
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


def enclose(element: ET.Element) -> None:
    """Draw around an element what MathML Core has no element for."""
    for child in element.findall("mrow"):
        if not len(child):  # a stroke, in the style sheet of Temml
            element.remove(child)
    element.tag = "mrow"
    declarations = _NOTATIONS[element.attrib.pop("notation")]
    element.set("style", ";".join(f"{name}:{value}" for name, value in declarations.items()))
