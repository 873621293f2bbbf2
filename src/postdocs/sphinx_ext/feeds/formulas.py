"""Formulas that can be read where a reader of feeds leaves nothing of MathML but its text."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache
from html import escape
from typing import Any
from xml.etree import ElementTree as ET

from postdocs.sphinx_ext.feeds.attributes import dress
from postdocs.sphinx_ext.feeds.html import ATTRIBUTES
from postdocs.sphinx_ext.math.linear import signs_of
from postdocs.sphinx_ext.math.part import Part
from postdocs.sphinx_ext.math.set_formulas import FORMULA
from postdocs.sphinx_ext.output.state import fingerprint

_MOST_KEPT = 1024  # of different formulas: articles have many in common, such as x


class HeldFormulas:
    """Formulas that the renderer has set, held while an article is read as HTML that anybody wrote.

    They are MathML already that needs no cleaning. So they are made ready for feeds by themselves, each
    formula once, not with each article.
    """

    def __init__(self, body: str, formulas: Container[str]) -> None:
        """Hold those of a body that are among formulas; `body` has marks instead, with their text."""
        self._formulas: list[str] = []
        self._name = fingerprint(body)  # no body can have a mark in it that bears its own fingerprint
        self.body = FORMULA.sub(lambda match: self._mark(match[0], formulas), body)

    def _mark(self, mathml: str, formulas: Container[str]) -> str:
        if mathml not in formulas:
            return mathml
        article, text = _for_feeds(mathml)
        self._formulas.append(article)
        return f'<math alttext="{self._name}-{len(self._formulas) - 1}">{text}</math>'

    def put_back(self, article: str) -> str:
        """Return an article with formulas instead of marks."""
        mark = re.compile(rf'<math alttext="{self._name}-(\d+)">[^<]*</math>')
        return mark.sub(lambda match: self._formulas[int(match[1])], article)


@lru_cache(_MOST_KEPT)
def _for_feeds(mathml: str) -> tuple[str, str]:
    """Return a formula as articles in feeds have it, and its characters, both as HTML."""
    math = ET.fromstring(mathml)  # noqa: S314 - the renderer's own
    text = escape("".join(math.itertext()))
    for element in math.iter():
        if element.attrib:
            for name in element.attrib.keys() - ATTRIBUTES:
                del element.attrib[name]
            dress(element)
    add_signs(math)
    return ET.tostring(math, encoding="unicode", short_empty_elements=False), text


def add_signs(math: Any) -> None:
    """Put the signs into a formula that its text needs: `u_t = k u_xx`, not `ut=kuxx`.

    math: its element, of `lxml` or of `xml.etree`.

    Browsers show no annotation (MathML Core §2.1.3, "semantics"); so those who know MathML see the formula as
    it was. A formula with an annotation is left alone, for that says in words what it is.
    """
    if next(math.iter("annotation"), None) is not None:
        return
    for part in Part.of(math).walk():
        for child, (before, after) in zip(part.children, signs_of(part, small=False), strict=True):
            if after.isspace():
                child.element.tail = after  # between elements it is none of the formula
            elif before or after:
                _surround(part.element, child.element, before, after)


def _surround(parent: Any, element: Any, before: str, after: str) -> None:
    row = element.makeelement("mrow", {})
    row.tail, element.tail = element.tail, None
    parent[[*parent].index(element)] = row
    row.extend([*_sign(element, before), element, *_sign(element, after)])


def _sign(element: Any, text: str) -> list[Any]:
    """Return a sign as elements of the same library as another one."""
    if not text:
        return []
    semantics = element.makeelement("semantics", {})
    semantics.append(element.makeelement("mrow", {}))
    annotation = element.makeelement("annotation", {"encoding": "text/plain"})
    annotation.text = text
    semantics.append(annotation)
    return [semantics]
