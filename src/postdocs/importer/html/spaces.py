"""No-break spaces and characters without a width: those that mean something stay."""

from __future__ import annotations

import re
import unicodedata

from bs4.element import NavigableString, Tag

from postdocs.core.html import HIDDEN, PREFORMATTED
from postdocs.core.plural import count
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html.dom import text_of

_NO_BREAK = "\xa0\u2007\u202f"
_RUN = re.compile(f"[ \t\r\n]*[{_NO_BREAK}][ \t\r\n{_NO_BREAK}]*")
_UNSEEN = re.compile("[\u200b\u2060\ufeff]+")
_JOINER = re.compile("[\u200c\u200d]+")
# Left to right, which text in other scripts is anyway (Unicode 17, UAX 9).
_DIRECTIONS = "\u200e\u202a\u202c\u2066\u2068\u2069"
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202d\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_WIDTHLESS = f"\u200b\u200c\u200d\u2060\ufeff{_DIRECTIONS}"
_ODD = re.compile(f"[{_NO_BREAK}{_WIDTHLESS}]")
_BLANK = f" \t\r\n{_NO_BREAK}{_WIDTHLESS}"
_ALIGNED = 3  # so many no-break spaces in a row are there for their width
# Before these, and after the opening quotation mark, French has a space (Imprimerie nationale, Lexique).
_AFTER = re.compile("[:;?!%»€‰]")
_UNIT = re.compile(r"\d{3}(?!\d)|[%‰°€$£¥]|(?:[^\W\d_]+)")  # or the next three digits of the number
_UNITS = frozenset({
    "A", "B", "EUR", "GB", "GBP", "GHz", "GPa", "GW", "Gb", "Gbit", "GeV", "GiB", "Hz", "J", "K", "KB",
    "KiB", "L", "MB", "MHz", "MPa", "MW", "Mb", "Mbit", "MeV", "MiB", "N", "PB", "Pa", "TB", "TW",
    "TeV", "TiB", "USD", "V", "W", "Wh", "bar", "bit", "bits", "cal", "cm", "d", "dB", "dl", "dpi",
    "eV", "em", "fps", "ft", "g", "h", "hPa", "ha", "in", "kB", "kHz", "kJ", "kN", "kPa", "kV", "kW",
    "kWh", "kb", "kbit", "kcal", "keV", "kg", "km", "l", "lb", "lbs", "m", "mA", "mL", "mV", "mW", "mg",
    "mi", "min", "ml", "mm", "mmol", "mol", "mph", "ms", "nF", "nm", "ns", "oz", "pF", "ps", "pt", "px",
    "rpm", "s", "t", "µF", "µg", "µm", "µs", "Å", "Ω", "μF", "μg", "μm", "μs",
})  # fmt: skip
# Scripts without spaces between words: there the mark says where a line may end.
_UNSPACED = ("THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")
_TO_THE_LETTER = PREFORMATTED | HIDDEN | {"code", "tt", "kbd", "samp", "math", "svg", "textarea"}


def show(body: Tag, notes: list[Note]) -> None:
    """Make plain spaces of those no-break spaces in a text that mean nothing, and take unseen marks out.

    notes: where it is told how many.
    """
    number = 0
    directions = "" if _RIGHT_TO_LEFT.search(body.get_text()) else _DIRECTIONS
    for node in body.find_all(string=_ODD):
        if text_of(node) is None or any(parent.name in _TO_THE_LETTER for parent in node.parents):
            continue
        before, after = _edge(node, -1), _edge(node, 0)
        plain = _plain(f"{before}{node}{after}", directions)
        new = plain[len(before) : len(plain) - len(after)]
        if new != node:
            number += new.strip() != node.strip(_BLANK)  # spaces at the ends go anyway
            node.replace_with(NavigableString(new))
    if number:
        what = "no-break spaces and characters without a width that mean nothing, made plain"
        notes.append(Note(NoteKind.REPAIRED, what, f"in {count(number, 'text')}"))


def _edge(node: NavigableString, at: int) -> str:
    """Return the character before a text (-1), or that after it (0); empty where there is none to be seen."""
    other = node.find_previous(string=True) if at else node.find_next(string=True)
    edge = str(other)[at:][:1] if other else ""
    return "" if edge in _WIDTHLESS else edge


def _plain(text: str, directions: str) -> str:
    """Return a text without what means nothing. directions: those of its characters that don't."""

    def space(match: re.Match[str]) -> str:
        is_aligned = sum(map(match[0].count, _NO_BREAK)) >= _ALIGNED
        return match[0] if is_aligned or _is_meant(text[: match.start()], text[match.end() :]) else " "

    def unseen(match: re.Match[str]) -> str:
        around = text[: match.start()][-1:] + text[match.end() :][:1]
        return match[0] if any(unicodedata.name(one, "").startswith(_UNSPACED) for one in around) else ""

    def joiner(match: re.Match[str]) -> str:
        return match[0] if _is_joined(text[match.start() - 1 : match.start()], text[match.end() :]) else ""

    text = _UNSEEN.sub(unseen, text.translate(dict.fromkeys(map(ord, directions))))
    text = _JOINER.sub(joiner, text)
    return _RUN.sub(space, text)


def _is_joined(before: str, after: str) -> bool:
    """Tell whether letters, or symbols such as emoji, are on both sides: other characters never join."""
    return all(
        unicodedata.category(one) in {"So", "Sk"} or unicodedata.category(one)[0] in "LM"
        for one in (before[-1:] or " ", after[:1] or " ")
    )


def _is_meant(before: str, after: str) -> bool:
    """Tell whether a line must not end between two texts: in French punctuation, and before a unit."""
    last = before[-1:]
    if last.isdigit():
        unit = _UNIT.match(after)
        return unit is not None and (unit[0] in _UNITS or not unit[0].isalpha())
    return last == "«" or ((last.isalpha() or last in "»)") and _AFTER.match(after) is not None)
