"""Formulas that can be read where a reader of feeds leaves nothing of MathML but its text."""

from __future__ import annotations

from lxml import etree

from postdocs.sphinx_ext.math.linear import signs_of
from postdocs.sphinx_ext.math.part import Part


def add_signs(math: etree._Element) -> None:
    """Put the signs into a formula that its text needs: `u_t = k u_xx`, not `ut=kuxx`.

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
                _surround(child.element, before, after)


def _surround(element: etree._Element, before: str, after: str) -> None:
    row = etree.Element("mrow")
    row.tail, element.tail = element.tail, None
    parent = element.getparent()
    assert parent is not None  # noqa: S101 - tells mypy that it is the child of an element
    parent.replace(element, row)
    row.extend([*_sign(before), element, *_sign(after)])


def _sign(text: str) -> list[etree._Element]:
    if not text:
        return []
    semantics = etree.Element("semantics")
    etree.SubElement(semantics, "mrow")
    etree.SubElement(semantics, "annotation", encoding="text/plain").text = text
    return [semantics]
