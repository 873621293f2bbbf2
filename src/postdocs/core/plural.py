"""Numbers with their nouns."""

from __future__ import annotations


def count(number: int, one: str, more: str = "") -> str:
    """Return a number with its noun, in English. more: the plural, where it is not *one* with an s."""
    return f"{number:,} {one if number == 1 else more or f'{one}s'}"
