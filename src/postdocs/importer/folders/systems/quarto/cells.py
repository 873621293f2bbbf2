"""Code of Quarto: cells that it runs, raw HTML, and code with attributes.

https://quarto.org/docs/computations/execution-options.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from postdocs.importer.folders import fences
from postdocs.importer.folders.fences import Fence
from postdocs.importer.folders.systems.quarto import attributes
from postdocs.importer.folders.systems.quarto.parts import Part

RAW = "{=html}"  # the info of a fence around what is HTML
_ENGINE = re.compile(r"\{(?P<engine>[A-Za-z][\w.+-]*)(?:[\s,]+(?P<options>.*))?\}")
_SHOWN = re.compile(r"\{\{(?P<engine>[A-Za-z][\w.+-]*)(?P<options>.*)\}\}")
_RAW = re.compile(r"\{=(?P<format>[\w-]+)\}")
_OPTION = re.compile(r"[ \t]*(?:#|//|--|%%|%|;|\*)\|[ \t]?(?P<said>.*)")
_VALUE = re.compile(r"(?P<key>[\w.-]+)\s*:\s*(?P<value>.*?)\s*")
_OLD = re.compile(r"(?P<key>[\w.-]+)\s*=\s*(?P<value>[^,]+)")
_LIST = re.compile(r"(?P<language>[^\s{]*)\s*\{(?P<list>[^{}]*)\}")
_NO = frozenset({"false", "f", "no", "off", "hide", "'hide'", '"hide"'})
_DIAGRAMS = frozenset({"mermaid", "dot"})
_NOT_SHOWN = frozenset({"css", "js", "comment", "setup", *_DIAGRAMS})  # engines whose code no page shows
_HTML = frozenset({"html", "html5", "html4"})


@dataclass(frozen=True)
class Code:
    """What a fence becomes. text: "" where readers don't see it. label: of references.

    is_cell: whether it was run, and showed what its source doesn't. is_diagram: whether it drew a picture.
    """

    text: str
    label: str = ""
    is_cell: bool = False
    is_diagram: bool = False


def read(part: Part, defaults: Mapping[str, str]) -> Code:
    """Return what the code of a part becomes. defaults: of the options of cells, as text."""
    info = part.info or ""
    if (match := _RAW.fullmatch(info)) is not None:
        return Code(part.fenced(RAW, part.lines) if match["format"] in _HTML else "")
    if (match := _SHOWN.fullmatch(info)) is not None:
        return Code(_with_fence(part, f"{{{match['engine']}{match['options']}}}"))
    if (match := _ENGINE.fullmatch(info)) is not None:
        return _cell(part, match["engine"], match["options"] or "", defaults)
    if (match := _LIST.fullmatch(info)) is not None and (said := attributes.read(match["list"])) is not None:
        languages = [match["language"], *(name for name in said.classes if not name.startswith("cell-"))]
        language = next(filter(None, languages), "")
        info = _info(fences.of(language, said.values), said.id)
        return Code(part.fenced(info, part.lines), said.id)
    return Code(part.fenced(info, part.lines))


def _info(fence: Fence, label: str) -> str:
    """Return what `fences.read` reads; a label goes before the title, so that its number can."""
    info = fences.written(fence)
    return info.replace("{", f"{{#{label} ", 1) if label and fence.title else info


def _with_fence(part: Part, info: str) -> str:
    """Show a cell with its fence, as Quarto does where it says so with two braces."""
    outer = part.mark[0] * (len(part.mark) + 1)
    inner = re.sub(r"[^ \t>]", " ", part.indent)
    lines = [f"{part.indent}{outer}markdown", f"{inner}{part.mark}{info}", *part.lines, f"{inner}{part.mark}"]
    return "\n".join([*lines, f"{inner}{outer}"])


def _cell(part: Part, engine: str, header: str, defaults: Mapping[str, str]) -> Code:
    options = {**defaults, **{match["key"]: match["value"].strip() for match in _OLD.finditer(header)}}
    at = 0
    while at < len(part.lines) and (match := _OPTION.fullmatch(part.lines[at])):
        if value := _VALUE.fullmatch(match["said"]):
            options[value["key"]] = value["value"].strip("\"'")
        at += 1
    is_diagram = engine.lower() in _DIAGRAMS
    shows = [options.get(name, "true").lower() not in _NO for name in ("echo", "include", "eval", "output")]
    is_shown = shows[0] and shows[1] and (engine.lower() not in _NOT_SHOWN or is_diagram)
    lines = part.lines[at:]
    label = options.get("label", "")
    label = label if label.startswith("lst-") else ""
    info = _info(fences.of(engine.lower(), options), label)
    return Code(
        part.fenced(info, lines) if is_shown and any(line.strip() for line in lines) else "",
        label,
        all(shows[1:]) and engine.lower() not in _NOT_SHOWN,
        is_diagram and shows[1],
    )
