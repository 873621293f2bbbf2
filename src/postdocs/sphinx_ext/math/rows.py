"""LaTeX that only Sphinx and MathJax accept: rows without an environment, and & and # in text."""

from __future__ import annotations

import re

_WORD = re.compile(r"\\(?:[A-Za-z]+|.)|%[^\n]*\n?|\n[^\S\n]*\n\s*|.", re.DOTALL)
_PLAIN = re.compile(r"(?<!\\)(?:&|#(?!\d))")  # of text; #1 is what a macro is given
_TEXT = re.compile(r"(\\(?:text(?:rm|bf|it|sf|tt|normal|up)?|[mh]box)\s*\{)((?:[^{}$\\]|\\[^A-Za-z])*)\}")
_SOME = re.compile(r"[&#]|\\(?:\\|cr|newline)|\n[^\S\n]*\n")
_ROW_ENDS = {r"\\", r"\cr", r"\newline"}
_DEPTH = {"{": 1, r"\begin": 1, "}": -1, r"\end": -1}


def with_rows(latex: str) -> str:
    r"""Return a formula in which rows outside of any environment are in one.

    Rows end at `\\`, `\cr`, `\newline` and empty lines. With `&` in them, their columns are aligned.
    """
    if not _SOME.search(latex):  # as in most
        return latex
    words = _WORD.findall(_TEXT.sub(lambda text: text[1] + _PLAIN.sub(r"\\\g<0>", text[2]) + "}", latex))
    depth = 0
    has_rows = has_columns = False
    for place, word in enumerate(words):
        depth += _DEPTH.get(word, 0)
        if word.isspace() and word.count("\n") > 1:
            words[place] = "\\\\\n" if depth == 0 else "\n"
        if depth == 0 and word == r"\newline":
            words[place] = r"\\"
        if depth == 0:
            has_rows |= words[place].strip() in _ROW_ENDS
            has_columns |= word == "&"
    text = "".join(words)
    if not (has_rows or has_columns):
        return text
    environment = "align" if has_columns else "gather"
    return f"\\begin{{{environment}}}{text}\n\\end{{{environment}}}"
