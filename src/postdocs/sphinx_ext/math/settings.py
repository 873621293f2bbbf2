"""Macros that a site has set for MathJax, which scientists bring along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sphinx.config import Config
from sphinx.errors import ConfigError

from postdocs.sphinx_ext.math.macros import Macro
from postdocs.sphinx_ext.math.tokens import words_of

_SETTINGS = ("mathjax3_config", "mathjax4_config")
_MOST_ARGUMENTS = 9  # of a command of TeX


def macros_of(config: Config) -> dict[str, Macro]:
    """Return the macros in the settings, by their names.

    https://docs.mathjax.org/en/latest/input/tex/macros.html

    Raises
    ------
    ConfigError
        One is no macro.

    """
    macros_by_name: dict[str, Macro] = {}
    for setting in _SETTINGS:
        tex = (getattr(config, setting, None) or {}).get("tex") or {}
        macros = tex.get("macros") if isinstance(tex, Mapping) else None
        for name, value in (macros or {}).items():
            parts = value if isinstance(value, list | tuple) else [value]
            if not _is_macro(parts):
                raise ConfigError(
                    f"conf.py: {setting}: macros: {name}: {value!r} is no macro; "
                    "write LaTeX, or a list of it and the number of its arguments"
                )
            macros_by_name[f"\\{name}"] = _macro(*parts)
    return macros_by_name


def _is_macro(parts: Sequence[Any]) -> bool:
    """Tell whether parts are LaTeX, and perhaps a number of arguments, and the first of them by default."""
    kinds = (str, int, str)
    is_right = all(type(part) is kind for part, kind in zip(parts, kinds, strict=False))
    return is_right and 0 < len(parts) <= len(kinds) and 0 <= [*parts, 0][1] <= _MOST_ARGUMENTS


def _macro(body: str, arguments: int = 0, default: str | None = None) -> Macro:
    return Macro(tuple(words_of(body)), arguments, None if default is None else tuple(words_of(default)))
