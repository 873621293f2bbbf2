r"""Parts that take no room, as in `\sum_{\mathclap{i < j}}`: they may stand out of their formula.

A formula on a line of its own is in a box that scrolls, and what stands out of that is cut off.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree as ET

from postdocs.sphinx_ext.math.levels import SCRIPT

_NO_WIDTH = frozenset({"0em", "0.1px"})
_LETTER = 0.6  # width of a letter or sign, in em, at most; of most it is less
_INDEX = 0.7  # size of letters in an index


def leave_room(tree: ET.Element, levels: Mapping[ET.Element, int]) -> None:
    """Leave as much room on both sides of a formula as its parts without width may reach out of it.

    levels: of its elements. The formula stays in the middle, and scrolls a little further where it is wide.
    """
    reach = max((_reach(part, levels.get(part, 0)) for part in tree.iter("mpadded")), default=0)
    if reach:
        for place in (0, len(tree) + 1):
            tree.insert(place, ET.Element("mspace", width=f"{reach:.4g}em"))


def _reach(part: ET.Element, level: int) -> float:
    """Return how far a part reaches out of its place, in em, at most; 0 where it has a width.

    To Chromium, a centred one reaches to the right as far as it would if it were not.
    """
    if part.get("width") not in _NO_WIDTH:
        return 0
    return _letters(part) * _LETTER * (_INDEX if level >= SCRIPT else 1)


def _letters(part: ET.Element) -> int:
    """Return how many letters and signs of a part are seen."""
    if part.tag == "mphantom":
        return 0
    return len("".join((part.text or "").split())) + sum(map(_letters, part))
