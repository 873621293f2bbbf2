"""Formulas that can be read where a reader of feeds leaves nothing of MathML but its text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from html import escape
from xml.etree import ElementTree as ET

from lxml import etree

from postdocs.sphinx_ext.feeds.attributes import dress
from postdocs.sphinx_ext.feeds.html import ATTRIBUTES, replace
from postdocs.sphinx_ext.feeds.table_lines import lines_of
from postdocs.sphinx_ext.math.enclosures import notation_in
from postdocs.sphinx_ext.math.linear import SIGNS, Signs, line_of, signs_of
from postdocs.sphinx_ext.math.markup import escaped, tags
from postdocs.sphinx_ext.math.part import Part
from postdocs.sphinx_ext.math.set_formulas import SetFormula, replace_formulas
from postdocs.sphinx_ext.output.state import fingerprint

_MOST_KEPT = 256  # of different tags and signs: most formulas have the same ones
_NO_SIGNS: Signs = ("", "")
# Signs go into these: around what a table is made of there can be no row, and beside a fraction Firefox
# leaves a space.
_OPEN = frozenset({"mfrac", "mlabeledtr", "mtd", "mtr"})
_LINES = {"top": ("mover", "\u203e"), "bottom": ("munder", "\u0332")}
_WITH_INDICES = frozenset({"msub", "msubsup", "msup"})
_NOTHING = "<mrow></mrow>"
_LETTER, _CAPITAL = 0.55, 0.7  # em, as wide as most letters are, and as high as capitals
_NO_SPACING = {"columnspacing": "0em", "rowspacing": "0ex"}
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
            pieces += escape(formula.line) if is_tag else formula.as_text(with_signs), other[_DIGITS:]
        return "".join(pieces)


def dress_formula(math: etree._Element) -> None:
    """Leave the attributes of a formula that feeds have, and put the signs into it that its text needs.

    It is `u_t = k u_xx` then, not `ut=kuxx`. Browsers show no annotation (MathML Core §2.1.3, "semantics"):
    who knows MathML sees the formula as it was. One with an annotation of its own gets no signs, for that
    says in words what it is.
    """
    if len(math) and next(math.iter("annotation"), None) is None:
        replace(math, etree.fromstring(with_signs(Part.of(math))))
    else:
        for element in math.iter():
            dress(element)


def with_signs(math: Part) -> str:
    """Return a formula as XML, with the signs that its text needs in annotations."""
    pieces: list[str] = []
    _write(math, pieces)
    return "".join(pieces)


def _write(part: Part, pieces: list[str], signs: Signs = _NO_SIGNS, form: str = "") -> None:
    """Write an element as XML, with signs in front and behind, and those that what is in it needs.

    form: of an operator, if it is not what its place among the signs would say.
    """
    if part.tag == "mphantom":
        pieces.append(_room(part))
        return
    if part.tag in _WITH_INDICES and _is_room(part):
        pieces.append(_NOTHING)
        return
    attributes: Mapping[str, str] = part.element.attrib
    around = _NO_SIGNS
    is_around = signs != _NO_SIGNS and part.tag not in _OPEN
    if is_around:
        attributes = {**attributes}
        around = _around(signs, attributes.pop("scriptlevel", ""))
    if form:
        attributes = {"form": form, **attributes}
    if part.tag == "mtable":
        attributes = {**attributes, **lines_of(part)}
    start, end = _tags(part.tag, (*attributes.items(),))
    pieces += around[0], start
    if part.element.text:
        pieces.append(escaped(part.element.text))
    if part.inner:
        _write_inner(part, pieces, _NO_SIGNS if is_around else signs)
    elif not is_around:
        pieces += map(_sign, signs)
    pieces += end, around[1]


def _is_room(part: Part) -> bool:
    """Tell whether these are only the room for indices that a style puts there; in feeds they stand there."""
    return bool(part.inner) and _has_phantom(part.inner[0]) and not line_of(part).strip()


def _has_phantom(part: Part) -> bool:
    return part.tag == "mphantom" or any(map(_has_phantom, part.inner))


def _room(phantom: Part) -> str:
    """Return a space about as wide as what isn't shown, whose text readers without MathML would show."""
    letters = sum(len(text.strip()) for text in phantom.element.itertext())
    return f'<mspace width="{letters * _LETTER:.4g}em" height="{_CAPITAL}em"></mspace>'


