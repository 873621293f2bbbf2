"""Formulas that can be read where a reader of feeds leaves nothing of MathML but its text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from xml.etree import ElementTree as ET

from lxml import etree

from postdocs.sphinx_ext.feeds.attributes import dress
from postdocs.sphinx_ext.feeds.html import ATTRIBUTES, replace
from postdocs.sphinx_ext.math.linear import Signs, signs_of
from postdocs.sphinx_ext.math.markup import escaped, tags
from postdocs.sphinx_ext.math.part import Part
from postdocs.sphinx_ext.math.set_formulas import SetFormula, replace_formulas
from postdocs.sphinx_ext.output.state import fingerprint

_MOST_KEPT = 256  # of different tags and signs: most formulas have the same ones
_DIGITS = 8  # of a mark, with no sign behind them that an attribute might lose


class HeldFormulas:
    """Formulas that the renderer has set, held while an article is read as HTML that anybody wrote.

    They are MathML already that needs no cleaning. So they are made ready for feeds by themselves, each
    formula once, not with each article, which has text instead until it is ready.
    """

    def __init__(self, body: str, formulas: Mapping[str, SetFormula]) -> None:
        """Hold those of a body that are among formulas; `body` has marks instead."""
        self._held: list[SetFormula] = []
        self._name = fingerprint(body)  # no body can have a mark in it that bears its own fingerprint
        self.body = replace_formulas(body, formulas, self._mark)

    def _mark(self, formula: SetFormula) -> str:
        self._held.append(formula)
        return f"{self._name}{len(self._held) - 1:0{_DIGITS}}"

    def put_back(self, article: str) -> str:
        """Return an article with formulas instead of marks; in attributes, with their text.

        article: as XML, in which `<` and `>` are those of tags.
        """
        first, *others = article.split(self._name)
        pieces = [first]
        is_tag = False
        for other in others:
            opened, closed = (pieces[-1].rfind(bracket) for bracket in "<>")
            is_tag = opened > closed if opened != closed else is_tag
            formula = self._held[int(other[:_DIGITS])]
            pieces += escape(formula.line) if is_tag else formula.as_text(_with_signs), other[_DIGITS:]
        return "".join(pieces)


def add_signs(math: etree._Element) -> None:
    """Put the signs into a formula that its text needs: `u_t = k u_xx`, not `ut=kuxx`.

    Browsers show no annotation (MathML Core §2.1.3, "semantics"); so those who know MathML see the formula as
    it was. A formula with an annotation is left alone, for that says in words what it is.
    """
    if len(math) and next(math.iter("annotation"), None) is None:
        replace(math, etree.fromstring(_with_signs(Part.of(math))))


def _with_signs(math: Part) -> str:
    pieces: list[str] = []
    _write(math, pieces)
    return "".join(pieces)


def _write(part: Part, pieces: list[str]) -> None:
    """Write an element as XML, with the signs that what is in it needs."""
    element = part.element
    start, end = _tags(part.tag, (*element.attrib.items(),))
    pieces.append(start)
    if element.text:
        pieces.append(escaped(element.text))
    for child, (before, after) in _signed(part) if part.inner else ():
        is_apart = after.isspace()  # between elements a space is none of the formula
        if (before or after) and not is_apart:
            pieces += ["<mrow>", _sign(before)]
            _write(child, pieces)
            pieces += [_sign(after), "</mrow>"]
        else:
            _write(child, pieces)
        if tail := after if is_apart else child.element.tail:
            pieces.append(escaped(tail))
    pieces.append(end)


def _signed(part: Part) -> Iterable[tuple[Part, Signs]]:
    """Return what is in an element, each with the signs before and after it."""
    signs = signs_of(part, small=False)
    if len(part.children) < len(part.inner):
        by_child = dict(zip(part.children, signs, strict=True))
        signs = [by_child.get(child, ("", "")) for child in part.inner]
    return zip(part.inner, signs, strict=True)


@lru_cache(_MOST_KEPT)
def _tags(name: str, attributes: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    """Return the start tag of an element, as feeds have it, and the end tag."""
    element = ET.Element(name, {key: value for key, value in attributes if key in ATTRIBUTES})
    dress(element)
    return tags(name, (*element.attrib.items(),))


@lru_cache(_MOST_KEPT)
def _sign(text: str) -> str:
    sign = f'<annotation encoding="text/plain">{escaped(text)}</annotation>'
    return f"<semantics><mrow></mrow>{sign}</semantics>" if text else ""
