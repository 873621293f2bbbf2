"""Styles of drawings, without parts that load or run anything."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import tinycss2

_NAME = re.compile(r"-{0,2}[a-z][a-z0-9\-]*", re.IGNORECASE)
_REFUSED = frozenset({"-moz-binding", "behavior", "content", "src"})
_FUNCTIONS = frozenset({
    "blur", "brightness", "calc", "circle", "clamp", "color", "color-mix", "contrast", "cubic-bezier",
    "drop-shadow", "ellipse", "grayscale", "hsl", "hsla", "hue-rotate", "hwb", "inset", "invert", "lab",
    "lch", "matrix", "matrix3d", "max", "min", "oklab", "oklch", "opacity", "path", "polygon", "rgb",
    "rgba", "rotate", "saturate", "scale", "scalex", "scaley", "sepia", "skewx", "skewy", "translate",
    "translatex", "translatey", "var",
})  # fmt: skip
_SELECTOR = re.compile(r"[\w\s.#*,>+~:()\[\]=\"'^$|\-]+")


def is_safe(value: str) -> bool:
    """Tell whether a value of an attribute or property asks for nothing but a part of its own drawing."""
    has_function = "(" in value or "\\" in value  # a name can be written with escapes
    return not has_function or _is_safe(tinycss2.parse_component_value_list(value))


def _is_safe(tokens: Iterable[Any]) -> bool:
    for token in tokens:
        if token.type in {"error", "at-keyword"}:
            return False
        if token.type == "url" and not token.value.startswith("#"):
            return False
        if token.type == "function" and token.lower_name == "url":
            if not all(str(getattr(part, "value", "")).startswith("#") for part in token.arguments):
                return False
        elif (
            token.type == "function" and (token.lower_name not in _FUNCTIONS or not _is_safe(token.arguments))
        ) or (token.type.endswith(" block") and not _is_safe(token.content)):
            return False
    return True


def declarations(style: str) -> dict[str, str]:
    """Return the declarations of a style that are safe, by property in lower case, without `!important`."""
    return dict(_declarations(style)) if style else {}


def _declarations(source: str | Iterable[Any]) -> Iterator[tuple[str, str]]:
    for item in tinycss2.parse_blocks_contents(source, skip_comments=True, skip_whitespace=True):
        if item.type != "declaration" or item.lower_name in _REFUSED or not _NAME.fullmatch(item.lower_name):
            continue
        if _is_safe(item.value):
            yield item.lower_name, " ".join(tinycss2.serialize(item.value).split())


def written(declarations: Mapping[str, str]) -> str:
    """Write declarations as a style."""
    return "; ".join(f"{name}: {value}" for name, value in declarations.items())


def clean_sheet(sheet: str) -> str:
    """Return the rules of a style sheet that are safe; what begins with `@` is left out."""
    rules: list[str] = []
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue
        selector = " ".join(tinycss2.serialize(rule.prelude).split())
        body = written(dict(_declarations(rule.content)))
        if body and _SELECTOR.fullmatch(selector):
            rules.append(f"{selector} {{ {body} }}")
    return "\n".join(rules)
