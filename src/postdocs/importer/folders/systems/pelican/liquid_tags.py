"""Tags of Pelican's plugin liquid_tags: notebooks, files of code, images, and videos in a text.

https://github.com/pelican-plugins/liquid-tags. They are read whatever the plugins are, for nothing else of
Pelican has them.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import PurePosixPath
from urllib.parse import quote

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import markdown, notebooks, octopress, tree
from postdocs.importer.folders.notebooks import Notebook
from postdocs.importer.folders.systems.pelican.settings import Settings
from postdocs.importer.sources.archive import Files

_TAG = re.compile(r"\{%[ \t]*(?P<name>\w+)(?P<arguments>(?:(?!%\}|\{%)[^\n])*)%\}")
_NOTEBOOK = re.compile(
    r"(?P<file>\S+)(?:\s+cells\[(?P<start>-?\d{0,6}):(?P<end>-?\d{0,6})\])?(?:\s+language\[[\w+-]*\])?"
)
_CODE = re.compile(
    r"(?P<file>\S+)(?:\s+lang:(?P<language>\S+))?(?:\s+lines:(?P<start>\d{1,6})-(?P<end>\d{1,6}))?"
    r"(?P<hidden>(?:\s+:\w+:){0,4})(?:\s+(?P<title>\S.*))?"
)
_LITERAL = re.compile(r"\{%[ \t]*literal[ \t]+(?P<tag>(?:(?!%\}|\{%)[^\n])*)%\}")
_VIDEO = re.compile(r"(?P<file>(?:https?://|/)\S+)(?:\s.*)?")
_MARK = "postdocsnotebook"  # what the paragraph where a notebook stands starts with
_MOST = 50  # notebooks in a text


@dataclass
class Expanded:
    """A text without the tags that are known.

    known: these tags. notebooks: those in it. mark: with their numbers, it stands for them in the text.
    """

    text: str
    mark: str
    known: set[str] = field(default_factory=set)
    notebooks: list[Notebook] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def html(self, rendered: str) -> str:
        """Put notebooks, with their outputs, into the HTML of the text."""
        return self._filled(rendered, Notebook.html)

    def own_text(self, text: str) -> str:
        """Put what the author wrote in notebooks into the text."""
        return self._filled(text, lambda notebook: notebook.own_text)

    def written(self, source: str) -> str:
        """Return all that the author wrote: a source, and what is in notebooks."""
        return "\n".join((source, *(notebook.own_text for notebook in self.notebooks)))

    def _filled(self, text: str, shown: Callable[[Notebook], str]) -> str:
        def notebook(match: re.Match[str]) -> str:
            number = int(match[1] or match[2])
            return shown(self.notebooks[number]) if number < len(self.notebooks) else match[0]

        number = rf"{self.mark}(\d{{1,9}})x"
        return re.sub(f"<p>{number}</p>|{number}", notebook, text) if self.notebooks else text


def expand(text: str, files: Files, settings: Settings) -> Expanded:
    """Put what tags show into a text; those in code, and those that can't be read, stay."""
    mark = _MARK
    while mark in text:
        mark += "x"
    found = Expanded(text, mark)

    def tag(match: re.Match[str]) -> str:
        name, arguments = match["name"], match["arguments"].strip()
        if name == "notebook":
            shown = _notebook(arguments, files, settings, found)
        elif name == "include_code":
            shown = _code(arguments, files, settings)
        else:
            shown = _OTHERS[name](arguments) if name in _OTHERS else None
        if shown is None:
            return match[0]
        found.known.add(match[0])
        return shown

    def in_code(match: re.Match[str]) -> str:
        found.known.add(match[0])
        return f"{{% {match['tag']}%}}"

    if "{%" in text:
        found.text = _LITERAL.sub(in_code, markdown.in_prose(text, _TAG, tag))
    return found


def _notebook(arguments: str, files: Files, settings: Settings, found: Expanded) -> str | None:
    match = _NOTEBOOK.fullmatch(arguments)
    path = _path(settings.values.text("NOTEBOOK_DIR", "notebooks"), match["file"], files) if match else None
    if match is None or path is None or len(found.notebooks) == _MOST:
        return None
    start, end = (
        int(match[name]) if match[name] not in {None, "", "-"} else None for name in ("start", "end")
    )
    try:
        read = notebooks.read_notebook(files.load(path), files.place(path), shown=slice(start, end))
    except PostdocsError as error:
        found.notes.append(Note(NoteKind.LOST, "a notebook that can't be read", before=str(error)))
        return None
    found.notes += read.notes
    found.notebooks.append(read)
    return f"\n\n{found.mark}{len(found.notebooks) - 1}x\n\n"


def _code(arguments: str, files: Files, settings: Settings) -> str | None:
    """Show a file of code, below its title and a link to it."""
    match = _CODE.fullmatch(arguments)
    path = _path(settings.values.text("CODE_DIR", "code"), match["file"], files) if match else None
    if match is None or path is None:
        return None
    lines = tree.text_of(files, path)[0].rstrip().split("\n")
    if match["start"]:
        lines = lines[max(int(match["start"]) - 1, 0) : int(match["end"])]
    code = "\n".join(lines)
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", code)), default=0))
    language = match["language"] or PurePosixPath(path).suffix.removeprefix(".")
    name = PurePosixPath(path).name
    link = "" if ":hidelink:" in match["hidden"] else f"[{name}](/{quote(path)})"
    caption = " ".join(filter(None, (match["title"], link)))
    return f"\n\n{caption}\n\n{fence}{language}\n{code}\n{fence}\n\n"


def _path(folder: str, name: str, files: Files) -> str | None:
    """Return the path of a file that a tag names; None where the blog has none.

    Some tags are older than the setting of the folder, and name the file from that of all content.
    """
    paths = (posixpath.normpath(posixpath.join(parent, name.strip("\"'"))) for parent in (folder, ""))
    return next((path for path in paths if path in files.paths), None)


def _video(arguments: str) -> str | None:
    match = _VIDEO.fullmatch(arguments)
    return f'<video src="{escape(match["file"])}" controls></video>' if match else None


_OTHERS: Mapping[str, Callable[[str], str | None]] = {
    "img": octopress.image,
    "gist": octopress.gist,
    "youtube": octopress.youtube,
    "vimeo": octopress.vimeo,
    "video": _video,
    "literal": lambda arguments: f"&#123;% {escape(arguments)} %}}",
}
