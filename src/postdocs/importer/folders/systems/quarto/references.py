"""Cross-references of Quarto: https://quarto.org/docs/authoring/cross-references.html."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from postdocs.importer.folders.systems.quarto import attributes

NAMES = {
    "fig": "Figure", "tbl": "Table", "lst": "Listing", "eq": "Equation", "sec": "Section", "thm": "Theorem",
    "lem": "Lemma", "cor": "Corollary", "prp": "Proposition", "cnj": "Conjecture", "def": "Definition",
    "exm": "Example", "exr": "Exercise", "sol": "Solution", "rem": "Remark", "alg": "Algorithm",
    "tip": "Tip", "nte": "Note", "wrn": "Warning", "imp": "Important", "cau": "Caution",
}  # fmt: skip
DIV = re.compile(
    r"(?P<indent>[ \t>]*):{3,}[ \t]*(?:\{(?P<list>[^{}]*)\}|(?P<name>[A-Za-z][\w-]*))[ \t]*:*[ \t]*"
)
END = re.compile(r"[ \t>]*:{3,}[ \t]*")
HEADING = re.compile(
    r"(?P<mark>\#{1,6})[ \t]+(?P<title>.*?)(?:[ \t]+\#+)?[ \t]*(?:\{(?P<list>[^{}]*)\})?[ \t]*"
)
_LIST = re.compile(r"\{(?P<list>[^{}\n]*\#[^{}\n]*)\}")
_TYPES = "|".join(NAMES)
_ID = rf"(?:{_TYPES})-[\w:.-]*\w|(?:{_TYPES})-\w"
GROUP = re.compile(rf"\[(?P<inner>[^\[\]\n]*?-?@(?:{_ID})[^\[\]\n]*)\](?![(\[{{:])")
BARE = re.compile(rf"(?<![\w@\\/.-])(?P<minus>-)?@(?P<id>{_ID})")


@dataclass(frozen=True)
class Label:
    """What references show of a thing. name: such as `Figure`. number: as `1`, or `1 (a)`, or "" for none."""

    name: str
    number: str

    @property
    def text(self) -> str:
        """The name with the number, which stay on one line."""
        return f"{self.name}\u00a0{self.number}" if self.number else self.name


def labels(lines: Iterable[str], names: Mapping[str, str]) -> dict[str, Label]:
    """Return the labels of what a text numbers, by their ids. lines: without code. names: by type."""
    counts: Counter[str] = Counter()
    found: dict[str, Label] = {}
    around: list[str] = []  # the ids of the blocks that a line is in

    def add(identifier: str, title: str) -> None:
        kind = identifier.partition("-")[0]
        if kind not in NAMES or identifier in found:
            return
        outer = next((one for one in around if one.startswith(f"{kind}-") and one in found), "")
        counts[outer or kind] += 1
        number = str(counts[kind])
        if outer:
            number = f"{found[outer].number} ({chr(ord('a') + min(counts[outer] - 1, 25))})"
        is_section = kind == "sec"
        found[identifier] = Label(
            title if is_section else names.get(kind, NAMES[kind]), "" if is_section else number
        )

    for line in lines:
        if END.fullmatch(line):
            around = around[:-1]
            continue
        heading, div = HEADING.fullmatch(line), DIV.fullmatch(line)
        ids = [
            said.id for match in _LIST.finditer(line) if (said := attributes.read(match["list"])) and said.id
        ]
        for identifier in ids:
            add(identifier, heading["title"] if heading else "")
        if div:
            around = [*around, ids[0] if ids else ""]
    return found


def link(match: re.Match[str], known: Mapping[str, Label], *, is_short: bool = False) -> str:
    """Return a link for a match of `BARE`. is_short: whether words before it say what the number is of."""
    label = known.get(match["id"])
    if label is None:
        return match[0]
    is_number = bool(label.number) and (is_short or bool(match["minus"]))
    return f"[{label.number if is_number else label.text}](#{match['id']})"


def group(match: re.Match[str], known: Mapping[str, Label]) -> str:
    """Return links for a match of `GROUP`, which has several, or words before one."""
    inner = match["inner"]
    if not all(one["id"] in known for one in BARE.finditer(inner)):
        return match[0]
    items = [(item.strip(), bool(item.partition("@")[0].strip(" -"))) for item in inner.split(";")]
    return ", ".join(
        BARE.sub(lambda one, is_short=is_short: link(one, known, is_short=is_short), item)
        for item, is_short in items
    )
