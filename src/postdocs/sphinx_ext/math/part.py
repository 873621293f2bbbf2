"""An element of a formula, with cached facts for its text.

Elements are those of `xml.etree` or of `lxml`, with names in lower case and without a namespace.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Self

Element = Any  # of one of two libraries, which have no type in common

TOKENS = frozenset({"mi", "mn", "mo", "ms", "mtext"})
ROWS = frozenset({"math", "menclose", "merror", "mpadded", "mrow", "mstyle", "mtd"})
SCRIPTS = frozenset({"mmultiscripts", "mover", "msub", "msubsup", "msup", "munder", "munderover"})
_FIRST_OF = frozenset({"maction", "semantics"})  # of their children the first is shown
TRANSPARENT = ROWS | _FIRST_OF
_ROOT = "msqrt"  # holds a row, but is one thing to what stands beside it
_UNSEEN = frozenset({"annotation", "annotation-xml", "mphantom"})
# Function application, times, separator, plus; selectors of variants.
_INVISIBLE = dict.fromkeys((0x2061, 0x2062, 0x2063, 0x2064, *range(0xFE00, 0xFE10)))
_WHITE = re.compile(r"\s+")
_MOST_TEXTS = 1024  # letters and signs, most of which many formulas have


class Part:
    """An element of MathML.

    element: itself. tag: its name. text: its own characters as they are shown. inner: the elements in it, and
    children: those of them that are shown. is_shown: whether there is something to see of it. operator: the
    operator that it is about, or "". lines: its text, once it is known, by whether it is tight. infix: of a
    row, which of its parts are operators between two things, once that is known.
    """

    # None of them is the part itself: what refers to itself waits for the garbage collector.
    __slots__ = (
        "_core",
        "_row",
        "children",
        "element",
        "infix",
        "inner",
        "is_shown",
        "lines",
        "operator",
        "tag",
        "text",
    )

    def __init__(self, element: Element, inner: Sequence[Self] = ()) -> None:
        tag: str = element.tag
        text: str | None = element.text
        self.element = element
        self.inner = inner
        self.tag = tag
        self.text = _shown(tag, text) if text else ""
        self.is_shown = True
        if tag == "mo":
            self.is_shown = bool(self.text)
        elif tag == "mspace":
            self.is_shown = bool(element.attrib)
        elif tag in _UNSEEN:
            self.is_shown = False
        shown = [child for child in inner if child.is_shown] if inner else ()
        self.children = shown[:1] if tag in _FIRST_OF else shown
        self._row: list[Self] | None = _side_by_side(self.children) if tag in _HOLDERS else None
        self._core: Self | None = None
        if shown and (tag in SCRIPTS or (tag in TRANSPARENT and len(self.children) == 1)):
            self._core = shown[0].core
        core = self._core or self
        self.operator: str = core.text if core.tag == "mo" else ""
        self.lines: dict[bool, str] = {}
        self.infix: list[bool] | None = None

    @classmethod
    def of(cls, element: Element) -> Self:
        """Return an element with all that is in it."""
        if not len(element):
            return cls(element)
        return cls(element, [cls.of(child) for child in element if isinstance(child.tag, str)])

    @property
    def parts(self) -> Sequence[Self]:
        """What stands side by side in it: what is in a row stands beside what is around the row."""
        return (self,) if self._row is None else self._row

    @property
    def side_by_side(self) -> Sequence[Self]:
        """What it is to what stands beside it: itself, or what is in it where it is only a row."""
        return (self,) if self._row is None or self.tag == _ROOT else self._row

    @property
    def core(self) -> Self:
        """What it is about: of a letter with indices the letter."""
        return self._core or self

    def get(self, name: str) -> str:
        """Return one of its attributes, or ""."""
        return str(self.element.get(name, ""))


_HOLDERS = TRANSPARENT | {_ROOT}


def _side_by_side(children: Sequence[Part]) -> list[Any]:
    return [part for child in children for part in child.side_by_side]


@lru_cache(_MOST_TEXTS)
def _shown(tag: str, text: str) -> str:
    text = _WHITE.sub(" ", text.replace("\u00a0", " ").translate(_INVISIBLE))
    if tag == "mtext":
        return text
    return text.strip().replace("-", "−") if tag == "mo" else text.strip()
