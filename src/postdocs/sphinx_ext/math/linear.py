"""MathML → a line of text.

`<msub><mi>u</mi><mi>t</mi></msub>` is u_t, and `<mfrac><mi>x</mi><mrow><mn>2</mn><mi>k</mi></mrow></mfrac>`
is x/(2k).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from postdocs.sphinx_ext.math.part import ROWS, SCRIPTS, TOKENS, Element, Part

Signs = tuple[str, str]  # before and after an element

_RAISED = str.maketrans("0123456789+-−=()n′″‴∘", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ′″‴°")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_NO_SPACE = re.compile(r"-|0*\.?0*[a-z%]|$")  # widths of `mspace` that are none
_ROOTS = {"3": "∛", "4": "∜"}
_SMALL_INSIDE = SCRIPTS | {"mroot"}  # all but the first of their children
_UPPER_FIRST = frozenset({"msup", "mover"})
# Marks that a line does without: hats and dots (Unicode's Mn and Sk), lines, arrows and braces.
_MARKS = re.compile(
    "[_~‾\u02c6-\u02dd\u0300-\u036f\u20d0-\u20ef\u2190-\u2194\u21c0-\u21c3\u23b4\u23b5\u23dc-\u23e1^`´¨¯]"
)
INFIX = re.compile(
    "[=<>+±×·÷−:≔\u2190-\u21ff\u2208-\u220d\u2213\u221d\u2223-\u222a\u2234-\u22a3\u22a5-\u22ba\u22c4-\u22d9"
    "\u27f5-\u27ff\u2a7d\u2a7e]+"
)
"""Operators between two things: relations, sums, products and arrows."""

SIGNS = frozenset("+−±∓")
"""Operators that may also belong to what follows."""

_OPENING, _CLOSING, _BARS = frozenset("([{⟨⌊⌈"), frozenset(")]}⟩⌋⌉"), frozenset("|‖")
_POSTFIX = frozenset("!%′″‴⁗")
_SEPARATORS = frozenset(",;")
_DIFFERENTIALS = frozenset("d∂Δδⅆ")


def text_of(element: Element) -> str:
    """Return an element of MathML as text, with the small digits and signs that Unicode has."""
    return line_of(Part.of(element))


def line_of(part: Part, *, tight: bool = False) -> str:
    """Return a part of a formula as text.

    tight: whether there is no space around operators, as in fractions and indices.
    """
    if part.tag in TOKENS:
        return part.text
    if part.tag == "mspace":
        return "" if _NO_SPACE.match(part.get("width")) else " "
    if tight not in part.lines:
        part.lines[tight] = "".join(_pieces(part, tight=tight))
    return part.lines[tight]


def _pieces(element: Part, *, tight: bool) -> list[str]:
    tight = tight or element.tag in {"mfrac", "mroot", "msqrt"}
    signed = zip(element.children, signs_of(element, tight=tight), strict=True)
    if element.tag not in _SMALL_INSIDE:
        return [line_of(child, tight=tight).join(signs) for child, signs in signed]
    pieces: list[str] = []
    is_before = False  # whether indices stand before what they belong to
    for number, (child, signs) in enumerate(signed):
        is_script = number > 0 and element.tag in SCRIPTS
        is_before = is_before or child.tag == "mprescripts"
        text = line_of(child, tight=tight or is_script)
        text = text.strip() if is_script else text
        small = _RAISED if signs[0].startswith("^") else _LOWERED
        if is_script and (_is_accent(element, child) or not text.strip()):
            continue
        if element.tag == "mroot" and number and text in _ROOTS:
            pieces.insert(0, _ROOTS[text])
        else:
            text = text.translate(small) if is_script and _is_small(child, small) else text.join(signs)
            pieces.insert(0 if is_before else number, text)
    return pieces


def signs_of(element: Part, *, tight: bool = False, small: bool = True) -> list[Signs]:
    """Return the signs before and after each child that is shown.

    tight: as above. small: whether the small digits of Unicode stand for indices.
    """
    children = element.children
    if not children:
        return []
    if element.tag in ROWS:
        return [*_between(*(" " if gap else "" for gap in _gaps(element, tight=tight, small=small)))]
    signs: Iterable[Signs] = [("", "")] * len(children)
    match element.tag, children:
        case "mfrac", [_, _] if element.get("linethickness").startswith("0"):
            signs = _between("; ")  # one thing above another, as in a column
        case "mfrac", [above, below]:
            before, after = _brackets(above, needed=_is_sum(above))
            signs = (before, f"{after}/"), _brackets(below, needed=_is_sum(below) or _factors(below) > 1)
        case "mroot", [base, _]:
            signs = _brackets(base, needed=not _is_whole(base)), ("^(1/", ")")
        case "msqrt", [_, *others]:
            before, after = _brackets(element, needed=not _is_whole(element))
            ends = [""] * len(others)
            signs = zip((f"√{before}", *ends), (*ends, after), strict=True)
        case "mtable", [_, *others]:
            signs = _between(*["; "] * len(others))
        case "mtr" | "mlabeledtr", [_, *_]:
            pairs = pairwise(children)
            signs = _between(*(" " if _continues(left, right) else ", " for left, right in pairs))
        case tag, [base, *scripts] if tag in SCRIPTS:
            signs = _brackets(base, needed=_is_ambiguous(element, base)), *_script_signs(element, scripts)
    return [*signs]


def _between(*signs: str) -> Iterator[Signs]:
    """Yield the signs of elements that have some between them."""
    for sign in (*signs, ""):
        yield "", sign


def _brackets(element: Part, *, needed: bool) -> Signs:
    return ("(", ")") if needed and not _is_fenced(element.parts) else ("", "")


def _script_signs(element: Part, scripts: Sequence[Part]) -> Iterator[Signs]:
    is_upper = element.tag in _UPPER_FIRST
    for script in scripts:
        if script.tag == "mprescripts":
            is_upper = False
            yield "", ""
            continue
        is_apart = not _is_whole(script) if is_upper else _is_sum(script) or _has_space(script)
        before, after = _brackets(script, needed=is_apart)
        is_silent = _is_accent(element, script) or not line_of(script).strip()
        yield ("", "") if is_silent else (f"{'^' if is_upper else '_'}{before}", after)
        is_upper = not is_upper


def _is_accent(element: Part, script: Part) -> bool:
    """Tell whether something above or below is a mark that a line does without, such as a hat or a brace."""
    return element.tag in {"mover", "munder"} and bool(_MARKS.fullmatch(script.operator))


def _is_small(script: Part, small: dict[int, int]) -> bool:
    """Tell whether Unicode has small forms of all that is in an index."""
    return all(
        part.tag in TOKENS and all(ord(letter) in small for letter in part.text)
        for part in script.side_by_side
    )


def _has_space(script: Part) -> bool:
    return any(part.tag == "mtext" and " " in part.text.strip() for part in script.parts)


def _is_ambiguous(element: Part, base: Part) -> bool:
    """Tell whether an index would seem to belong to the last part of its base only."""
    parts = [part for part in base.parts if part.tag != "mspace"]
    if len(parts) != 1:
        return bool(parts)
    is_power = element.tag in {"msup", "msubsup"} and parts[0].tag in {"msup", "msubsup"}
    return is_power or parts[0].tag in {"mfrac", "mroot", "msqrt"}


def _is_whole(element: Part) -> bool:
    """Tell whether an element is one thing that needs no brackets."""
    parts = [part for part in element.parts if part.tag != "mspace"]
    return len(parts) < 2 and not any(part.tag == "mfrac" for part in parts)  # noqa: PLR2004 - none, or one


def _is_sum(element: Part) -> bool:
    """Tell whether an element has an operator or a comma that is in no brackets, or is a fraction."""
    parts = element.parts
    if len(parts) == 1 and parts[0].tag == "mfrac":
        return True
    depth = 0
    for place, part in enumerate(parts):
        sign = part.operator
        depth += (sign in _OPENING) - (sign in _CLOSING)
        if depth <= 0 and (sign == "/" or sign in _SEPARATORS or is_infix(parts, place)):
            return True
    return False


def _factors(element: Part) -> int:
    """Count what is multiplied: ∂x and f(x) are one thing each."""
    parts = [part for part in element.parts if part.tag != "mspace"]
    count = depth = 0
    for place, part in enumerate(parts):
        sign = part.operator
        is_applied = place > 0 and parts[place - 1].core.tag == "mi"
        is_differential = place + 1 < len(parts) and part.core.text in _DIFFERENTIALS
        if sign in _CLOSING:
            depth -= 1
        elif (
            depth == 0
            and sign not in _POSTFIX
            and not is_differential
            and not (sign in _OPENING and is_applied)
        ):
            count += 1
        depth += sign in _OPENING
    return count


def _is_fenced(parts: Sequence[Part]) -> bool:
    """Tell whether brackets begin with the first part and end with the last."""
    depth = 0
    for place, part in enumerate(parts):
        sign = part.operator
        depth += (sign in _OPENING) - (sign in _CLOSING)
        if depth <= 0:
            return place > 0 and place + 1 == len(parts) and depth == 0
    return False


def is_infix(parts: Sequence[Part], place: int) -> bool:
    """Tell whether a part is an operator between two things, such as the minus of a − b."""
    sign = parts[place].operator
    if not (sign and INFIX.fullmatch(sign)):
        return False
    return sign not in SIGNS or _ends_operand(parts, place)


def _ends_operand(parts: Sequence[Part], place: int) -> bool:
    """Tell whether what stands before a sign is something that it can add to."""
    while place and parts[place - 1].tag == "mspace":
        place -= 1
    sign = parts[place - 1].operator if place else "("
    if sign in _BARS and place > 1:  # one after an operand closes
        before = parts[place - 2].operator
        return not (INFIX.fullmatch(before) or before in _OPENING | _SEPARATORS)
    return not sign or sign in _CLOSING or sign in _POSTFIX


def _continues(left: Part, right: Part) -> bool:
    """Tell whether the second of two cells goes on with the formula in the first, as in aligned equations."""
    signs = [part.operator for part in right.parts[:1]]
    return any(INFIX.fullmatch(sign) and sign not in SIGNS for sign in signs) or not left.parts


def _gaps(row: Part, *, tight: bool, small: bool) -> list[bool]:
    """Return whether there is a space between each two elements of a row."""
    parts = row.parts
    if row.infix is None:
        row.infix = [is_infix(parts, place) for place in range(len(parts))]
    infix = [False] * len(parts) if tight else row.infix
    gaps = []
    place = 0
    for child in row.children[:-1]:
        place += len(child.side_by_side)
        if not 0 < place < len(parts):
            gaps.append(False)
            continue
        left, right = parts[place - 1], parts[place]
        if left.tag == "mspace" or right.tag == "mspace":
            gaps.append(False)
        elif infix[place] or infix[place - 1] or (not tight and left.operator in _SEPARATORS):
            gaps.append(True)
        else:
            gaps.append(_is_apart(left, right, small=small))
    return gaps


def _is_apart(left: Part, right: Part, *, small: bool) -> bool:
    """Tell whether two neighbours need a space, without which k u_x would have something called `ku`."""
    before, after = left.core, right.core
    if _is_name(before) and (after.tag != "mo" or _is_name(after)):
        return True
    if _is_name(after) and (before.tag != "mo" or before.text in _CLOSING):
        return True
    if {before.tag, after.tag} & {"mo", "mtext"}:
        return False
    if left.tag == "mfrac" or (before.tag == "mn" and (after.tag in {"mfrac", "mn"})):
        return True
    is_joined = before.tag == "mn" or before.text in _DIFFERENTIALS
    return _has_mark(left, small=small) or (_has_mark(right, small=small) and not is_joined)


def _is_name(core: Part) -> bool:
    """Tell whether this is a name of several letters, such as log."""
    if len(core.text) == 1 or core.tag not in {"mi", "mo"}:  # as most are
        return False
    text = core.text.replace("\u202f", "")
    return len(text) > 1 and text.isalpha()


def _has_mark(element: Part, *, small: bool) -> bool:
    """Tell whether something has an index behind a sign, for Unicode has no small form of it."""
    if element.tag not in SCRIPTS:
        return False
    scripts = element.children[1:]
    signs = _script_signs(element, scripts)
    return any(
        before and not (small and _is_small(script, _RAISED if before.startswith("^") else _LOWERED))
        for script, (before, _) in zip(scripts, signs, strict=True)
    )
