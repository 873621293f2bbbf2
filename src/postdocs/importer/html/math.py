"""Formulas: TeX in text, and what MathJax, KaTeX, Sphinx, pandoc and WordPress make of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bs4.element import Tag

from postdocs.importer.html.dom import attribute, classes, style, text_of

_MARKED = frozenset({"math", "katex", "katex-display", "MathJax", "arithmatex", "mathjax", "MathJax_Preview"})
_DELIMITED = re.compile(
    r"(?<!\\)\\\((?P<inline>[^$]{1,1000}?)\\\)"
    r"|(?<!\\)\\\[(?P<display>[^$]{1,1000}?)\\\]"
    r"|(?<![\\$])\$\$(?!\$)(?P<dollars>[^$]+)\$\$(?!\$)"
)
# The rule of pandoc's tex_math_dollars: no white space inside next to a dollar, no digit after the last one.
_DOLLARS = re.compile(r"(?<![\\$\w])\$(?![\s$])(?P<single>[^$\n]*[^$\s\\])\$(?![\d$A-Za-z])")
_TEX = re.compile(r"\\[A-Za-z]+|[\^_]|\\[,;!{}\\|]")
_SYMBOLS = re.compile(r"[\w.,+\-*/=<>()\[\]|!:' ]+")
_FUNCTIONS = frozenset({"sin", "cos", "tan", "log", "exp", "max", "min", "mod"})
_LONGEST_SYMBOL = 2
_WRAPPED = re.compile(r"\s*(?:\\\((.*)\\\)|\\\[(.*)\\\]|\$\$(.*)\$\$|\$(.*)\$)\s*", re.DOTALL)


@dataclass(frozen=True)
class Formula:
    """A formula in TeX. display: it stands on a line of its own."""

    tex: str
    display: bool = False


def uses_dollars(body: Tag) -> bool:
    r"""Tell whether a single dollar may begin a formula in an entry.

    Dollars are money in most posts. They count as delimiters only where something else shows that the page
    typesets mathematics: a script of MathJax or KaTeX, an element of its kind, or a formula in one of the
    delimiters that nothing but TeX has, `\(…\)`, `\[…\]`, `$$…$$`.
    """
    for tag in body.find_all(["script", "link", "span", "div", "mjx-container", "math"]):
        if tag.name in {"script", "link"}:
            said = " ".join([*(attribute(tag, name) for name in ("type", "src", "href")), tag.string or ""])
            if re.search(r"math/tex|mathjax|katex", said, re.IGNORECASE):
                return True
        elif _MARKED.intersection(classes(tag)) or tag.name in {"mjx-container", "math"}:
            return True
    return any(
        _is_formula(match)
        for string in body.find_all(string=True)
        if string.parent is not None and string.parent.name not in {"code", "pre", "script", "style"}
        for match in _DELIMITED.finditer(text_of(string) or "")
    )


def split(text: str, *, dollars: bool) -> list[str | Formula]:
    r"""Part a text into words and formulas.

    `\(…\)`, `\[…\]` and `$$…$$` are formulas where TeX stands between them: a command, a sub- or
    superscript, or nothing but short symbols, numbers and operators. `$…$` only where *dollars* allows it.
    """
    parts: list[str | Formula] = []
    end = 0
    matches = [match for match in _DELIMITED.finditer(text) if _is_formula(match)]
    if dollars:
        taken = [match.span() for match in matches]
        matches += [
            match
            for match in _DOLLARS.finditer(text)
            if _is_formula(match)
            and not any(start < match.end() and match.start() < stop for start, stop in taken)
        ]
    for match in sorted(matches, key=lambda match: match.start()):
        parts += [text[end : match.start()], Formula(_body(match), match.lastgroup in {"display", "dollars"})]
        end = match.end()
    return [part for part in (*parts, text[end:]) if part]


def _body(match: re.Match[str]) -> str:
    return " ".join(str(match[match.lastgroup or 0]).split())


def _is_formula(match: re.Match[str]) -> bool:
    tex = _body(match)
    if not tex:
        return False
    letters = re.findall(r"[^\W\d_]+", tex)
    is_symbols = _SYMBOLS.fullmatch(tex) is not None and all(
        len(run) <= _LONGEST_SYMBOL or run in _FUNCTIONS for run in letters
    )
    return _TEX.search(tex) is not None or (is_symbols and bool(letters))


def unwrap(text: str) -> Formula:
    """Take the delimiters off a formula that an element already marks as one."""
    match = _WRAPPED.fullmatch(text)
    tex = " ".join((match[match.lastindex or 0] if match else text).split())
    return Formula(tex, match is not None and match.lastindex in {2, 3})


def is_rendering(tag: Tag) -> bool:
    """Tell whether an element is what MathJax 2 shows for the script that follows it."""
    return any(name.startswith("MathJax") for name in classes(tag)) and any(
        attribute(script, "type").startswith("math/tex")
        for script in tag.find_next_siblings("script", limit=1)
    )


def of(tag: Tag) -> Formula | None:
    """Return the formula that an element stands for, if it still holds the TeX."""
    formula = _from_script(tag) or _from_image(tag) or _from_annotation(tag) or _from_marked(tag)
    return formula if formula and formula.tex else None


def _from_script(tag: Tag) -> Formula | None:
    kind = attribute(tag, "type").lower()
    if tag.name != "script" or not kind.startswith("math/tex"):
        return None
    tex = re.sub(r"^\s*%?\s*<!\[CDATA\[|%?\s*\]\]>\s*$", "", tag.string or "")
    return Formula(" ".join(tex.split()), "mode=display" in kind.replace(" ", ""))


def _from_image(tag: Tag) -> Formula | None:
    if tag.name != "img" or not {"latex", "tex", "math", "mathtex"}.intersection(classes(tag)):
        return None
    return unwrap(attribute(tag, "alt").removeprefix("\\displaystyle").strip())


def _from_annotation(tag: Tag) -> Formula | None:
    """Read KaTeX, MathJax 3 and MathML by the TeX that they carry along (MathML Core §5.3)."""
    names = set(classes(tag))
    if (
        tag.name not in {"math", "mjx-container"}
        and not {"katex", "katex-display", "mwe-math-element"} & names
    ):
        return None
    note = tag.find("annotation", attrs={"encoding": re.compile(r"tex\b", re.IGNORECASE)})
    inner = tag if tag.name == "math" else tag.find("math")
    display = "katex-display" in names or attribute(tag, "display") in {"block", "true"}
    if isinstance(inner, Tag):
        display = display or attribute(inner, "display") == "block"
    if isinstance(note, Tag):
        return Formula(" ".join(note.get_text().split()), display)
    tex = attribute(tag, "data-latex") or attribute(tag, "alttext")
    return Formula(" ".join(tex.split()), display) if tex else None


def _from_marked(tag: Tag) -> Formula | None:
    if not {"math", "arithmatex"}.intersection(classes(tag)) or tag.name not in {"span", "div", "p", "code"}:
        return None
    if any(child.name != "br" for child in tag.find_all(True)):
        return None  # typeset with HTML, without TeX
    formula = unwrap(tag.get_text())
    display = tag.name == "div" or "display" in classes(tag) or style(tag, "display") == "block"
    return Formula(formula.tex, formula.display or display)
