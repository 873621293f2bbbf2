"""The engine that sets formulas: Temml, run in QuickJS.

QuickJS is a JavaScript engine in a library: the program in it has no files, no network, no clock, and starts
no threads, so that it can go on in a process that Sphinx has forked.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import get_ident

import quickjs

from postdocs.sphinx_ext.math.macros import Macros

_PROGRAMS = (
    "dialect/once.js",
    *("temml/temml.min.js", "temml/mhchem.min.js", "temml/physics.js"),
    # What LaTeX, amsmath, mathtools, siunitx and MathJax have and Temml lacks.
    *("dialect/tokens.js", "dialect/definitions.js", "dialect/colours.js", "dialect/environments.js"),
    *("dialect/arrays.js", "dialect/siunitx.js", "dialect/physics.js", "dialect/commands.js"),
    *("dialect/mathjax.js", "dialect/mathtools.js", "dialect/matrices.js", "dialect/boxes.js"),
    *("dialect/textcomp.js", "dialect/prooftree.js"),
    *("dialect/expansions.js", "dialect/convert.js"),
)
_GROUP = "he(e.body,t,e.semisimple)"
_DELIMITER = r""""argument to '\\left'"===t"""
_BOLD = '"boldsymbol"===r&&["mo","mpadded","mrow"].includes(s.type)'
_ARGUMENT = '"atom"!==r&&!o.allowedInArgument'
_INDEX = 'while(s.type&&"internal"===s.type)'
_COMMA = '"atom"===r.type&&","===r.text&&r.loc&&n.loc&&r.loc.end===n.loc.start'
_ESCAPE = "return String(e).replace(o,e=>s[e])"
PATCHES = {
    # A row doesn't say whether braces are around it, which are one letter to TeX: a class does.
    _GROUP: f'{{const r={_GROUP};return e.semisimple||"mrow"!==r.type||r.classes.push("postdocs-group"),r}}',
    # What has a bold form in no alphabet is bold by its weight, wherever it stands.
    _BOLD: '"boldsymbol"===r',
    # A delimiter whose size is said is one by itself, whatever closes it.
    _DELIMITER: r"""t&&t[0]==="a"&&s!=="{"&&/^argument to '.(?:left|[bB]igg?[lmr]?)'$/.test(t)""",
    # To MathJax a command with its arguments, and a name such as `\\max`, are an index without braces too.
    _ARGUMENT: f'{_ARGUMENT}&&!(/^su(?:b|per)script$/.test(r)&&(o.numArgs||"op"===o.type)'
    "&&!/^.(?:end|middle|right)$/.test(s))",
    # Where nothing follows the sign of an index, Temml stops before it can say so.
    _INDEX: 'while(s&&"internal"===s.type)',
    # A comma between digits is one between two numbers to TeX: a part of one is in braces, as in `3{,}14`.
    _COMMA: "!1",
    # Hardly any text has what must be escaped: QuickJS looks for it sooner than it replaces nothing.
    _ESCAPE: "const t=String(e);return-1===t.search(o)?t:t.replace(o,e=>s[e])",
    # A name is several elements, with space around, and an index is one, without.
    **{
        f"const r=ge({part},c);": f"{part}.isFollowedByDelimiter=!0;"
        f'const r=(n=>n instanceof w?new C("mrow",[n]):n)(ge({part},c));'
        for part in ("e.sub", "e.sup")
    },
}
"""What takes the place of parts of Temml that have no name, by these parts."""

_LONGEST = 20_000  # characters; nobody reads a formula as long, and the time it takes grows faster than it
_MEMORY = 256 * 2**20  # bytes
# XML 1.0 §2.2: what no document can hold.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Temml repeats a part of the formula, with what is wrong in it underlined.
_PLACE = re.compile(r"\s+at (?:position \d+|end of input): .*", re.DOTALL)
# What Temml says, and what we say.
_REASONS = tuple(
    (re.compile(pattern), reason)
    for pattern, reason in (
        (
            r"(?:Unsupported function name|Undefined control sequence): (.+)",
            r"the command \1 is not known; define it in postdocs_math_macros",
        ),
        (r"No such environment: (.+)", r"the environment \1 is not known"),
        (r'Function "(.+)" is not trusted', r"the command \1 is not allowed"),
        (
            r"Expected '(.+)', got 'EOF'|Unexpected end of input in a macro argument, expected '(.+)'",
            r"\1\2 is missing",
        ),
        (r"Expected 'EOF', got '(.+)'", r"\1 can't be here"),
        (r"Expected '(.+)', got '(.+)'", r"\1 is missing before \2"),
        (r"Invalid rbg input|Invalid color: .*", "the colour is not known; write #rrggbb, or a name of CSS"),
        (r"Expected group after '(.+)'", r"no index follows \1"),
        (r"Expected group as argument to '(.+)'", r"\1 has no argument"),
        (r"Mismatch: (.+) matched by (.+)", r"\2 is not the end of \1"),
        (r"(.hline) valid only within array environment", r"\1 does not begin a row of an array"),
        (r"Too many expansions.*", "its macros stand for more than anybody reads"),
        (r".*(?:call stack|stack overflow).*", "too many parts are in each other"),
        (r".*out of memory.*", "it takes more memory than there is for a formula"),
    )
)


class LatexError(ValueError):
    """A formula that can't be read; it says what is wrong, without a full stop."""


@dataclass(frozen=True)
class Converted:
    """What became of a formula: its MathML, and the macros that it has defined."""

    mathml: str
    macros: Macros


def convert(latex: str, *, display: bool, macros: Macros, numbers: dict[str, str]) -> Converted:
    r"""Return what Temml makes of a formula.

    numbers: of the equations that `\ref` and `\eqref` can name, by their labels.

    Raises
    ------
    LatexError
        The formula can't be read.

    """
    forbidden = _NOT_XML.search(latex)
    if forbidden:
        raise LatexError(f"U+{ord(forbidden[0]):04X} can't be in a page")
    if len(latex) > _LONGEST:
        raise LatexError(f"it is longer than {_LONGEST} characters")
    try:
        answer = json.loads(_program(get_ident())(latex, display, json.dumps(macros), json.dumps(numbers)))
    except quickjs.JSException as error:
        answer = {"error": str(error)}
    if "error" in answer:
        raise LatexError(_reason(answer["error"]))
    return Converted(**answer)


def start() -> None:
    """Start the engine, so that processes that this one begins have it."""
    _program(get_ident())


@cache
def _program(_thread: int) -> quickjs.Object:
    """Start the engine; each thread needs one of its own."""
    context = quickjs.Context()
    context.set_memory_limit(_MEMORY)
    folder = Path(__file__).parent
    for name in _PROGRAMS:
        program = (folder / name).read_text(encoding="utf-8")
        for temml, ours in PATCHES.items():
            program = program.replace(temml, ours)
        context.eval(program)
    return context.get("convert")


def _reason(message: str) -> str:
    """Return what is wrong in the words of our messages, if Temml says it in a form that we know."""
    reason = _PLACE.sub("", message.strip()).rstrip(".!")
    for pattern, ours in _REASONS:
        if match := pattern.fullmatch(reason):
            return match.expand(ours)
    return reason[:1].lower() + reason[1:] if reason[1:2].islower() else reason
