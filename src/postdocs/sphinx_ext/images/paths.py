"""Which files of the sources a document shows as pictures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from docutils import nodes
from sphinx.environment import BuildEnvironment

from postdocs.sphinx_ext.images.files import suffixes
from postdocs.sphinx_ext.images.tags import replace_images

IN_HTML = "postdocs_pictures"  # of a piece of HTML: paths by the addresses in it


def is_html(node: nodes.Node) -> bool:
    """Tell whether a node is a piece of HTML."""
    return isinstance(node, nodes.raw) and "html" in node.get("format", "").split()


def of_html(node: nodes.Node) -> dict[str, str]:
    """Return the paths of pictures in a piece of HTML, by the addresses that name them there."""
    paths: dict[str, str] = node.get(IN_HTML, {}) if isinstance(node, nodes.raw) else {}
    return paths


def sources_in_html(doctree: nodes.Node) -> Iterator[str]:
    """Yield the addresses of pictures in pieces of HTML."""
    for node in doctree.findall(is_html):
        yield from sources_of(node.astext())


def sources_of(markup: str) -> list[str]:
    """Return the addresses of pictures in HTML, as they are written."""
    addresses: list[str] = []

    def note(tag: str, source: str) -> str:
        addresses.append(source)
        return tag

    replace_images(markup, note)
    return addresses


def path_of(env: BuildEnvironment, source: str) -> str:
    """Return the path of a picture from the source folder; nothing where there is no such file."""
    try:
        parts = urlsplit(source)
    except ValueError:
        return ""
    name = unquote(parts.path)
    is_beside = not (parts.scheme or parts.netloc or name.startswith("/") or "\0" in name)
    if not is_beside or PurePosixPath(name).suffix.lower() not in suffixes():
        return ""
    path, file = env.relfn2path(name, env.docname)
    return path if Path(file).is_file() else ""


def paths_in(doctree: nodes.Element) -> Iterator[str]:
    """Yield the paths of pictures, from the source folder."""
    for node in doctree.findall(lambda node: isinstance(node, nodes.image | nodes.raw)):
        if isinstance(node, nodes.Element):
            yield from (node.get("candidates") or of_html(node)).values()
