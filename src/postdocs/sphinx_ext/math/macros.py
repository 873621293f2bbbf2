"""Commands that authors define: for the site in its settings, and for the rest of a page in a formula."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

Macro: TypeAlias = list[Any]
"""What a command stands for, as JSON: the engine writes it, and reads it again with the next formula."""

Macros: TypeAlias = Mapping[str, Macro]
"""Macros by their names, with the backslash."""
