"""How far letters and signs of the font reach above and below the line, in em."""

from __future__ import annotations

from collections.abc import Mapping

TALL = 0.72  # of letters with ascenders, capitals, and digits
SHORT = frozenset("acegmnopqrsuvwxyzαγεηικμνπρςστυχω")
DEEP = frozenset("gjpqyβγζημξρςφχψϕϱ")
SIGNS: Mapping[str, tuple[float, float]] = {
    "+": (0.59, 0.09), "−": (0.28, 0), "±": (0.67, 0), "=": (0.37, 0), "⋅": (0.31, 0), ",": (0.11, 0.2),
    "<": (0.54, 0.04), ">": (0.54, 0.04), "×": (0.5, 0), "→": (0.52, 0.02), "…": (0.12, 0), "⋯": (0.31, 0),
    "\u2061": (0, 0), "": (0, 0),
}  # fmt: skip
