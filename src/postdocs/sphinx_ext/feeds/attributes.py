"""Attributes that elements keep in feeds, which have no style sheet."""

from __future__ import annotations

import re
from typing import Any

_LEFT_OUT = ("checked", "controls", "disabled", "hidden", "name", "role")
_LANGUAGE = re.compile(r"language-[\w+#.-]+")
_STYLE = re.compile(
    r"(?:^|;)\s*((?:max-)?(?:height|width)|text-align|text-anchor|text-decoration|vertical-align|opacity|"
    r"font-(?:style|weight)|(?:fill|stop|stroke)[\w-]*)\s*:\s*([\w#.%,()\s-]+?)\s*(?=;|$)"
)


def dress(element: Any) -> None:
    """Leave the attributes that mean something without a style sheet.

    element: of `lxml` or of `xml.etree`, which have no type in common.
    """
    attributes = element.attrib
    for name in _LEFT_OUT:
        if name in attributes and not (name == "controls" and element.tag in {"audio", "video"}):
            del attributes[name]
    if "class" in attributes:
        language = _LANGUAGE.search(attributes["class"]) if element.tag == "code" else None
        if language:
            attributes["class"] = language[0]
        else:
            del attributes["class"]
    if "style" in attributes:
        style = "; ".join(
            f"{name}: {value}" for name, value in _STYLE.findall(" ".join(attributes["style"].split()))
        )
        if style:
            attributes["style"] = style
        else:
            del attributes["style"]
