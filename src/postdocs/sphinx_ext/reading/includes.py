"""Files that include themselves, in one way or another, which MyST reads until Python gives up."""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.util import logging

from postdocs.sphinx_ext.build import Build

logger = logging.getLogger(__name__)

_INCLUDE = re.compile(r"^[ \t>]*(?:`{3,}|~{3,}|:{3,})\{include\}[ \t]+(\S.*?)[ \t]*$", re.MULTILINE)


def leave_out_circles(build: Build, path: Path, docname: str, content: list[str]) -> None:
    """Leave out a file that is about to be included, and is again by what it includes; tell its document.

    path: of the file, from the source folder. content: its text, to be replaced.
    """
    start = build.env.srcdir / path
    seen: set[Path] = set()
    texts = [content[0]]
    while texts:
        for name in _INCLUDE.findall(texts.pop()):
            file = Path(build.env.relfn2path(name)[1])
            if file.resolve() == start.resolve():
                message = f"'{path.as_posix()}' includes itself; remove the `{{include}}` of it"
                logger.warning(message, location=build.env.docname, type="postdocs", subtype="markup")
                content[0] = ""
                return
            if file not in seen and file.is_file():
                texts.append(file.read_text(encoding="utf-8", errors="replace"))
            seen.add(file)
