"""What was read of built files, kept in a file for the next check, which reads only those that changed."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import selectolax
import webencodings
from lxml import etree

from postdocs._version import __version__
from postdocs.core import files, urls
from postdocs.core import html as facts_of_html
from postdocs.core.errors import PostdocsError
from postdocs.links.model import Page, Problem

Row = list[Any]  # a page as JSON has it, without its path
_NAME = "pages.cache"


def key_of(name: str, data: bytes) -> str:
    """Return what a file is found under: another name may make another page of the same bytes."""
    digest = hashlib.sha256(name.encode("utf-8", "surrogateescape") + b"\0" + data)
    return digest.hexdigest()[:40]


def load(folder: Path) -> dict[str, Row | None]:
    """Return what a folder keeps, by key: nothing if it is damaged, or if another version has made it.

    The first line of its file has a hash of the rest, which holds nothing but data.

    Raises
    ------
    PostdocsError
        It cannot be read.

    """
    path = folder / _NAME
    try:
        head, _, body = path.read_bytes().partition(b"\n")
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise PostdocsError(path, None, f"it cannot be read: {error.strerror}", "make it readable") from None
    if head != _head(body):
        return {}
    rows: dict[str, Row | None] = json.loads(body)
    return rows


def save(folder: Path, pages: Mapping[str, Page | None]) -> None:
    """Keep pages in a folder, by key, and no others; None is a file without links.

    Raises
    ------
    PostdocsError
        The file cannot be written.

    """
    rows = {key: None if page is None else row_of(page) for key, page in pages.items()}
    body = json.dumps(rows, separators=(",", ":")).encode("ascii")
    files.write(folder, _NAME, _head(body) + b"\n" + body)


def _head(body: bytes) -> bytes:
    return f"postdocs links {_recipe()} {hashlib.sha256(body).hexdigest()}".encode("ascii")


def _recipe() -> str:
    """Return what changes when the same bytes may give another page: the code that reads them."""
    sources = [*sorted(Path(__file__).parent.glob("*.py")), *map(_file_of, (facts_of_html, urls))]
    versions = (
        *(__version__, platform.python_version(), selectolax.__version__),
        *(str(etree.LXML_VERSION), str(etree.LIBXML_VERSION), webencodings.VERSION),
    )
    digest = hashlib.sha256("\0".join(versions).encode())
    for source in sources:
        digest.update(source.read_bytes())
    return digest.hexdigest()[:40]


def _file_of(module: Any) -> Path:
    return Path(module.__file__)


def row_of(page: Page) -> Row:
    """Return a page as JSON has it."""
    return [
        page.links,
        None if page.anchors is None else sorted(page.anchors),
        page.base,
        page.canonical,
        [[problem.line, problem.reason, problem.url] for problem in page.problems],
        dict(page.dates),
        page.announced,
        page.lines,
    ]


def page_of(name: str, row: Row) -> Page:
    """Return the page of a file."""
    links, anchors, base, canonical, problems, dates, announced, lines = row
    return Page(
        name,
        tuple(links),
        None if anchors is None else frozenset(anchors),
        base,
        canonical,
        tuple(Problem(name, *problem) for problem in problems),
        dates,
        tuple(announced),
        tuple(lines),
    )
