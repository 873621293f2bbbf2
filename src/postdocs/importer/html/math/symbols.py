"""Characters → TeX, by the tables of docutils."""

from __future__ import annotations

import itertools
import re
import unicodedata
from functools import cache

from docutils.utils.math import tex2unichar

from postdocs.importer.html.math.accents import ABOVE

_TABLES = (
    "mathord",
    "mathbin",
    "mathrel",
    "mathalpha",
    "mathop",
    "mathopen",
    "mathclose",
    "mathfence",
    "mathpunct",
)
# Names of the tables that pages don't know, or set as something else.
_OTHERS = """
AC APLcomment APLdownarrowbox APLinput APLinv APLleftarrowbox APLlog APLrightarrowbox APLuparrowbox Aries
Box CIRCLE CheckedBox Circle Coloneqq Diamond Diamondblack Diamonddot Gemini Jupiter LEFTCIRCLE LEFTcircle
LHD Lbag Leo Libra Longmapsfrom Longmapsto Mapsfrom Mapsto Mars Mercury Nearrow Neptune Nwarrow Pluto RHD
RIGHTCIRCLE RIGHTcircle Rbag Saturn Scorpio Searrow Square Sun Swarrow Taurus Top Uranus Venus XBox Yup
apprge apprle aquarius aries arrowvert barin barleftharpoon barrightharpoon biginterleave bindnasrepma
blacksmiley blacksquare blacktriangle blacktriangledown blacktriangleleft blacktriangleright
blacktriangleup boxbar boxbslash boy bracevert bullet cancer capricornus circledR circledbslash circledgtr
circledless coloneq corresponds dasharrow diagdown diagup dlsh downdownharpoons downuparrows
downupharpoons drsh earth eqcolon fatsemi fourth frownie gemini ggcurly girl hash invdiameter invneg
jupiter lbag leadsto leftarrowtriangle leftbarharpoon leftleftharpoons leftrightarrowtriangle
leftrightharpoon leftslice leftsquigarrow leftturn leo libra llcurly longmapsfrom lrtimes mathcent
mathdollar medbullet medcirc mercury mid models multimapdotbothA multimapdotbothB neptune ngtrless
nlessgtr notasymp notbackslash notowner notslash nsimeq ointctrclockwise ointop pisces pluto preceqq
quarternote rbag rightarrowtriangle rightbarharpoon rightleftharpoon rightrightharpoons rightslice
rightturn sagittarius saturn scorpio second setminus slash smalltriangledown smalltriangleleft
smalltriangleright spddot sphat sptilde square succeqq talloblong taurus third twonotes updownarrows
updownharpoons upupharpoons uranus varEarth varprod vartriangle virgo wasylozenge wasytherefore
"""
# What TeX writes in another way, what has none of these names, and what MathJax sets its commands as.
_SPECIAL = {
    "#": r"\#", "$": r"\$", "%": r"\%", "&": r"\&", "_": r"\_", "{": r"\{", "}": r"\}", "\\": r"\backslash",
    "~": r"\sim", "^": r"\hat{}", "−": "-", "–": "-", "′": "'", "″": "''", "‴": "'''", "’": "'", "∗": "*",
    "·": r"\cdot", "∣": r"\mid", "⟺": r"\iff", "\xa0": r"\ ", "ℏ": r"\hbar", "‖": r"\|", "△": r"\triangle",
    "∖": r"\setminus", "⧵": r"\setminus", "≔": r"\coloneqq", "≕": r"\eqqcolon", "∹": r"\eqcolon", "∶": ":",
    "⊧": r"\models", "◇": r"\Diamond", "◊": r"\lozenge", "◻": r"\square", "◼": r"\blacksquare",
    "▴": r"\blacktriangle", "▾": r"\blacktriangledown", "▸": r"\blacktriangleright",
    "◂": r"\blacktriangleleft", "▵": r"\vartriangle", "⤳": r"\leadsto", "≆": r"\ncong",
    # Of the fonts of KaTeX and MathJax 2.
    "\ue006": r"\nshortmid", "\ue007": r"\nshortparallel", "\ue00c": r"\lvertneqq", "\ue00d": r"\gvertneqq",
    "\ue00e": r"\ngeqq", "\ue00f": r"\ngeqslant", "\ue010": r"\nleqslant", "\ue011": r"\nleqq",
    "\ue016": r"\nsubseteqq", "\ue017": r"\varsubsetneqq", "\ue018": r"\nsupseteqq",
    "\ue019": r"\varsupsetneqq", "\ue01a": r"\varsubsetneq", "\ue01b": r"\varsupsetneq",
    "\ue131": r"\imath", "\ue237": r"\jmath",
}  # fmt: skip
_VARIANTS = {  # by Unicode's variation selectors; others change nothing that TeX tells apart
    "∅\ufe00": r"\emptyset", "⊊\ufe00": r"\varsubsetneq", "⊋\ufe00": r"\varsupsetneq",
    "⫋\ufe00": r"\varsubsetneqq", "⫌\ufe00": r"\varsupsetneqq", "≨\ufe00": r"\lvertneqq",
    "≩\ufe00": r"\gvertneqq",
}  # fmt: skip
_ROUNDED = "\ufe01"  # of a script letter: that of handwriting
_STROKE = "\u0338"
_MARKS = {**ABOVE, "\u0332": r"\underline", _STROKE: r"\not"}
_COMMAND = re.compile(r"\\[A-Za-z]+$")
_LONGEST = 64  # characters, which no name of a command has
_CHARACTER = re.compile(r"(.)([\ufe00-\ufe0f]?)([\u0300-\u036f\u20d0-\u20ff]*)", re.DOTALL)
_LOWERED, _RAISED = "₀-₎ₐ-ₜᵢ-ᵥⱼ", "⁰¹²³⁴-⁹⁺⁻⁼⁽⁾ⁱⁿ"
_SMALL = re.compile(f"([{_LOWERED}]+|[{_RAISED}]+)")
_SAME = frozenset({"<compat>", "<font>", "<narrow>", "<small>", "<wide>"})  # forms of the same letter
_ALPHABETS = (
    ("DOUBLE-STRUCK", r"\mathbb"),
    ("FRAKTUR", r"\mathfrak"),
    ("BLACK-LETTER", r"\mathfrak"),
    ("SCRIPT", r"\mathcal"),
    ("SANS-SERIF", r"\mathsf"),
    ("MONOSPACE", r"\mathtt"),
)
_TEXT = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "%": r"\%",
    "#": r"\#",
    "&": r"\&",
    "_": r"\_",
}


