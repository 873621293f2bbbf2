r"""Numbers of equations, as amsmath gives them (User's Guide §4.4), for `\label`, `\ref` and `\eqref`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4.element import NavigableString, Tag

from postdocs.importer.html.dom import attribute, text_of
from postdocs.importer.html.math.formula import element, formula, of

_LABEL = re.compile(r"\s*\\label\s*\{([^{}]*)\}")
_TAG = re.compile(r"\\tag\*?\s*\{([^{}]*)\}")
_REFERENCE = re.compile(r"(?<!\\)\\(?P<kind>eqref|ref)\s*\{(?P<label>[^{}]*)\}")
_UNNUMBERED = re.compile(r"\\(?:nonumber|notag)(?![A-Za-z])")
_NUMBERED = re.compile(
    r"\\begin\{(?P<name>equation|multline|align|gather|eqnarray|flalign|alignat)\}(?P<body>.*)\\end\{(?P=name)\}\s*",
    re.DOTALL,
)
_ONE_NUMBER = frozenset({"equation", "multline"})
_EQUATION = re.compile(
    r"\\begin\{(?P<name>equation\*?|displaymath|math)\}(?P<body>.*)\\end\{(?P=name)\}(?P<tag>\s*\\tag\{[^{}]*\})?",
    re.DOTALL,
)
_ROW = re.compile(
    r"(?P<end>\\\\(?:\[[^\]]*\])?)|\\(?P<env>begin|end)\{[^{}]*\}|\\.|(?P<brace>[{}])", re.DOTALL
)
_SETTING = re.compile(r"autoNumber[\"']?\s*:\s*[\"'](?:AMS|all)|\btags[\"']?\s*:\s*[\"'](?:ams|all)")
_VERBATIM = frozenset({"code", "pre", "script", "style", "textarea"})


def are_set(body: Tag) -> bool:
    """Tell whether the settings of MathJax in a page number its equations."""
    return any(_SETTING.search(script.string or "") for script in body.find_all("script"))


def resolve(body: Tag, *, numbered: bool) -> None:
    r"""Write the numbers of equations as their `\tag`, and those of labels for what refers to them.

    numbered: the page numbers its equations; it does so too where one has a label.
    """
    elements = [(tag, value) for tag in body.find_all(["span", "div"]) if (value := of(tag)) is not None]
    numbered = numbered or any("\\label" in value.tex for _, value in elements)
    numbers: dict[str, str] = {}
    count = 0
    values = []
    for tag, value in elements:
        tex = value.tex
        if value.display and (numbered or "\\tag" in tex):
            tex, count = _with_numbers(tex, count, numbers)
        values.append((tag, value, tex))
    for tag, value, tex in values:
        bare = _REFERENCE.sub(lambda match: _shown(match, numbers), _without_environment(tex))
        if bare != value.tex:
            is_reference = _REFERENCE.fullmatch(value.tex) is not None
            new = formula(bare, display=value.display)
            tag.replace_with(NavigableString(bare) if is_reference else element(new, attribute(tag, "id")))
    for node in body.find_all(string=_REFERENCE) if numbers else ():
        text = text_of(node)
        if text is not None and not any(parent.name in _VERBATIM or of(parent) for parent in node.parents):
            node.replace_with(NavigableString(_REFERENCE.sub(lambda match: _shown(match, numbers), text)))


def _shown(match: re.Match[str], numbers: dict[str, str]) -> str:
    number = numbers.get(match["label"].strip())
    if number is None:
        return match[0]
    return f"({number})" if match["kind"] == "eqref" else number


def _without_environment(tex: str) -> str:
    """Take off an environment that says no more than that a formula stands on a line of its own."""
    match = _EQUATION.fullmatch(tex)
    if match is None or f"\\begin{{{match['name']}}}" in match["body"]:
        return tex
    return f"{match['body'].strip()}{match['tag'] or ''}"


def _with_numbers(tex: str, count: int, numbers: dict[str, str]) -> tuple[str, int]:
    """Return a formula with its numbers, and the last that is taken."""
    match = _NUMBERED.fullmatch(tex)
    if match is None:
        return _row(tex, count, numbers, is_numbered="\\label" in tex)
    name = match["name"]
    if name in _ONE_NUMBER:
        body, count = _row(match["body"], count, numbers, is_numbered=True)
    else:
        rows = []
        for row, end in _rows(match["body"]):
            new, count = _row(row, count, numbers, is_numbered=bool(row.strip()))
            rows.append(f"{new}{' ' if end and not new.endswith((' ', chr(10))) else ''}{end}")
        body = "".join(rows)
    return f"\\begin{{{name}*}}{body}\\end{{{name}*}}", count


def _rows(body: str) -> Iterator[tuple[str, str]]:
    r"""Yield the rows of an environment, each with the `\\` that ends it."""
    start = depth = 0
    for match in _ROW.finditer(body):
        if match["end"] and not depth:
            yield body[start : match.start()], match["end"]
            start = match.end()
        depth += (match["env"] == "begin") - (match["env"] == "end")
        if match["brace"]:
            depth += 1 if match["brace"] == "{" else -1
    yield body[start:], ""


def _row(tex: str, count: int, numbers: dict[str, str], *, is_numbered: bool) -> tuple[str, int]:
    labels = [label.strip() for label in _LABEL.findall(tex)]
    bare = _UNNUMBERED.sub("", _LABEL.sub("", tex))
    if tag := _TAG.search(bare):
        number = tag[1].strip("$")
    elif is_numbered and not _UNNUMBERED.search(tex):
        count += 1
        number = str(count)
        text = bare.rstrip()
        bare = f"{text} \\tag{{{number}}}{bare[len(text) :]}"
    else:
        return bare, count
    numbers.update(dict.fromkeys(labels, number))
    return bare, count
