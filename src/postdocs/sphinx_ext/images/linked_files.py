"""Files beside a document that its HTML plays or links to: published as Sphinx publishes downloads."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from pathlib import Path, PurePosixPath
from urllib.parse import quote, urlsplit

from docutils import nodes
from sphinx.environment import BuildEnvironment

from postdocs.sphinx_ext.images.paths import file_named

_FILES = "postdocs_files"  # of a piece of HTML: paths by the addresses in it
_TAG = re.compile(
    r"""<(?:a|audio|embed|source|track|video)(?=\s)(?:[^>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE
)
_ADDRESS = re.compile(r"""(\s(?:href|poster|src)\s*=\s*)(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)


def note_files(env: BuildEnvironment, node: nodes.raw) -> None:
    """Let Sphinx publish the files that a piece of HTML names, if they are in the folder of the document."""
    paths: dict[str, str] = {}

    def note(address: str) -> str:
        if path := file_beside(env, address):
            paths[address] = path
            env.note_dependency(path)
            env.dlfiles.add_file(env.docname, path)
        return address

    _replace(node.astext(), note)
    if paths:
        node[_FILES] = paths


def with_published(env: BuildEnvironment, node: nodes.raw, markup: str, folder: str) -> str:
    """Return a piece of HTML in which files have the addresses that they are published at.

    folder: that of downloads, as seen from the page.
    """
    paths: dict[str, str] = node.get(_FILES, {})

    def published(address: str) -> str:
        path = paths.get(address)
        if path is None:
            return address
        _, name = env.dlfiles[Path(path)]
        return f"{folder}/{quote(PurePosixPath(name).as_posix())}"

    return _replace(markup, published) if paths else markup


def file_beside(env: BuildEnvironment, address: str) -> str:
    """Return the path of a file in the folder of the document, or below; nothing where an address is of none.

    Addresses in HTML may have been written by others, and must not publish what is elsewhere.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return ""
    path = file_named(env, address)
    folder = PurePosixPath(env.docname).parent
    is_beside = (
        bool(path) and PurePosixPath(path).is_relative_to(folder) and ".." not in PurePosixPath(path).parts
    )
    return path if is_beside and env.path2doc(path) is None else ""


def _replace(markup: str, new: Callable[[str], str]) -> str:
    def attribute(match: re.Match[str]) -> str:
        before, *values = match.groups()
        address = unescape(next(value for value in values if value is not None))
        after = new(address)
        return match[0] if after == address else f'{before}"{escape(after)}"'

    return _TAG.sub(lambda tag: _ADDRESS.sub(attribute, tag[0]), markup)
