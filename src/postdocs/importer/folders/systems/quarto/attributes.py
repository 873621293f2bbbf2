"""Lists of attributes, as pandoc reads them: https://pandoc.org/MANUAL.html#extension-fenced_code_attributes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

_ITEM = re.compile(
    r"""\s*(?:\#(?P<id>[^\s{}"'=]+)|\.(?P<class>[^\s{}.\#"'=]+)|(?P<bare_class>-)(?=\s|$)"""
    r"""|(?P<key>[\w:.-]+)=(?:"(?P<double>(?:\\.|[^"\\])*)"|'(?P<single>(?:\\.|[^'\\])*)'"""
    r"""|(?P<bare>[^\s"'{}]+)))"""
)


@dataclass(frozen=True)
class Attributes:
    """What a list says. id: "" for none. values: by their keys."""

    id: str = ""
    classes: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)

    def written(self) -> str:
        """Return the list as MyST reads it, with values in quotes and no braces around it."""
        values = (f'{key}="{escape(value)}"' for key, value in self.values.items())
        return " ".join(
            [*([f"#{self.id}"] if self.id else []), *(f".{name}" for name in self.classes), *values]
        )


def read(source: str) -> Attributes | None:
    """Read what is between the braces of a list; None where it is none, as `=html` and `r, echo=FALSE`."""
    identifier, classes, values, at = "", [], {}, 0
    source = source.rstrip()
    while at < len(source):
        match = _ITEM.match(source, at)
        if match is None:
            return None
        identifier = match["id"] or identifier
        if match["class"] or match["bare_class"]:
            classes.append(match["class"] or "unnumbered")
        elif match["key"]:
            quoted = match["double"] if match["double"] is not None else match["single"]
            bare = match["bare"] or ""
            values[match["key"]] = bare if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
        at = match.end()
    return Attributes(identifier, tuple(classes), values) if source.strip() else None
