"""Colours: contrast, and the shades that the theme derives from the accent of a site."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable, Mapping
from functools import cache

from postdocs.sphinx_ext.theme import stylesheet
from postdocs.sphinx_ext.theme.theme import STYLES

MODES = ("light", "dark")
AA, AAA = 4.5, 7.0  # least contrast of text, https://www.w3.org/TR/WCAG22/#contrast-minimum and -enhanced
_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_LINEAR = 0.04045  # up to which sRGB is linear
_STEPS = 256  # of lightness that are tried
_TINT = {"light": 0.88, "dark": 0.8}  # share of the background in a tinted box
_GROUNDS = ("--pst-color-background", "--pst-color-on-background", "--pst-color-surface")
_RGB = tuple[float, float, float]


def is_hex(text: str) -> bool:
    """Tell whether text is a colour of three or six hexadecimal digits, https://www.w3.org/TR/css-color-4/#hex-notation."""
    return _HEX.fullmatch(text) is not None


def rgb(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue of a colour that `is_hex`, from 0 to 255."""
    digits = colour[1:] if len(colour) > len("#rgb") else "".join(digit * 2 for digit in colour[1:])
    red, green, blue = bytes.fromhex(digits)
    return red, green, blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def colours_of(mode: str) -> dict[str, str]:
    """Return the colours of a mode, `light` or `dark`, by the names of their tokens."""
    rules = stylesheet.read((STYLES / "layout" / "colours.css").read_text(encoding="utf-8"))
    selector = f'html[data-theme="{mode}"]'
    return {name: value for rule in rules if selector in rule.selectors for name, value in rule.declarations}


def readable(colour: str, grounds: Iterable[str], least: float) -> str:
    """Return the shade of a colour that is nearest to it and has at least some contrast with all grounds.

    Hue and saturation stay. Shades get darker on light grounds, and lighter on dark ones.
    """
    grounds = [*grounds]
    hue, lightness, saturation = colorsys.rgb_to_hls(*_fractions(colour))
    goal = 0.0 if _luminance(grounds[0]) > _luminance("#777777") else 1.0
    for step in range(_STEPS + 1):
        light = lightness + (goal - lightness) * step / _STEPS
        shade = _hex(colorsys.hls_to_rgb(hue, light, saturation))
        if all(contrast(shade, ground) >= least for ground in grounds):
            break
    return shade


@cache  # the card of each post asks
def accent_colours(accent: str, mode: str) -> Mapping[str, str]:
    """Return the colours of a mode that an accent decides, by the names of their tokens.

    Links and what has their colour reach AA on each ground; links that are pointed at, AAA.
    """
    colours = colours_of(mode)
    grounds = [colours[name] for name in _GROUNDS]
    link = readable(accent, grounds, AA)
    strong = readable(accent, grounds, AAA)
    tint = _mixed(link, grounds[0], _TINT[mode])
    return {
        "--pst-color-primary": link,
        "--pst-color-primary-text": grounds[0],
        "--pst-color-primary-highlight": strong,
        "--pst-color-primary-highlight-text": grounds[0],
        "--pst-color-primary-bg": tint,
        "--pst-color-secondary": strong,
        "--pst-color-secondary-text": grounds[0],
        "--pst-color-secondary-bg": tint,
        "--pst-color-accent": link,
        "--pst-color-accent-bg": tint,
        "--pst-color-link-higher-contrast": strong,
        "--pst-color-table-row-hover-bg": tint,
    }


def palette(accent: str) -> dict[str, dict[str, str]]:
    """Return all colours by mode and token, for files that can't use the style sheet of the theme."""
    return {mode: {**colours_of(mode), **accent_colours(accent, mode)} for mode in MODES}


def accent_style(accent: str) -> str:
    """Return the rules of the colours that an accent decides, as CSS."""
    return "\n".join(
        f'html[data-theme="{mode}"] {{ {_declarations(accent_colours(accent, mode))} }}' for mode in MODES
    )


def _declarations(colours: Mapping[str, str]) -> str:
    return " ".join(f"{name}: {value};" for name, value in colours.items())


def _fractions(colour: str) -> _RGB:
    red, green, blue = rgb(colour)
    return red / 255, green / 255, blue / 255


def _hex(channels: Iterable[float]) -> str:
    return "#" + bytes(round(255 * channel) for channel in channels).hex()


def _mixed(one: str, other: str, share: float) -> str:
    """Return a mixture of two colours; share: that of the second."""
    pairs = zip(_fractions(one), _fractions(other), strict=True)
    return _hex(first * (1 - share) + second * share for first, second in pairs)


def _luminance(colour: str) -> float:
    """Return the relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    linear = [
        channel / 12.92 if channel <= _LINEAR else ((channel + 0.055) / 1.055) ** 2.4
        for channel in _fractions(colour)
    ]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
