"""A formula as a line of text: what MathML says by place, a line says by signs.

`<msub><mi>u</mi><mi>t</mi></msub>` is u_t, and `<mfrac><mi>x</mi><mrow><mn>2</mn><mi>k</mi></mrow></mfrac>`
is x/(2k). Elements are those of `xml.etree` or of `lxml`, with names in lower case and without a namespace.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Any

Element = Any  # of one of two libraries, which have no type in common
Signs = tuple[str, str]  # before and after an element

_RAISED = str.maketrans("0123456789+-−=()n′″‴∘", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ′″‴°")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_ROOTS = {"3": "∛", "4": "∜"}
_TOKENS = frozenset({"mi", "mn", "mo", "ms", "mtext"})
_ROWS = frozenset({"math", "menclose", "merror", "mpadded", "mrow", "mstyle", "mtd"})
_FIRST_OF = frozenset({"maction", "semantics"})  # of their children the first is shown
_TRANSPARENT = _ROWS | _FIRST_OF
_UPPER_FIRST = frozenset({"msup", "mover"})
_SCRIPTS = _UPPER_FIRST | {"mmultiscripts", "msub", "msubsup", "munder", "munderover"}
_UNSEEN = frozenset({"annotation", "annotation-xml", "mphantom"})
_INVISIBLE = dict.fromkeys((0x2061, 0x2062, 0x2063, 0x2064))  # function application, times, separator, plus
# Marks that a line does without: hats and dots (Unicode's Mn and Sk), lines, arrows and braces.
_MARKS = re.compile(
    "[_~‾\u02c6-\u02dd\u0300-\u036f\u20d0-\u20ef\u2190-\u2194\u21c0-\u21c3\u23b4\u23b5\u23dc-\u23e1^`´¨¯]"
)
# Operators between two things: relations, sums, products and arrows.
_INFIX = re.compile(
    "[=<>+±×·÷−:≔\u2190-\u21ff\u2208-\u220d\u2213\u221d\u2223-\u222a\u2234-\u22a3\u22a5-\u22ba\u22c4-\u22d9"
    "\u27f5-\u27ff\u2a7d\u2a7e]+"
)
_SIGNS = frozenset("+−±∓")  # that may also belong to what follows
_OPENING, _CLOSING, _BARS = frozenset("([{⟨⌊⌈"), frozenset(")]}⟩⌋⌉"), frozenset("|‖")
_POSTFIX = frozenset("!%′″")
_SEPARATORS = frozenset(",;")
_DIFFERENTIALS = frozenset("d∂Δδⅆ")


def text_of(element: Element, *, tight: bool = False) -> str:
    """Return an element of MathML as text, with the small digits and signs that Unicode has.

    tight: whether there is no space around operators, as in fractions and indices.
    """
    if element.tag in _TOKENS:
        return _shown(element)
    if element.tag == "mspace":
        return "" if re.match(r"-|0*\.?0*[a-z%]|$", element.get("width", "")) else " "
    pieces: list[str] = []
    children = shown_children(element)
    tight = tight or element.tag in {"mfrac", "mroot", "msqrt"}
    is_before = False  # whether indices stand before what they belong to
    for number, (child, signs) in enumerate(zip(children, signs_of(element, tight=tight), strict=True)):
        is_script = number > 0 and element.tag in _SCRIPTS
        is_before = is_before or child.tag == "mprescripts"
        text = text_of(child, tight=tight or is_script)
        text = text.strip() if is_script else text
        small = _RAISED if signs[0].startswith("^") else _LOWERED
        if is_script and (_is_accent(element, child) or not text.strip()):
            continue
        if element.tag == "mroot" and number and text in _ROOTS:
            pieces.insert(0, _ROOTS[text])
        else:
            text = text.translate(small) if is_script and _is_small(child, small) else text.join(signs)
            pieces.insert(0 if is_before else number, text)
    return "".join(pieces)


def shown_children(element: Element) -> list[Element]:
    """Return the elements in one that are shown."""
    children = [child for child in element if isinstance(child.tag, str) and child.tag not in _UNSEEN]
    children = [child for child in children if child.tag != "mo" or _shown(child)]
    return children[:1] if element.tag in _FIRST_OF else children


def signs_of(element: Element, *, tight: bool = False, small: bool = True) -> list[Signs]:
    """Return the signs before and after each child that is shown.

    tight: as above. small: whether the small digits of Unicode stand for indices.
    """
    children = shown_children(element)
    signs: Iterable[Signs] = [("", "")] * len(children)
    match element.tag, children:
        case "mfrac", [_, _] if element.get("linethickness", "").startswith("0"):
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
        case tag, [base, *scripts] if tag in _SCRIPTS:
            signs = _brackets(base, needed=_is_ambiguous(element, base)), *_script_signs(element, scripts)
        case tag, [_, *_] if tag in _ROWS:
            signs = _between(*(" " if gap else "" for gap in _gaps(children, tight=tight, small=small)))
    return [*signs]


def _between(*signs: str) -> Iterator[Signs]:
    """Yield the signs of elements that have some between them."""
    for sign in (*signs, ""):
        yield "", sign


def _brackets(element: Element, *, needed: bool) -> Signs:
    return ("(", ")") if needed and not _is_fenced(_parts(element)) else ("", "")


def _script_signs(element: Element, scripts: Sequence[Element]) -> Iterator[Signs]:
    is_upper = element.tag in _UPPER_FIRST
    for script in scripts:
        if script.tag == "mprescripts":
            is_upper = False
            yield "", ""
            continue
        is_apart = not _is_whole(script) if is_upper else _is_sum(script) or _has_space(script)
        before, after = _brackets(script, needed=is_apart)
        yield ("", "") if _is_accent(element, script) else (f"{'^' if is_upper else '_'}{before}", after)
        is_upper = not is_upper


def _is_accent(element: Element, script: Element) -> bool:
    """Tell whether something above or below is a mark that a line does without, such as a hat or a brace."""
    return element.tag in {"mover", "munder"} and bool(_MARKS.fullmatch(_operator(script)))


def _is_small(script: Element, small: dict[int, int]) -> bool:
    """Tell whether Unicode has small forms of all that is in an index."""
    parts = _parts(script) if script.tag in _TRANSPARENT else [script]
    return all(part.tag in _TOKENS and all(ord(letter) in small for letter in _shown(part)) for part in parts)


def _has_space(script: Element) -> bool:
    return any(part.tag == "mtext" and " " in _shown(part).strip() for part in _parts(script))


def _is_ambiguous(element: Element, base: Element) -> bool:
    """Tell whether an index would seem to belong to the last part of its base only."""
    parts = [part for part in _parts(base) if part.tag != "mspace"]
    if len(parts) != 1:
        return bool(parts)
    is_power = element.tag in {"msup", "msubsup"} and parts[0].tag in {"msup", "msubsup"}
    return is_power or parts[0].tag in {"mfrac", "mroot", "msqrt"}


def _is_whole(element: Element) -> bool:
    """Tell whether an element is one thing that needs no brackets."""
    parts = [part for part in _parts(element) if part.tag != "mspace"]
    return len(parts) < 2 and not any(part.tag == "mfrac" for part in parts)  # noqa: PLR2004 - none, or one


def _is_sum(element: Element) -> bool:
    """Tell whether an element has an operator or a comma that is in no brackets, or is a fraction."""
    parts = _parts(element)
    if len(parts) == 1 and parts[0].tag == "mfrac":
        return True
    depth = 0
    for place, part in enumerate(parts):
        sign = _operator(part)
        depth += (sign in _OPENING) - (sign in _CLOSING)
        if depth <= 0 and (sign == "/" or sign in _SEPARATORS or is_infix(parts, place)):
            return True
    return False


def _factors(element: Element) -> int:
    """Count what is multiplied: ∂x and f(x) are one thing each."""
    parts = [part for part in _parts(element) if part.tag != "mspace"]
    count = depth = 0
    for place, part in enumerate(parts):
        sign = _operator(part)
        is_applied = place > 0 and core_of(parts[place - 1]).tag == "mi"
        is_differential = place + 1 < len(parts) and _shown(core_of(part)) in _DIFFERENTIALS
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


def _is_fenced(parts: Sequence[Element]) -> bool:
    """Tell whether brackets begin with the first part and end with the last."""
    depth = 0
    for place, part in enumerate(parts):
        sign = _operator(part)
        depth += (sign in _OPENING) - (sign in _CLOSING)
        if depth <= 0:
            return place > 0 and place + 1 == len(parts) and depth == 0
    return False


def _parts(element: Element) -> list[Element]:
    """Return what stands side by side in an element; what is in a row stands beside what is around it."""
    children = shown_children(element) if element.tag in _TRANSPARENT | {"msqrt"} else [element]
    return [part for child in children for part in (_parts(child) if child.tag in _TRANSPARENT else [child])]


def core_of(element: Element) -> Element:
    """Return what an element is about: of a letter with indices the letter."""
    while element.tag in _SCRIPTS | _TRANSPARENT:
        children = shown_children(element)
        if not children or (len(children) > 1 and element.tag not in _SCRIPTS):
            break
        element = children[0]
    return element


def _shown(token: Element) -> str:
    text = (token.text or "").replace("\u00a0", " ").translate(_INVISIBLE)
    text = re.sub(r"\s+", " ", text)
    if token.tag == "mtext":
        return text
    return text.strip().replace("-", "−") if token.tag == "mo" else text.strip()


def _operator(element: Element) -> str:
    """Return the operator that an element is about, or nothing."""
    core = core_of(element)
    return _shown(core) if core.tag == "mo" else ""


def is_infix(parts: Sequence[Element], place: int) -> bool:
    """Tell whether a part is an operator between two things, such as the minus of a − b."""
    sign = _operator(parts[place])
    return bool(_INFIX.fullmatch(sign)) and (sign not in _SIGNS or _ends_operand(parts, place))


def _ends_operand(parts: Sequence[Element], place: int) -> bool:
    """Tell whether what stands before a sign is something that it can add to."""
    while place and parts[place - 1].tag == "mspace":
        place -= 1
    sign = _operator(parts[place - 1]) if place else "("
    if sign in _BARS and place > 1:  # one after an operand closes
        before = _operator(parts[place - 2])
        return not (_INFIX.fullmatch(before) or before in _OPENING | _SEPARATORS)
    return not sign or sign in _CLOSING or sign in _POSTFIX


def _continues(left: Element, right: Element) -> bool:
    """Tell whether the second of two cells goes on with the formula in the first, as in aligned equations."""
    signs = [_operator(part) for part in _parts(right)[:1]]
    return any(_INFIX.fullmatch(sign) and sign not in _SIGNS for sign in signs) or not _parts(left)


def _gaps(row: Sequence[Element], *, tight: bool, small: bool) -> Iterator[bool]:
    """Yield whether there is a space between each two elements of a row."""
    groups = [_parts(child) if child.tag in _TRANSPARENT else [child] for child in row]
    parts = [part for group in groups for part in group]
    for place in accumulate(map(len, groups[:-1])):
        if not 0 < place < len(parts) or "mspace" in {parts[place - 1].tag, parts[place].tag}:
            yield False
        elif not tight and (
            is_infix(parts, place) or is_infix(parts, place - 1) or _operator(parts[place - 1]) in _SEPARATORS
        ):
            yield True
        else:
            yield _is_apart(parts[place - 1], parts[place], small=small)


def _is_apart(left: Element, right: Element, *, small: bool) -> bool:
    """Tell whether two neighbours need a space, without which k u_x would have something called `ku`."""
    before, after = core_of(left), core_of(right)
    if _is_name(before) and (after.tag != "mo" or _is_name(after)):
        return True
    if _is_name(after) and (before.tag != "mo" or _shown(before) in _CLOSING):
        return True
    if {before.tag, after.tag} & {"mo", "mtext"}:
        return False
    if left.tag == "mfrac" or (before.tag == "mn" and (after.tag in {"mfrac", "mn"})):
        return True
    is_joined = before.tag == "mn" or _shown(before) in _DIFFERENTIALS
    return _has_mark(left, small=small) or (_has_mark(right, small=small) and not is_joined)


def _is_name(core: Element) -> bool:
    """Tell whether this is a name of several letters, such as log."""
    text = _shown(core).replace("\u202f", "") if core.tag in {"mi", "mo"} else ""
    return len(text) > 1 and text.isalpha()


def _has_mark(element: Element, *, small: bool) -> bool:
    """Tell whether something has an index behind a sign, for Unicode has no small form of it."""
    if element.tag not in _SCRIPTS:
        return False
    scripts = shown_children(element)[1:]
    signs = _script_signs(element, scripts)
    return any(
        before and not (small and _is_small(script, _RAISED if before.startswith("^") else _LOWERED))
        for script, (before, _) in zip(scripts, signs, strict=True)
    )
