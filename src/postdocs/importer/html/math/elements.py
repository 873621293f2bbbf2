"""Formulas in elements of MathJax, KaTeX, Sphinx, pandoc, notebooks, and editors."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace

from bs4.element import Tag

from postdocs.importer.html.dom import attribute, classes, read, style
from postdocs.importer.html.math import katex, mathjax, presentation
from postdocs.importer.html.math.delimiters import is_formula, is_prose, is_tex
from postdocs.importer.html.math.formula import Formula, formula, unwrap

# What an element with these holds is a formula, or the TeX of one.
_MARKED = frozenset({
    "arithmatex", "js-display-math", "kdmath", "language-math", "math", "math-container", "math-display",
    "math-inline", "math-tex", "mathjax", "mathjax_process", "MathJax_Preview",
})  # fmt: skip
# These also name other things; what is in them has to be TeX.
_PERHAPS = frozenset(
    {"equation", "formula", "katex", "katex-eq", "katex-error", "latex", "output_latex", "tex"}
)
_NAMES = frozenset({
    "amp-mathml", "d-math", "dt-math", "eq", "eqn", "math-block", "math-display", "math-field", "math-inline",
    "math-renderer", "mathjax", "tex-math",
})  # fmt: skip
_DISPLAY_NAMES = frozenset({"eqn", "math-block", "math-display"})
_DISPLAY_CLASSES = frozenset({
    "display", "js-display-math", "katex-display", "math-display", "mjpage__block", "MJXc-display",
    "MathJax_Display", "MathJax_SVG_Display", "notion-equation-block",
})  # fmt: skip
_DATA = (
    "data-latex", "data-tex", "data-katex", "data-formula", "data-equation", "data-math", "data-expr",
    "data-mathjax",
)  # fmt: skip
_HOLDERS = frozenset({"code", "div", "p", "pre", "span"})
_WORD = re.compile(r"[^\W\d_]{4,}")  # such as the name of a category
_IS_FORMULA = re.compile(r"math|tex|formula|equation|expr", re.IGNORECASE)
_IS_DISPLAY = re.compile(r"block|display|true", re.IGNORECASE)
_KATEX = frozenset({"katex", "katex-display"})
_CONTENT = ["apply", "ci", "cn", "csymbol", "bind"]
_NOTES = ["annotation-xml"]
_MATHJAX_2 = frozenset({
    "MathJax", "MathJax_CHTML", "MathJax_Display", "MathJax_PHTML", "MathJax_SVG", "MathJax_SVG_Display",
    "mjpage", "mjpage__block", "mjx-chtml",
})  # fmt: skip
_TEX_SCRIPT = re.compile(r"\s*math/(?:la)?tex\b", re.IGNORECASE)
_CDATA = re.compile(r"^\s*%?\s*(?:<|&lt;)!\[CDATA\[|%?\s*\]\](?:>|&gt;)\s*$")
_TYPESETTER = re.compile(r"math/(?:la)?tex|mathjax|katex|latex-formulae|asciimath", re.IGNORECASE)
_NUMBERS = frozenset({"eqno", "equation-number", "ql-left-eqno", "ql-right-eqno"})


def says_typeset(tag: Tag) -> bool:
    """Tell whether an element shows that a page sets formulas: a script, a style sheet, what they write."""
    if tag.name in {"script", "link"}:
        values = [*(attribute(tag, name) for name in ("type", "src", "href")), tag.string or ""]
        return _TYPESETTER.search(" ".join(values)) is not None
    return tag.name in {"mjx-container", "math"} or bool(
        (_MARKED | _KATEX | _MATHJAX_2).intersection(classes(tag))
    )


def is_script(tag: Tag) -> bool:
    """Tell whether an element is the script that MathJax 2 reads a formula from."""
    return tag.name == "script" and _TEX_SCRIPT.match(attribute(tag, "type")) is not None


def is_rendering(tag: Tag) -> bool:
    """Tell whether an element is what MathJax 2 shows for the script that follows it."""
    if not _is_of_mathjax_2(tag):
        return False
    following = tag.find_next_sibling()
    if "MathJax_Preview" in classes(tag):
        return isinstance(following, Tag) and (_is_of_mathjax_2(following) or is_script(following))
    return isinstance(following, Tag) and is_script(following)


def _is_of_mathjax_2(tag: Tag) -> bool:
    return any(name.startswith(("MathJax", "mjx-chtml")) for name in classes(tag))


def is_drawing(tag: Tag) -> bool:
    """Tell whether an element is what MathJax or KaTeX draws."""
    return tag.name == "mjx-container" or bool((_KATEX | _MATHJAX_2).intersection(classes(tag)))


def read_element(tag: Tag) -> Formula | None:
    """Return the formula that an element stands for; None for any other element."""
    for reading in (_script, _data, _substack, _katex, _mathml, _mathjax, _mathjax_2, _marked):
        value = reading(tag)
        if value is not None and value.tex:
            return value
    return None


def _script(tag: Tag) -> Formula | None:
    if not is_script(tag):
        return None
    tex = _CDATA.sub("", tag.string or "")
    return formula(tex, display="mode=display" in attribute(tag, "type").replace(" ", "").lower())


def _data(tag: Tag) -> Formula | None:
    if tag.name in {"img", "math"} or tag.name.startswith("mjx-"):
        return None
    names = (*_DATA, "data-value") if "ql-formula" in classes(tag) else _DATA  # the editor Quill
    for text in filter(None, (attribute(tag, name) for name in names)):
        kind = " ".join(attribute(tag, name) for name in ("class", "data-type"))
        stands_for_it = not tag.get_text(strip=True) or tag.name in _NAMES or _IS_FORMULA.search(kind)
        if stands_for_it and is_formula(unwrap(text).tex):
            kind = " ".join(attribute(tag, name) for name in ("data-type", "data-display", "data-mode"))
            return unwrap(text, display=_is_display(tag) or _IS_DISPLAY.search(kind) is not None)
    return None


def _substack(tag: Tag) -> Formula | None:
    if not tag.has_attr("data-attrs"):
        return None
    try:
        values = json.loads(attribute(tag, "data-attrs"))
    except (ValueError, RecursionError):
        return None
    tex = values.get("persistentExpression") if isinstance(values, dict) else None
    return unwrap(tex, display=tag.name != "span") if isinstance(tex, str) else None


def _katex(tag: Tag) -> Formula | None:
    if not _KATEX.intersection(classes(tag)):
        return None
    display = _is_display(tag)
    inner = tag.find("math")
    if isinstance(inner, Tag) and (value := _mathml(inner)):
        return replace(value, display=True) if display else value
    drawing = tag if "katex-html" in classes(tag) else tag.find(class_="katex-html")
    return _drawn(katex.to_tex, drawing, display=display) if isinstance(drawing, Tag) else None


def _mathml(tag: Tag) -> Formula | None:
    """Read MathML by the TeX that it carries along (MathML Core §5.3), or by what it says itself."""
    if "mwe-math-element" in classes(tag) and isinstance(inner := tag.find("math"), Tag):
        return _mathml(inner)
    if tag.name != "math":
        return None
    display = attribute(tag, "display") == "block" or attribute(tag, "mode") == "display"
    note = tag.find("annotation", attrs={"encoding": re.compile(r"tex\b", re.IGNORECASE)})
    spoken = attribute(tag, "alttext")  # LaTeX, or words for readers
    tex = (
        note.get_text()
        if isinstance(note, Tag)
        else attribute(tag, "data-latex") or (spoken if is_formula(unwrap(spoken).tex) else "")
    )
    if tex:
        return unwrap(tex, display=display)
    return None if is_content(tag) else formula(presentation.to_tex(tag), display=display)


def is_content(tag: Tag) -> bool:
    """Tell whether an element is MathML that only says what is meant (MathML 3 §4), not how it looks."""
    return tag.name == "math" and any(part.find_parent(_NOTES) is None for part in tag.find_all(_CONTENT))


def _mathjax(tag: Tag) -> Formula | None:
    """Read what MathJax 3 and 4 make."""
    if tag.name != "mjx-container":
        return None
    display = attribute(tag, "display") in {"true", "block"}
    drawing = tag.find("mjx-math") or tag.find("svg")
    tex = attribute(drawing, "data-latex") if isinstance(drawing, Tag) else ""
    if not tex and isinstance(inner := tag.find("g", attrs={"data-mml-node": "math"}), Tag):
        tex = attribute(inner, "data-latex")
    if tex:
        return formula(tex, display=display)
    if isinstance(inner := tag.find("math"), Tag) and (value := _mathml(inner)):
        return replace(value, display=display)
    return _drawn(mathjax.to_tex, drawing, display=display) if isinstance(drawing, Tag) else None


def _mathjax_2(tag: Tag) -> Formula | None:  # noqa: PLR0911 - one for each place of the formula
    """Read what MathJax 2 writes, where its script is gone, and what mathjax-node does."""
    names = set(classes(tag))
    if not names & _MATHJAX_2 and tag.name != "svg":
        return None
    title = tag.find("title", id=re.compile("^MathJax-SVG"))
    if tag.name == "svg" and title is None:
        return None
    display = _is_display(tag)
    if isinstance(title, Tag):
        return formula(title.get_text(), display=display)
    holder = tag if tag.has_attr("data-mathml") else tag.find(lambda inner: inner.has_attr("data-mathml"))
    if isinstance(holder, Tag) and isinstance(
        inner := read(attribute(holder, "data-mathml")).find("math"), Tag
    ):
        value = _mathml(inner)
        return replace(value, display=display or value.display) if value else None
    if isinstance(inner := tag.find("math"), Tag) and (value := _mathml(inner)):
        return replace(value, display=display or value.display)
    spoken = tag.find(class_="mjx-math")
    if isinstance(spoken, Tag) and is_tex(tex := attribute(spoken, "aria-label")):
        return formula(tex, display=display)
    drawing = tag.find(class_="mjx-math") or tag.find("svg")
    return _drawn(mathjax.to_tex, drawing, display=display) if isinstance(drawing, Tag) else None


def _drawn(read_drawing: Callable[[Tag], str], drawing: Tag, *, display: bool) -> Formula | None:
    try:
        return formula(read_drawing(drawing), display=display)
    except (ValueError, LookupError, StopIteration):  # its parts are not where KaTeX puts them
        return None


def _marked(tag: Tag) -> Formula | None:
    names = set(classes(tag))
    display = (
        _is_display(tag)
        or tag.name in _DISPLAY_NAMES
        or attribute(tag, "block") != ""
        or tag.has_attr("block")
    )
    if (
        tag.name == "pre"
        and (code := tag.find("code"))
        and isinstance(code, Tag)
        and "language-math" in classes(code)
    ):
        return unwrap(tag.get_text(), display=True)
    if not (_MARKED | _PERHAPS) & names and tag.name not in _NAMES and not tag.has_attr("data-math-style"):
        return None
    if any(child.name not in {"br", "wbr"} and not _in_number(child, tag) for child in tag.find_all(True)):
        return None  # set with HTML, without TeX
    text = "".join(_text(tag))
    value = unwrap(text, display=display)
    if not value.tex or _several(text):
        return None
    if value.tex != " ".join(text.split()):  # it has delimiters, or TeX in lines
        return value if is_tex(value.tex) or _MARKED & names or tag.name in _NAMES else None
    is_holder = tag.name in _NAMES or tag.has_attr("data-math-style")
    is_sure = is_holder or (bool(_MARKED & names) and tag.name in _HOLDERS and not _WORD.fullmatch(value.tex))
    return value if (is_sure and not is_prose(value.tex)) or is_formula(value.tex) else None


def _in_number(tag: Tag, top: Tag) -> bool:
    return any(_is_number(parent) for parent in [tag, *tag.parents] if parent is not top)


def _text(tag: Tag) -> list[str]:
    parts: list[str] = []
    for node in tag.descendants:
        if isinstance(node, Tag):
            parts += ["\n"] if node.name == "br" else []
        elif not any(_is_number(parent) for parent in node.parents):
            parts.append(str(node))
    return parts


def _several(text: str) -> bool:
    """Tell whether a text has formulas beside other text: then its delimiters say which."""
    return len(re.findall(r"(?<!\\)\\[(\[]|(?<!\\)\$\$", text)) > 2  # noqa: PLR2004 - one pair of dollars


def _is_display(tag: Tag) -> bool:
    names = set(classes(tag))
    return (
        (tag.name in {"div", "p", "figure", "section", "pre"} and "katex" not in names)
        or bool(_DISPLAY_CLASSES & names)
        or style(tag, "display") == "block"
        or attribute(tag, "data-math-style") == "display"
        or attribute(tag, "display") in {"block", "true"}
        or any(_DISPLAY_CLASSES.intersection(classes(parent)) for parent in [*tag.parents][:2])
    )


def with_number(value: Formula, tag: Tag) -> Formula:
    """Keep the number that a page shows beside a formula, and take it out of the page."""
    around = tag.parent if isinstance(tag.parent, Tag) and tag.parent.name in {"p", "div"} else tag
    holders = [*tag.find_all(_is_number), *around.find_all(_is_number, recursive=False)]
    match = re.search(r"\(([\w.]+)\)", " ".join(holder.get_text() for holder in holders))
    if not value.display or match is None:
        return value
    for holder in holders:
        holder.extract()
    return value if "\\tag" in value.tex else replace(value, tex=f"{value.tex} \\tag{{{match[1]}}}")


def _is_number(tag: Tag) -> bool:
    return bool(_NUMBERS.intersection(classes(tag)))
