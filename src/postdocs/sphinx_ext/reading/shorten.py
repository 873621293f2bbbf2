"""Text that is short enough for a description."""

from __future__ import annotations

_LONGEST = 160  # characters of a description that search engines show


def shorten(text: str, longest: int = _LONGEST) -> str:
    """Return text of at most so many characters; what is cut is cut between words, where there are such."""
    if len(text) <= longest:
        return text
    start = text[:longest]
    words = start.rpartition(" ")[0].rstrip(" ,;:-") if " " in start[longest // 2 :] else start[:-1]
    return f"{words}…"
