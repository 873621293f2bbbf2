r"""Formulas in text: between TeX delimiters, in environments, and in WordPress shortcodes.

A delimiter inside braces ends nothing, as MathJax reads it: `$a \text{ if $b$}$` is one formula.
https://docs.mathjax.org/en/latest/input/tex/delimiters.html
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from postdocs.importer.html.math.formula import Formula, formula

# What tells plug-ins of WordPress to set the formulas of a page, or not to: QuickLaTeX and MathJax-LaTeX.
SWITCHES = frozenset({"latexpage", "mathjax", "nomathjax"})
SWITCH = rf"\[(?P<switch>{'|'.join(sorted(SWITCHES))})\]"
# Four dollars end a formula and begin one: nbconvert, for example, has no space between such.
_TOKEN = re.compile(
    r"\\begin\{(?P<begin>[A-Za-z]+\*?)\}|\\end\{(?P<end>[A-Za-z]+\*?)\}|(?P<open>\\[(\[])|(?P<close>\\[)\]])"
    r"|\\.|(?P<brace>[{}])|(?P<latex>\$latex(?=[\s=\\{]))"
    r"|(?P<many>\${5,}|\${3}(?!\$))|(?P<dollars>\$(?=\$latex[\s=\\{])|\${1,2})"
    r"|(?<!\[)\[(?P<code>/?(?:latex|katex|tex|math))\b(?P<options>[^\[\]\n]*)\]"
    rf"|(?<!\[){SWITCH}(?!\])",
    re.DOTALL | re.IGNORECASE,
)
_BETWEEN_SIGNS = re.compile(r"(?<=[^\s$])\$\$(?=[^\s$])")  # may end a formula and begin the next
_CLOSERS = {r"\(": r"\)", r"\[": r"\]"}
_DISPLAYS = frozenset({
    "align", "alignat", "displaymath", "eqnarray", "equation", "flalign", "gather", "math", "multline",
})  # fmt: skip
_INNER = frozenset({
    "aligned", "alignedat", "array", "bmatrix", "Bmatrix", "cases", "CD", "dcases", "gathered", "matrix",
    "pmatrix", "rcases", "smallmatrix", "split", "subequations", "vmatrix", "Vmatrix",
})  # fmt: skip
# Parameters of WordPress.com: size and colours.
_PARAMETERS = re.compile(r"(?:&(?:amp;|#038;)?(?:bg|fg|s|zoom)=[\w.#+-]*)+\s*$")
_COMMAND = re.compile(r"\\[A-Za-z]+|\\[,;:!{}|]|[\^_]\s*[{\\]")  # a command is never money
_SCRIPT = re.compile(r"[\^_]")
# What programs have between two variables: strings, members, and ends of statements; and escapes in strings.
_CODE = re.compile(r"\"|(?<=[(=.,\[ ])'[^']*'|[A-Za-z_]{2}(?:->|::)[A-Za-z_]|;\s*$")
_CODE_ESCAPE = re.compile(r"\\[bdnrstwx](?![A-Za-z])")
# What groups of regular expressions have, which stand between escaped brackets too in sed, grep, and Vim.
_PATTERN = re.compile(r"\.[*+]|\[\^?\w-\w")
_TEX = re.compile(r"\\[A-Za-z]+|[\^_]|\\[,;:!{}\\|]")
_IN_WORDS = re.compile(
    r"\\(?:text|mbox|hbox|mathrm|operatorname|intertext|textrm|textbf|textit)\w*\*?\s*\{[^{}]*\}"
)
_WORDS = re.compile(rf"{_IN_WORDS.pattern}|\\[A-Za-z]+")
_PROSE = re.compile(r"[^\W\d_]{3,}[ ,;.]+[^\W\d_]{2,}|\d +[^\W\d_]{2,} ")
_SYMBOLS = re.compile(r"[\w.,+\-*/=<>()\[\]|!:;'\u2019\u2032 \n]+")
_FUNCTIONS = frozenset({"sin", "cos", "tan", "log", "exp", "max", "min", "mod"})
_LONGEST_SYMBOL = 2
_NEAR = 40  # characters around a switch, in which the text or its line begins or ends
_DISPLAY_OPTION = re.compile(
    r"\bdisplay\b(?!\s*=\s*[\"'“”]?(?:false|inline|0|no))|mode\s*=\s*[\"'“”]?display"
)
_LETTER = re.compile(r"[0-9A-Za-z]")
# What may follow a formula without a space: `$n$th`, `$x$s`.
_SUFFIX = re.compile(r"(?:th|st|nd|rd|s|fold)\b")
_RELATION = re.compile(r"[=<>^_]")  # no amount has one, whatever follows
_DELIMITER = re.compile(r"(?<!\\)\\[()\[\]]")
_PARAGRAPH = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True)
class Span:
    """Where in a text a formula is, delimiters included; None: a switch that only says there are some."""

    start: int
    end: int
    formula: Formula | None


@dataclass(frozen=True)
class _Token:
    kind: str
    value: str
    start: int
    end: int
    depth: int  # of braces around it


def formulas(text: str, *, typeset: bool) -> Iterator[Span]:
    r"""Yield the formulas of a text, in order.

    typeset: something else says that the page sets formulas, so that what could be money, `$x$`, or prose in
    escaped brackets, `\(x\)`, is one. Without it they need TeX in them: a command, a script, or for `\(…\)`
    nothing but short symbols.
    """
    tokens = _Tokens(text)
    end = 0
    for token in tokens.all:
        is_half = token.value == "$$" and token.start + 1 == end  # it ended the formula before it
        is_second = token.value == "$$" and text.endswith("$$", 0, token.start)  # of four
        if (token.start < end and not is_half) or (is_second and token.start != end):
            continue
        opener = replace(token, value="$", start=end) if is_half else token
        span = _read(opener, tokens, text, typeset=typeset)
        if span is not None:
            yield span
            end = span.end


class _Tokens:
    """The tokens of a text, with what is needed to find the partner of each in no time."""

    def __init__(self, text: str) -> None:
        self.all: list[_Token] = []
        self._closers: dict[tuple[str, int], list[_Token]] = defaultdict(list)
        self._leaves: dict[int, list[int]] = defaultdict(list)  # where a depth ends
        self.ends: dict[int, _Token] = {}  # of environments, by where they begin
        begun: dict[str, list[int]] = defaultdict(list)
        depth = 0
        for match in _TOKEN.finditer(text):
            kind = match.lastgroup or ""
            if kind == "options":
                kind = "code"
            if not kind:
                continue
            depth -= match[0] == "}"
            token = _Token(kind, match[kind], match.start(), match.end(), depth)
            if kind == "brace":
                if match[0] == "}":
                    self._leaves[depth + 1].append(match.start())
                depth += match[0] == "{"
                continue
            if kind == "begin":
                begun[token.value].append(token.start)
            elif kind == "end" and begun[token.value]:
                self.ends[begun[token.value].pop()] = token
            self._closers[token.value.lower(), depth].append(token)
            if token.value == "$$" and _BETWEEN_SIGNS.match(text, token.start):
                self._closers["$", depth].append(replace(token, value="$", end=token.start + 1))
            self.all.append(token)

    def closer(self, opener: _Token, value: str) -> _Token | None:
        """Return the first token of a value after an opener, in the same braces."""
        candidates = self._closers.get((value, opener.depth), [])
        place = bisect_left(candidates, opener.end, key=lambda token: token.start)
        if place == len(candidates):
            return None
        leaves = self._leaves.get(opener.depth, [])
        place_of_end = bisect_left(leaves, opener.end)
        limit = leaves[place_of_end] if place_of_end < len(leaves) else candidates[place].end
        return candidates[place] if candidates[place].start < limit else None


def _read(  # noqa: PLR0911 - one for each kind of token
    token: _Token, tokens: _Tokens, text: str, *, typeset: bool
) -> Span | None:
    match token.kind:
        case "open":
            closer = tokens.closer(token, _CLOSERS[token.value])
            return _between(token, closer, text, display=token.value == r"\[", typeset=typeset)
        case "dollars" if token.value == "$$":
            return _between(token, tokens.closer(token, "$$"), text, display=True, typeset=typeset)
        case "dollars":
            return _dollar(token, tokens.closer(token, "$"), text, typeset=typeset)
        case "latex":
            return _wordpress(token, tokens.closer(token, "$"), text)
        case "begin":
            return _environment(token, tokens, text, typeset=typeset)
        case "code" if not token.value.startswith("/"):
            return _shortcode(token, tokens.closer(token, f"/{token.value.lower()}"), text)
        case "switch" if _is_at_edge(token, text):
            return Span(token.start, token.end, None)
        case _:
            return None


def _is_at_edge(token: _Token, text: str) -> bool:
    """Tell whether a token begins or ends a text, or is alone on its line: within one it is talked about."""
    before = text[max(0, token.start - _NEAR) : token.start].rstrip(" \t")
    after = text[token.end : token.end + _NEAR].lstrip(" \t")
    is_first = not before.strip() and token.start <= _NEAR
    is_last = not after.strip() and token.end + _NEAR >= len(text)
    return is_first or is_last or (before.endswith("\n") and after.startswith("\n"))


def _between(token: _Token, closer: _Token | None, text: str, *, display: bool, typeset: bool) -> Span | None:
    if closer is None:
        return None
    value = formula(text[token.end : closer.start], display=display)
    is_formula = value.tex and (
        is_tex(value.tex) or not is_prose(value.tex) if typeset else _says_tex(value.tex)
    )
    return Span(token.start, closer.end, value) if is_formula else None


def _says_tex(tex: str) -> bool:
    """Tell whether a text between escaped brackets is TeX by itself, and no group of a regular expression."""
    plain = _CODE_ESCAPE.sub(" ", tex)
    return is_tex(plain) and (_COMMAND.search(plain) is not None or _PATTERN.search(plain) is None)


def _dollar(token: _Token, closer: _Token | None, text: str, *, typeset: bool) -> Span | None:
    if closer is None or (token.start and _LETTER.match(text[token.start - 1])):
        return None
    inner = text[token.end : closer.start]
    behind = text[closer.end : closer.end + 5]
    if not inner.strip() or _PARAGRAPH.search(inner) or _DELIMITER.search(inner):
        return None
    if not inner[0].isalpha() and inner[0] not in "\\({[|" and is_prose(inner):
        return None  # an amount, and prose up to the next
    is_code = _CODE.search(_IN_WORDS.sub(" ", inner)) is not None
    is_formula = _COMMAND.search(inner if typeset else _CODE_ESCAPE.sub(" ", inner)) is not None
    is_formula = is_formula and (typeset or not is_code)
    is_related = typeset and not is_code and _RELATION.search(inner) is not None
    is_whole = not _LETTER.match(behind) or _SUFFIX.match(behind) or is_related
    if not is_formula and inner == inner.strip() and is_whole:
        # the rule of pandoc's tex_math_dollars
        is_formula = (_SCRIPT.search(inner) is not None and _is_short(inner)) or (
            typeset
            and (_TEX.search(inner) is not None or _SYMBOLS.fullmatch(inner) is not None)
            and not is_prose(inner)
        )
    return Span(token.start, closer.end, formula(inner)) if is_formula else None


def _wordpress(token: _Token, closer: _Token | None, text: str) -> Span | None:
    if closer is None:
        return None
    inner = text[token.end : closer.start].removeprefix("=")
    value = formula(_PARAMETERS.sub("", inner))
    return Span(token.start, closer.end, value) if value.tex else None


def _environment(token: _Token, tokens: _Tokens, text: str, *, typeset: bool) -> Span | None:
    name = token.value.removesuffix("*")
    end = tokens.ends.get(token.start)
    if end is None or not (name in _DISPLAYS or (typeset and name in _INNER)):
        return None
    return Span(token.start, end.end, formula(text[token.start : end.end], display=name != "math"))


def _shortcode(token: _Token, closer: _Token | None, text: str) -> Span | None:
    if closer is None:
        return None
    options = text[token.start : token.end].lower()
    display = _DISPLAY_OPTION.search(options) is not None
    inner = re.sub(r"^\s*\$\$?|\$\$?\s*$", "", text[token.end : closer.start])
    value = formula(_PARAMETERS.sub("", inner), display=display)
    return Span(token.start, closer.end, value) if value.tex else None


def is_tex(tex: str) -> bool:
    """Tell whether a text is TeX by itself: a command, a script, or nothing but symbols and numbers."""
    return _TEX.search(tex) is not None or (_SYMBOLS.fullmatch(tex) is not None and _is_short(tex))


def _is_short(tex: str) -> bool:
    letters = re.findall(r"[^\W\d_]+", tex)
    return bool(letters) and all(len(run) <= _LONGEST_SYMBOL or run in _FUNCTIONS for run in letters)


def is_formula(tex: str) -> bool:
    """Tell whether a text is TeX by itself, and has no prose in it."""
    return is_tex(tex) and not is_prose(tex)


def is_prose(tex: str) -> bool:
    """Tell whether words follow each other in a text, but for those that TeX sets as words."""
    return _PROSE.search(_WORDS.sub(" ", tex)) is not None
