"""Tall delimiters of KaTeX, which are put together from pieces or drawn → TeX."""

from __future__ import annotations

import re

from bs4.element import Tag

from postdocs.importer.html.dom import attribute

# By the pieces of a delimiter, but those that only make it longer.
_PIECES = {
    frozenset(pieces): tex
    for pieces, tex in (
        ("⎧⎨⎩", r"\{"), ("⎫⎬⎭", r"\}"), ("⎛⎝", "("), ("⎞⎠", ")"), ("⎡⎣", "["), ("⎤⎦", "]"), ("⎣", r"\lfloor"),
        ("⎦", r"\rfloor"), ("⎡", r"\lceil"), ("⎤", r"\rceil"), ("∣", "|"), ("∥", r"\|"), ("⏐↑", r"\uparrow"),
        ("⏐↓", r"\downarrow"), ("‖⇑", r"\Uparrow"), ("‖⇓", r"\Downarrow"),
    )
}  # fmt: skip
_LONGER = "⎜⎟⎢⎥⎪"
# By width in em, and by what is in the path.
_DRAWN = (
    ("0.333em", "", "|"),
    ("0.556em", "", r"\|"),
    ("0.875em", "M863", "("),
    ("0.875em", "M76", ")"),
    ("0.667em", r"M403 1759.*h347", "["),
    ("0.667em", "M403 1759", r"\lceil"),
    ("0.667em", r"M347 1759.*H0 v", "]"),
    ("0.667em", "M347 1759", r"\rceil"),
    ("0.667em", r"M319 602.*h263", r"\lfloor"),
    ("0.667em", "M319 602", r"\rfloor"),
)


def tall_delimiter(tag: Tag, _depth: int) -> str:
    """Write a delimiter as TeX.

    Raises
    ------
    ValueError
        It is none that is known.

    """
    pieces = frozenset(tag.get_text()) - {*_LONGER, "\u200b", " "}
    if pieces in _PIECES:
        return _PIECES[pieces]
    drawing, path = tag.find("svg"), tag.find("path")
    if pieces or not isinstance(drawing, Tag) or not isinstance(path, Tag):
        raise ValueError(tag.get_text())
    width, line = attribute(drawing, "width"), " ".join(attribute(path, "d").split())
    for drawn, pattern, tex in _DRAWN:
        if width == drawn and re.match(pattern, line):
            return tex
    raise ValueError(line)
