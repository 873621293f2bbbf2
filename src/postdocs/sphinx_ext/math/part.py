"""An element of a formula, with cached facts for its text.

Elements are those of `xml.etree` or of `lxml`, with names in lower case and without a namespace.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Self

Element = Any  # of one of two libraries, which have no type in common

TOKENS = frozenset({"mi", "mn", "mo", "ms", "mtext"})
ROWS = frozenset({"math", "menclose", "merror", "mpadded", "mrow", "mstyle", "mtd"})
SCRIPTS = frozenset({"mmultiscripts", "mover", "msub", "msubsup", "msup", "munder", "munderover"})
_FIRST_OF = frozenset({"maction", "semantics"})  # of their children the first is shown
TRANSPARENT = ROWS | _FIRST_OF
_UNSEEN = frozenset({"annotation", "annotation-xml", "mphantom"})
_INVISIBLE = dict.fromkeys((0x2061, 0x2062, 0x2063, 0x2064))  # function application, times, separator, plus
_WHITE = re.compile(r"\s+")
_MOST_TEXTS = 1024  # letters and signs, most of which many formulas have


class Part:
    """An element of MathML.

    element: itself. tag: its name. text: its own characters as they are shown. inner: the elements in it, and
    children: those of them that are shown. parts: what stands side by side in it, where what is in a row
    stands beside what is around the row. core: what it is about, of a letter with indices the letter.
    operator: the operator that it is about, or "". lines: its text, once it is known, by whether it is tight.
    """

    __slots__ = ("children", "core", "element", "inner", "lines", "operator", "parts", "tag", "text")

    def __init__(self, element: Element, inner: list[Self]) -> None:
        self.element = element
        self.inner = inner
        self.tag: str = element.tag
        self.text = _shown(self.tag, element.text) if element.text else ""
        shown = [child for child in inner if child.is_shown]
        self.children = shown[:1] if self.tag in _FIRST_OF else shown
        self.parts = [self]
        if self.tag in TRANSPARENT or self.tag == "msqrt":
            self.parts = [part for child in self.children for part in child.side_by_side]
        self.core: Self = self
        if shown and (self.tag in SCRIPTS or (self.tag in TRANSPARENT and len(self.children) == 1)):
            self.core = shown[0].core
        self.operator = self.core.text if self.core.tag == "mo" else ""
        self.lines: dict[bool, str] = {}

    @classmethod
    def of(cls, element: Element) -> Self:
        """Return an element with all that is in it."""
        return cls(element, [cls.of(child) for child in element if isinstance(child.tag, str)])

    @property
    def is_shown(self) -> bool:
        """Whether there is something to see of it."""
        match self.tag:
            case "mo":
                return bool(self.text)
            case "mspace":
                return bool(self.element.attrib)
        return self.tag not in _UNSEEN

    @property
    def side_by_side(self) -> list[Self]:
        """What it is to what stands beside it: itself, or what is in it where it is only a row."""
        return self.parts if self.tag in TRANSPARENT else [self]

    def get(self, name: str) -> str:
        """Return one of its attributes, or ""."""
        return str(self.element.get(name, ""))

    def walk(self) -> Iterator[Self]:
        """Yield it and all that is in it, in the order of the text."""
        yield self
        for child in self.inner:
            yield from child.walk()


@lru_cache(_MOST_TEXTS)
def _shown(tag: str, text: str) -> str:
    text = _WHITE.sub(" ", text.replace("\u00a0", " ").translate(_INVISIBLE))
    if tag == "mtext":
        return text
    return text.strip().replace("-", "−") if tag == "mo" else text.strip()
