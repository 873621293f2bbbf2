"""The syntax of shortcodes: `[name]`, `[name a="b" c]`, `[name]…[/name]`, `[name=c]`."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

# WordPress lets no bracket be in a shortcode's own tag.
_OPENING = re.compile(r"\[(?P<name>[A-Za-z][\w-]*)(?P<rest>[\s=:/][^\[\]]{0,4000})?\]")
_VOID = re.compile(r"(?:^|(?<=[\s\"']))/$")
_ATTRIBUTE = re.compile(
    r"""(?P<key>[\w-]+)\s*=\s*(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)'|(?P<c>[^\s"']+))"""
    r"""|"(?P<d>[^"]*)"|'(?P<e>[^']*)'|(?P<f>\S+)"""
)
_FIRST_IS_NAMED = re.compile(r"\s+[\w-]+\s*=\s*[^\s=]")
# What the visual editor writes for a quotation mark, and for a space.
_QUOTES = str.maketrans("\u201c\u201d\u2033\u2018\u2019\u00a0\u200b", '"""\'\'  ')
_MARKUP = re.compile(r"<[^<>]*>")


@dataclass(frozen=True)
class Shortcode:
    """A shortcode.

    name: in lower case. named, positional: its arguments, without references of HTML. content: what is
    between its tags, as it stands; None where it has no end. tag: its first tag, as it stands.
    """

    name: str
    named: Mapping[str, str]
    positional: tuple[str, ...]
    content: str | None
    tag: str

    @property
    def is_named_first(self) -> bool:
        """Whether an argument with a name follows the shortcode's own."""
        return _FIRST_IS_NAMED.match(self.tag, len(self.name) + 1) is not None

    def first(self, *names: str) -> str:
        """Return the first of these arguments that has a value, "" where none has."""
        return next((self.named[name] for name in names if self.named.get(name)), "")

    def is_set(self, name: str) -> bool:
        """Tell whether an argument is true, by its value or by its place."""
        return self.named.get(name, "").lower() in {"true", "1", "yes", "on", name} or name in self.positional


class Scanner:
    """Finds shortcodes in a text, each end of a name once, so that hostile text costs linear time."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._low = text.lower()
        self._ends: dict[str, int] = {}

    def end_of(self, name: str, at: int) -> int:
        """Return where the end tag of a shortcode begins that is the next after *at*, -1 if none is."""
        end = self._ends.get(name, 0)
        if 0 <= end < at:
            end = self._ends[name] = self._low.find(f"[/{name}]", at)
        return end

    def match(self, at: int, verbatim: frozenset[str]) -> tuple[Shortcode, int, int] | None:
        """Return the shortcode that begins at a bracket, where its first tag ends, and where it does.

        verbatim: names of those whose content is text, with whatever is in it. Of others, one that begins
        within makes the first end by itself: WordPress takes all up to the end of the second for content.
        """
        match = _OPENING.match(self.text, at)
        if match is None:
            return None
        name, rest = match["name"].lower(), (match["rest"] or "").rstrip()
        is_void = _VOID.search(rest) is not None
        end = -1 if is_void else self.end_of(name, match.end())
        if end >= 0 and name not in verbatim:
            again = self._low.find(f"[{name}", match.end(), end)
            end = -1 if again >= 0 and self._low[again + len(name) + 1 :][:1] in " ]=:/\n\t" else end
        content = self.text[match.end() : end] if end >= 0 else None
        named, positional = _arguments(rest.removesuffix("/") if is_void else rest)
        shortcode = Shortcode(name, named, positional, content, match[0])
        return shortcode, match.end(), end + len(name) + 3 if end >= 0 else match.end()


def _arguments(text: str) -> tuple[dict[str, str], tuple[str, ...]]:
    text = html.unescape(_MARKUP.sub(" ", text)).translate(_QUOTES)
    named: dict[str, str] = {}
    positional = []
    if text[:1] in {"=", ":"}:
        positional.append(text[1:].strip().strip("\"'"))
        text = ""
    for match in _ATTRIBUTE.finditer(text):
        values = [match[group] for group in "abcdef" if match[group] is not None]
        if match["key"]:
            named.setdefault(match["key"].lower(), values[0].strip())
        else:
            positional.append(values[0].strip())
    return named, tuple(positional)
