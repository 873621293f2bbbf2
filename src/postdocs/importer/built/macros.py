"""Macros of formulas that the scripts of a site set for MathJax or KaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from postdocs.core.errors import PostdocsError
from postdocs.core.html import XML_FORBIDDEN
from postdocs.importer.built.addresses import PAGES
from postdocs.importer.sources.archive import Files

Macro = str | list[str | int]  # LaTeX; or LaTeX, how many arguments it has, and the first of them by default

# https://docs.mathjax.org/en/latest/input/tex/macros.html, https://katex.org/docs/options.html
# As a setting, or as a constant that a module exports for one.
_SETTING = re.compile(
    r"\bmacros[\"']?\s*:\s*\{|\b(?:const|let|var)\s+\w*macros\w*\s*(?::[^={}]*)?=\s*\{", re.IGNORECASE
)
_GAP = re.compile(r"(?:\s|//[^\n]*|/\*.*?\*/|,)*", re.DOTALL)
_TEXT = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'")
_NAME = re.compile(r"[A-Za-z]+|[^A-Za-z\s\\]")
_BARE = re.compile(r"[A-Za-z_$][\w$]*")
_NUMBER = re.compile(r"\d(?![\w.])")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_PARAMETER = re.compile(r"#([1-9])")
# Elsewhere, as in the libraries themselves, what is called so is something else.
_SETS = re.compile(
    r"\bMathJax\s*=|\bMathJax\.Hub\.Config\(|\brenderMathInElement\(|\bkatex\.render\w*\("
    r"|\brehype-?(?:katex|mathjax)|\bmarkdown-it-(?:katex|mathjax|texmath)|\bremark-math\b",
    re.IGNORECASE,
)
_MODULES = (".js", ".mjs", ".cjs", ".ts")
_NAMED = re.compile(r"mathjax|katex|macros", re.IGNORECASE)  # what a module is called that has nothing else
_START, _END = re.compile(r"<script\b[^<>]*>", re.IGNORECASE), re.compile("</script", re.IGNORECASE)
_LONGEST_SCRIPT = 20_000  # characters; what is longer is a library
_LONGEST = 2_000  # characters of a macro
_MOST = 500  # of a site; more are of no blog


def macros_of(files: Files) -> Mapping[str, Macro]:
    """Return the macros that a site sets in scripts of its pages and templates, and in small files."""
    return macros_in(script for script in _scripts(files) if len(script) <= _LONGEST_SCRIPT)


def _scripts(files: Files) -> Iterator[str]:
    """Yield scripts that set macros of formulas."""
    for path in files.ending(*PAGES, *_MODULES):
        try:
            data = files.load(path)
        except PostdocsError:
            continue  # one that is needed is told of when it is read
        if b"acros" not in data:
            continue
        text = data.decode("utf-8", "replace")
        if path.lower().endswith(_MODULES):
            yield from [text] if _SETS.search(text) or _NAMED.search(PurePosixPath(path).name) else []
        else:
            yield from filter(_SETS.search, (_END.split(piece, 1)[0] for piece in _START.split(text)[1:]))


def macros_in(texts: Iterable[str]) -> Mapping[str, Macro]:
    """Return the macros that scripts set, by their names; of several with one name, the first.

    Scripts are read, and never run: a macro that they compute is left out.
    """
    found: dict[str, Macro] = {}
    for text in texts:
        for start in _SETTING.finditer(text):
            for name, macro in _entries(text, start.end()):
                if len(found) < _MOST:
                    found.setdefault(name, macro)
    return found


def _entries(text: str, at: int) -> Iterator[tuple[str, Macro]]:
    """Yield the entries of an object, up to the first that is not written in full."""
    while True:
        at = _gap(text, at)
        key, at = _string(text, at)
        if key is None:
            bare = _BARE.match(text, at)
            if bare is None:
                return
            key, at = bare[0], bare.end()
        at = _gap(text, at)
        if text[at : at + 1] != ":":
            return
        macro, at = _value(text, _gap(text, at + 1))
        if macro is None:
            return
        name = key.removeprefix("\\")
        if _NAME.fullmatch(name) and _is_right(macro):
            yield name, macro


def _is_right(macro: Macro) -> bool:
    """Tell whether a site can set a macro: a build stops at one that is none, and writes only XML."""
    body, *arguments = [macro] if isinstance(macro, str) else macro
    texts = [str(body), *map(str, arguments[1:])]
    return (
        all(map(_is_whole, texts))
        and not any(XML_FORBIDDEN.search(text) or len(text) > _LONGEST for text in texts)
        and not any("]" in text for text in texts[1:])  # which ends the argument by default
    )


def _is_whole(text: str) -> bool:
    """Tell whether all braces in a text are closed."""
    depth = 0
    for brace in _BRACE.findall(text):
        depth += {"{": 1, "}": -1}.get(brace, 0)
        if depth < 0:
            return False
    return depth == 0


def _value(text: str, at: int) -> tuple[Macro | None, int]:
    """Return the macro at a place, and where it ends; None if there is something else."""
    if text[at : at + 1] != "[":
        body, at = _string(text, at)
        if body is None:
            return None, at
        arguments = max(map(int, _PARAMETER.findall(body)), default=0)  # as KaTeX counts them
        return ([body, arguments] if arguments else body), at
    parts: list[str | int] = []
    at = _gap(text, at + 1)
    while text[at : at + 1] != "]":
        number = _NUMBER.match(text, at)
        part, end = (int(number[0]), number.end()) if number else _string(text, at)
        if part is None:
            return None, at
        parts.append(part)
        at = _gap(text, end)
    is_macro = [type(part) for part in parts] in ([str], [str, int], [str, int, str])
    return (parts if is_macro else None), at + 1


def _gap(text: str, at: int) -> int:
    gap = _GAP.match(text, at)
    return gap.end() if gap else at


def _string(text: str, at: int) -> tuple[str | None, int]:
    """Return the string at a place, and where it ends; None if there is none."""
    match = _TEXT.match(text, at)
    if match is None:
        return None, at
    return _ESCAPE.sub(_unescaped, match[1] if match[2] is None else match[2]), match.end()


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _LETTERS.get(match[3], match[3])
