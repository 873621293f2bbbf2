r"""A formula in TeX, and the element that stands for one: `\(…\)` or `\[…\]` in a `span`, as in Sphinx."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from bs4.element import NavigableString, Tag

from postdocs.importer.html.dom import attribute

CLASS = "math notranslate nohighlight"  # of the element that a formula becomes
_ELEMENT = re.compile(r"\\\((?P<inline>.*)\\\)|\\\[(?P<display>.*)\\\]", re.DOTALL)
_IN_HTML = re.compile(rf'<(?:span|div)[^<>]*\bclass="{CLASS}"[^<>]*>([^<]*)</')
_WRAPPED = re.compile(
    r"\s*(?:\\\((?P<inline>.*)\\\)|\\\[(?P<display>.*)\\\]|\$\$(?P<dollars>.*)\$\$|\$(?P<dollar>.*)\$)\s*",
    re.DOTALL,
)
_COMMENT = re.compile(r"(?<!\\)(?P<even>(?:\\\\)*)%[^\n]*(?:\n[ \t]*|$)")
_STYLED = re.compile(
    r"\{\s*\\displaystyle(?![A-Za-z])(?P<body>.*)\}", re.DOTALL
)  # what MediaWiki wraps all in
_STYLE = re.compile(r"\\(?P<name>displaystyle|textstyle)(?![A-Za-z])\s*")
# Number that LaTeX2WP writes behind a formula, since WordPress.com has no way to say it.
_FAR_NUMBER = re.compile(r"(?:\\[ ,;]|\\q?quad(?![A-Za-z])|~|\s){4,}\((?P<number>\d[\w.]*)\)\s*")
_TEXT = re.compile(r"(?P<command>\\(?:text(?:rm|bf|it|sf|tt|normal)?|[mh]box)\s*\{)(?P<text>[^{}$]*)(?=\})")
_UNDERSCORE = re.compile(r"(?<!\\)_")
_BLANK = re.compile(r"[\xa0\u200b\ufeff]")


@dataclass(frozen=True)
class Formula:
    """A formula in TeX, without delimiters and comments. display: it stands on a line of its own.

    One on a line of its own keeps its lines; any other is one line.
    """

    tex: str
    display: bool = False


def formula(tex: str, *, display: bool = False) -> Formula:
    r"""Make a formula of TeX as a page carries it.

    A comment goes with the end of its line, as TeX reads it; so do blank lines, which TeX forbids here, and
    what only says how large the formula is: it does so by standing on its own line or not. An underscore in
    words is one, as MathJax reads it, and not a mistake, as for TeX.
    """
    tex = _COMMENT.sub(r"\g<even> ", _BLANK.sub(" ", tex).replace("\r\n", "\n").replace("\r", "\n")).strip()
    if match := _STYLED.fullmatch(tex):
        tex = match["body"].strip() if _is_balanced(match["body"]) else tex
    if (match := _STYLE.match(tex)) and display == (match["name"] == "displaystyle"):
        tex = tex[match.end() :]
    if display and "\\tag" not in tex and (match := _FAR_NUMBER.search(tex)) and match.end() == len(tex):
        tex = f"{tex[: match.start()].rstrip()} \\tag{{{match['number']}}}"
    tex = _TEXT.sub(lambda match: match["command"] + _UNDERSCORE.sub(r"\_", match["text"]), tex)
    lines = [line for line in (" ".join(line.split()) for line in tex.split("\n")) if line]
    return Formula(("\n" if display else " ").join(lines), display)


def _is_balanced(tex: str) -> bool:
    depth = 0
    for brace in re.findall(r"\\.|[{}]", tex, re.DOTALL):
        depth += (brace == "{") - (brace == "}")
        if depth < 0:
            return False
    return depth == 0


def unwrap(text: str, *, display: bool = False) -> Formula:
    """Take the delimiters off a formula that something else already marks as one."""
    match = _WRAPPED.fullmatch(text)
    if match is None:
        return formula(text, display=display)
    kind = match.lastgroup or "inline"
    return formula(match[kind], display=display or kind in {"display", "dollars"})


def element(value: Formula, id_: str = "") -> Tag:
    """Make the element that stands for a formula. id_: what links of the page name it by."""
    start, end = (r"\[", r"\]") if value.display else (r"\(", r"\)")
    tag = Tag(name="span", attrs={"class": CLASS, **({"id": id_} if id_ else {})})
    tag.append(NavigableString(f"{start}{value.tex}{end}"))
    return tag


def in_html(html: str) -> list[Formula]:
    """Return the formulas in clean HTML, each in its element."""
    texts = (unescape(match[1]) for match in _IN_HTML.finditer(html))
    matches = (_ELEMENT.fullmatch(text) for text in texts)
    return [_formula_of(match) for match in matches if match]


def of(tag: Tag) -> Formula | None:
    """Return the formula that an element stands for; None for any other element."""
    if tag.name not in {"span", "div"} or attribute(tag, "class") != CLASS or tag.find(True) is not None:
        return None
    match = _ELEMENT.fullmatch(tag.get_text())
    return _formula_of(match) if match else None


def _formula_of(match: re.Match[str]) -> Formula:
    return formula(match[match.lastgroup or 0], display=match.lastgroup == "display")