def escape(text: str) -> str:
    r"""Write characters for `\text`."""
    return "".join(_TEXT.get(character, character) for character in text)


def to_tex(text: str) -> str:
    """Write characters for a formula; those that no command is for stay."""
    out = ""
    for number, piece in enumerate(_SMALL.split(unicodedata.normalize("NFC", text))):
        if number % 2:
            scripts = to_tex(unicodedata.normalize("NFKC", piece))
            is_lowered = unicodedata.decomposition(piece[0]).startswith("<sub>")
            out += f"{'' if out else '{}'}{'_' if is_lowered else '^'}{{{scripts}}}"
        else:
            for tex in itertools.starmap(_character, _CHARACTER.findall(piece)):
                out += f"{space_between(out, tex)}{tex}"
    return out


def space_between(before: str, after: str) -> str:
    """Return the space that keeps a letter from the name of a command before it."""
    is_name = _COMMAND.search(before, max(0, len(before) - _LONGEST)) is not None
    return " " if is_name and after[:1].isascii() and after[:1].isalpha() else ""


def _character(letter: str, variant: str, marks: str) -> str:
    """Write a character with what is behind it: a selector of variants, and marks above it or through it."""
    if letter == _STROKE:  # through what follows
        return r"\not"
    tex = _VARIANTS.get(letter + variant) or _command(letter)
    if variant == _ROUNDED:
        tex = tex.replace(r"\mathcal", r"\mathscr")
    for mark in marks:
        tex = f"{_MARKS[mark]}{{{tex}}}" if mark in _MARKS else tex
    return tex


def _command(character: str) -> str:
    if character in _SPECIAL:
        return _SPECIAL[character]
    if character.isascii():
        return character
    return _commands().get(character) or _letter(character)


def _letter(character: str) -> str:
    """Write a letter of a mathematical alphabet (Unicode, Mathematical Alphanumeric Symbols)."""
    form, _, codes = unicodedata.decomposition(character).partition(" ")
    if form not in _SAME or " " in codes:
        return character
    plain = chr(int(codes, 16))  # ϕ is not φ, as it is after NFKC
    name = unicodedata.name(character, "")
    tex = _command(plain)
    alphabet = next((command for words, command in _ALPHABETS if words in name), "")
    tex = f"{alphabet}{{{tex}}}" if alphabet else tex
    if "BOLD" not in name:
        return tex
    is_upright = not alphabet and "ITALIC" not in name and plain.isalnum()
    return f"\\mathbf{{{tex}}}" if is_upright else f"\\boldsymbol{{{tex}}}"


@cache
def _commands() -> dict[str, str]:
    """Return the shortest command for each character."""
    commands: dict[str, str] = {}
    others = {*_OTHERS.split()}
    for table in _TABLES:
        for name, character in getattr(tex2unichar, table).items():
            is_known = name.isalpha() and name not in others and len(character) == 1
            if is_known and len(name) < len(commands.get(character, "x" * 99)):
                commands[character] = f"\\{name}"
    return commands
