"""Colours of LaTeX's package xcolor, as CSS has them."""

from __future__ import annotations

from PIL import ImageColor


def colour(model: str, value: str) -> str:
    """Return a colour of CSS.

    model: `rgb`, `RGB`, `HTML` or `gray` for the numbers of a colour, or "" for its name.

    Raises
    ------
    ValueError
        There is no such colour.

    """
    if model == "HTML":
        return _hexadecimal(value)
    if model:
        most = 255 if model == "RGB" else 1
        parts = [float(part) / most for part in value.split(",")]
        if model == "gray" and len(parts) == 1:
            parts *= 3
        models = {"RGB", "gray", "rgb"}
        if model not in models or len(parts) != len("rgb") or not all(0 <= part <= 1 for part in parts):
            raise ValueError
        return "#" + "".join(f"{round(part * 255):02x}" for part in parts)
    if value.startswith("#"):
        return _hexadecimal(value[1:])
    if value.lower() not in ImageColor.colormap:
        raise ValueError
    return value.lower()


def _hexadecimal(value: str) -> str:
    number = int(value, 16)
    if len(value) != len("rrggbb"):
        raise ValueError
    return f"#{number:06x}"
