"""What a cell of a notebook shows, by the tags and options of nbconvert, Jupyter Book, Quarto, and nbdev."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from postdocs.core.errors import PostdocsError
from postdocs.importer.folders import front_matter
from postdocs.importer.folders.front_matter import FrontMatter

_OPTION = re.compile(r"[ \t]*(?:#|//|--|%%?|;;?)\|[ \t]?(?P<text>.*)")
# nbdev 1 and fastpages: a comment of one word in the first lines.
_FLAG = re.compile(
    r"[ \t]*#[ \t]*"
    r"(?P<flag>hide(?:[_-](?:input|output))?|collapse(?:[_-](?:hide|show|output|input))?)[ \t]*"
)
_FLAG_TAGS = {
    "hide": "remove-cell", "hide-input": "remove-input", "hide-output": "remove-output",
    "collapse": "hide-input", "collapse-hide": "hide-input", "collapse-input": "hide-input",
    "collapse-show": "hide-input", "collapse-output": "hide-output",
}  # fmt: skip


@dataclass(frozen=True)
class Hidden:
    """What the settings of a site hide in all its notebooks.

    tags: what tags of its own mean, as nbconvert's are called. outputs: tags of outputs that are left out.
    code: whether all code is hidden.
    """

    tags: Mapping[str, str] = field(default_factory=dict)
    outputs: frozenset[str] = frozenset()
    code: bool = False

    def applied(self, cell: Mapping[str, Any]) -> dict[str, Any]:
        """Return a cell with the tags that the settings mean, and without the outputs that they hide."""
        metadata, outputs = metadata_of(cell), cell.get("outputs")
        tags = _listed(metadata.get("tags"))
        added = [self.tags[tag] for tag in tags if tag in self.tags]
        added += ["remove-input"] if self.code else []
        kept = [output for output in outputs if not self._hides(output)] if isinstance(outputs, list) else []
        return {
            **cell,
            **({"metadata": {**metadata, "tags": [*tags, *added]}} if added else {}),
            **({"outputs": kept} if kept != outputs else {}),
        }

    def _hides(self, output: object) -> bool:
        tags = metadata_of(output).get("tags") if isinstance(output, dict) else None
        return not self.outputs.isdisjoint(_listed(tags))


class Shown(Enum):
    """How a part of a cell is shown."""

    YES = "yes"
    FOLDED = "folded"  # behind a line to click on
    NO = "no"


@dataclass(frozen=True)
class Cell:
    """A cell of code, as readers see it.

    source: without the lines of its options. warnings: what it writes to stderr. summary: of folded code.
    captions, alternatives: of its images, in their order. is_markup: whether what it prints is Markdown.
    """

    source: str
    code: Shown
    outputs: Shown
    warnings: Shown
    summary: str = ""
    captions: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    is_markup: bool = False


def metadata_of(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the metadata of a cell, or of an output."""
    metadata = cell.get("metadata")
    return metadata if isinstance(metadata, dict) else {}


def is_removed(metadata: Mapping[str, Any]) -> bool:
    """Tell whether the tags of any cell keep it off the page."""
    return "remove-cell" in _tags(metadata) or metadata.get("nbsphinx") == "hidden"


def read(source: str, metadata: Mapping[str, Any], defaults: FrontMatter) -> Cell | None:
    """Return what a cell of code shows; None where that is nothing. defaults: options of all cells."""
    tags = _tags(metadata)
    options, flags, source = _options(source)
    tags |= {_FLAG_TAGS.get(flag, flag) for flag in flags}

    def says_no(key: str) -> bool:
        own = options.flag(key)
        return own is False or (own is None and not options.text(key) and defaults.flag(key) is False)

    if "remove-cell" in tags or says_no("include") or metadata.get("nbsphinx") == "hidden":
        return None
    jupyter = metadata.get("jupyter")
    jupyter = jupyter if isinstance(jupyter, dict) else {}
    fold = options.text("code-fold", "code_fold") or defaults.text("code-fold")
    is_folded = fold.lower() in {"true", "show", "yes"} or bool({"hide-input", "hide-cell"} & tags)
    is_hidden = (
        bool({"remove-input", "remove-inputs"} & tags)
        or says_no("echo")
        or metadata.get("hide_input") is True
    )
    hides_outputs = bool({"remove-output", "remove-outputs"} & tags) or says_no("output")
    folds_outputs = bool({"hide-output", "hide-outputs", "hide-cell"} & tags)
    outputs = Shown.NO if hides_outputs else Shown.FOLDED if folds_outputs else Shown.YES
    return Cell(
        source.strip("\n"),
        Shown.NO
        if is_hidden or not source.strip()
        else Shown.FOLDED
        if is_folded or jupyter.get("source_hidden") is True
        else Shown.YES,
        Shown.FOLDED if outputs is Shown.YES and jupyter.get("outputs_hidden") is True else outputs,
        Shown.NO if "remove-stderr" in tags or says_no("warning") else outputs,
        options.text("code-summary") or defaults.text("code-summary"),
        options.texts("fig-cap"),
        options.texts("fig-alt"),
        is_markup=options.text("output") == "asis" or options.text("results") == "asis",
    )


def _tags(metadata: Mapping[str, Any]) -> set[str]:
    return {tag.lower().replace("_", "-") for tag in _listed(metadata.get("tags"))}


def _listed(tags: object) -> list[str]:
    return [*map(str, tags)] if isinstance(tags, list) else []


def _options(source: str) -> tuple[FrontMatter, set[str], str]:
    """Part the options at the top of code from the rest of it; also return those that are one word."""
    lines = source.lstrip("\n").split("\n")
    texts: list[str] = []
    flags: set[str] = set()
    at = 0
    for line in lines:
        option, flag = _OPTION.fullmatch(line), _FLAG.fullmatch(line)
        if option:
            texts.append(option["text"])
        elif flag:
            flags.add(flag["flag"].replace("_", "-"))
        else:
            break
        at += 1
    words = [text for text in texts if ":" not in text and not text.startswith((" ", "-"))]
    flags |= {text.split()[0].lower().replace("_", "-") for text in words if text.strip()}
    named = "\n".join(text for text in texts if text not in words)
    try:
        options = front_matter.settings(f"{named}\n", "options.yml") if named.strip() else FrontMatter()
    except PostdocsError:
        options = FrontMatter()  # Quarto refuses them; they are for it alone
    return options, flags, "\n".join(lines[at:])
