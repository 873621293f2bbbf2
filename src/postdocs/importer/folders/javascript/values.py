"""The values of JavaScript that are known without running it, and the one that stands for all others."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

_LONGEST = 10_000  # characters of a text that is put together


class _Unknown(Enum):
    UNKNOWN = "unknown"


UNKNOWN: Final = _Unknown.UNKNOWN
"""The value of what only running a module could tell."""


@dataclass(frozen=True)
class Function:
    """A function. returned: what it returns at its end, UNKNOWN where that depends on what it gets."""

    returned: Any = UNKNOWN


def member(value: Any, name: str) -> Any:
    """Return a value of a mapping; UNKNOWN for what has none of that name."""
    return value.get(name, UNKNOWN) if isinstance(value, dict) else UNKNOWN


def joined(texts: list[Any]) -> Any:
    """Return texts that are added to each other; UNKNOWN where one is none."""
    if not all(isinstance(text, str) for text in texts) or sum(map(len, texts)) > _LONGEST:
        return UNKNOWN
    return "".join(texts)