def _write_inner(part: Part, pieces: list[str], signs: Signs) -> None:
    """Write what is in an element, with signs before the first and after the last that is in it."""
    for place, (child, (before, after)) in enumerate(zip(part.inner, _signs(part, signs), strict=True)):
        is_apart = after.isspace()  # between elements a space is none of the formula
        around = (before, "") if is_apart else (before, after)
        is_first = place == 0 and len(part.inner) > 1
        is_prefix = is_first and around != _NO_SIGNS and child.tag == "mo" and child.text in SIGNS
        _write(child, pieces, around, "prefix" if is_prefix else "")
        is_space = child.tag == "mspace"  # a width, which says nothing where tags are taken out
        if tail := line_of(child) if is_space else after if is_apart else child.element.tail:
            pieces.append(escaped(tail))


def _signs(part: Part, outer: Signs) -> list[Signs]:
    """Return the signs before and after each element in an element, with those around it.

    An element has the signs before the next one too: what is before an element takes part in its layout. An
    operator hasn't: it would be none that stretches, or has limits.
    """
    inner = part.inner
    signs = signs_of(part, small=False)
    if len(part.children) < len(inner):
        by_child = dict(zip(part.children, signs, strict=True))
        signs = [by_child.get(child, _NO_SIGNS) for child in inner]
    for place, (left, (before, after)) in enumerate(zip(inner, signs[1:], strict=False)):
        if before and not left.operator and left.tag != "mprescripts":
            signs[place] = signs[place][0], signs[place][1] + before
            signs[place + 1] = "", after
    signs[0] = outer[0] + signs[0][0], signs[0][1]
    signs[-1] = signs[-1][0], signs[-1][1] + outer[1]
    return signs


@lru_cache(_MOST_KEPT)
def _around(signs: Signs, level: str) -> tuple[str, str]:
    """Return what is written before an element with signs, and after it.

    level: its `scriptlevel`, which counts from that of its parent, so that the first element around has it.
    """
    before, after = signs
    start, end = ("<semantics>", f"{_annotation(after)}</semantics>") if after else ("", "")
    if before:
        start, end = f"<mrow>{_sign(before)}{start}", f"{end}</mrow>"
    return start.replace(">", f' scriptlevel="{escape(level)}">' if level else ">", 1), end


@lru_cache(_MOST_KEPT)
def _tags(name: str, attributes: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    """Return the start tag of an element, as feeds have it, and the end tag.

    What a page draws with a style, which most readers leave out, is an element: MathML 3 §3.3.9 has one, and
    lines above and below are accents, which all browsers know.
    """
    element = ET.Element(name, {key: value for key, value in attributes if key in ATTRIBUTES})
    for spacing, none in _NO_SPACING.items():  # cells of pages have their spaces in styles
        if element.get(spacing) == none:
            del element.attrib[spacing]
    if "position:relative" in element.get("style", ""):
        name, element = "mrow", ET.Element("mrow")  # what is shifted by a style stands where there is room
    notation = notation_in(element.get("style", "")) if name == "mrow" else ""
    dress(element)
    if notation in _LINES:
        name, line = _LINES[notation]
        start, end = tags(
            name, (("accent" if name == "mover" else "accentunder", "true"), *element.attrib.items())
        )
        return f"{start}<mrow>", f'</mrow><mo stretchy="true">{line}</mo>{end}'
    if notation:
        return tags("menclose", (("notation", notation), *element.attrib.items()))
    return tags(name, (*element.attrib.items(),))


def _sign(text: str) -> str:
    return f"<semantics>{_NOTHING}{_annotation(text)}</semantics>" if text else ""


def _annotation(text: str) -> str:
    return f'<annotation encoding="text/plain">{escaped(text)}</annotation>'
