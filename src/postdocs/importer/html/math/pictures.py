"""Formulas as images: some services keep the TeX in the address, others in the alternative text."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, unquote, unquote_plus, urlsplit

from bs4.element import Tag

from postdocs.importer.html.dom import attribute, classes
from postdocs.importer.html.math.delimiters import is_formula as is_formula_text
from postdocs.importer.html.math.formula import Formula, unwrap

# What says in a host or path that a service draws formulas, WordPress.com, Google, Habr and Zhihu among them.
_SERVICE = re.compile(
    r"codecogs|latex|\btex\b|tex\.|mimetex|mathtex|mathurl|texify|upmath|math\.now\.sh|/chart\b|render/math|/math\b"
    r"|/equation\b|eqneditor|/eqn?\b|tex2(?:img|png|svg)|texrendr|math\.vercel",
    re.IGNORECASE,
)
_PARAMETERS = (
    "latex",
    "tex",
    "chl",
    "math",
    "from",
    "inline",
    "formula",
    "equation",
    "eq",
    "expr",
    "formdata",
)
_IN_PATH = re.compile(
    r"(?:upmath\.me|tex\.s2cms\.\w+)/(?:svg|png)/(?P<tex>.+)|texify\.com/img/(?P<texify>.+)\.gif"
)
_ONLY_QUERY = re.compile(r"codecogs\.com/|(?:mime|math)tex(?:\.cgi|\b)|numberempire\.com/render|texrendr")
# Services whose address says nothing of the formula, and what they call it.
_UNREADABLE = re.compile(
    r"/ql-cache/|quicklatex\.com/|math/render/(?:svg|png)/|/media/math/|/math/[0-9a-f]/[0-9a-f]/|__latex/|/ltximg/|/ltxpng/|/imgmath/|/_images/math/"
)
_CLASSES = frozenset({
    "ee_img", "equation", "formula", "formulaDsp", "formulaInl", "latex", "latex_compiled", "math", "mathtex",
    "mwe-math-fallback-image-display", "mwe-math-fallback-image-inline", "ql-img-displayed-equation",
    "ql-img-inline-formula", "tex",
})  # fmt: skip
_DISPLAY_CLASSES = frozenset({
    "formulaDsp", "mwe-math-fallback-image-display", "ql-img-displayed-equation", "displaymath",
})  # fmt: skip
_HOLDERS = frozenset({"displaymath", "formulaDsp", "math", "ql-center-displayed-equation"})
# What codecogs' editor writes for characters that an address can't hold, and its directives.
_ENTITIES = {"&space;": " ", "&plus;": "+", "&hash;": "#", "&amp;": "&"}
_DIRECTIVE = re.compile(
    r"\s*(?:\\(?:inline|tiny|small|large|LARGE|huge|(?:bg|fg|fn)_\w+|dpi\s*\{\d+\}|opaque|bg_white)(?![A-Za-z])\s*|\\,(?=\\fn))"
)
_PADDED = re.compile(r"\s*\n.*\n\s*", re.DOTALL)  # Quarto's feed writes those of a line of their own so
_DELIMITED = re.compile(r"\s*(?:\$.+\$|\\\(.+\\\)|\\\[.+\\\])\s*", re.DOTALL)


def is_formula(tag: Tag) -> bool:
    """Tell whether a picture shows a formula, as its class or the service that drew it says."""
    return _is_marked(tag) or bool(_of_address(attribute(tag, "src").strip()))


def _is_marked(tag: Tag) -> bool:
    return (
        bool(_CLASSES.intersection(classes(tag)))
        or _UNREADABLE.search(attribute(tag, "src").strip()) is not None
        or _holder(tag) is not None
    )


def _holder(tag: Tag) -> Tag | None:
    """Return the element around a picture that says it shows a formula on a line of its own."""
    near = [parent for parent in [*tag.parents][:2] if parent.name in {"div", "p"}]
    return next((parent for parent in near if _HOLDERS.intersection(classes(parent))), None)


def read_picture(tag: Tag) -> Formula | None:
    """Return the formula that an `img` shows; None where it shows none, or doesn't say which."""
    source = attribute(tag, "src").strip()
    of_address = _of_address(source)
    texts = [attribute(tag, name) for name in ("data-latex", "data-formula", "alt", "title")]
    is_marked = _is_marked(tag)
    spoken = next(
        (
            text
            for text in texts
            if (is_marked and is_formula_text(unwrap(text).tex))
            or (_DELIMITED.fullmatch(text) and is_formula_text(unwrap(text).tex))
        ),
        "",
    )
    # The text is what the author wrote; in an address a plus may be a space.
    tex = spoken or next((text for text in texts if _bare(text) == _bare(of_address)), "") or of_address
    if not tex:
        return None
    display = (
        bool(_DISPLAY_CLASSES.intersection(classes(tag)))
        or _holder(tag) is not None
        or _PADDED.fullmatch(tex) is not None
        or "mode=display" in source
    )
    while match := _DIRECTIVE.match(tex):
        tex = tex[match.end() :]
    value = unwrap(tex, display=display)
    return value if value.tex else None


def _bare(text: str) -> str:
    return re.sub(r"[\s+]|\\(?:display|text)style", "", text)


def _of_address(address: str) -> str:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    place = f"{parts.netloc}{parts.path}"
    if parts.scheme not in {"", "http", "https"}:
        return ""
    if match := _IN_PATH.search(place):
        return unquote(match[match.lastgroup or 0])
    if not parts.query or not _SERVICE.search(place):
        return ""
    tex = _of_query(address, parts, place)
    for entity, character in _ENTITIES.items():
        tex = tex.replace(entity, character)
    return tex if is_formula_text(unwrap(tex).tex) or (tex and _ONLY_QUERY.search(place)) else ""


def _of_query(address: str, parts: SplitResult, place: str) -> str:
    _, _, query = address.strip().partition("?")  # a `#` in it is no fragment
    for name in _PARAMETERS:
        match = re.search(
            rf"(?:^|&){name}=(.*?)(?=&(?!(?:space|plus|hash|amp);)[A-Za-z_]+=|$)", query, re.DOTALL
        )
        if match and not (name == "chl" and "cht=tx" not in query):
            is_form = "%20" not in match[1] and " " not in match[1] and "&space;" not in match[1]
            return unquote_plus(match[1]) if is_form else unquote(match[1])
    if not _ONLY_QUERY.search(place):
        return ""
    return unquote_plus(query) if "%2B" in query.upper() and "%20" not in query else unquote(query)
