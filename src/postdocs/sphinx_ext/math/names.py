"""Names of LaTeX that docutils does not know, in the terms of what it knows."""

from __future__ import annotations

from docutils.utils.math import latex2mathml, unichar2tex

# What docutils calls by another name.
SAME = dict(
    line.split(maxsplit=1)
    for line in r"""
iff \Longleftrightarrow
dots \ldots
lt <
gt >
degree {}^{\circ}
dag \dagger
ddag \ddagger
cdotp \cdot
lparen (
rparen )
enspace \hspace{0.5em}
nonumber {}
notag {}
""".strip().splitlines()
)
FONTS = {
    **dict.fromkeys(("bm", "boldsymbol", "pmb"), "mathbfit"),
    **dict.fromkeys(("mathds", "mathbbm"), "mathbb"),
}
SWITCHES = {"bf": "mathbf", "cal": "mathcal", "it": "mathit", "rm": "mathrm", "sf": "mathsf", "tt": "mathtt"}
TEXTS = ("text", "textrm", "textnormal", "textup", "mbox", "hbox", "textbf", "textit", "textsf", "texttt")
GROUPS = (
    *("ensuremath", "mathnormal", "mathop", "mathbin", "mathrel", "mathord"),
    *("mathopen", "mathclose", "mathpunct"),
)
INFIX = {"over": r"\frac{%s}{%s}", "choose": r"\binom{%s}{%s}"}
ARGUMENTS = {
    **dict.fromkeys((*latex2mathml.fractions, "overset", "underset", "stackrel"), 2),
    **dict.fromkeys((*latex2mathml.accents, *latex2mathml.over, *latex2mathml.under), 1),
    **dict.fromkeys((*latex2mathml.math_alphabets, *FONTS), 1),
    **dict.fromkeys(("sqrt", "xleftarrow", "xrightarrow", "phantom", "pmod", "mod", "pod"), 1),
}
_STROKE = (
    "linear-gradient(to top %s, transparent 48%%, currentColor 48%%, currentColor 52%%, transparent 52%%)"
)
# What is drawn over or around a part, as CSS: elements for it are in no MathML that all browsers know.
MARKS = {
    "boxed": "border: thin solid; padding: 0.25em",
    "cancel": f"background: {_STROKE % 'left'}; print-color-adjust: exact",
    "bcancel": f"background: {_STROKE % 'right'}; print-color-adjust: exact",
    "xcancel": f"background: {_STROKE % 'left'}, {_STROKE % 'right'}; print-color-adjust: exact",
}
# Environments: the one of docutils (none for a mere formula), and how columns are aligned, over and over.
ENVIRONMENTS = {
    **dict.fromkeys(("equation", "equation*", "math", "displaymath"), ("", "")),
    **dict.fromkeys(("align", "align*", "aligned", "split", "flalign", "flalign*"), ("aligned", "rl")),
    **dict.fromkeys(("alignat", "alignat*", "alignedat"), ("aligned", "rl")),
    **dict.fromkeys(("eqnarray", "eqnarray*"), ("aligned", "rcl")),
    **dict.fromkeys(("gather", "gather*", "gathered", "multline", "multline*"), ("aligned", "c")),
    **dict.fromkeys(("cases", "dcases"), ("cases", "l")),
    **{name: (name, "c") for name in latex2mathml.matrices if name.endswith("matrix")},
    "array": ("matrix", ""),
}
# Functions that take limits below and above where a formula stands by itself, as \lim does.
LIMITS = ("lim\u202finf", "lim\u202fsup", "inj\u202flim", "proj\u202flim", "det", "gcd", "Pr")


def known_character(character: str) -> str:
    """Name what docutils knows by a name only; what has none is text."""
    if character != '"' and (character.isascii() or character.isalnum()):
        return character
    name = unichar2tex.uni2tex_table.get(ord(character), "")
    is_known = name.strip("\\ ") in latex2mathml.operators.keys() | latex2mathml.ordinary.keys()
    return name if is_known else rf"\text{{{character}}}"
