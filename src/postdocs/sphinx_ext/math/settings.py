"""Macros that a site sets for all its formulas, or has set for MathJax."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sphinx.config import Config
from sphinx.errors import ConfigError

from postdocs.sphinx_ext.math.engine import convert
from postdocs.sphinx_ext.math.macros import Macro, Macros

SETTING = "postdocs_math_macros"
_OF_MATHJAX = ("mathjax3_config", "mathjax4_config")
_MOST_ARGUMENTS = 9  # of a command of TeX
_MOST_KEPT = 256  # of definitions: each page asks for those of the site
_NAME = re.compile(r"[A-Za-z]+|[^A-Za-z\s]")


def macros_of(config: Config) -> dict[str, Macro]:
    """Return the macros in the settings.

    https://docs.mathjax.org/en/latest/input/tex/macros.html

    Raises
    ------
    ConfigError
        One is not a macro.

    """
    macros_by_name: dict[str, Macro] = {}
    for setting, macros in _settings(config):
        for name, value in macros.items():
            parts = value if isinstance(value, list | tuple) else [value]
            try:
                macros_by_name |= _macro(str(name), parts)
            except ValueError:
                raise ConfigError(
                    f"conf.py: {setting}: {name}: {value!r} is not a macro; "
                    "write LaTeX, or a list of it and the number of its arguments"
                ) from None
    return macros_by_name


def _settings(config: Config) -> list[tuple[str, Mapping[object, object]]]:
    """Return settings with macros, the one that prevails last."""
    settings = []
    for setting in _OF_MATHJAX:
        tex = (getattr(config, setting, None) or {}).get("tex") or {}
        macros = tex.get("macros") if isinstance(tex, Mapping) else None
        settings.append((f"{setting}: macros", macros or {}))
    return [*settings, (SETTING, getattr(config, SETTING, None) or {})]


def _macro(name: str, parts: Sequence[Any]) -> Macros:
    """Return a macro, and the macros that it needs itself.

    Raises
    ------
    ValueError
        The parts are not LaTeX, and perhaps a number of arguments, and the first of them by default.

    """
    kinds = (str, int, str)
    is_right = all(type(part) is kind for part, kind in zip(parts, kinds, strict=False))
    if not (is_right and 0 < len(parts) <= len(kinds) and 0 <= [*parts, 0][1] <= _MOST_ARGUMENTS):
        raise ValueError
    if not _NAME.fullmatch(name):
        raise ValueError
    body, count = parts[0], parts[1] if len(parts) > 1 else 0
    default = "".join(f"[{part}]" for part in parts[2:])
    return _defined(rf"\newcommand{{\{name}}}[{count}]{default}{{{body}}}")


@lru_cache(_MOST_KEPT)
def _defined(definition: str) -> Macros:
    return convert(definition, display=False, macros={}, numbers={}).macros
