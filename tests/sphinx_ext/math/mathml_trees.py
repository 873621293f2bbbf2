"""MathML as trees, for tests."""

from __future__ import annotations

from lxml import etree

from postdocs.sphinx_ext.math.mathml import to_mathml

# How many children an element of MathML Core must have.
CHILDREN = {
    **dict.fromkeys(("mfrac", "mroot", "msub", "msup", "munder", "mover"), 2),
    **dict.fromkeys(("msubsup", "munderover"), 3),
}


CORE = {
    *CHILDREN,
    *(
        "math",
        "mi",
        "mn",
        "mo",
        "mtext",
        "mspace",
        "mrow",
        "mstyle",
        "msqrt",
        "mpadded",
        "mphantom",
        "mtable",
    ),
    *("mtr", "mtd", "mmultiscripts", "mprescripts"),
}


def parse(latex: str, *, display: bool = True) -> etree._Element:
    """Return a formula's tree."""
    tree = etree.fromstring(to_mathml(latex, display=display))
    for element in tree.iter():
        assert element.tag in CORE
        assert len(element) == CHILDREN.get(str(element.tag), len(element))
    return tree


def outline(latex: str, *, display: bool = True) -> str:
    """Return the elements that are no rows, and the characters, in short."""

    def of(element: etree._Element) -> str:
        inner = "".join(of(child) for child in element) + (element.text or "")
        if element.get("width") == "0em":
            return ""
        return inner if element.tag in {"math", "mrow", "mi", "mn", "mo"} else f"{element.tag!s}({inner})"

    return of(parse(latex, display=display)).replace("\u2061", "")


def styles(element: etree._Element) -> dict[str, str]:
    """Return the declarations of an element; the last of a name holds."""
    return dict(part.split(":", 1) for part in element.get("style", "").split(";") if part)
