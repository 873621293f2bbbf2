"""The documents of a Quarto site, with their dates, addresses, and frozen results."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import md5
from pathlib import PurePosixPath
from urllib.parse import quote

from postdocs.core.errors import PostdocsError
from postdocs.core.permalink import PATH_CHARACTERS
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import front_matter, notebooks, tree
from postdocs.importer.folders.front_matter import FrontMatter
from postdocs.importer.folders.notebooks import Notebook
from postdocs.importer.folders.systems.quarto.settings import Settings, with_defaults
from postdocs.importer.sources.archive import Files

FREEZE = "_freeze"
_TEXTS = (".qmd", ".md", ".rmd", ".rmarkdown")
# Of repositories, not of their sites: https://quarto.org/docs/websites/website-tools.html#render-targets.
_OF_REPOSITORIES = frozenset({"readme", "license", "claude", "agents", "contributing", "changelog"})
# JavaScript reads such dates in the order of the United States.
_MONTH_FIRST = re.compile(r"(?P<month>\d{1,2})[/-](?P<day>\d{1,2})[/-](?P<year>\d{4}|\d{2})(?!\d)")
_MOVING = frozenset({"today", "now", "last-modified"})


@dataclass(frozen=True)
class Page:
    """A document. front: with what folders and the project say, and its text.

    body: its text, or the one with the results of its code. body_line: the line of the file in which that
    begins, 0 where it isn't the text of the file. notebook: what the text is of. address: from the root of
    the site. notes: on it.
    """

    path: str
    front: FrontMatter
    body: str
    body_line: int
    notebook: Notebook | None
    date: datetime | None
    updated: datetime | None
    address: str
    notes: tuple[Note, ...]

    @property
    def is_list(self) -> bool:
        """Whether it is nothing but a list of others."""
        return bool(self.front.values.get("listing")) and not self.body.strip()


def read(files: Files, settings: Settings, notes: list[Note]) -> Iterator[Page]:
    """Yield the documents of a site. notes: where those are told that can't be read or are left out."""
    for path in files.ending(*_TEXTS, notebooks.SUFFIX):
        if _is_hidden(path, settings):
            continue
        try:
            page = _page(files, path, settings)
        except PostdocsError as error:
            notes.append(Note(NoteKind.LOST, "a file that can't be read", before=str(error)))
            continue
        if page.is_list:
            notes.append(Note(NoteKind.LEFT_OUT, "a page that only lists others", before=path))
        elif page.body.strip():
            yield page


def _is_hidden(path: str, settings: Settings) -> bool:
    """Tell whether a file is no document of the site."""
    name = PurePosixPath(path)
    return (
        any(part.startswith(("_", ".")) for part in name.parts)
        or name.stem.lower() in _OF_REPOSITORIES
        or (bool(settings.output) and path.startswith(f"{settings.output}/"))
        or not settings.is_rendered(path)
    )


def _page(files: Files, path: str, settings: Settings) -> Page:
    notebook = None
    notes: list[Note] = []
    if path.lower().endswith(notebooks.SUFFIX):
        notebook = notebooks.of_file(files, path)
        own = notebook.as_front_matter()
    else:
        text, odd = tree.text_of(files, path)
        notes += odd
        own = front_matter.read(text, files.place(path))
    front = with_defaults(own, settings.inherited(path))
    frozen = _frozen(files, path, front, notes)
    if frozen is not None:
        notebook = None
    notes += notebook.notes if notebook else ()
    date, updated = (_date(own.text(key), notes) for key in ("date", "date-modified"))
    return Page(
        path,
        front,
        own.body if frozen is None else frozen,
        own.body_line if frozen is None and notebook is None else 0,
        notebook,
        date,
        updated,
        address_of(own.text("output-file") or path, path),
        tuple(notes),
    )


def _frozen(files: Files, path: str, front: FrontMatter, notes: list[Note]) -> str | None:
    """Return the text with the results of its code, as the last build kept it; None where it kept none.

    Quarto keeps the MD5 sum of the file with it, and runs the code again where that differs, unless the
    settings say `freeze: true`: https://quarto.org/docs/projects/code-execution.html#freeze.
    """
    name = posixpath.join(FREEZE, posixpath.splitext(path)[0], "execute-results", "html.json")
    if name not in files.paths:
        return None
    try:
        kept = json.loads(tree.text_of(files, name)[0])
        body = front_matter.read(str(kept["result"]["markdown"]), files.place(name)).body
    except (PostdocsError, ValueError, KeyError, TypeError, RecursionError):
        what = "the kept results of its code can't be read; its code came along without them"
        notes.append(Note(NoteKind.NOTICED, what, before=files.place(name)))
        return None
    execute = front.values.get("execute")
    freeze = execute.get("freeze") if isinstance(execute, dict) else None
    is_fixed = freeze is True or front.flag("freeze") is True
    if (
        not is_fixed
        and kept.get("hash")
        and kept["hash"] != md5(files.load(path), usedforsecurity=False).hexdigest()
    ):
        what = "the kept results of its code came along with an older text of the file; build the site again"
        notes.append(Note(NoteKind.NOTICED, what, before=files.place(path), in_text=True))
    return body


def _date(text: str, notes: list[Note]) -> datetime | None:
    if text.lower() in _MOVING:
        what = "its date is that of each build, so it has none here"
        notes.append(Note(NoteKind.NOTICED, what, before=text))
        return None
    if match := _MONTH_FIRST.match(text):
        year = match["year"] if len(match["year"]) > 2 else f"20{match['year']}"  # noqa: PLR2004 - digits
        text = f"{year}-{match['month'].zfill(2)}-{match['day'].zfill(2)}{text[match.end() :]}"
    return front_matter.read_date(text, notes)


def address_of(name: str, path: str) -> str:
    """Return the address of a document, from the root of the site. name: of its output. path: of its file."""
    output = PurePosixPath(posixpath.join(posixpath.dirname(path), posixpath.basename(name)))
    folder = "" if str(output.parent) == "." else f"{output.parent}/"
    inner = folder if output.stem == "index" else f"{folder}{output.stem}.html"
    return quote(f"/{inner}", safe=PATH_CHARACTERS)


def served(files: Files) -> dict[str, str]:
    """Return the files of a folder by the paths at which the site serves them.

    Pictures that code made are kept at another place than the one that the text names.
    """
    paths = {path: path for path in files.paths}
    for path in files.paths:
        parts = path.removeprefix(f"{FREEZE}/").split("/")
        at = next((at for at, part in enumerate(parts) if part.startswith("figure-")), 0)
        if at and path.startswith(f"{FREEZE}/"):
            paths["/".join([*parts[: at - 1], f"{parts[at - 1]}_files", *parts[at:]])] = path
    return paths
