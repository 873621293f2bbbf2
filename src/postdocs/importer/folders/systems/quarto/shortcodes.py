"""Shortcodes of Quarto: https://quarto.org/docs/extensions/shortcodes.html."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

# Nothing here holds the beginning of another, and nothing is tried twice, so that no text is read again.
CODE = re.compile(
    r"(?<!\{)\{\{<[ \t]*+(?P<name>[\w.-]++)"
    r"(?P<rest>(?:\"(?:[^\"\n{]|\{(?!\{<))*+\"|'(?:[^'\n{]|\{(?!\{<))*+'|(?!>\}\}|\{\{<).)*+)>\}\}(?!\})"
)
ESCAPED = re.compile(r"\{(\{\{<(?:(?!\{\{<).)*?>\}\})\}")
_ARGUMENT = re.compile(
    r"""(?:(?P<key>[\w-]+)=)?(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"']+))"""
)
_ICONS = frozenset({"fa", "bi", "ai", "iconify", "icon", "lordicon"})
_YOUTUBE = re.compile(r"(?:youtube(?:-nocookie)?\.com/(?:embed/|watch\?v=)|youtu\.be/)(?P<id>[\w-]{11})")
_VIMEO = re.compile(r"(?:player\.)?vimeo\.com/(?:video/)?(?P<id>\d+)")

Reader = Callable[[tuple[str, ...], Mapping[str, str]], "str | None"]
"""Returns what a shortcode shows, given its arguments; None where it can't be told."""


def readers(meta: Mapping[str, Any], variables: Mapping[str, Any]) -> Mapping[str, Reader]:
    """Return what shortcodes show, by their names. meta: of the page. variables: of the project."""
    return {
        "meta": lambda places, _: _value(meta, places),
        "var": lambda places, _: _value(variables, places),
        "pagebreak": lambda _, __: "",
        "video": _video,
        "kbd": lambda places, named: f"<kbd>{escape(' '.join(places) or named.get('linux', ''))}</kbd>",
        **dict.fromkeys(_ICONS, lambda _, __: ""),
    }


def shown(match: re.Match[str], known: Mapping[str, Reader]) -> str | None:
    """Return what a shortcode shows; None where it isn't known."""
    reader = known.get(match["name"].lower())
    return None if reader is None else reader(*arguments(match["rest"]))


def is_icon(match: re.Match[str]) -> bool:
    """Tell whether a shortcode draws an icon."""
    return match["name"].lower() in _ICONS


def arguments(rest: str) -> tuple[tuple[str, ...], Mapping[str, str]]:
    """Return the arguments of a shortcode: those by their places, and those by their names."""
    places: list[str] = []
    named: dict[str, str] = {}
    for match in _ARGUMENT.finditer(rest):
        value = next((text for text in match.group("double", "single", "bare") if text is not None), "")
        if match["key"]:
            named[match["key"]] = value
        else:
            places.append(value)
    return tuple(places), named


def _value(values: Mapping[str, Any], places: tuple[str, ...]) -> str | None:
    value: Any = values
    for key in places[0].split(".") if places else ():
        value = value.get(key) if isinstance(value, dict) else None
    return str(value) if isinstance(value, str | int | float) else None


def _video(places: tuple[str, ...], _: Mapping[str, str]) -> str | None:
    address = places[0] if places else ""
    if match := _YOUTUBE.search(address):
        return f'<iframe src="https://www.youtube.com/embed/{match["id"]}"></iframe>'
    if match := _VIMEO.search(address):
        return f'<iframe src="https://player.vimeo.com/video/{match["id"]}"></iframe>'
    return f'<video src="{escape(address)}" controls></video>' if address else None
